"""One line of one pixel: decoration between groups, painted as a filled box since a pen blurs at 150 %."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme


class Hairline(QWidget):
    """A horizontal line in a colour role."""

    def __init__(self, colour_role: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour_role = colour_role
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(10, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.colour(self._colour_role))
