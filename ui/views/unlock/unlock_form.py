"""The form that opens a store: one field, one button, the error in place, and a way for who lost the passphrase."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from ui.presenters.gate import Runner, UnlockGate
from ui.presenters.unlock_presenter import UnlockPresenter
from ui.views.unlock.unlock_form_layout import UnlockFormLayout
from ui.widgets.passphrase_field import PassphraseField

_TICK_MS = 1_000


class UnlockForm(QWidget):
    """`opened` is called with the open store. Also an UnlockScreen for its presenter."""

    def __init__(
        self,
        gate: UnlockGate,
        runner: Runner,
        opened: Callable[[object], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unlock_form")
        self._parts = UnlockFormLayout(self)
        self.presenter = UnlockPresenter(gate, self, runner, opened)
        self._with_recovery = False
        self._parts.unlock.clicked.connect(self._try)
        self._parts.switch.clicked.connect(self._switch)
        for field in (self._parts.passphrase, *self._parts.recovery_fields):
            field.editor.returnPressed.connect(self._try)
            if isinstance(field.editor, PassphraseField):
                field.editor.caps_lock_seen.connect(self._note_caps_lock)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.presenter.tick)
        self._tick.start()
        self._show_fields()
        self.presenter.tick()

    def show_error(self, sentence: str) -> None:
        """Show a sentence under the first field, keep what was typed selected."""
        field = self._parts.recovery if self._with_recovery else self._parts.passphrase
        if sentence:
            field.show_error(sentence)
            field.editor.setFocus()
            field.editor.selectAll()
        else:
            field.clear_error()

    def show_busy(self, busy: bool) -> None:
        """Deriving the key takes up to a second; the button says so meanwhile."""
        for widget in self._editors():
            widget.setReadOnly(busy)
        self._parts.unlock.setEnabled(not busy)
        self._parts.switch.setEnabled(not busy)
        self._parts.unlock.set_words(_("Unlocking") if busy else _("Unlock"))

    def show_wait(self, sentence: str) -> None:
        """Say how long the program waits, and keep the button off so long."""
        self._parts.wait.setText(sentence)
        self._parts.wait.setVisible(bool(sentence))
        self._parts.unlock.setEnabled(not sentence)

    def show_renewing(self, sentence: str, done: int, total: int) -> None:
        """A bar under the button, as long as it takes."""
        if not sentence:
            self._parts.renewing.end()
        elif not total:
            self._parts.renewing.show_busy(sentence)
        else:
            self._parts.renewing.step(sentence, done, total)
            self._parts.renewing.show()

    def _editors(self) -> tuple[QLineEdit, ...]:
        return tuple(field.editor for field in (self._parts.passphrase, *self._parts.recovery_fields))

    def _try(self) -> None:
        if self._with_recovery:
            recovery, new, again = (field.editor.text() for field in self._parts.recovery_fields)
            self.presenter.recover(recovery, new, again)
        else:
            self.presenter.unlock(self._parts.passphrase.editor.text())

    def _note_caps_lock(self, on: object) -> None:
        self.presenter.note_caps_lock(bool(on))
        hint = _("Caps Lock is on.") if on else ""
        self._parts.passphrase.set_hint(hint)

    def _switch(self) -> None:
        self._with_recovery = not self._with_recovery
        self._show_fields()
        self.setFocus()

    def _show_fields(self) -> None:
        for field in self._parts.recovery_fields:
            field.setVisible(self._with_recovery)
            field.clear_error()
        self._parts.passphrase.setVisible(not self._with_recovery)
        self._parts.passphrase.clear_error()
        self._parts.switch.set_words(
            _("Use the passphrase after all")
            if self._with_recovery
            else _("Forgotten the passphrase? Use the recovery key")
        )
        self.setFocusProxy((self._parts.recovery if self._with_recovery else self._parts.passphrase).editor)
