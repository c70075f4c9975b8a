"""The forms of this area, for the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.close_form_presenter import CloseFormPresenter
from ui.presenters.inflow_form_presenter import InflowFormPresenter
from ui.presenters.outflow_form_presenter import OutflowFormPresenter
from ui.presenters.state_form_presenter import StateFormPresenter
from ui.views.ask.ask_view import AnyPresenter, AskPage
from ui.views.page import Page
from ui.views.page_spec import PageSpec

_FORMS: tuple[tuple[type[AnyPresenter], str], ...] = (
    (StateFormPresenter, N_("New state")),
    (InflowFormPresenter, N_("Inflow")),
    (OutflowFormPresenter, N_("Record outflow")),
    (CloseFormPresenter, N_("Close the dossier")),
)


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """A state, an inflow, an outflow, and closing."""

    def form(kind: type[AnyPresenter]) -> Callable[[QWidget], Page]:
        return lambda parent: AskPage(desk, kind, parent)

    return tuple(
        PageSpec(
            key=kind.form,
            icon="nav.dossiers",
            title=title,
            build=form(kind),
            in_rail=False,
            belongs_to="dossiers",
        )
        for kind, title in _FORMS
    )
