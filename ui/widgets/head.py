"""The head of a list: flat, quiet, at most two lines, each elided. Qt's own cuts a long centred word at both ends."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ui.bridge import icon, theme
from ui.widgets.painted_text import CENTRE, LEFT, RIGHT, put

_MOST_LINES = 2


class Head(QHeaderView):
    """Column heads; `centred` and `right` hold the columns that are not set left."""

    def __init__(
        self,
        *,
        centred: frozenset[int] = frozenset(),
        right: frozenset[int] = frozenset(),
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._centred, self._right, self._two_lines = centred, right, two_lines
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.size("control"))
        self.setAccessibleName("")

    @override
    def sizeHint(self) -> QSize:
        lines = 46 if self._two_lines else 32
        return QSize(super().sizeHint().width(), round(lines * theme.current().factor))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        words = str(self.model().headerData(logical_index, Qt.Orientation.Horizontal) or "")
        box, font, pad = QRectF(rect), theme.font("small"), theme.size("cell_pad")
        line = round(18 * theme.current().factor)
        align = CENTRE if logical_index in self._centred else RIGHT if logical_index in self._right else LEFT
        sorted_here = self.isSortIndicatorShown() and logical_index == self.sortIndicatorSection()
        left = 3 if align == CENTRE else pad
        room = box.width() - 2 * left - (16 if sorted_here else 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.colour("paper"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("edge"))
        lines = wrapped(
            words, font_room=room, metrics=QFontMetricsF(font), most=_MOST_LINES if self._two_lines else 1
        )
        used = 0.0
        for step, text in enumerate(reversed(lines)):
            place = QRectF(box.x() + left, box.bottom() - 7 - line * (step + 1), room, line)
            width = put(painter, place, text, font, "quiet", align)
            used = used or width
        if sorted_here:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            y = box.bottom() - 7 - line / 2 - theme.size("icon_chip") / 2
            x = box.x() + left + used + 2 if align == LEFT else box.right() - 16
            icon.draw(painter, x, y, "sign.sort_up" if up else "sign.sort_down", "ink", "icon_chip")
        painter.restore()


def wrapped(words: str, *, font_room: float, metrics: QFontMetricsF, most: int) -> list[str]:
    """Break `words` into at most `most` lines between words; what is too long is elided by who draws it."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and metrics.horizontalAdvance(longer) > font_room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
