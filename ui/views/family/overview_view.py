"""The overview of a family: every member a line, children too."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.family_board import MEMBER_HEADS, OverviewPresenter
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.widgets.button import Button
from ui.widgets.head import Head
from ui.widgets.line import Line, Sentence
from ui.widgets.row_table import RowTable
from ui.widgets.side_list import SideEntry, SideList

_WIDTHS = (154, 160, 140, 92, 108, 108, 92, 106, 102)
_WIDTHS_NARROW = (150, 160, 124, 100, 102, 102, 102, 102, 108)
_WIDTHS_SMALL = (150, 158, 124, 100, 102, 88, 88, 96, 102)  # the next step is hidden: the name keeps its room
_LIGHTS = frozenset({4, 5, 6, 7})
_STEP, _PAPER = 3, 2  # what goes first where there is little room: other tabs tell it as well
_ROOM_FROM, _PAPER_FROM, _STEP_FROM, _LOW_BELOW = 1060, 940, 850, 520


class OverviewPart(FamilyPart):
    """Opens the form with Enter on a member. An OverviewScreen."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self.presenter = OverviewPresenter(desk.session, desk.runner.bound_to(self), self)
        self._table = RowTable(
            name="family_members",
            words=_("Members"),
            row_role="row_two_lines",
            head=Head(two_lines=True, centred=_LIGHTS),
        )
        self._model = RowModel([_(head) for head in MEMBER_HEADS], self._table)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=0)
        self._table.row_opened.connect(self._open)
        self._table.row_chosen.connect(self._tell_rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        self._twice = SideList(name="family_twice")
        self._twice.hide()
        self._twice.link_pressed.connect(self._take_apart)
        column.addWidget(self._twice)
        column.addLayout(self._foot())
        desk.feed.changed.connect(self._follow)

    def _foot(self) -> QHBoxLayout:
        """What the chosen line has no room for, who belonged to the family before, and the way to write down that
        something changes."""
        self._rest = Sentence("", "second", "quiet")
        self._rest.setObjectName("family_member_rest")
        self._earlier = Line("", "second", "quiet")
        self._earlier.setObjectName("family_earlier")
        self._change = Button(_("Something changes …"), "plain", name="family_change")
        self._change.setEnabled(not self._desk.read_only)
        self._change.clicked.connect(self._to_change)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.gap(1), 0, 0)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._rest)
        below.addWidget(self._earlier)
        row.addLayout(below, 1)
        row.addWidget(self._change)
        return row

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self._wanted = part  # a member to choose, as the list of persons asks
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table, self._change)

    def show_earlier(self, words: str) -> None:
        """Show who belonged to the family before."""
        self._earlier.setText(words)
        self._earlier.setVisible(bool(words))

    def _to_change(self) -> None:
        self.go_requested.emit(Place(page="family_change", subject=self.presenter.dossier))

    def show_members(self, rows: tuple[tuple[str, tuple[Cell, ...]], ...], heads: Sequence[str]) -> None:
        """Show one line per member; who was chosen stays chosen."""
        at = self._table.current_row()
        self._model.set_heads(heads)
        self._model.set_rows(rows)
        wanted, self._wanted = self._wanted, ""
        self._table.choose_row(max(self._model.row_of(wanted) if wanted else at, 0))
        self._tell_rest()

    def _tell_rest(self, _row: object = None) -> None:
        """Nothing is gone for want of room: what the chosen line cannot show stands below the table."""
        at = self._table.current_row()
        self._rest.setText("  ·  ".join(self._table.left_out(at)) if at >= 0 else "")
        QTimer.singleShot(0, self, self._keep_in_sight)  # the sentence may have taken room of the table

    def _keep_in_sight(self) -> None:
        self._table.scrollTo(self._table.currentIndex())

    def show_twice(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Say below the table who is shown as one, with the way to take them apart."""
        link = "" if self._desk.read_only else _("They are two persons")
        self._twice.set_entries(
            [
                SideEntry(main=main, second=second, icon="state.info", link=link, key=key)
                for key, main, second in entries
            ]
        )
        self._twice.setVisible(bool(entries))

    def show_apart(self, sentence: str) -> None:
        """They show by themselves again; that can be undone."""
        self.said.emit(Notice(sentence=sentence))

    def _take_apart(self, person: object) -> None:
        self.presenter.take_apart(str(person))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            place = Place(page="family_form", subject=self.presenter.dossier, part=self._model.id_at(row))
            self.go_requested.emit(place)

    def _follow(self, change: object) -> None:
        if self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())
        low = event.size().height() < _LOW_BELOW * theme.current().factor
        self._table.set_row_role("row_two_lines_low" if low else "row_two_lines")

    def _fit(self, width: int) -> None:
        """In a narrow window the lights stay, and what the other tabs tell as well goes."""
        unit = theme.current().factor
        no_step = width < _STEP_FROM * unit
        narrow = _WIDTHS_SMALL if no_step else _WIDTHS_NARROW
        self._table.set_columns(narrow if width < _ROOM_FROM * unit else _WIDTHS, stretch=0)
        self._table.setColumnHidden(_STEP, no_step)
        self._table.setColumnHidden(_PAPER, width < _PAPER_FROM * unit)
        self._tell_rest()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._fit(self.width())


OVERVIEW_TAB = FamilyTab(key="overview", title=N_("Overview"), build=OverviewPart)
