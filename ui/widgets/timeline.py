"""What happened and what comes, top down: date at the right of its column, a sign, text, a second line, a rule for
today. A list for the keyboard and the screen reader, painted by one delegate."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from ui.bridge import icon, theme
from ui.bridge.cell import CELL_ROLE
from ui.widgets.painted_text import RIGHT, put

_ROOT = QModelIndex()
_AnyIndex = QModelIndex | QPersistentModelIndex
_DATE = 96
_SIGN = 20
_DOT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line. A done moment is a filled dot; one to come has an icon (gate: lock, last day: flag) and a role.

    `is_today` makes the line a rule labelled with `main`, nothing else of it is shown. `key` is given back when the
    line is opened; without a key the line cannot be.
    """

    when: str = ""
    main: str = ""
    second: str = ""
    done: bool = True
    icon: str = ""
    role: str = "quiet"
    strong: bool = False
    is_today: bool = False
    key: str = ""


class Timeline(QListView):
    """`moment_opened` carries the key of a line."""

    moment_opened = Signal(object)

    def __init__(
        self, *, name: str, words: str, ground: str = "canvas", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("ground", ground)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_MomentDelegate(self))
        self._moments = _Moments(self)
        self.setModel(self._moments)
        self.activated.connect(self._open)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """Show other moments, in the order given."""
        self._moments.set_moments(moments)

    def height_of_all(self) -> int:
        """The height at which every moment shows, in px."""
        return sum(_height(moment) for moment in self._moments.moments)

    def _open(self, index: _AnyIndex) -> None:
        moment = index.data(CELL_ROLE)
        if isinstance(moment, Moment) and moment.key:
            self.moment_opened.emit(moment.key)


class _Moments(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.moments: tuple[Moment, ...] = ()

    def set_moments(self, moments: Sequence[Moment]) -> None:
        self.beginResetModel()
        self.moments = tuple(moments)
        self.endResetModel()

    @override
    def rowCount(self, parent: _AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.moments)

    @override
    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        moment = self.moments[index.row()]
        if role == CELL_ROLE:
            return moment
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (moment.when, moment.main, moment.second) if part)
        return None


def _height(moment: Moment) -> int:
    base = 44 if moment.is_today else 50 if moment.second else 36
    return round(base * theme.current().factor)


class _MomentDelegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        moment = index.data(CELL_ROLE)
        return QSize(200, _height(moment) if isinstance(moment, Moment) else 0)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        moment = index.data(CELL_ROLE)
        if not isinstance(moment, Moment):
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if moment.is_today:
            _draw_today(painter, box, moment)
        else:
            if option.state & QStyle.StateFlag.State_Selected and moment.key:
                painter.fillRect(box, theme.colour("accent_soft"))
            following = index.model().index(index.row() + 1, 0).data(CELL_ROLE)
            _draw_moment(painter, box, moment, following if isinstance(following, Moment) else None)
        painter.restore()


def _draw_today(painter: QPainter, box: QRectF, moment: Moment) -> None:
    unit = theme.current().factor
    font = theme.font("small")
    width = QFontMetricsF(font).horizontalAdvance(moment.main) + 2 * theme.gap(1)
    label = QRectF(box.x(), box.center().y() - 12 * unit, width, 24 * unit)
    painter.fillRect(QRectF(box.x(), box.center().y() - 1, box.width(), 2), theme.colour("accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawRoundedRect(label, theme.size("radius_chip"), theme.size("radius_chip"))
    put(painter, label.adjusted(theme.gap(1), 0, 0, 0), moment.main, font, "accent_on")


def _draw_moment(painter: QPainter, box: QRectF, moment: Moment, following: Moment | None) -> None:
    unit, px = theme.current().factor, theme.size("icon")
    line = 21 * unit
    middle = QPointF(box.x() + (_DATE + _SIGN) * unit, box.y() + 2 + line / 2)
    if following is not None and not following.is_today:
        top = middle.y() + (px / 2 if moment.icon else _DOT * unit) + 3
        ends_at = box.bottom() + 2 + line / 2 - (px / 2 if following.icon else _DOT * unit) - 3
        pen = QPen(theme.colour("accent" if moment.done else "edge"), (2 if moment.done else 1.5) * unit)
        if not moment.done:
            pen.setDashPattern([2.0, 1.6])
        painter.setPen(pen)
        painter.drawLine(QPointF(middle.x(), top), QPointF(middle.x(), min(ends_at, box.bottom())))
        if ends_at > box.bottom():
            painter.drawLine(QPointF(middle.x(), box.bottom()), QPointF(middle.x(), ends_at))
    put(painter, QRectF(box.x(), box.y() + 2, _DATE * unit, line), moment.when, theme.font(), "quiet", RIGHT)
    if moment.icon:
        icon.draw(painter, middle.x() - px / 2, middle.y() - px / 2, moment.icon, moment.role)
    else:
        painter.setPen(QPen(theme.colour("accent" if moment.done else "edge"), 2 * unit))
        painter.setBrush(theme.colour("accent" if moment.done else "canvas"))
        painter.drawEllipse(middle, (_DOT - 1) * unit, (_DOT - 1) * unit)
    left = box.x() + (_DATE + 2 * _SIGN) * unit
    room = box.right() - left - theme.gap(0)
    put(painter, QRectF(left, box.y() + 2, room, line), moment.main, theme.font(strong=moment.strong), "ink")
    if moment.second:
        below = QRectF(left, box.y() + 2 + line - 1, room, line)
        put(painter, below, moment.second, theme.font("second"), "quiet")
