"""One ring per window around the focused button, outside it with a gap, so that it shows on any fill.

A style sheet cannot draw outside a widget. The ring shows only when the focus did not come by the mouse.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.bridge import theme

_MOVED = (QEvent.Type.Move, QEvent.Type.Resize)


class FocusRing(QWidget):
    """A transparent overlay that follows the focus inside one window, and what scrolls under it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self._followed: list[QWidget] = []  # the focused button first, then what holds it
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        wanted = isinstance(new, QAbstractButton) and not by_mouse and self._window.isAncestorOf(new)
        self.follow(new if wanted else None)

    def follow(self, target: QWidget | None) -> None:
        """Put the ring around `target`, or nowhere."""
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._followed = []
        at = target
        while at is not None and at is not self._window:
            at.installEventFilter(self)
            self._followed.append(at)
            at = at.parentWidget()
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.follow(None)
        return False

    def _place(self) -> None:
        if not self._followed:
            self.hide()
            return
        target = self._followed[0]
        grow = theme.size("focus_gap") + theme.size("focus_width")
        corner = target.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(QRect(corner, target.size()).adjusted(-grow, -grow, grow, grow))
        scrolled_away = target.visibleRegion().boundingRect().height() < target.height() // 2
        self.setVisible(not scrolled_away)
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, radius = theme.size("focus_width"), theme.size("radius") + theme.size("focus_gap")
        painter.setPen(QPen(theme.colour("accent_ring"), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
