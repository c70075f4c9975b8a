"""How strong a passphrase is: four steps and a word. The word is what counts, the steps only help the eye."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.widgets.painted_text import put

_STEPS = 4
_ENOUGH = 3
_STEP_WIDTH, _STEP_HEIGHT, _GAP = 36, 6, 4


class StrengthBar(QWidget):
    """`show_strength(3, "Sterk")`; nothing is shown while the word is empty."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._score, self._word = 0, ""

    def show_strength(self, score: int, word: str) -> None:
        """Show a score of 0 to 4 with its word."""
        self._score, self._word = score, word
        self.setAccessibleName(word)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, round(22 * theme.current().factor))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = "accent" if self._score >= _ENOUGH else "watch"
        top = (self.height() - _STEP_HEIGHT) / 2
        for step in range(_STEPS):
            reached = bool(self._word) and step < max(self._score, 1)
            painter.setBrush(theme.colour(filled if reached else "line"))
            painter.drawRoundedRect(QRectF(step * (_STEP_WIDTH + _GAP), top, _STEP_WIDTH, _STEP_HEIGHT), 3, 3)
        left = _STEPS * (_STEP_WIDTH + _GAP) + theme.gap(1)
        room = QRectF(left, 0, self.width() - left, self.height())
        put(
            painter,
            room,
            self._word,
            theme.font("second", strong=True),
            "ink" if self._score >= _ENOUGH else "watch",
        )
