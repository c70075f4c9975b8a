"""One line of the rail: icon, words, count; narrow it is the icon alone, with a dot for a count that matters."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme, tool_tip
from ui.widgets.painted_text import RIGHT, put

_INDENT = 10
_DOT = 4


class RailItem(QAbstractButton):
    """`key` is what the rail answers when it is pressed; `aside` is quiet text at the right, such as a key."""

    def __init__(
        self, key: str, words: str, icon_role: str = "", aside: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._icon_role, self._aside = icon_role, aside
        self._count, self._count_role = 0, "quiet"
        self._narrow, self._over = False, False
        self.setObjectName(f"rail_{key}")
        self.setText(words)
        self.setCheckable(bool(icon_role))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_count(self, count: int, role: str = "quiet") -> None:
        """Show how many wait here; `role` late or clash colours it, on the two lines where the design allows it."""
        self._count, self._count_role = count, role
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        words = f"{self.text()}, {self._count}" if self._count else self.text()
        self.setAccessibleName(words)
        room_is_short = self._narrow or bool(self._aside and not self._icon_role)
        self.setToolTip(tool_tip.plain(words) if room_is_short else "")

    @override
    def nextCheckState(self) -> None:
        """The window checks the line of the page that is open: pressing it again must not uncheck it."""

    @override
    def sizeHint(self) -> QSize:
        height = 33 if self._icon_role else 29
        return QSize(theme.size("rail_narrow"), round(height * theme.current().factor))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self._over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "hover"))
            radius = theme.size("radius_panel")
            painter.drawRoundedRect(box, radius, radius)
        px = theme.size("icon_rail")
        if self._icon_role:
            left = (box.width() - px) / 2 if self._narrow else _INDENT
            role = "accent" if self.isChecked() else "quiet"
            icon.draw(painter, left, (box.height() - px) / 2, self._icon_role, role, "icon_rail")
            if self._narrow:
                self._draw_dot(painter, left + px)
        if not self._narrow:
            self._draw_words(painter, box, _INDENT + (px + _INDENT if self._icon_role else 0))

    def _draw_dot(self, painter: QPainter, x: float) -> None:
        if self._count and self._count_role != "quiet":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._count_role))
            y = (self.height() - theme.size("icon_rail")) / 2
            painter.drawEllipse(QRectF(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT))

    def _draw_words(self, painter: QPainter, box: QRectF, left: float) -> None:
        right = f"{self._count}" if self._count else self._aside
        coloured = bool(self._count) and self._count_role != "quiet"
        font = theme.font("second", strong=coloured)
        used = QFontMetricsF(font).horizontalAdvance(right) + _INDENT if right else 0
        room = QRectF(left, 0, box.width() - left - _INDENT - used, box.height())
        put(painter, room, self.text(), theme.font(strong=self.isChecked()), "ink")
        if right:
            place = QRectF(box.width() - _INDENT - used, 0, used, box.height())
            put(painter, place, right, font, self._count_role if self._count else "quiet", RIGHT)
