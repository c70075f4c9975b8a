"""A QR code on the screen: dark on white in every theme, because a scanner needs it so; with its empty edge."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme

_QUIET_ZONE = 4
_MODULE_PX = 5


class QrPicture(QWidget):
    """Modules row by row; `words` is what a screen reader hears."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._modules: tuple[tuple[bool, ...], ...] = ()

    def set_code(self, modules: Sequence[Sequence[bool]], words: str) -> None:
        """Show another code."""
        self._modules = tuple(tuple(row) for row in modules)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = round((len(self._modules) + 2 * _QUIET_ZONE) * _MODULE_PX * theme.current().factor)
        return QSize(px, px)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._modules:
            return
        # Edges on whole dots of the screen: half-lit ones would blur what a scanner reads.
        ratio = self.devicePixelRatioF()
        unit = self.width() / (len(self._modules) + 2 * _QUIET_ZONE)
        edges = [round((at + _QUIET_ZONE) * unit * ratio) / ratio for at in range(len(self._modules) + 1)]
        for row, modules in enumerate(self._modules):
            for column, dark in enumerate(modules):
                if dark:
                    left, top = edges[column], edges[row]
                    box = QRectF(left, top, edges[column + 1] - left, edges[row + 1] - top)
                    painter.fillRect(box, Qt.GlobalColor.black)
