"""First start: one question at a time; Enter goes on, what was filled in stays when going back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.printing import PageImage, ask_and_print
from ui.presenters.first_start_presenter import FirstStartPresenter, Step
from ui.presenters.gate import FirstStartGate, Runner, SheetPage
from ui.views.first_start.first_start_layout import FirstStartLayout


class FirstStartView(QWidget):
    """`created` is called with the new, open store. Also a FirstStartScreen for its presenter."""

    other_requested = Signal()

    def __init__(
        self,
        gate: FirstStartGate,
        runner: Runner,
        created: Callable[[object], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("first_start_view")
        self._parts = FirstStartLayout(self)
        self.presenter = FirstStartPresenter(gate, self, runner, created)
        self._step = Step.PERSON
        parts = self._parts
        parts.other.clicked.connect(self.other_requested)
        parts.next.clicked.connect(self._next)
        parts.back.clicked.connect(self.presenter.back)
        parts.print.clicked.connect(self.presenter.print_sheet)
        parts.save.clicked.connect(self._save)
        parts.passphrase.editor.textChanged.connect(self._judge)
        for field in parts.fields.values():
            field.editor.returnPressed.connect(self._next)
        self.show_step(Step.PERSON)

    def show_step(self, step: Step) -> None:
        """Show a step, with the focus on its first field."""
        self._step = step
        parts = self._parts
        parts.pages.setCurrentIndex(int(step))
        parts.steps.set_step(int(step))
        parts.back.setVisible(step is not Step.PERSON)
        parts.other.setVisible(step is Step.PERSON)
        parts.next.set_words(
            {Step.RECOVERY: _("I kept the key"), Step.CHECK: _("Make the store")}.get(step, _("Next"))
        )
        first = {
            Step.PERSON: parts.officer.editor,
            Step.PASSPHRASE: parts.passphrase.editor,
            Step.RECOVERY: parts.print,
            Step.CHECK: parts.typed.editor,
        }[step]
        self.setFocusProxy(first)
        first.setFocus()

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under fields; the focus goes to the first of them."""
        focus_given = False
        for name, field in self._parts.fields.items():
            if name in errors:
                field.show_error(errors[name])
                if not focus_given:
                    field.editor.setFocus()
                    focus_given = True
            else:
                field.clear_error()

    def show_recovery(self, groups: Sequence[str]) -> None:
        """Show the key to be written down."""
        self._parts.key.set_groups(groups)

    def show_busy(self, busy: bool) -> None:
        """The store is being made: about a second."""
        for button in (self._parts.next, self._parts.back):
            button.setEnabled(not busy)
        self._parts.typed.editor.setReadOnly(busy)
        self._parts.next.set_words(_("Making the store") if busy else _("Make the store"))

    def show_said(self, sentence: str) -> None:
        """Say what was done with the sheet."""
        self._parts.said.setText(sentence)

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer choose a printer."""
        images = [PageImage(width=page.width, height=page.height, rgb=page.rgb) for page in pages]
        return ask_and_print(images, "Regiemap", self)

    def _next(self) -> None:
        parts, presenter = self._parts, self.presenter
        if self._step is Step.PERSON:
            presenter.give_person(parts.officer.editor.text(), parts.location.editor.text())
        elif self._step is Step.PASSPHRASE:
            presenter.give_passphrase(parts.passphrase.editor.text(), parts.again.editor.text())
        elif self._step is Step.RECOVERY:
            presenter.recovery_kept()
        else:
            presenter.give_recovery(parts.typed.editor.text())

    def _judge(self, typed: str) -> None:
        strength, word = self.presenter.strength(typed)
        self._parts.strength.show_strength(strength.score, word)
        hint = self._parts.passphrase_hint  # the same sentence twice would look like a second demand
        self._parts.advice.setText("" if strength.advice == hint else strength.advice)
        self._parts.advice.setVisible(bool(self._parts.advice.text()))

    def _save(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as PDF"), "", "PDF (*.pdf)")
        if chosen:
            self.presenter.save_sheet(Path(chosen))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._parts.fit(event.size().width(), event.size().height())
