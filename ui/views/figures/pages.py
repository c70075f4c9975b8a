"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.figures.figures_view import FiguresPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The figures."""

    def build(parent: QWidget) -> FiguresPage:
        return FiguresPage(desk, parent)

    return (PageSpec(key="figures", icon="nav.figures", title=N_("Figures"), build=build),)
