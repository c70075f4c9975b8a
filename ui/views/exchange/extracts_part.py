"""*Alleen lezen*: what colleagues let the officer read, until when. An ExtractListScreen."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.row_model import RowModel
from ui.presenters.exchange_gate import ExtractGate
from ui.presenters.extract_presenter import EXTRACT_HEADS, ExtractListPresenter, Row
from ui.views.exchange.part import ExchangePart
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.dialog import Question
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS, _STRETCH = (220, 260, 250, 110, 160), 0
_LEFT_OUT, _ROOM_FROM = 2, 980  # what it holds stands on its own page too


class ExtractsPart(ExchangePart):
    """Enter opens one to read."""

    def __init__(self, desk: Desk, extract: ExtractGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("extracts_part")
        self._desk = desk
        self.presenter = ExtractListPresenter(desk.session, desk.runner.bound_to(self), self, extract)
        self._model = RowModel([_(head) for head in EXTRACT_HEADS], self)
        self.table = RowTable(name="extracts_table", words=_("To read only"), head=Head())
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=_STRETCH)
        self.drop = Button(_("Remove"), name="extracts_drop", icon_role="sign.remove")
        self.read = Button(_("Read"), "primary", name="extracts_read", icon_role="sign.show")
        self._problem = Banner("watch", "")
        self._problem.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                _("Nothing to read"),
                _(
                    "What a colleague lets you read, without it being in your dossiers, stands here until its last day."
                ),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self._problem)
        column.addWidget(self._stack, 1)
        self.table.row_opened.connect(self._open)
        self.read.clicked.connect(self._open)
        self.drop.clicked.connect(self._drop)
        desk.feed.changed.connect(self._follow)

    # -- ExchangePart ----------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.table,) if self._model.rowCount() else ()

    @override
    def buttons(self) -> Sequence[QWidget]:
        return (self.drop, self.read)

    @override
    def buttons_now(self) -> Sequence[QWidget]:
        return self.buttons() if self._model.rowCount() else ()

    @override
    def foot(self) -> tuple[str, str]:
        return "", _("Enter opens") if self._model.rowCount() else ""

    # -- ExtractListScreen -------------------------------------------------------------------------------------------

    def show_extracts(self, rows: Sequence[Row]) -> None:
        """Show these extracts; none is the empty list."""
        at = self.table.current_row()
        self._model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.table.choose_row(max(at, 0))
        self.drop.setEnabled(not self._desk.read_only)
        self.buttons_changed.emit()
        self.settle_focus()

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""
        self._problem.show_problem(sentence)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _chosen(self) -> str:
        row = self.table.current_row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def _open(self, _row: object = None) -> None:
        if self._chosen():
            self.go_requested.emit(Place(page="exchange_extract", subject=self._chosen()))

    def _drop(self) -> None:
        rest = _("The file of your colleague stays as it is: you can take it in again until its last day.")
        if self._chosen() and Question.ask(self, _("Remove this extract here?"), rest, _("Remove it")):
            self.wants_focus = True
            self.presenter.drop(self._chosen())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_LEFT_OUT, event.size().width() < _ROOM_FROM * theme.current().factor)

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.reload()
