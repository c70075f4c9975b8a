"""The field that narrows a list: a glass at the left, a pause before it searches, Esc empties it."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme

_PAUSE_MS = 120
_WIDTH = 300


class SearchField(QLineEdit):
    """`searched` carries the text after a short pause; Enter and the arrow down emit `list_requested`."""

    searched = Signal(object)
    list_requested = Signal()

    def __init__(self, placeholder: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMaxLength(200)
        self.setTextMargins(theme.size("icon") + theme.gap(1), 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(self._pause.start)

    def _say(self) -> None:
        self.searched.emit(self.text())

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(_WIDTH * theme.current().factor), super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._pause.stop()
            self._say()
            self.list_requested.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme.size("icon")
        icon.draw(QPainter(self), theme.gap(1), (self.height() - px) / 2, "sign.find", "quiet")
