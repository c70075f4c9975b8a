"""Pages of a paper below each other, as wide as there is room; white in the dark too, since paper is."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from app.services.paper_preview import PagePicture
from ui.bridge import theme
from ui.bridge.printing import PageImage, to_image

_WIDTH = 420


class _Page(QWidget):
    def __init__(self, image: QImage, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = image
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self._height(_WIDTH))

    def _height(self, width: int) -> int:
        return round(width * self._image.height() / self._image.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        # A scroll area asks no widget for its height at a width; a page squeezed would be another page.
        super().resizeEvent(event)
        self.setFixedHeight(self._height(event.size().width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PaperPages(QWidget):
    """Shows pictures of pages; the words beside them are what is read aloud."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.gap(2), 0)
        self._column.setSpacing(theme.gap(2))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages: list[_Page] = []

    def set_pages(self, found: Sequence[PagePicture]) -> None:
        """Show these pages."""
        for page in self._pages:
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages = [
            _Page(
                to_image(PageImage(width=page.width, height=page.height, rgb=page.rgb)),
                _("Page %(at)d of %(count)d", at=at, count=len(found)),
                self,
            )
            for at, page in enumerate(found, start=1)
        ]
        for page in self._pages:
            self._column.addWidget(page)
