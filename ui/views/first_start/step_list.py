"""The steps of the wizard under each other: what is done, where one is, what comes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.widgets.painted_text import put
from ui.widgets.step import StepState, draw_link, draw_step

_PITCH = 46


class StepList(QWidget):
    """Painted; the accessible name says which step of how many this is."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._at = tuple(words), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(0)

    def set_step(self, at: int) -> None:
        """Show which step is current, counted from 0."""
        self._at = at
        self.setAccessibleName(
            _(
                "Step %(step)d of %(total)d: %(words)s",
                step=at + 1,
                total=len(self._words),
                words=self._words[at],
            )
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, round(_PITCH * len(self._words) * theme.current().factor))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = theme.current().factor
        for at, words in enumerate(self._words):
            state = (
                StepState.DONE if at < self._at else StepState.NOW if at == self._at else StepState.TO_COME
            )
            middle = QPointF(10 * unit, (_PITCH * at + 14) * unit)
            draw_step(painter, middle, state)
            if at + 1 < len(self._words):
                start, end = middle + QPointF(0, 12 * unit), middle + QPointF(0, (_PITCH - 12) * unit)
                draw_link(painter, start, end, done=at < self._at)
            left = 32 * unit
            box = QRectF(left, middle.y() - 14 * unit, self.width() - left, 28 * unit)
            role = "quiet" if state is StepState.TO_COME else "ink"
            put(painter, box, words, theme.font(strong=state is StepState.NOW), role)
