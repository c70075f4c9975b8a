"""*Nemen*: open or drop a file, see what it holds, take it in, and take it back. A TakeScreen and a TakenScreen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _, ngettext
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.arrival_words import COMING_HEADS, ArrivalView, ReportView, Row
from ui.presenters.exchange_gate import GiveGate, TakeGate
from ui.presenters.take_presenter import TakePresenter
from ui.presenters.taken_presenter import TAKEN_HEADS, TakenPresenter
from ui.views.exchange.part import ExchangePart
from ui.views.exchange.take_layout import (
    COMING_STRETCH,
    COMING_WIDTHS,
    TAKEN_STRETCH,
    TAKEN_WIDTHS,
    TakeLayout,
)

_WAITING, _ARRIVAL, _REPORT = range(3)
_CHANGES = 3  # the column left out of the list of files
_NARROW_FROM = 900


class TakePart(ExchangePart):
    """`Place.subject` may name a file to look at."""

    def __init__(self, desk: Desk, take: TakeGate, give: GiveGate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("take_part")
        self._desk = desk
        runner = desk.runner.bound_to(self)
        self.presenter = TakePresenter(desk.session, runner, self, take, give)
        self.files = TakenPresenter(desk.session, runner, self, take)
        self._parts = TakeLayout(self)
        self._coming = RowModel([_(head) for head in COMING_HEADS], self)
        self._parts.coming.setModel(self._coming)
        self._parts.coming.set_columns(COMING_WIDTHS, stretch=COMING_STRETCH)
        self._taken = RowModel([_(head) for head in TAKEN_HEADS], self)
        self._parts.taken.setModel(self._taken)
        self._parts.taken.set_columns(TAKEN_WIDTHS, stretch=TAKEN_STRETCH)
        self._choosing = False
        self._busy, self._may_take, self._caution_leads_to = False, False, Place(page="")
        self._foot, self._offers_receipt = "", False
        self._fit_buttons()
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        parts.open.clicked.connect(self._open)
        parts.look_into.clicked.connect(self._look_into)
        parts.leave.clicked.connect(self.presenter.leave_it)
        parts.accept.clicked.connect(self.presenter.accept)
        parts.coming.row_ticked.connect(self._tick)
        parts.coming.row_opened.connect(self._tick)
        parts.all.clicked.connect(self._tick_all)
        parts.none.clicked.connect(self._tick_none)
        parts.caution_link.clicked.connect(self._follow_caution)
        parts.inspect.clicked.connect(self._inspect)
        parts.taken.row_chosen.connect(self._offer_way_back)
        parts.take_back.clicked.connect(self._take_back)
        parts.report.go_requested.connect(self.go_requested)
        parts.receipt.clicked.connect(self._save_receipt)
        parts.next.clicked.connect(self.presenter.leave_it)
        self._desk.feed.changed.connect(self._follow)

    def offer(self, files: Sequence[Path]) -> None:
        """Look at files that were dropped."""
        self.presenter.offer(files)

    # -- ExchangePart ----------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        if place.subject:
            self.presenter.offer([Path(place.subject)])
        elif self._step() == _REPORT:
            self.presenter.leave_it()
        self.files.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        parts = self._parts
        if self._step() == _ARRIVAL:
            if self._coming.rowCount():
                return (parts.coming, parts.inspect, parts.leave)
            return (parts.leave, parts.inspect)
        if self._step() == _REPORT:
            return (parts.receipt if self._offers_receipt else parts.next,)
        return (parts.taken, parts.open) if self._taken.rowCount() else (parts.open,)

    @override
    def buttons(self) -> Sequence[QWidget]:
        parts = self._parts
        return (parts.look_into, parts.open, parts.leave, parts.accept, parts.next, parts.receipt)

    @override
    def buttons_now(self) -> Sequence[QWidget]:
        parts = self._parts
        report = (parts.next, parts.receipt) if self._offers_receipt else (parts.next,)
        now = {_WAITING: (parts.look_into, parts.open), _ARRIVAL: (parts.leave, parts.accept)}
        return now.get(self._step(), report)

    @override
    def is_at_rest(self) -> bool:
        return self._step() == _WAITING

    @override
    def foot(self) -> tuple[str, str]:
        if self._step() == _ARRIVAL and self._foot:
            return self._foot, _("Space chooses  ·  Esc goes back")
        return "", ""

    @override
    def act(self, command: str) -> bool:
        if command != "new":
            return False
        self._open()
        return True

    @override
    def fit(self, width: int) -> None:
        narrow = width < _NARROW_FROM * theme.current().factor
        self._parts.taken.setColumnHidden(_CHANGES, narrow)

    def go_back(self) -> bool:
        """From a file that is looked at to the list; False when there is nothing to go back from."""
        if self._step() == _WAITING:
            return False
        self.presenter.leave_it()
        return True

    # -- TakeScreen ------------------------------------------------------------------------------------------------

    def show_waiting(self) -> None:
        """Show that a file can be opened, and the files taken in."""
        self._show_step(_WAITING)
        self.wants_focus = True
        self.files.reload()

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""
        self._busy = bool(sentence)
        self._parts.progress.show_busy(sentence)
        self._fit_buttons()

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""
        self._parts.problem.show_problem(sentence)

    def show_arrival(self, view: ArrivalView) -> None:
        """Show what a file holds."""
        parts, caution = self._parts, view.caution
        parts.title.setText(view.title)
        parts.about.setText(view.about)
        parts.facts.set_groups(view.facts)
        parts.accept.set_words(view.accept)
        parts.caution.setVisible(bool(caution.state))
        if caution.state:
            parts.caution.set_message(caution.state, caution.sentence, caution.rest)
        parts.caution_link.setVisible(caution.place is not None)
        if caution.place is not None:
            parts.caution_link.set_words(caution.link)
            self._caution_leads_to = caution.place
        parts.panes.set_shown("families", shown=view.has_families)
        self._choosing = view.may_take
        for link in (parts.all, parts.none):
            link.setVisible(view.may_take)
        self._show_step(_ARRIVAL)

    def show_coming(self, rows: Sequence[Row], *, chosen: int, may_take: bool) -> None:
        """Show its families, some of them chosen."""
        at = self._parts.coming.current_row()
        self._coming.set_rows(rows)
        self._parts.coming.choose_row(max(at, 0))
        self._may_take = may_take
        words = _("Chosen: %(chosen)d of %(all)d", chosen=chosen, all=len(rows))
        self._foot = words if rows and self._choosing else ""
        self._fit_buttons()
        self.buttons_changed.emit()
        for region in self.regions()[:1]:
            region.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_report(self, view: ReportView, *, more: int) -> None:
        """Show what came of it; `more` files were dropped with it."""
        parts = self._parts
        parts.done_words.set_message("good", view.sentence, view.about)
        parts.report.set_groups(view.facts)
        self._offers_receipt = view.offers_receipt
        parts.receipt_hint.setVisible(view.offers_receipt)
        parts.receipt_words.hide()
        next_words = ngettext("Next file (%(count)d more)", "Next file (%(count)d more)", more, count=more)
        parts.next.set_words(next_words if more else _("Ready"))
        self._show_step(_REPORT)
        self.regions()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_receipt(self, sentence: str) -> None:
        """Say where the receipt was written."""
        self._parts.receipt_words.setText(sentence)
        self._parts.receipt_words.show()

    # -- TakenScreen -----------------------------------------------------------------------------------------------

    def show_taken(self, rows: Sequence[Row]) -> None:
        """Show these files, latest first."""
        at = self._parts.taken.current_row()
        self._taken.set_rows(rows)
        self._parts.waiting.setCurrentIndex(0 if rows else 1)
        self._parts.taken.choose_row(max(at, 0))
        self._offer_way_back(self._parts.taken.current_row())
        self.settle_focus()

    def show_taken_back(self, sentence: str) -> None:
        """A file was taken back."""
        self.wants_focus = True
        self.said.emit(Notice(sentence=sentence, undoable=False))

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _step(self) -> int:
        return self._parts.steps.currentIndex()

    def _show_step(self, step: int) -> None:
        self._parts.steps.setCurrentIndex(step)
        self._fit_buttons()
        self.buttons_changed.emit()

    def _fit_buttons(self) -> None:
        parts, may = self._parts, not self._busy
        parts.open.setEnabled(may)
        parts.look_into.setEnabled(may)
        parts.leave.setEnabled(may)
        parts.accept.setEnabled(may and self._may_take and not self._desk.read_only)
        parts.receipt.setEnabled(may and not self._desk.read_only)

    def _open(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"), "", file_filter())
        if chosen:
            self.presenter.offer([Path(chosen)])

    def _look_into(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"), "", file_filter())
        if chosen:
            self.go_requested.emit(Place(page="exchange_inspect", subject=chosen))

    def _inspect(self) -> None:
        if self.presenter.file is not None:
            self.go_requested.emit(Place(page="exchange_inspect", subject=str(self.presenter.file)))

    def _tick(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._coming.rowCount() and self._choosing:
            self.presenter.tick(self._coming.id_at(row))

    def _tick_all(self) -> None:
        self.presenter.tick_all(on=True)

    def _tick_none(self) -> None:
        self.presenter.tick_all(on=False)

    def _follow_caution(self) -> None:
        self.go_requested.emit(self._caution_leads_to)

    def _offer_way_back(self, row: object) -> None:
        known = isinstance(row, int) and 0 <= row < self._taken.rowCount()
        key = self._taken.id_at(row) if known and isinstance(row, int) else ""
        may, sentence = self.files.way_back(key)
        self._parts.take_back.setEnabled(may and not self._desk.read_only)
        self._parts.why_not.setText(sentence)

    def _take_back(self) -> None:
        row = self._parts.taken.current_row()
        if row >= 0:
            self.files.take_back(self._taken.id_at(row))

    def _save_receipt(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where should the receipt stand?"))
        if chosen:
            self.presenter.write_receipt(Path(chosen))

    def _follow(self, _change: object) -> None:
        if self.isVisible() and self._step() == _WAITING:
            self.files.reload()


def file_filter() -> str:
    """What the window of the system shows when a file is chosen."""
    return _("Files of Regiemap (*.regiemap);;All files (*)")
