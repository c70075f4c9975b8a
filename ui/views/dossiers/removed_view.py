"""The families that were removed as a mistake: who did it when, and the way back. A RemovedScreen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.removed_presenter import REMOVED_HEADS, RemovedPresenter
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (300, 160, 220, 200)


class RemovedPage(Page):
    """Enter or the button brings the chosen family back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Removed families"), name="removed_page", parent=parent)
        self._desk = desk
        self.presenter = RemovedPresenter(desk.session, desk.runner.bound_to(self), self)
        self._table = RowTable(name="removed_list", words=_("Removed families"), head=Head())
        self._model = RowModel([_(head) for head in REMOVED_HEADS], self._table)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=0)
        self._back = Button(_("Bring back"), "primary", name="removed_bring_back")
        self._to_list = Button(_("To the list of dossiers"), name="removed_to_list")
        self._empty_way = Button(_("To the list of dossiers"), name="removed_empty_to_list")
        self._problem = Banner("watch", "")
        self._problem.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self._stack.addWidget(
            EmptyState(
                _("No family was removed"),
                _(
                    "A family that was registered by mistake is removed on its tab Hand over, and stands here then."
                ),
                self._empty_way,
            )
        )
        self.set_banner(self._problem)
        self.set_content(self._stack)
        self.set_quiet((_("Nothing of them was destroyed. Bring back what should not have gone."),))
        self._back.clicked.connect(self._bring_back)
        self._table.row_opened.connect(self._bring_back)
        for button in (self._to_list, self._empty_way):
            button.clicked.connect(self._go_to_list)
        desk.feed.changed.connect(self._follow)

    def _list(self) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(1))
        buttons.addWidget(self._back)
        buttons.addWidget(self._to_list)
        buttons.addStretch(1)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self._table, 1)
        column.addLayout(buttons)
        return part

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._problem.hide()
        self.presenter.open()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table,) if self._stack.currentIndex() == 0 else (self._empty_way,)

    # -- RemovedScreen ---------------------------------------------------------------------------------------------

    def show_removed(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these families; none: the page says so."""
        at = self._table.current_row()
        self._model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._back.setEnabled(bool(rows) and not self._desk.read_only)
        if rows:
            self._table.choose_row(min(max(at, 0), len(rows) - 1))

    def show_back(self, dossier: str, sentence: str) -> None:
        """To the family, which is here again."""
        self.go_requested.emit(Place(page="family", subject=dossier))
        self.said.emit(Notice(sentence=sentence))

    def show_problem(self, sentence: str) -> None:
        """It could not be brought back."""
        self._problem.set_message("watch", sentence)
        self._problem.show()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _bring_back(self, _row: object = None) -> None:
        at = self._table.current_row()
        if self._back.isEnabled() and at >= 0:
            self.presenter.bring_back(self._model.id_at(at))

    def _go_to_list(self) -> None:
        self.go_requested.emit(Place(page="dossiers"))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.open()
