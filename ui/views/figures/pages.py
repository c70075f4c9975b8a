"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.figures_presenter import LIST_PAGE
from ui.views.figures.figures_view import FiguresPage
from ui.views.figures.list_view import FigureListPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The figures, and the list behind each."""

    def build(parent: QWidget) -> FiguresPage:
        return FiguresPage(desk, parent)

    def listed(parent: QWidget) -> FigureListPage:
        return FigureListPage(desk, parent)

    return (
        PageSpec(key="figures", icon="nav.figures", title=N_("Figures"), build=build),
        PageSpec(
            key=LIST_PAGE,
            icon="nav.figures",
            title=N_("List behind a figure"),
            build=listed,
            in_rail=False,
            belongs_to="figures",
        ),
    )
