"""A QR code on the screen, its modules on whole dots, so that a hand scanner can read it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.bridge.qr_image import qr_image

_MODULE_PX = 5


class QrPicture(QWidget):
    """Modules row by row, dark ones True."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image = qr_image(())

    def set_code(self, modules: Sequence[Sequence[bool]], words: str) -> None:
        """Show another code; `words` is what a screen reader hears."""
        self._image = qr_image(modules)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = round(self._image.width() * _MODULE_PX * theme.current().factor)
        return QSize(px, px)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        dots = max(int(self.width() * ratio) // self._image.width(), 1)
        side = dots * self._image.width() / ratio
        QPainter(self).drawImage(QRectF(0, 0, side, side), self._image)
