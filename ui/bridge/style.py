"""Fusion with our own check and radio signs: Fusion derives their outline from the window colour, which all but
vanishes on a dark ground (far under the 3:1 that a control's edge needs)."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget
from typing_extensions import override

from ui.bridge import theme

_CHECKS = (
    QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
)
_RADIO = QStyle.PrimitiveElement.PE_IndicatorRadioButton
_SIZES = (
    QStyle.PixelMetric.PM_IndicatorWidth,
    QStyle.PixelMetric.PM_IndicatorHeight,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
)
_INSET = 1.5


class Style(QProxyStyle):
    """Draws check and radio signs by role and hides Fusion's dotted focus frame, which the focus ring replaces."""

    @override
    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in _SIZES:
            return theme.size("icon")
        return super().pixelMetric(metric, option, widget)

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        if element != _RADIO and element not in _CHECKS:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        box = QRectF(option.rect).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        _draw_sign(painter, box, state, radio=element == _RADIO)
        painter.restore()


def _draw_sign(painter: QPainter, box: QRectF, state: QStyle.StateFlag, *, radio: bool) -> None:
    on, partly = bool(state & QStyle.StateFlag.State_On), bool(state & QStyle.StateFlag.State_NoChange)
    enabled = bool(state & QStyle.StateFlag.State_Enabled)
    painter.setPen(QPen(theme.colour("accent" if enabled and (on or partly) else "edge"), 1.5))
    painter.setBrush(
        theme.colour("accent" if on and enabled and not radio else "paper" if enabled else "canvas")
    )
    radius = box.height() / 2 if radio else box.height() / 5
    painter.drawRoundedRect(box, radius, radius)
    mark = theme.colour("edge" if not enabled else "accent" if radio or partly else "accent_on")
    painter.setPen(QPen(mark, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    middle, unit = box.center(), box.height() / 15
    if on and radio:
        painter.setBrush(mark)
        painter.drawEllipse(middle, 2.5 * unit, 2.5 * unit)
    elif on:
        low = QPointF(middle.x() - 1 * unit, middle.y() + 2.8 * unit)
        left, right = QPointF(-3.5 * unit, 0) + middle, QPointF(3.8 * unit, -2.8 * unit) + middle
        painter.drawPolyline([left, low, right])
    elif partly:
        painter.drawLine(middle - QPointF(3 * unit, 0), middle + QPointF(3 * unit, 0))
