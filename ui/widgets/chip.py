"""The status of a thing (Concept, Definitief, Staat stil): icon and word on the quiet ground of a state."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme

_PAD = 7
_GAP = 5


class Chip(QWidget):
    """Not for categories and not in list rows: colour is for exceptions."""

    def __init__(self, word: str, state: str, icon_role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_status(word, state, icon_role)

    def set_status(self, word: str, state: str, icon_role: str = "") -> None:
        """Show another status; without `icon_role` the state's own icon is used."""
        self._word, self._state, self._icon_role = word, state, icon_role or f"state.{state}"
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetricsF(theme.font("small")).horizontalAdvance(self._word)
        return QSize(round(width) + theme.size("icon_chip") + 2 * _PAD + _GAP + 2, theme.size("chip"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._state}_bg"))
        radius = theme.size("radius_chip")
        painter.drawRoundedRect(self.rect(), radius, radius)
        px = theme.size("icon_chip")
        icon.draw(painter, _PAD, (self.height() - px) / 2, self._icon_role, self._state, "icon_chip")
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(self._state))
        box = QRectF(self.rect()).adjusted(_PAD + px + _GAP, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._word)
