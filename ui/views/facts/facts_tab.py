"""The tab *Gegevens*: everything about a family that has no screen of its own, by heading; beside it one in full."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice
from ui.models.grouped_model import GroupedModel
from ui.presenters.facts_presenter import HEADS, FactsPresenter, Row
from ui.views.dossiers.filter_button import FilterButton
from ui.views.fact_panel import FactPanel
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (420, 130, 150)
_FULL_WIDTH, _FULL_WIDTH_NARROW, _ROOM_FROM = 330, 260, 900


class FactsPart(FamilyPart):
    """Enter changes a fact, Ctrl N writes one down, Del takes one out. A FactsScreen."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setObjectName("family_facts")
        self._desk = desk
        self.presenter = FactsPresenter(desk.session, desk.runner.bound_to(self), self)
        self.table = RowTable(name="facts_table", words=_("What is written down"), head=Head())
        self._model = GroupedModel([_(head) for head in HEADS], self)
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=0)
        self.who = FilterButton(_("About"), name="facts_who")
        self.add = Button(_("Write down"), "primary", name="facts_add", icon_role="sign.add")
        self.change = Button(_("Change"), "plain", name="facts_change", icon_role="sign.edit")
        self.remove = Button(_("Take out"), "link", name="facts_remove")
        self.full = FactPanel(name="facts_full")
        self.empty = EmptyState(
            _("Nothing written down yet"),
            _(
                "Names, documents, decisions, measures and contacts stand here. The button is at the top right."
            ),
        )
        self._wanted = ""
        self._place()
        self._connect()

    def _place(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.gap(1))
        bar = QHBoxLayout()
        bar.addWidget(self.who)
        bar.addStretch(1)
        left.addLayout(bar)
        left.addWidget(self.table, 1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("ground", "canvas")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.addWidget(self.full)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(2))
        buttons.addWidget(self.change)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column.addSpacing(theme.gap(2))
        column.addLayout(buttons)
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        lists = QWidget()
        row = QHBoxLayout(lists)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addLayout(left, 1)
        row.addWidget(self._scroll)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(lists)
        self._stack.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.add.setVisible(not self._desk.read_only)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.who.code_chosen.connect(self._narrow)
        self.table.row_chosen.connect(self._choose)
        self.table.row_opened.connect(self._open)
        self.full.go_requested.connect(self.go_requested)
        self._desk.feed.changed.connect(self._follow)

    # -- FactsScreen -----------------------------------------------------------------------------------------------

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer the members to narrow the list by."""
        self.who.set_pairs(pairs)
        self.who.set_code(self.presenter.person)

    def show_facts(self, rows: Sequence[Row], headings: frozenset[str]) -> None:
        """Show these lines; the one that was chosen stays chosen."""
        row = self.table.current_row()
        chosen = self._wanted or (self._model.id_at(row) if 0 <= row < self._model.rowCount() else "")
        self._model.set_groups(rows, headings)
        found = bool(rows) or bool(self.presenter.person)
        self._stack.setCurrentIndex(0 if found else 1)
        at = self._model.row_of(chosen) if chosen else -1
        first = next((number for number, each in enumerate(rows) if each[0] not in headings), 0)
        self.table.choose_row(at if at >= 0 else max(first, min(row, len(rows) - 1)))
        self._wanted = ""
        self._show_full()

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong."""
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_removed(self, sentence: str) -> None:
        """Say that a fact is gone, with the way to take it back."""
        self.said.emit(Notice(sentence=sentence))

    # -- FamilyPart ------------------------------------------------------------------------------------------------

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self._wanted = part
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.table,) if self._stack.currentIndex() == 0 else (self.add,)

    @override
    def act(self, command: str) -> bool:
        if command == "new" and not self._desk.read_only:
            self._add()
        elif command == "edit" and not self._desk.read_only and self._record():
            self._change()
        else:
            return False
        return True

    @override
    def actions_wanted(self) -> Sequence[QWidget]:
        return (self.add,)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        factor = theme.current().factor
        narrow = event.size().width() < _ROOM_FROM * factor
        self._scroll.setFixedWidth(round((_FULL_WIDTH_NARROW if narrow else _FULL_WIDTH) * factor))
        self.table.setColumnHidden(2, narrow and event.size().width() < 700 * factor)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _record(self) -> str:
        row = self.table.current_row()
        if row < 0 or row >= self._model.rowCount() or self._model.is_heading(row):
            return ""
        return self._model.id_at(row)

    def _show_full(self) -> None:
        found = self.presenter.view(self._record()) if self._record() else None
        self.full.set_groups(found.groups if found is not None else ())
        for button in (self.change, self.remove):
            button.setVisible(found is not None and not self._desk.read_only)

    def _choose(self, _row: object) -> None:
        self._show_full()

    def _open(self, _row: object) -> None:
        if self._record() and not self._desk.read_only:
            self._change()

    def _add(self) -> None:
        self.go_requested.emit(self.presenter.new_place())

    def _change(self) -> None:
        self.go_requested.emit(self.presenter.change_place(self._record()))

    def _remove(self) -> None:
        self.presenter.remove(self._record())

    def _narrow(self, person: object) -> None:
        self.presenter.narrow(str(person))

    def _follow(self, change: object) -> None:
        if self.isVisible() and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)


FACTS_TAB = FamilyTab(key="facts", title=N_("Facts"), build=FactsPart)
