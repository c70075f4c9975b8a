"""The tab «Stand»: one list of states, outflow and inflow, with what is proposed beside it. A StandingScreen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.grouped_model import GroupedModel
from ui.presenters.standing_presenter import STANDING_HEADS, StandingPresenter, StandingView
from ui.views.fact_panel import FactPanel
from ui.views.family.tab import FamilyPart
from ui.views.story_and_facts import StoryAndFacts
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (262, 140, 196, 200)
_STRETCH = 3
_FACTS_WIDTH = 260


class StandingPart(FamilyPart):
    """Enter opens the form of a line, Ctrl N a new state."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = StandingPresenter(desk.session, desk.runner.bound_to(self), self)
        self._close = Button(_("Close the dossier"), "plain", name="standing_close")
        self._out = Button(_("Record outflow"), "plain", name="standing_outflow", icon_role="nav.departure")
        self._new = Button(_("New state"), "primary", name="standing_new", icon_role="sign.add")
        self._remove = Button(_("Remove the chosen line"), "link", name="standing_remove")
        self._table = RowTable(name="standing_table", words=_("State, inflow and outflow"), head=Head())
        self._model = GroupedModel([_(head) for head in STANDING_HEADS], self)
        self._empty = EmptyState(
            _("Nothing written down yet"),
            _("Here stand the states of this family, how it came in, and who left and how."),
        )
        self._facts = FactPanel(name="standing_facts")
        self._area = StoryAndFacts(self._story(), self._facts, name="standing_area", facts_width=_FACTS_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        for button in (self._close, self._out, self._new):
            button.setEnabled(not desk.read_only)
        self._connect()

    def _story(self) -> QWidget:
        """The list at its full height: the page scrolls as one."""
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=_STRETCH)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        story = QWidget()
        column = QVBoxLayout(story)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self._table)
        column.addWidget(self._empty)
        column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self._empty.hide()
        self._remove.hide()
        return story

    def _connect(self) -> None:
        self._table.row_opened.connect(self._open)
        self._table.row_chosen.connect(self._chosen)
        self._new.clicked.connect(self._begin)
        self._out.clicked.connect(self._leave_caseload)
        self._close.clicked.connect(self._close_or_open)
        self._remove.clicked.connect(self._take_away)
        self._facts.go_requested.connect(self.go_requested)
        self._desk.feed.changed.connect(self._follow)

    # -- FamilyPart ------------------------------------------------------------------------------------------------

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._new,) if self._table.isHidden() else (self._table,)

    @override
    def act(self, command: str) -> bool:
        if command == "new":
            self._begin()
            return True
        row = self._table.current_row()
        if command == "edit" and not self._table.isHidden() and self._is_line(row):
            self._open(row)
            return True
        return False

    @override
    def actions_wanted(self) -> Sequence[QWidget]:
        return (self._close, self._out, self._new)

    # -- StandingScreen --------------------------------------------------------------------------------------------

    def show_standing(self, view: StandingView) -> None:
        """Show how the family stands; the chosen line stays chosen."""
        at = self._table.current_row()
        chosen = self._model.id_at(at) if self._is_line(at) else ""
        self._model.set_groups(view.rows, view.headings)
        self._table.setFixedHeight(self._table.height_of_all())
        self._table.setVisible(bool(view.rows))
        self._empty.setVisible(not view.rows)
        self._table.choose_row(max(self._model.row_of(chosen), 1 if view.rows else 0))
        self._close.set_words(view.closes)
        may_write = not self._desk.read_only
        self._new.setEnabled(may_write and not view.is_closed)
        self._out.setEnabled(may_write and not view.is_closed and view.may_leave)
        self._facts.set_groups(view.facts)
        self._facts.setVisible(bool(view.facts))
        self._offer_removal(self._table.current_row())

    def tell(self, notice: Notice) -> None:
        """Say what was done."""
        self.said.emit(notice)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _is_line(self, row: object) -> bool:
        return isinstance(row, int) and 0 <= row < self._model.rowCount() and not self._model.is_heading(row)

    def _open(self, row: object) -> None:
        if isinstance(row, int) and self._is_line(row):
            self.go_requested.emit(self.presenter.place_of(self._model.id_at(row)))

    def _begin(self) -> None:
        self._go(self._new, self.presenter.new_state())

    def _leave_caseload(self) -> None:
        self._go(self._out, self.presenter.new_outflow())

    def _close_or_open(self) -> None:
        self._go(self._close, self.presenter.close_or_open())

    def _go(self, button: Button, place: Place) -> None:
        if button.isEnabled():
            self.go_requested.emit(place)

    def _chosen(self, row: object) -> None:
        if isinstance(row, int) and row >= 0:
            self._area.bring_into_sight(self._table, self._table.visualRect(self._model.index(row, 0)))
        self._offer_removal(row)

    def _offer_removal(self, row: object) -> None:
        may = (
            isinstance(row, int) and self._is_line(row) and self.presenter.may_remove(self._model.id_at(row))
        )
        self._remove.setVisible(may and not self._desk.read_only)

    def _take_away(self) -> None:
        row = self._table.current_row()
        if self._is_line(row):
            self.presenter.remove(self._model.id_at(row))

    def _follow(self, change: object) -> None:
        if self.presenter.dossier and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)

    # -- room ------------------------------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_area"):
            self._table.set_columns(_WIDTHS, stretch=_STRETCH)
            self._table.setFixedHeight(self._table.height_of_all())
