"""A term or norm: name left, words right, a bar of 4 px, its source below in the same breath.

The words are the value for a screen reader; the bar only helps the eye.
"""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme, tool_tip
from ui.widgets.painted_text import put

_BAR = 4
_HINT_WIDTH = 240
_SOURCE_AT = 34
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class TermBar(QWidget):
    """`share` is how much of the term has gone by, 0 to 1; `state` "" while it runs, else late, good or watch."""

    def __init__(
        self,
        name_words: str,
        value_words: str,
        source: str,
        share: float,
        state: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_term(name_words, value_words, source, share, state)

    def set_term(self, name_words: str, value_words: str, source: str, share: float, state: str = "") -> None:
        """Show another term."""
        self._name_words, self._value_words, self._source = name_words, value_words, source
        self._share, self._state = min(max(share, 0.0), 1.0), state
        self.setAccessibleName(name_words)
        self.setAccessibleDescription(f"{value_words}. {source}")
        self.setToolTip(tool_tip.plain(source))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_HINT_WIDTH, self.heightForWidth(_HINT_WIDTH))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        unit = theme.current().factor
        return ceil(_SOURCE_AT * unit + self._source_height(width) + theme.gap(2))

    def _source_height(self, width: float) -> float:
        """The source is never cut off: who doubts a day must be able to read where it comes from."""
        metrics = QFontMetricsF(theme.font("small", strong=False))
        return metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAPPED, self._source).height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, strong = theme.current().factor, theme.font(strong=True)
        width, line = float(self.width()), 24 * unit
        words = min(QFontMetricsF(strong).horizontalAdvance(self._value_words) + 1, width / 2)
        put(painter, QRectF(width - words, 0, words, line), self._value_words, strong, self._state or "ink")
        used = words + theme.gap(3)
        if self._state:
            px = theme.size("icon")
            icon.draw(painter, width - words - px - 4, (line - px) / 2, f"state.{self._state}", self._state)
            used += px + 4
        put(painter, QRectF(0, 0, width - used, line), self._name_words, theme.font(), "ink")
        self._draw_bar(painter, line + 3 * unit)
        painter.setFont(theme.font("small", strong=False))
        painter.setPen(theme.colour("quiet"))
        top = _SOURCE_AT * unit
        painter.drawText(QRectF(0, top, width, self.height() - top), _WRAPPED, self._source)

    def _draw_bar(self, painter: QPainter, top: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR), 2, 2)
        painter.setBrush(theme.colour(self._state or "accent"))
        if self._share:
            painter.drawRoundedRect(QRectF(0, top, self.width() * self._share, _BAR), 2, 2)
