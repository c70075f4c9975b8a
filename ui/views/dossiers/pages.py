"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.dossiers.dossiers_view import DossiersPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The list of dossiers."""

    def build(parent: QWidget) -> DossiersPage:
        return DossiersPage(desk, parent)

    return (PageSpec(key="dossiers", icon="nav.dossiers", title=N_("Dossiers"), build=build),)
