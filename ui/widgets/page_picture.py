"""Pages of a paper as they will be printed: white in every theme, because that is what comes out of the printer."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme

_SHAPE = 297 / 210  # A4
_LEAST_PX = 220


class PagePictures(QWidget):
    """All pages below each other at the full width. `words` is what a screen reader hears instead of the picture."""

    def __init__(self, *, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._images: tuple[QImage, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_images(self, images: Sequence[QImage]) -> None:
        """Show other pages; none is an empty sheet of paper."""
        self._images = tuple(images)
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """How many pages there are."""
        return len(self._images)

    def page_at(self, y: float) -> int:
        """Which page, counted from 1, lies at this height."""
        step = self._page_height(self.width()) + theme.gap(2)
        return min(max(round(y / step) + 1, 1), max(self.count(), 1))

    def _page_height(self, width: int) -> float:
        if self._images:
            return width * self._images[0].height() / self._images[0].width()
        return width * _SHAPE

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        pages = max(self.count(), 1)
        return round(pages * self._page_height(width) + (pages - 1) * theme.gap(2))

    @override
    def sizeHint(self) -> QSize:
        return QSize(404, self.heightForWidth(404))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_PX, round(_LEAST_PX * _SHAPE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        height = self._page_height(self.width())
        for at in range(max(self.count(), 1)):
            box = QRectF(0, at * (height + theme.gap(2)), self.width(), height)
            painter.fillRect(box, theme.colour("edge"))
            inside = box.adjusted(1, 1, -1, -1)
            if not self._images:
                painter.fillRect(inside, theme.colour("paper"))
            if self._images:
                ratio = self.devicePixelRatioF()
                wanted = QSize(round(inside.width() * ratio), round(inside.height() * ratio))
                shown = self._images[at].scaled(
                    wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
                painter.drawImage(inside, shown)
