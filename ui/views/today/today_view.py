"""*Vandaag*: what must I do. Enter opens the place where a line is worked on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.grouped_model import GroupedModel
from ui.presenters.fact import FactGroup
from ui.presenters.today_presenter import Nothing, TodayPresenter, TodayRow
from ui.views.page import Page
from ui.views.today.today_layout import COLUMNS, TodayLayout

_CLOCK_MS = 60_000


class TodayPage(Page):
    """A TodayScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Today"), name="today_page", parent=parent)
        self._desk = desk
        self.presenter = TodayPresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = TodayLayout(self)
        self._rows: dict[str, TodayRow] = {}
        self._chosen = ""
        heads = (_("Family"), _("What"), _("When"), _("Late"))
        assert len(heads) == COLUMNS
        self._model = GroupedModel(heads, self)
        self._parts.table.setModel(self._model)
        self._parts.table.row_opened.connect(self._open)
        self._parts.table.row_chosen.connect(self._remember)
        self._parts.facts.go_requested.connect(self.go_requested)
        for button in (self._parts.new, self._parts.begin):
            button.clicked.connect(self._new)
            button.setEnabled(not desk.read_only)
        # A laptop that slept has no timer that fires at midnight; looking each minute never misses a day.
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self.presenter.look_at_clock)
        self._clock.start()
        desk.feed.changed.connect(self._follow)

    # -- TodayScreen -----------------------------------------------------------------------------------------------

    def show_day(self, words: str) -> None:
        """The quiet line: which day it is."""
        reading = _("only reading: another program has this store open") if self._desk.read_only else ""
        self.set_quiet((words, reading))

    def show_rows(self, rows: Sequence[TodayRow]) -> None:
        """Show these lines; the chosen one stays chosen, and the focus where it was."""
        table = self._parts.table
        had_focus = self._parts.begin.hasFocus()
        at = table.current_row()
        self._rows = {row.key: row for row in rows}
        table.clearSpans()
        self._model.set_groups(
            [(row.key, row.cells) for row in rows], {row.key for row in rows if row.heading}
        )
        for number, row in enumerate(rows):
            if row.heading:
                table.setSpan(number, 0, 1, COLUMNS)
        self._parts.empty.hide()
        self._parts.new.show()
        table.show()
        self._parts.fit()
        wanted = self._model.row_of(self._chosen)
        self._choose(wanted if wanted >= 0 else at)
        if had_focus:
            table.setFocus()

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that nothing is due."""
        self._rows = {}
        self._model.set_groups((), ())
        self._parts.empty.set_words(nothing.heading, nothing.sentence)
        self._parts.begin.setVisible(nothing.new)
        had_focus = self._parts.table.hasFocus()
        self._parts.table.hide()
        self._parts.empty.show()
        self._parts.new.setVisible(not nothing.new)
        if had_focus:
            self.take_focus()

    def show_facts(self, groups: Sequence[FactGroup]) -> None:
        """Show what stands beside it."""
        self._parts.facts.set_groups(groups)
        self._parts.facts.setVisible(any(group.facts for group in groups))

    def show_foot(self, words: str) -> None:
        """Counts at the left, keys at the right."""
        self.set_foot(words, _("Enter opens  ·  Ctrl N new family") if words else "")

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        if self._parts.empty.isHidden():
            return (self._parts.table,)
        return (self._parts.begin if not self._parts.begin.isHidden() else self._parts.new,)

    @override
    def act(self, command: str) -> bool:
        if command != "new":
            return False
        self._new()
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._parts.fit()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _choose(self, row: int) -> None:
        """Choose a line; where a heading came, or the line is gone, the nearest line below, else above."""
        count = self._model.rowCount()
        lines = [at for at in range(count) if not self._model.is_heading(at)]
        if lines:
            self._parts.table.choose_row(next((at for at in lines if at >= row), lines[-1]))

    def _remember(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self._chosen = self._model.id_at(row)
            table = self._parts.table
            self._parts.area.bring_into_sight(table, table.visualRect(table.currentIndex()))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            place = self._rows[self._model.id_at(row)].place
            if place is not None:
                self.go_requested.emit(place)

    def _new(self) -> None:
        if not self._desk.read_only:
            self.go_requested.emit(Place(page="family_form"))

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) is not None and self.isVisible():
            self.presenter.reload()
