"""*Wie heeft wat*: per colleague and family what was given, confirmed and still lacks. A HoldingScreen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.exchange_gate import GiveGate
from ui.presenters.holding_presenter import HOLDING_HEADS, HoldingPresenter, Row
from ui.views.exchange.part import ExchangePart
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.head import Head
from ui.widgets.progress import Progress
from ui.widgets.row_table import RowTable

_WIDTHS, _STRETCH = (150, 180, 400, 110, 110, 160), 1
_LEFT_OUT = 2
_NARROW_FROM = 900


class HoldingsPart(ExchangePart):
    """Enter opens the family."""

    def __init__(self, desk: Desk, give: GiveGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("holdings_part")
        self._desk = desk
        self.presenter = HoldingPresenter(desk.session, desk.runner.bound_to(self), self, give)
        self._model = RowModel([_(head) for head in HOLDING_HEADS], self)
        self.table = RowTable(name="holdings_table", words=_("Who has what"), head=Head())
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=_STRETCH)
        self.person = Choice(name="holdings_person")
        self.give = Button(
            _("Give what is new …"), "primary", name="holdings_give", icon_role="sign.package_out"
        )
        self.receipt = Button(_("Save a receipt …"), name="holdings_receipt")
        self._problem = Banner("watch", "")
        self._progress = Progress(name="holdings_progress")
        self._empty = EmptyState(
            _("Nothing was exchanged yet"),
            _("Here stands which colleague has which family, since when, and what they still lack."),
        )
        self._place()
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._fit)
        self.person.code_chosen.connect(self._narrow)
        self.give.clicked.connect(self._give)
        self.receipt.clicked.connect(self._receipt)
        desk.feed.changed.connect(self._follow)

    def _place(self) -> None:
        self._stack = QStackedWidget()
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        row = QHBoxLayout()
        field = Field(_("Colleague"), self.person)
        field.setMaximumWidth(round(300 * theme.current().factor))
        row.addWidget(field)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.gap(2))
        outer.addWidget(self._problem)
        outer.addWidget(self._progress)
        outer.addWidget(self._stack, 1)
        self._problem.hide()

    # -- ExchangePart ----------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.table, self.person) if self._model.rowCount() else ()

    @override
    def buttons(self) -> Sequence[QWidget]:
        return (self.receipt, self.give)

    @override
    def buttons_now(self) -> Sequence[QWidget]:
        return self.buttons() if self._model.rowCount() else ()

    @override
    def foot(self) -> tuple[str, str]:
        return "", _("Enter opens the family") if self._model.rowCount() else ""

    # -- HoldingScreen ---------------------------------------------------------------------------------------------

    def show_holdings(self, rows: Sequence[Row]) -> None:
        """Show these lines."""
        at = self.table.current_row()
        self._model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.table.choose_row(max(at, 0))
        self._fit()
        self.buttons_changed.emit()
        self.settle_focus()

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer these colleagues to narrow the list by."""
        self.person.set_pairs((("", _("All")), *pairs))
        self.person.set_code(self.presenter.device)

    def show_receipt(self, sentence: str) -> None:
        """A receipt was written."""
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""
        self._progress.show_busy(sentence)

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""
        self._problem.show_problem(sentence)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _chosen(self) -> str:
        row = self.table.current_row()
        return self._model.id_at(row) if 0 <= row < self._model.rowCount() else ""

    def _fit(self, _row: object = None) -> None:
        may = bool(self._chosen()) and not self._desk.read_only
        self.give.setEnabled(may)
        self.receipt.setEnabled(may)

    def _narrow(self, code: object) -> None:
        self.presenter.narrow(str(code))

    def _open(self, row: object) -> None:
        found = self.presenter.holding(self._chosen())
        if isinstance(row, int) and found is not None:
            self.go_requested.emit(Place(page="family", subject=found.dossier))

    def _give(self) -> None:
        found = self.presenter.holding(self._chosen())
        if found is not None:
            self.go_requested.emit(Place(page="exchange", part=f"give/{found.dossier}/{found.device}"))

    def _receipt(self) -> None:
        found = self.presenter.holding(self._chosen())
        folder = QFileDialog.getExistingDirectory(self, _("Where should the receipt stand?")) if found else ""
        if found is not None and folder:
            self.presenter.write_receipt(found.device, Path(folder))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.reload()

    @override
    def fit(self, width: int) -> None:
        narrow = width < _NARROW_FROM * theme.current().factor
        self.table.setColumnHidden(_LEFT_OUT, narrow)
