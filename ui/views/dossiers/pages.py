"""The page of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.dossiers.dossiers_view import DossiersPage
from ui.views.dossiers.removed_view import RemovedPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The list of dossiers, and the families that were removed as a mistake."""

    def build(parent: QWidget) -> DossiersPage:
        return DossiersPage(desk, parent)

    def removed(parent: QWidget) -> RemovedPage:
        return RemovedPage(desk, parent)

    return (
        PageSpec(key="dossiers", icon="nav.dossiers", title=N_("Dossiers"), build=build),
        PageSpec(
            key="removed",
            icon="nav.dossiers",
            title=N_("Removed families"),
            build=removed,
            in_rail=False,
            belongs_to="dossiers",
        ),
    )
