"""The tab *Verloop*: everything that happened, latest first; beside it what the chosen deed changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from app.services.timeline_filter import Filter
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.models.row_model import RowModel
from ui.presenters.timeline_presenter import TIMELINE_HEADS, DeedView, NarrowingView, TimelinePresenter
from ui.views.dossiers.filter_button import FilterButton
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.views.family.take_out_block import TakeOutBlock
from ui.widgets.button import Button
from ui.widgets.head import Head
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable

_WIDTHS = (150, 330, 130)
_LIST = 62  # of a hundred; the rest is for what the chosen line changed
_WHO, _ROOM_FROM = 2, 560  # who did it stands beside the list too, at the chosen line


class TimelinePart(FamilyPart):
    """A TimelineScreen. Undoing is Ctrl Z, in the order of doing; here a value can be taken out for good."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.presenter = TimelinePresenter(desk.session, desk.runner.bound_to(self), self)
        self._table = RowTable(
            name="family_timeline", words=_("What happened"), row_role="row_two_lines", head=Head()
        )
        self._model = RowModel([_(head) for head in TIMELINE_HEADS], self._table)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=1)
        self._more = Button(_("Show earlier"), "link", name="family_timeline_more")
        self._person = FilterButton(_("About"), name="family_timeline_person")
        self._group = FilterButton(_("Kind"), name="family_timeline_group")
        self._author = FilterButton(_("By"), name="family_timeline_author")
        self._as_on = Button(_("As on a day"), "link", name="family_timeline_as_on", icon_role="sign.history")
        self._detail = QScrollArea()
        self._detail.setObjectName("family_timeline_detail")
        self._detail.setAccessibleName(_("What changed"))
        self._detail.setWidgetResizable(True)
        self._detail.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet = QWidget()
        self._take_out = TakeOutBlock(desk)
        self._take_out.unfolded.connect(self._show_block)
        self._take_out.said.connect(self.said)
        self._place()
        for button in (self._person, self._group, self._author):
            button.code_chosen.connect(self._narrow)
        self._as_on.clicked.connect(self._go_as_on)
        self._table.row_chosen.connect(self._choose)
        self._more.clicked.connect(self.presenter.show_earlier)
        desk.feed.changed.connect(self._follow)

    def _place(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.gap(1))
        bar = QHBoxLayout()
        bar.setSpacing(theme.gap(1))
        for button in (self._person, self._group, self._author):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._as_on)
        left.addLayout(bar)
        left.addWidget(self._table, 1)
        left.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addLayout(left, _LIST)
        inner = QWidget()
        self._right = QVBoxLayout(inner)
        self._right.setContentsMargins(0, theme.gap(1), theme.gap(2), 0)
        self._right.setSpacing(theme.gap(2))
        self._right.addWidget(self._sheet)
        self._right.addWidget(self._take_out)
        self._right.addStretch(1)
        self._detail.setWidget(inner)
        row.addWidget(self._detail, 100 - _LIST)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what happened needs the room."""
        super().resizeEvent(event)
        room = event.size().width() * _LIST // 100
        self._table.setColumnHidden(_WHO, room < _ROOM_FROM * theme.current().factor)

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table, self._detail, self._take_out.ask_for)

    def show_narrowing(self, narrowing: NarrowingView) -> None:
        """Offer what the timeline can be narrowed by; what is chosen stays chosen."""
        only = self.presenter.only
        offered = (
            (self._person, narrowing.persons, only.person),
            (self._group, narrowing.groups, only.group),
            (self._author, narrowing.authors, only.author),
        )
        for button, pairs, code in offered:
            button.set_pairs(pairs)
            button.set_code(code)

    def show_deeds(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], *, more: bool) -> None:
        """Show these lines; the one that was chosen stays chosen."""
        at = self._table.current_row()
        self._model.set_rows(rows)
        self._more.setVisible(more)
        self._table.choose_row(max(at, 0))
        if not rows:
            self._show(None)

    def _narrow(self, _code: object) -> None:
        only = Filter(person=self._person.code(), group=self._group.code(), author=self._author.code())
        self.presenter.narrow(only)

    def _go_as_on(self) -> None:
        row = self._table.current_row()
        chosen = 0 <= row < self._model.rowCount()
        self.go_requested.emit(self.presenter.as_on(self._model.id_at(row) if chosen else ""))

    def _choose(self, row: object) -> None:
        if isinstance(row, int):
            self._show(self.presenter.view(self._model.id_at(row)))

    def _show(self, deed: DeedView | None) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        if deed is not None:
            column.addWidget(Sentence(deed.title, "heading"))
            column.addWidget(Sentence(deed.when, "second", "quiet"))
            if deed.remark:
                column.addWidget(Sentence(deed.remark, "second", "quiet"))
            for told in deed.told:
                column.addSpacing(theme.gap(1))
                column.addWidget(Sentence(told.heading, "second", strong=True))
                if told.lines:
                    column.addWidget(Sentence("\n".join(told.lines), "second"))
        self._right.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        self._take_out.set_cells(self.presenter.dossier, deed.written if deed is not None else ())

    def _show_block(self) -> None:
        QTimer.singleShot(0, self, self._to_block)

    def _to_block(self) -> None:
        self._detail.ensureWidgetVisible(self._take_out, 0, 0)

    def _follow(self, change: object) -> None:
        if self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.open(self.presenter.dossier)


TIMELINE_TAB = FamilyTab(key="timeline", title=N_("Timeline"), build=TimelinePart)
