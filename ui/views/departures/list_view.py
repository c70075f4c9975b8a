"""All departures of the location. A DepartureListScreen."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.departure_list_presenter import HEADS, DepartureListPresenter, Row
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

WIDTHS = (140, 190, 214, 200, 150, 110, 128)
_STRETCH = 1
_LEFT_OUT_FIRST = (2, 3, 5)
_NARROW_FROM = 1000


def departure_table(name: str) -> tuple[RowTable, RowModel]:
    """The table and its model, for the list and for the tab of a family."""
    table = RowTable(name=name, words=_("Departures"), head=Head())
    model = RowModel([_(head) for head in HEADS], table)
    table.setModel(model)
    table.set_columns(WIDTHS, stretch=_STRETCH)
    return table, model


def fit_columns(table: RowTable, width: int) -> None:
    """Leave out what a narrow window has no room for."""
    narrow = width < _NARROW_FROM * theme.current().factor
    for column in _LEFT_OUT_FIRST:
        table.setColumnHidden(column, narrow)


class DeparturesPage(Page):
    """The next departure first; Enter opens it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Departure"), name="departures_page", parent=parent)
        self._desk = desk
        self.presenter = DepartureListPresenter(desk.session, desk.runner.bound_to(self), self)
        self.everything = Button(_("Also past and cancelled"), "filter", name="departures_everything")
        self.table, self._model = departure_table("departures_table")
        self.empty = EmptyState(
            _("No departures planned"),
            _("Here stand all planned departures, the next one first. Plan one from the page of a family."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._wanted = ""
        self.set_quiet((_("All departures of %(location)s", location=desk.session.location),))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        row = QHBoxLayout()
        row.addWidget(self.everything)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.set_content(content)
        self.everything.clicked.connect(self._show)
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._remember)
        desk.feed.changed.connect(self._follow)

    # -- DepartureListScreen -----------------------------------------------------------------------------------------

    def show_departures(self, rows: Sequence[Row]) -> None:
        """Show these rows; the one that was chosen stays chosen."""
        wanted = self._wanted
        self._model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.table.choose_row(max(self._model.row_of(wanted), 0))

    def show_foot(self, words: str) -> None:
        """Count at the left, keys at the right."""
        self.set_foot(words, _("Enter opens") if words else "")

    # -- Page --------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._show()

    @override
    def regions(self) -> Sequence[QWidget]:
        shown = self.table if self._stack.currentWidget() is self.table else self.everything
        return (shown, self.everything)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_columns(self.table, event.size().width())

    def _show(self) -> None:
        self.presenter.show(everything=self.everything.isChecked())

    def _remember(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self._wanted = self._model.id_at(row)

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(Place(page="departure", subject=self._model.id_at(row)))

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) and self.isVisible():
            self.presenter.reload()
