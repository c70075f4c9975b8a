"""The list of persons on the page of the dossiers: its model, its own filters, and opening a family from it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from app.i18n import _
from app.services.person_list import PersonFilters
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.family_list_presenter import Nothing
from ui.presenters.person_list_presenter import HEADS, ORDERS, PersonListPresenter
from ui.views.dossiers.dossiers_layout import DossiersLayout

NONE = -1
"""Stands for no line: their numbers are above 0."""


class PersonsPart(QObject):
    """A PersonListScreen. `nothing_found` carries a Nothing, `foot_said` words, `go_requested` a Place."""

    shown = Signal()
    nothing_found = Signal(object)
    foot_said = Signal(object)
    go_requested = Signal(object)

    def __init__(self, desk: Desk, parts: DossiersLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.presenter = PersonListPresenter(desk.session, desk.runner.bound_to(self), self)
        self._model = PagedModel([_(head) for head in HEADS], self.presenter.fetch, self)
        self._wanted = NONE
        parts.persons.setModel(self._model)
        parts.persons.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        parts.persons.horizontalHeader().sectionClicked.connect(self._sort)
        parts.persons.row_opened.connect(self._open)
        parts.persons.row_chosen.connect(self._remember)
        parts.age.set_pairs(self.presenter.ages())
        parts.who.set_pairs(self.presenter.others())

    def wanted(self) -> PersonFilters:
        """The filters as the buttons stand."""
        parts = self._parts
        return PersonFilters(
            mine=parts.mine.isChecked(),
            phase=parts.phase.code(),
            age=parts.age.code(),
            other=parts.who.code(),
        )

    def go_on(self, way: str) -> None:
        """Take the way that an empty list offers, and let the buttons say so."""
        self.presenter.go_on(way)
        parts, filters = self._parts, self.presenter.filters
        parts.search.setText(self.presenter.query)
        parts.mine.setChecked(filters.mine)
        parts.phase.set_code(filters.phase)
        parts.age.set_code(filters.age)
        parts.who.set_code(filters.other)

    def change(self) -> None:
        """Open the form of the family of the chosen person, at that person."""
        if self._wanted != NONE:
            self.presenter.change(self._wanted)

    # -- PersonListScreen ------------------------------------------------------------------------------------------

    def show_persons(self, lines: Sequence[int]) -> None:
        """Show these rows; who was chosen stays chosen while among them."""
        wanted = self._wanted
        self._model.set_ids(lines)
        self._parts.persons.choose_row(max(self._model.row_of(wanted), 0))
        self.shown.emit()

    def show_nothing(self, nothing: Nothing) -> None:
        """There are none."""
        self._model.set_ids(())
        self.nothing_found.emit(nothing)

    def show_foot(self, words: str) -> None:
        """Counts at the foot."""
        self.foot_said.emit(words)

    def go_to(self, place: Place) -> None:
        """Open a family with one of its persons shown."""
        self.go_requested.emit(place)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _sort(self, column: int) -> None:
        self.presenter.sort(ORDERS[column])
        down = Qt.SortOrder.DescendingOrder if self.presenter.descending else Qt.SortOrder.AscendingOrder
        self._parts.persons.horizontalHeader().setSortIndicator(column, down)

    def _remember(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self._wanted = self._model.id_at(row)

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.presenter.open(self._model.id_at(row))
