"""The signs of a line of steps: done is filled with a check, now is a ring with a dot, to come is a ring."""

from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.bridge import theme


class StepState(Enum):
    """Where a step stands; the word belongs in what is spoken."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


def draw_step(painter: QPainter, middle: QPointF, state: StepState) -> None:
    """Draw one sign of 18 px at size 1.0 around `middle`."""
    unit = theme.current().factor
    done, now = state is StepState.DONE, state is StepState.NOW
    painter.setPen(QPen(theme.colour("edge" if state is StepState.TO_COME else "accent"), 2 * unit))
    painter.setBrush(theme.colour("accent" if done else "canvas"))
    painter.drawEllipse(middle, 8 * unit, 8 * unit)
    if done:
        pen = QPen(theme.colour("accent_on"), 2 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = (QPointF(-3.2, 0.2), QPointF(-0.9, 2.5), QPointF(3.4, -2.3))
        painter.drawPolyline([middle + corner * unit for corner in corners])
    elif now:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(middle, 4 * unit, 4 * unit)


def draw_link(painter: QPainter, start: QPointF, end: QPointF, *, done: bool) -> None:
    """Draw the line between two signs: solid where it was walked, dashed where it is still to come."""
    unit = theme.current().factor
    pen = QPen(theme.colour("accent" if done else "edge"), 2 * unit if done else 1.5 * unit)
    if not done:
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.drawLine(start, end)
