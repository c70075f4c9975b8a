"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.page_spec import PageSpec
from ui.views.today.today_view import TodayPage


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The start page."""

    def build(parent: QWidget) -> TodayPage:
        return TodayPage(desk, parent)

    return (PageSpec(key="today", icon="nav.today", title=N_("Today"), build=build),)
