"""The list of all dossiers of the location, and that of all persons in them: search, filter, sort, open.

300 and 100,000 rows behave alike. Both lists stand on one page: what is searched, and whose, stays when one changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from app.services.family_list import Filters
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.family_list_presenter import HEADS, ORDERS, FamilyListPresenter, Nothing
from ui.views.dossiers.dossiers_layout import FAMILIES, PERSONS, DossiersLayout
from ui.views.dossiers.persons_part import NONE, PersonsPart
from ui.views.page import Page


class DossiersPage(Page):
    """Opens a family with Enter, a double click or the link of an empty list. A FamilyListScreen.

    `Place.part` "persons" shows the list of persons; without a part the page shows what it showed last.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Dossiers"), name="dossiers_page", parent=parent)
        self._desk = desk
        self.presenter = FamilyListPresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = DossiersLayout(self)
        self._model = PagedModel([_(head) for head in HEADS], self.presenter.fetch, self)
        self._way = ""
        self._wanted = NONE
        self._parts.table.setModel(self._model)
        self._persons = PersonsPart(desk, self._parts, self)
        self._parts.set_columns()
        self._parts.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._view = FAMILIES
        self._parts.show_view(self._view)
        self._say_whose()
        self._parts.phase.set_pairs(self.presenter.phases())
        self._parts.request.set_pairs(self.presenter.requests())
        self._parts.flight.set_pairs(self.presenter.flights())
        self._parts.more.set_pairs(self.presenter.others())
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        parts.new.clicked.connect(self._new)
        parts.new.setEnabled(not self._desk.read_only)
        parts.view.tab_chosen.connect(self._choose_view)
        parts.search.searched.connect(self._search)
        parts.search.list_requested.connect(self._to_list)
        parts.mine.clicked.connect(self._narrow)
        for button in (parts.phase, parts.request, parts.flight, parts.more, parts.age, parts.who):
            button.code_chosen.connect(self._narrow)
        parts.table.row_opened.connect(self._open)
        parts.table.row_chosen.connect(self._remember)
        parts.table.horizontalHeader().sectionClicked.connect(self._sort)
        parts.way.clicked.connect(self._go_on)
        parts.removed.clicked.connect(self._to_removed)
        self._persons.nothing_found.connect(self._show_no_persons)
        self._persons.foot_said.connect(self._show_persons_foot)
        self._persons.shown.connect(self._show_person_table)
        self._persons.go_requested.connect(self.go_requested)
        self._desk.feed.changed.connect(self._follow)

    # -- FamilyListScreen ------------------------------------------------------------------------------------------

    def show_families(self, lines: Sequence[int]) -> None:
        """Show these rows; the family that was chosen stays chosen while it is among them."""
        if self._view != FAMILIES:
            return
        had_focus = self._parts.way.hasFocus()
        self._model.set_ids(lines)
        self._parts.stack.setCurrentWidget(self._parts.table)
        wanted = self._wanted
        self._parts.table.choose_row(max(self._model.row_of(wanted), 0))
        if had_focus:
            self._parts.table.setFocus()

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that there are none, and the way on."""
        if self._view == FAMILIES:
            self._model.set_ids(())
            self._show_nothing(nothing)

    def _show_nothing(self, nothing: Nothing) -> None:
        self._way = nothing.way
        self._parts.empty.set_words(nothing.heading, nothing.sentence)
        self._parts.way.set_words(nothing.way_words)
        self._parts.way.setVisible(bool(nothing.way) and not (nothing.way == "new" and self._desk.read_only))
        self._parts.stack.setCurrentWidget(self._parts.empty)

    def show_removed(self, words: str) -> None:
        """The way to the removed families; "" when there are none."""
        self._parts.removed.set_words(words)
        self._parts.removed.setVisible(bool(words))

    def show_foot(self, words: str) -> None:
        """Counts at the left, keys at the right."""
        if self._view == FAMILIES:
            self._show_keys(words)

    def _show_keys(self, words: str) -> None:
        self.set_foot(words, _("Enter opens  ·  Ctrl F searches  ·  Ctrl N new family") if words else "")

    def go_to(self, place: Place) -> None:
        """Open a family, or its form."""
        self.go_requested.emit(place)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        if place.part == PERSONS and self._view != PERSONS:
            self._show_view(PERSONS)
        else:
            self._reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        shown = self._parts.stack.currentWidget()
        list_ = shown if shown in (self._parts.table, self._parts.persons) else self._parts.way
        return (list_, self._parts.search, self._parts.view.focus_tab())

    @override
    def act(self, command: str) -> bool:
        if command == "new":
            self._new()
        elif command == "filter":
            self._parts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._parts.search.selectAll()
        elif command == "edit" and self._view == PERSONS and not self._desk.read_only:
            self._persons.change()
        elif (
            command == "edit"
            and self._view == FAMILIES
            and self._model.rowCount()
            and not self._desk.read_only
        ):
            self.presenter.open(self._wanted, "family_form")
        else:
            return False
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(event.size().width())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_parts"):
            self._parts.set_columns()
            self._parts.fit(self.width())

    def look_for(self, query: str) -> None:
        """Search for `query` as if it was typed."""
        self._parts.search.setText(query)
        self._search(query)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        if not self._desk.read_only:
            self.go_requested.emit(Place(page="family_form"))

    def _search(self, text: object) -> None:
        (self._persons.presenter if self._view == PERSONS else self.presenter).search(str(text))

    def _reload(self) -> None:
        (self._persons.presenter if self._view == PERSONS else self.presenter).reload()

    def _choose_view(self, key: object) -> None:
        self._show_view(str(key))

    def _show_view(self, view: str) -> None:
        """The other list, asked for the same words and by the filters that both have."""
        self._view = view
        self._parts.show_view(view)
        self._say_whose()
        query = self._parts.search.text()
        if view == PERSONS:
            self._persons.presenter.ask(query, self._persons.wanted())
        else:
            self.presenter.ask(query, self._wanted_filters())

    def _say_whose(self) -> None:
        location = self._desk.session.location
        all_families = _("All families of %(location)s", location=location)
        everybody = _("Everybody in the families of %(location)s", location=location)
        self.set_quiet((everybody if self._view == PERSONS else all_families,))

    def _show_person_table(self) -> None:
        if self._view == PERSONS:
            had_focus = self._parts.way.hasFocus()
            self._parts.stack.setCurrentWidget(self._parts.persons)
            if had_focus:
                self._parts.persons.setFocus()

    def _show_no_persons(self, nothing: object) -> None:
        if self._view == PERSONS and isinstance(nothing, Nothing):
            self._show_nothing(nothing)

    def _show_persons_foot(self, words: object) -> None:
        if self._view == PERSONS:
            self._show_keys(str(words))

    def _to_removed(self) -> None:
        self.go_requested.emit(Place(page="removed"))

    def _to_list(self) -> None:
        shown = self._parts.stack.currentWidget()
        if shown in (self._parts.table, self._parts.persons):
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self, _code: object = None) -> None:
        if self._view == PERSONS:
            self._persons.presenter.narrow(self._persons.wanted())
        else:
            self.presenter.narrow(self._wanted_filters())

    def _wanted_filters(self) -> Filters:
        parts = self._parts
        return replace(
            self.presenter.with_other(parts.more.code()),
            mine=parts.mine.isChecked(),
            phase=parts.phase.code(),
            request=parts.request.code(),
            flight_within_days=int(parts.flight.code() or 0),
        )

    def _sort(self, column: int) -> None:
        self.presenter.sort(ORDERS[column])
        down = Qt.SortOrder.DescendingOrder if self.presenter.descending else Qt.SortOrder.AscendingOrder
        self._parts.table.horizontalHeader().setSortIndicator(column, down)

    def _go_on(self) -> None:
        if self._way == "new":
            self._new()
            return
        if self._view == PERSONS:
            self._persons.go_on(self._way)
            return
        self.presenter.go_on(self._way)
        self._repeat_filters()

    def _repeat_filters(self) -> None:
        """Let the buttons say what the presenter now asks."""
        parts, filters = self._parts, self.presenter.filters
        parts.search.setText(self.presenter.query)
        parts.mine.setChecked(filters.mine)
        parts.phase.set_code(filters.phase)
        parts.request.set_code(filters.request)
        parts.flight.set_code(f"{filters.flight_within_days}" if filters.flight_within_days else "")
        parts.more.set_code(self.presenter.other())

    def _remember(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self._wanted = self._model.id_at(row)

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.presenter.open(self._model.id_at(row))

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) and self.isVisible():
            self._reload()
