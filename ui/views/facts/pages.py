"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.fact_form_presenter import FactFormPresenter
from ui.views.ask.ask_view import AskPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The form of one fact."""

    def form(parent: QWidget) -> AskPage:
        return AskPage(desk, FactFormPresenter, parent)

    title = N_("Write something down")
    return (
        PageSpec(
            key=FactFormPresenter.form,
            icon="nav.dossiers",
            title=title,
            build=form,
            in_rail=False,
            belongs_to="dossiers",
        ),
    )
