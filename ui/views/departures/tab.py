"""The tabs *Departure* and *Papers* of a family."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.departure_list_presenter import DepartureListPresenter, Row
from ui.presenters.papers_presenter import DISCLOSED_HEADS, SHEET_HEADS, Papers, PapersPresenter
from ui.views.departures.list_view import departure_table, fit_columns
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.heading import Heading
from ui.widgets.row_table import RowTable

_SHEET_WIDTHS, _SHEET_STRETCH = (200, 140, 200, 190, 280), 4
_HANDED_WIDTHS, _HANDED_STRETCH = (190, 180, 110, 200, 190, 150, 130), 3
_NARROW_FROM = 900


class FamilyDepartures(FamilyPart):
    """The departures of one family, and the way to plan one. A DepartureListScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("family_departures")
        self._desk = desk
        self.presenter = DepartureListPresenter(desk.session, desk.runner.bound_to(self), self)
        self.plan = Button(
            _("Plan a departure"), "primary", name="family_plan_departure", icon_role="nav.departure"
        )
        self.plan.setVisible(not desk.read_only)
        self.papers = Button(_("Handover sheet"), name="family_open_sheet", icon_role="sign.document")
        self.table, self._model = departure_table("family_departures_table")
        self.empty = EmptyState(
            _("No departure planned"),
            _("When there is a date or a flight, plan the departure here: button at the top right."),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.plan.clicked.connect(self._plan)
        self.papers.clicked.connect(self._to_sheet)
        self.table.row_opened.connect(self._open)
        desk.feed.changed.connect(self._follow)

    def show_departures(self, rows: Sequence[Row]) -> None:
        """Show these departures."""
        row = max(self.table.current_row(), 0)
        self._model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.papers.setVisible(bool(rows))
        self.table.choose_row(row)

    def show_foot(self, words: str) -> None:
        """The page of a family has its own foot."""
        del words

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.show(everything=True, dossier=dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.table if self._stack.currentWidget() is self.table else self.plan,)

    @override
    def act(self, command: str) -> bool:
        if command == "new" and not self._desk.read_only:
            self._plan()
            return True
        return False

    @override
    def actions_wanted(self) -> Sequence[QWidget]:
        return (self.papers, self.plan)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, event.size().width())

    def _plan(self) -> None:
        self.go_requested.emit(Place(page="departure", subject=self.presenter.dossier, part="new"))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(Place(page="departure", subject=self._model.id_at(row)))

    def _to_sheet(self) -> None:
        row = self.table.current_row()
        if row >= 0:
            self.go_requested.emit(Place(page="sheet", subject=self._model.id_at(row)))

    def _follow(self, change: object) -> None:
        if self.isVisible() and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.reload()


class FamilyPapers(FamilyPart):
    """Final sheets, and below them what left the program and to whom. A PapersScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("family_papers")
        self.presenter = PapersPresenter(desk.session, desk.runner.bound_to(self), self)
        self.sheets = RowTable(name="family_sheets", words=_("Final papers"), head=Head())
        self._sheets = RowModel([_(head) for head in SHEET_HEADS], self)
        self.sheets.setModel(self._sheets)
        self.sheets.set_columns(_SHEET_WIDTHS, stretch=_SHEET_STRETCH)
        self.handed = RowTable(name="family_disclosed", words=_("Who got what"), head=Head())
        self._handed = RowModel([_(head) for head in DISCLOSED_HEADS], self)
        self.handed.setModel(self._handed)
        self.handed.set_columns(_HANDED_WIDTHS, stretch=_HANDED_STRETCH)
        self._places: dict[str, tuple[str, str, str]] = {}
        no_sheets = EmptyState(
            _("No final papers yet"),
            _("A handover sheet stands here once it was made final from the tab Departure."),
        )
        no_handed = EmptyState(
            _("Nothing was handed out yet"),
            _("Every print and every saved file is written down here: who, to whom, what for."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        self._stacks = []
        for title, table, empty, share in (
            (_("Final papers"), self.sheets, no_sheets, 2),
            (_("Who got what"), self.handed, no_handed, 3),
        ):
            stack = QStackedWidget()
            stack.addWidget(table)
            stack.addWidget(empty)
            self._stacks.append(stack)
            column.addWidget(Heading(title))
            column.addWidget(stack, share)
        self.sheets.row_opened.connect(self._open)
        desk.feed.changed.connect(self._follow)

    def show_papers(self, found: Papers) -> None:
        """Show both lists."""
        self._places = found.places
        for stack, table, model, rows in zip(
            self._stacks,
            (self.sheets, self.handed),
            (self._sheets, self._handed),
            (found.sheets, found.disclosed),
            strict=True,
        ):
            row = max(table.current_row(), 0)
            model.set_rows(rows)
            stack.setCurrentIndex(0 if rows else 1)
            table.choose_row(row)

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.sheets, self.handed)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW_FROM * theme.current().factor
        for column in (4, 6):
            self.handed.setColumnHidden(column, narrow)
        self.sheets.setColumnHidden(1, narrow)

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            place = self._places.get(self._sheets.id_at(row))
            if place is not None:
                departure, person, key = place
                self.go_requested.emit(Place(page="sheet", subject=departure, part=f"{person}/{key}"))

    def _follow(self, change: object) -> None:
        if self.isVisible() and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.reload()


def _departures(parent: QWidget, desk: Desk) -> FamilyDepartures:
    return FamilyDepartures(desk, parent)


def _papers(parent: QWidget, desk: Desk) -> FamilyPapers:
    return FamilyPapers(desk, parent)


FAMILY_TABS: Final = (
    FamilyTab(key="departure", title=N_("Departure"), build=_departures),
    FamilyTab(key="papers", title=N_("Papers"), build=_papers),
)
