"""The pages of this area, for the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.asylum_check_presenter import AsylumCheckPresenter
from ui.presenters.request_form_presenter import RequestFormPresenter
from ui.presenters.step_presenter import StepPresenter
from ui.presenters.term_presenter import TermPresenter
from ui.views.ask.ask_view import AnyPresenter, AskPage
from ui.views.documents.list_view import DocumentsPage
from ui.views.documents.request_view import RequestView
from ui.views.page import Page
from ui.views.page_spec import PageSpec

_FORMS: tuple[tuple[type[AnyPresenter], str], ...] = (
    (RequestFormPresenter, N_("New request")),
    (StepPresenter, N_("What happened?")),
    (TermPresenter, N_("Set a term yourself")),
    (AsylumCheckPresenter, N_("Is an asylum application running?")),
)


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The list, a request, and the forms around it."""

    def spec(key: str, title: str, build: Callable[[QWidget], Page], *, in_rail: bool = False) -> PageSpec:
        belongs_to = "" if in_rail else "documents"
        return PageSpec(
            key=key, icon="nav.documents", title=title, build=build, in_rail=in_rail, belongs_to=belongs_to
        )

    def form(kind: type[AnyPresenter]) -> Callable[[QWidget], Page]:
        return lambda parent: AskPage(desk, kind, parent)

    return (
        spec("documents", N_("Travel documents"), lambda parent: DocumentsPage(desk, parent), in_rail=True),
        spec("request", N_("Request"), lambda parent: RequestView(desk, parent)),
        *(spec(kind.form, title, form(kind)) for kind, title in _FORMS),
    )
