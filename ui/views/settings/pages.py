"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.page_spec import PageSpec
from ui.views.settings.settings_view import SettingsPage


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The settings, at the foot of the rail."""

    def build(parent: QWidget) -> SettingsPage:
        return SettingsPage(desk, parent)

    return (PageSpec(key="settings", icon="nav.settings", title=N_("Settings"), build=build, at_bottom=True),)
