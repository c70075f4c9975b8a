"""A passphrase: hidden by dots, shown on demand, with a word when Caps Lock seems to be on.

Qt cannot be asked for Caps Lock on every system, but a capital typed without Shift gives it away.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import SignButton

_MOST_LETTERS = 1_000


class PassphraseField(QLineEdit):
    """`caps_lock_seen` carries True or False when the guess changes. Nothing here is ever a draft."""

    caps_lock_seen = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_MOST_LETTERS)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self._caps_lock = False
        self._eye = SignButton("", "sign.show", name=f"{name}_show", parent=self)
        self._eye.clicked.connect(self._turn)
        self._eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name_eye()

    @property
    def caps_lock(self) -> bool:
        """Whether Caps Lock seemed to be on at the last letter."""
        return self._caps_lock

    def take(self) -> str:
        """Return what was typed and empty the field, so that it stays nowhere on screen."""
        typed = self.text()
        self.clear()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._name_eye()
        return typed

    def _turn(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        self.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self._name_eye()

    def _name_eye(self) -> None:
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            self._eye.set_sign(_("Hide the passphrase"), "sign.hide")
        else:
            self._eye.set_sign(_("Show the passphrase"), "sign.show")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            seen = letter.isupper() != shift
            if seen != self._caps_lock:
                self._caps_lock = seen
                self.caps_lock_seen.emit(seen)
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - hint.width() - theme.gap(0),
            (self.height() - hint.height()) // 2,
            hint.width(),
            hint.height(),
        )
        self.setTextMargins(0, 0, hint.width(), 0)
