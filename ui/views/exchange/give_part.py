"""*Geven*: choose, see what would go, save. A GiveScreen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.check_entry import CheckEntry
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.models.row_model import RowModel
from ui.presenters.exchange_gate import ExtractGate, GiveGate, TrustGate
from ui.presenters.exchange_words import COLLEAGUES_PAGE
from ui.presenters.give_presenter import FAMILIES, GIVE_HEADS, RECEIVERS, UNTIL, GivePresenter
from ui.presenters.give_words import DoneView, PreviewView
from ui.views.exchange.give_layout import (
    CHOICE_STRETCH,
    CHOICE_WIDTHS,
    GOING_STRETCH,
    GOING_WIDTHS,
    GiveLayout,
    going_heads,
)
from ui.views.exchange.part import ExchangePart
from ui.widgets.line import Sentence

_CHOICE, _PREVIEW, _DONE = range(3)


class GivePart(ExchangePart):
    """`Place.part` may name a dossier and a device to choose beforehand: "give/«dossier»/«device»".

    They stand in the part, not as its subject: the officer is at the exchange, not in the family.
    """

    def __init__(
        self,
        desk: Desk,
        give: GiveGate,
        trust: TrustGate,
        extract: ExtractGate | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("give_part")
        self._desk = desk
        self.presenter = GivePresenter(desk.session, desk.runner.bound_to(self), self, give, trust, extract)
        self._parts = GiveLayout(self)
        self._model = PagedModel([_(head) for head in GIVE_HEADS], self.presenter.fetch, self)
        self._parts.table.setModel(self._model)
        self._parts.table.set_columns(CHOICE_WIDTHS, stretch=CHOICE_STRETCH)
        self._going = RowModel(going_heads(), self)
        self._parts.going.setModel(self._going)
        self._parts.going.set_columns(GOING_WIDTHS, stretch=GOING_STRETCH)
        self._stopped, self._busy, self._said = False, False, ""
        self._parts.scans.setChecked(True)
        self._parts.reading.setVisible(extract is not None)
        self._parts.until.hide()
        self._fit_buttons()
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        parts.search.searched.connect(self._search)
        parts.search.list_requested.connect(self._to_list)
        parts.mine.clicked.connect(self._narrow)
        parts.closed.clicked.connect(self._narrow)
        parts.table.row_ticked.connect(self._tick)
        parts.table.row_opened.connect(self._tick)
        parts.all.clicked.connect(self.presenter.tick_shown)
        parts.none.clicked.connect(self.presenter.tick_none)
        parts.parts.ticked.connect(self._choose_parts)
        parts.receivers.ticked.connect(self._choose_receivers)
        parts.receivers.link_pressed.connect(self._check)
        parts.scans.clicked.connect(self._set_options)
        parts.full.clicked.connect(self._set_options)
        parts.to_read.clicked.connect(self._set_reading)
        parts.until.editor.value_typed.connect(self._set_reading)
        parts.preview.clicked.connect(self._preview)
        parts.back.clicked.connect(self.show_choice)
        parts.save.clicked.connect(self._save)
        parts.facts.go_requested.connect(self.go_requested)
        parts.again.clicked.connect(self.presenter.begin_again)
        parts.who_has.clicked.connect(self._to_holdings)
        self._desk.feed.changed.connect(self._follow)

    # -- ExchangePart ----------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        _tab, dossier, device = (*place.part.split("/"), "", "")[:3]
        if dossier or device or self._step() == _DONE:
            self.show_choice()
        if self._step() == _CHOICE:
            self.presenter.open(dossier, device)

    @override
    def regions(self) -> Sequence[QWidget]:
        parts = self._parts
        if self._step() == _PREVIEW:
            return (parts.going, parts.back, parts.split)
        if self._step() == _DONE:
            return (parts.again,)
        shown = parts.table if parts.list.currentWidget() is parts.table else parts.search
        return (shown, parts.search, parts.parts.first(), parts.receivers.first())

    @override
    def buttons(self) -> Sequence[QWidget]:
        return (self._parts.preview, self._parts.save)

    @override
    def buttons_now(self) -> Sequence[QWidget]:
        return {_CHOICE: (self._parts.preview,), _PREVIEW: (self._parts.save,)}.get(self._step(), ())

    @override
    def is_at_rest(self) -> bool:
        return self._step() != _PREVIEW

    @override
    def foot(self) -> tuple[str, str]:
        if self._step() == _CHOICE:
            return self._said, _("Space chooses  ·  Ctrl F searches")
        return "", _("Esc goes back") if self._step() == _PREVIEW else ""

    @override
    def act(self, command: str) -> bool:
        if command != "filter" or self._step() != _CHOICE:
            return False
        self._parts.panes.show_pane("families")
        self._parts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._parts.search.selectAll()
        return True

    def go_back(self) -> bool:
        """From what would go to the choice; False when there is nothing to go back from."""
        if self._step() != _PREVIEW:
            return False
        self.show_choice()
        return True

    # -- GiveScreen ------------------------------------------------------------------------------------------------

    def show_families(self, ids: Sequence[str], *, narrowed: bool) -> None:
        """Show these families in this order; none when nothing is found, or without `narrowed` nothing is there."""
        at = self._parts.table.current_row()
        self._model.set_ids(ids)
        self._parts.list.setCurrentWidget(self._parts.table if ids else self._parts.empty)
        self._parts.all.setEnabled(bool(ids))
        nothing = (_("No families yet"), _("What you register can be given from here."))
        missed = (_("No families found"), _("Search for another name, or take the filters away."))
        self._parts.empty.set_words(*(missed if narrowed else nothing))
        if ids:
            self._parts.table.choose_row(max(at, 0))
        self.settle_focus()

    def show_ticks(self) -> None:
        """Paint the rows anew: other families are chosen."""
        self._model.refresh()

    def show_chosen(self, words: str) -> None:
        """Say how many are chosen."""
        self._said = words
        self._parts.none.setEnabled(bool(words))
        self.buttons_changed.emit()

    def show_parts(self, entries: Sequence[CheckEntry]) -> None:
        """Show the parts of a dossier to choose from."""
        self._parts.parts.set_entries(entries)

    def show_receivers(self, entries: Sequence[CheckEntry]) -> None:
        """Show the colleagues; none when there is no other."""
        self._parts.receivers.set_entries(entries)
        self._parts.nobody.setVisible(not entries)

    def show_lacks(self, sentences: dict[str, str]) -> None:
        """Say beside families and receivers what is still to be chosen, and bring the first into sight."""
        for key, line in ((FAMILIES, self._parts.families_lack), (RECEIVERS, self._parts.receivers_lack)):
            _say(line, sentences.get(key, ""))
        if UNTIL in sentences:
            self._parts.until.show_error(sentences[UNTIL])
        else:
            self._parts.until.check()
        if sentences:
            self._parts.panes.show_pane(FAMILIES if FAMILIES in sentences else RECEIVERS)
            places: dict[str, QWidget] = {
                FAMILIES: self._parts.search,
                RECEIVERS: self._parts.receivers.first(),
            }
            first = next((places[key] for key in places if key in sentences), self._parts.until.editor)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""
        self._busy = bool(sentence)
        self._parts.progress.show_busy(sentence)
        self._fit_buttons()

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""
        self._parts.problem.show_problem(sentence)

    def show_preview(self, view: PreviewView) -> None:
        """Show what would go, instead of the choice."""
        self._going.set_rows(view.rows)
        self._parts.facts.set_groups(view.facts)
        self._parts.sum.set_text(view.sum)
        self._stopped = bool(view.stop)
        self.show_problem(view.stop)
        self._parts.split.setChecked(False)
        self._show_step(_PREVIEW)
        self._parts.going.choose_row(0)
        self._parts.going.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_choice(self) -> None:
        """Show the choice again."""
        self.show_problem("")
        self._show_step(_CHOICE)
        self.wants_focus = True
        self.presenter.reload()

    def show_done(self, view: DoneView) -> None:
        """Show what was written, instead of the preview."""
        self._parts.done_words.set_message("good", view.sentence, view.about)
        self._parts.files.set_groups(view.facts)
        self._show_step(_DONE)
        self._parts.again.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _step(self) -> int:
        return self._parts.steps.currentIndex()

    def _show_step(self, step: int) -> None:
        self._parts.steps.setCurrentIndex(step)
        self._fit_buttons()
        self.buttons_changed.emit()

    def _fit_buttons(self) -> None:
        may = not self._busy and not self._desk.read_only
        self._parts.preview.setEnabled(may)
        self._parts.save.setEnabled(may and not self._stopped)

    def _search(self, text: object) -> None:
        self.presenter.search(str(text))

    def _to_list(self) -> None:
        if self._parts.list.currentWidget() is self._parts.table:
            self._parts.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self) -> None:
        self.presenter.narrow(mine=self._parts.mine.isChecked(), closed=self._parts.closed.isChecked())

    def _tick(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self.presenter.tick(self._model.id_at(row))

    def _choose_parts(self, _key: object) -> None:
        self.presenter.choose_parts(self._parts.parts.checked())

    def _choose_receivers(self, _key: object) -> None:
        self.presenter.choose_receivers(self._parts.receivers.checked())

    def _set_options(self) -> None:
        self.presenter.set_options(scans=self._parts.scans.isChecked(), full=self._parts.full.isChecked())

    def _set_reading(self, _value: object = None) -> None:
        """What is given to read only carries no scans and is whole each time."""
        parts, to_read = self._parts, self._parts.to_read.isChecked()
        parts.until.setVisible(to_read)
        parts.scans.setEnabled(not to_read)
        parts.full.setEnabled(not to_read)
        until = "" if parts.until.editor.problem() else parts.until.editor.value()
        self.presenter.set_reading(to_read=to_read, until=until)

    def _preview(self) -> None:
        if self._parts.to_read.isChecked():
            self._set_reading()  # the key of the button does not leave the field
        self.presenter.preview()

    def _check(self, device: object) -> None:
        self.go_requested.emit(Place(page=COLLEAGUES_PAGE, subject=str(device)))

    def _to_holdings(self) -> None:
        self.go_requested.emit(Place(page="exchange", part="holdings"))

    def _save(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where should the file stand?"))
        if chosen:
            self.presenter.write(Path(chosen), split=self._parts.split.isChecked())

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) and self.isVisible() and self._step() == _CHOICE:
            self.presenter.reload()


def _say(line: Sentence, sentence: str) -> None:
    line.setText(sentence)
    line.setVisible(bool(sentence))
