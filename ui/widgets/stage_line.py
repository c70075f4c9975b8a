"""The stages of a request on one line: at most seven words; done, now, to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.widgets.painted_text import put
from ui.widgets.step import StepState, draw_link, draw_step

_SPOKEN = {
    StepState.DONE: N_("%(stage)s: done"),
    StepState.NOW: N_("%(stage)s: now"),
    StepState.TO_COME: N_("%(stage)s: to come"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One word on the line and, below it, when it was or will be."""

    words: str
    when: str = ""
    state: StepState = StepState.TO_COME


class StageLine(QWidget):
    """Painted; the accessible name says each stage with its state."""

    def __init__(self, stages: Sequence[Stage] = (), *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_stages(stages)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show other stages."""
        self._stages = tuple(stages)
        said = [_(_SPOKEN[stage.state], stage=stage.words) for stage in self._stages]
        self.setAccessibleName("; ".join(said))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(500, round(62 * theme.current().factor))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = theme.current().factor
        apart = self.width() / len(self._stages)
        radius, y = 10 * unit, 10 * unit
        for at, stage in enumerate(self._stages):
            x = at * apart
            if at + 1 < len(self._stages):
                start, end = QPointF(x + 2 * radius + 3, y), QPointF(x + apart - 3, y)
                draw_link(painter, start, end, done=self._stages[at + 1].state is not StepState.TO_COME)
            draw_step(painter, QPointF(x + radius, y), stage.state)
            role = "quiet" if stage.state is StepState.TO_COME else "ink"
            strong = stage.state is StepState.NOW
            room = apart - theme.gap(1)
            put(
                painter,
                QRectF(x, y + 14 * unit, room, 20 * unit),
                stage.words,
                theme.font(strong=strong),
                role,
            )
            below = QRectF(x, y + 33 * unit, room, 18 * unit)
            put(painter, below, stage.when, theme.font("second"), "quiet")
