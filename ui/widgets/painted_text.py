"""Draws one run of text that elides. Names in Latin letters and in their own are two runs, so that the direction of
one never turns the order of the other."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from ui.bridge import theme

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE
CENTRE = Qt.AlignmentFlag.AlignHCenter | _MIDDLE


def put(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    colour_role: str,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw `text` in `box`, elided to its width and centred in its height; return the width that was used, in px."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
    painter.setFont(font)
    painter.setPen(theme.colour(colour_role))
    painter.drawText(box, align, shown)
    return metrics.horizontalAdvance(shown)
