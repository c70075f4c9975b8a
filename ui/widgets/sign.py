"""An icon beside a text that says the same; for a screen reader it does not exist."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme


class Sign(QWidget):
    """An icon by role in a colour role, at a size role of metrics.toml."""

    def __init__(
        self,
        icon_role: str,
        colour_role: str = "quiet",
        size_role: str = "icon",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_role, self._colour_role, self._size_role = icon_role, colour_role, size_role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_sign(self, icon_role: str, colour_role: str) -> None:
        """Show another icon or colour."""
        self._icon_role, self._colour_role = icon_role, colour_role
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = theme.size(self._size_role)
        return QSize(px, px)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme.size(self._size_role)
        x, y = (self.width() - px) / 2, (self.height() - px) / 2
        icon.draw(QPainter(self), x, y, self._icon_role, self._colour_role, self._size_role)
