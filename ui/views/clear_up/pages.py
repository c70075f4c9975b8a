"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.clear_up.clear_up_view import ClearUpPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """Differences to clear up."""

    def build(parent: QWidget) -> ClearUpPage:
        return ClearUpPage(desk, parent)

    return (PageSpec(key="clear_up", icon="nav.clashes", title=N_("To clear up"), build=build),)
