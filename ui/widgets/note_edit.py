"""Plain text in own words: notes of a talk, explanations. Never rich text, so that pasted markup stays what it is.

What is typed is offered as a draft after a pause and on leaving the field, so that a crash costs a second at most.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

_PAUSE_MS = 1_000


class NoteEdit(QPlainTextEdit):
    """`draft_typed` comes after a pause in typing; `value_typed` when a changed text is left."""

    draft_typed = Signal(object)
    value_typed = Signal(object)

    def __init__(
        self, *, name: str, placeholder: str = "", rows: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._rows, self._left_with = rows, ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say_draft)
        self.textChanged.connect(self._pause.start)

    def value(self) -> str:
        """The text as typed; spaces at the end of it say nothing and are left out."""
        return self.toPlainText().rstrip()

    def set_value(self, value: str) -> None:
        """Show a stored text; it is no draft."""
        self.setPlainText(value)
        self._left_with = self.value()
        self._pause.stop()

    def flush(self) -> None:
        """Hand over what is typed now; before locking, leaving and finishing."""
        self._pause.stop()
        if self.value() != self._left_with:
            self._left_with = self.value()
            self.value_typed.emit(self._left_with)

    def _say_draft(self) -> None:
        if self.value() != self._left_with:
            self.draft_typed.emit(self.value())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter belongs to the screen (next appointment, save), not to the text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, QFontMetrics(self.font()).lineSpacing() * self._rows + 18)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, QFontMetrics(self.font()).lineSpacing() * min(self._rows, 2) + 18)
