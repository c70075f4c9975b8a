"""The figures of the location: calm, one table, each number with its definition."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.figures_presenter import HEADS, OWN, FiguresPresenter, Line
from ui.views.figures.figures_layout import DEFINITION, FiguresLayout
from ui.views.page import Page


class FiguresPage(Page):
    """A FiguresScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Figures"), name="figures_page", parent=parent)
        self._desk = desk
        self.presenter = FiguresPresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = FiguresLayout(self, self.presenter.periods())
        self._model = RowModel([_(head) for head in HEADS], self)
        self._parts.table.setModel(self._model)
        self._parts.set_columns()
        self._parts.table.row_chosen.connect(self._explain)
        self._parts.table.row_opened.connect(self._open)
        self._parts.period.code_chosen.connect(self._choose)
        for day in (self._parts.start, self._parts.end):
            day.value_typed.connect(self._choose_own)
        self._definitions: list[str] = []
        self._as_of = ""
        self.set_quiet((_("All families of %(location)s", location=desk.session.location),))
        desk.feed.changed.connect(self._follow)

    def show_lines(self, lines: Sequence[Line], as_of: str) -> None:
        """Show the table; the chosen line stays chosen."""
        row = self._parts.table.current_row()
        self._definitions, last = [], ""
        for _id, cells in lines:
            last = cells[DEFINITION].main or last
            self._definitions.append(last)
        self._as_of = as_of
        self._model.set_rows(lines)
        self._parts.stack.setCurrentWidget(self._parts.table)
        self._parts.table.choose_row(max(row, 0))
        self._explain(self._parts.table.current_row())

    def show_problem(self, sentence: str) -> None:
        """Say why there are none."""
        self._parts.empty.set_words(_("No figures"), sentence)
        self._parts.stack.setCurrentWidget(self._parts.empty)

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._parts.table, self._parts.period)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(event.size().width())
        self._explain(self._parts.table.current_row())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_parts"):
            self._parts.fit(self.width())

    def _explain(self, row: object) -> None:
        known = isinstance(row, int) and 0 <= row < len(self._definitions)
        words = self._definitions[row] if known and isinstance(row, int) else ""
        keys = _("Enter opens the list")
        self.set_foot(self._as_of if self._parts.shows_definitions or not words else words, keys)

    def _open(self, row: object) -> None:
        place = self.presenter.place_of(self._model.id_at(row)) if isinstance(row, int) else None
        if place is not None:
            self.go_requested.emit(place)

    def _choose(self, code: object) -> None:
        self._parts.own.setVisible(code == OWN)
        if code == OWN:
            start, end = self.presenter.period.bounds
            self._parts.start.set_value(start)
            self._parts.end.set_value(end)
            self._parts.start.setFocus()
        self.presenter.choose(str(code))

    def _choose_own(self, _typed: object) -> None:
        days = []
        for field in (self._parts.start, self._parts.end):
            try:
                days.append(field.value())
            except KnownProblem:
                return  # half a date is no date yet
        self.presenter.choose_own(*days)

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.reload()
