"""The tab *Talks* of a family: latest first, open agreements, the way to a new talk. A FamilyTalksScreen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.family_talks_presenter import HEADS, AgreementLine, FamilyTalksPresenter
from ui.views.family.tab import FamilyPart, FamilyTab
from ui.views.panes import Scroll
from ui.views.talks.agreement_form import AgreementList
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable

_WIDTHS = (150, 180, 140, 110, 190)
_SIDE = 288
_SIDE_FROM = 760
_PHASE = 2


class FamilyTalks(FamilyPart):
    """Talks at the left, open agreements at the right; behind each other where the window is narrow."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("family_talks")
        self._desk = desk
        self.presenter = FamilyTalksPresenter(desk.session, desk.runner.bound_to(self), self)
        self.begin = Button(_("Begin a talk"), "primary", name="family_begin_talk", icon_role="nav.talks")
        self.plan = Button(_("Plan for later"), name="family_plan_talk", icon_role="sign.add_appointment")
        self.table = RowTable(name="family_talks_table", words=_("Talks"), head=Head())
        self._model = RowModel([_(head) for head in HEADS], self)
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=1)
        self.empty = EmptyState(
            _("No talks yet"),
            _("Record the first talk, or begin one now. The buttons stand at the top right."),
        )
        self.agreements = AgreementList(name="family_agreements")
        self.no_agreements = Sentence(_("Nothing is open."), "body", "quiet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._side = self._make_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addWidget(self._stack, 1)
        row.addWidget(self._side)
        self._connect()

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("Open agreements"), ruled=True))
        column.addWidget(self.no_agreements)
        column.addWidget(Scroll(self.agreements, name="family_agreements_scroll"), 1)
        side.setFixedWidth(round(_SIDE * theme.current().factor))
        return side

    def _connect(self) -> None:
        self.begin.clicked.connect(self._begin)
        self.plan.clicked.connect(self._plan)
        for button in (self.begin, self.plan):
            button.setVisible(not self._desk.read_only)
        self.table.row_opened.connect(self._open)
        self.agreements.link_pressed.connect(self._done)
        self._desk.feed.changed.connect(self._follow)

    # -- FamilyTalksScreen -----------------------------------------------------------------------------------------

    def show_talks(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these talks."""
        row = max(self.table.current_row(), 0)
        self._model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.table.choose_row(row)

    def show_agreements(self, lines: Sequence[AgreementLine]) -> None:
        """Show what is still to be done."""
        self.agreements.set_agreements(lines, "" if self._desk.read_only else _("Done"))
        self.no_agreements.setVisible(not lines)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.said.emit(Notice(sentence=sentence))

    # -- FamilyPart ------------------------------------------------------------------------------------------------

    @override
    def open_dossier(self, dossier: str, part: str = "") -> None:
        self.presenter.open(dossier)

    @override
    def regions(self) -> Sequence[QWidget]:
        first = self.table if self._stack.currentWidget() is self.table else self.begin
        return (first, self.agreements)

    @override
    def act(self, command: str) -> bool:
        if command == "new" and not self._desk.read_only:
            self._begin()
            return True
        return False

    @override
    def actions_wanted(self) -> Sequence[QWidget]:
        return (self.plan, self.begin)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_FROM * theme.current().factor
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            beside = QHBoxLayout.Direction.LeftToRight
            layout.setDirection(beside if wide else QHBoxLayout.Direction.TopToBottom)
        self._side.setFixedWidth(round(_SIDE * theme.current().factor) if wide else event.size().width())
        self.table.setColumnHidden(_PHASE, not wide)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.go_requested.emit(Place(page="talk_new", subject=self.presenter.dossier))

    def _plan(self) -> None:
        self.go_requested.emit(Place(page="talk_new", subject=self.presenter.dossier, part="later"))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(Place(page="talk", subject=self._model.id_at(row)))

    def _done(self, key: object) -> None:
        self.presenter.done(str(key))

    def _follow(self, change: object) -> None:
        if self.presenter.dossier in getattr(change, "dossiers", ()) and self.isVisible():
            self.presenter.reload()


def _build(parent: QWidget, desk: Desk) -> FamilyTalks:
    return FamilyTalks(desk, parent)


FAMILY_TABS: Final = (FamilyTab(key="talks", title=N_("Talks"), build=_build),)
