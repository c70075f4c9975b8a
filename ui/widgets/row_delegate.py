"""The one painter of every list: cells, selection bar, hairline. Widgets per cell are slow and break the keyboard."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
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
            draw(painter, box, cell)
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
        painter.restore()


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
