"""The one painter of every list: cells, selection bar, hairline. Widgets per cell are slow and break the keyboard."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)
from typing_extensions import override

from ui.bridge import icon, theme
from ui.bridge.cell import CELL_ROLE, NOTHING, Cell
from ui.widgets.painted_text import CENTRE, LEFT, RIGHT, put

_BAR = 3
_LEAST_NATIVE = 30
_LATE_THICK, _ARROW = 5, 4
_AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints the Cell that the model answers under CELL_ROLE; a row not fetched yet paints as an empty row."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.size("row"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        cell = index.data(CELL_ROLE)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
            if index.column() == 0:
                painter.fillRect(QRectF(box.x(), box.y(), _BAR, box.height()), theme.colour("accent"))
        if isinstance(cell, Cell):
            draw = _draw_light if cell.light else _draw_words
            if cell.axis is not None:
                _draw_axis(painter, box, cell)
            else:
                draw(painter, box, cell)
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
        painter.restore()


def cut_words(cell: Cell, width: float) -> str:
    """The words, or the line below them, of which a column of this width shows a part only; "" when all fits."""
    pad, second = theme.size("cell_pad"), QFontMetricsF(theme.font("second"))
    if cell.light or cell.axis is not None:
        room = width - (6 if cell.light else pad)
        return cell.spoken() if second.horizontalAdvance(cell.main) > room else ""
    room = width - pad - (pad if cell.right else pad / 2)
    if cell.checked is not None:
        room -= theme.size("icon") + theme.gap(1)
    if cell.icon:
        room -= theme.size("icon") + theme.gap(1) - 1
    main = QFontMetricsF(theme.font("number" if cell.number else "body", strong=cell.strong))
    if main.horizontalAdvance(cell.main) > room:
        return cell.spoken()
    return cell.second if second.horizontalAdvance(cell.second) > room else ""


def _draw_words(painter: QPainter, box: QRectF, cell: Cell) -> None:
    line = round(20 * theme.current().factor)
    pad, px = theme.size("cell_pad"), theme.size("icon")
    x, top = box.x() + pad, box.center().y() - (line if cell.second else line / 2)
    if cell.checked is not None:
        _draw_box(painter, QRectF(x, top + (line - px) / 2, px, px), checked=cell.checked)
        x += px + theme.gap(1)
    if cell.icon:
        icon_role = "quiet" if cell.role == "ink" else cell.role
        icon.draw(painter, x, top + (line - px) / 2, cell.icon, icon_role)
        x += px + theme.gap(1) - 1
    room = box.right() - x - (pad if cell.right else pad / 2)
    role = {"good": "ink"}.get(cell.role, cell.role)
    if cell.main == NOTHING:
        role = "quiet"
    font = theme.font("number" if cell.number else "body", strong=cell.strong)
    main_box = QRectF(x, top, room, line)
    used = put(painter, main_box, cell.main, font, role, RIGHT if cell.right else LEFT)
    if cell.native and room - used > _LEAST_NATIVE:
        native_box = QRectF(x + used + pad, top - 2, room - used - pad, line + 4)
        used += pad + put(painter, native_box, cell.native, theme.native_font(cell.native), "quiet")
    if cell.aside and room - used > _LEAST_NATIVE:
        aside_box = QRectF(x + used + pad, top, room - used - pad, line)
        put(painter, aside_box, cell.aside, theme.font("second"), "quiet")
    if cell.second:
        second_box = QRectF(x, top + line - 1, room, line)
        put(painter, second_box, cell.second, theme.font("second"), "quiet", RIGHT if cell.right else LEFT)


def _draw_box(painter: QPainter, box: QRectF, *, checked: bool) -> None:
    option = QStyleOptionButton()
    option.rect = box.toRect()
    option.state = QStyle.StateFlag.State_Enabled | (
        QStyle.StateFlag.State_On if checked else QStyle.StateFlag.State_Off
    )
    QApplication.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter)


def _draw_light(painter: QPainter, box: QRectF, cell: Cell) -> None:
    """The sign above and the word below, centred; without a sign a dash, for what does not apply."""
    line, px = round(20 * theme.current().factor), theme.size("icon_rail")
    middle, top = box.center().x(), box.center().y() - (line + px + 2) / 2
    if cell.icon:
        icon.draw(painter, middle - px / 2, top, cell.icon, cell.role, "icon_rail")
    else:
        painter.fillRect(QRectF(middle - 5, top + px / 2, 10, 1.5), theme.colour("quiet"))
    word_role = "quiet" if cell.role in ("good", "ink") else cell.role
    put(
        painter,
        QRectF(box.x() + 3, top + px + 1, box.width() - 6, line),
        cell.main,
        theme.font("second"),
        word_role,
        CENTRE,
    )


def _draw_axis(painter: QPainter, box: QRectF, cell: Cell) -> None:
    """The line above its words. Good: past the planned day; late: thick, with an end stop; nothing yet: dashed."""
    axis = cell.axis
    assert axis is not None
    pad, line = theme.size("cell_pad"), round(20 * theme.current().factor)
    left, right, y = box.x() + pad, box.right() - pad, box.center().y() - line / 2 - 1
    planned = left + (right - left) * axis.planned
    painter.fillRect(QRectF(planned - 1, box.y(), 2, y + pad - box.y()), theme.colour("accent"))
    if axis.end is None:
        painter.setPen(QPen(theme.colour("watch"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, y), QPointF(planned - pad / 2, y))
    else:
        _draw_stretch(painter, QRectF(left, y - pad * 0.7, right - left, pad * 1.4), axis.end, late=axis.late)
    put(
        painter,
        QRectF(left, y + pad * 0.6, right - left + pad, line),
        cell.main,
        theme.font("second"),
        cell.role,
    )


def _draw_stretch(painter: QPainter, box: QRectF, end: float, *, late: bool) -> None:
    colour, y = theme.colour("late" if late else "good"), box.center().y()
    thick = _LATE_THICK if late else 2
    until = box.x() + box.width() * min(max(end, 0.0), 1.0)
    painter.fillRect(QRectF(box.x(), y - thick / 2, max(until - box.x(), thick), thick), colour)
    if end > 1:
        painter.setPen(QPen(colour, 2))
        for side in (-_ARROW, _ARROW):
            painter.drawLine(QPointF(box.right(), y), QPointF(box.right() - _ARROW, y + side))
    elif late:
        painter.fillRect(QRectF(until, box.y(), 2, box.height()), colour)
