"""Groups to be written down or read aloud: in rows, large, in the letters that cannot be mistaken."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.widgets.painted_text import CENTRE, put

_PER_ROW = 4
_GROUP_HEIGHT = 54
_LARGE_HEIGHT = 68


class KeyGroups(QWidget):
    """Numbered groups on paper; spoken letter by letter."""

    def __init__(
        self, *, name: str, per_row: int = _PER_ROW, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._per_row, self._large = per_row, large
        self._groups: tuple[str, ...] = ()

    def set_groups(self, groups: Sequence[str]) -> None:
        """Show these groups."""
        self._groups = tuple(groups)
        spoken = "; ".join(f"{at}: {' '.join(group)}" for at, group in enumerate(self._groups, start=1))
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        rows = -(-max(len(self._groups), 1) // self._per_row)
        height = rows * self._group_height() + 2 * theme.gap(2)
        return QSize(105 * self._per_row, round(height * theme.current().factor))

    def _group_height(self) -> int:
        return _LARGE_HEIGHT if self._large else _GROUP_HEIGHT

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.size("radius_panel")
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        font = theme.font("number", strong=True)
        font.setPixelSize(theme.font("display" if self._large else "prompt").pixelSize())
        width = (self.width() - 2 * theme.gap(2)) / self._per_row
        height = self._group_height() * theme.current().factor
        for at, group in enumerate(self._groups):
            row, column = divmod(at, self._per_row)
            box = QRectF(theme.gap(2) + column * width, theme.gap(2) + row * height, width, height)
            put(painter, box.adjusted(0, 2, 0, -20), group, font, "ink", CENTRE)
            put(
                painter,
                box.adjusted(0, self._group_height() - 28, 0, -6),
                f"{at + 1}",
                theme.font("small", strong=False),
                "quiet",
                CENTRE,
            )
