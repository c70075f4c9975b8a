"""Buttons in a row that go on in the next line where the room ends, so that none is cut in a narrow part."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme


class FlowRow(QWidget):
    """Holds widgets of one height; its own height follows its width."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _boxes(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        gap, x, y = theme.gap(1), 0, 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + size.height() + gap
            yield widget, QRect(QPoint(x, y), size)
            x += size.width() + gap

    @override
    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for _widget, box in self._boxes(width)), default=0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def sizeHint(self) -> QSize:
        wide = sum(widget.sizeHint().width() + theme.gap(1) for widget in self._widgets)
        return QSize(wide, self.heightForWidth(max(self.width(), 1)))

    @override
    def minimumSizeHint(self) -> QSize:
        least = max((widget.sizeHint().width() for widget in self._widgets), default=0)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def _place(self) -> None:
        for widget, box in self._boxes(self.width()):
            widget.setGeometry(box)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self.updateGeometry()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_widgets"):
            self._place()
            self.updateGeometry()
