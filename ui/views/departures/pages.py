"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.departures.departure_view import DeparturePage
from ui.views.departures.list_view import DeparturesPage
from ui.views.departures.sheet_view import SheetPage
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """All departures, one of them, and its papers."""

    def departures(parent: QWidget) -> DeparturesPage:
        return DeparturesPage(desk, parent)

    def departure(parent: QWidget) -> DeparturePage:
        return DeparturePage(desk, parent)

    def sheet(parent: QWidget) -> SheetPage:
        return SheetPage(desk, parent)

    return (
        PageSpec(key="departures", icon="nav.departure", title=N_("Departure"), build=departures),
        PageSpec(
            key="departure",
            icon="nav.departure",
            title=N_("Departure"),
            build=departure,
            in_rail=False,
            belongs_to="departures",
        ),
        PageSpec(
            key="sheet",
            icon="nav.departure",
            title=N_("Handover sheet"),
            build=sheet,
            in_rail=False,
            belongs_to="departures",
        ),
    )
