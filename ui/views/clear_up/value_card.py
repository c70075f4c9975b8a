"""One of the values to choose from: the only framed card there is. The whole card is the button."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme
from ui.presenters.clear_up_presenter import SideView

_LARGE_UP_TO = 40  # characters; a longer value is set as text
_LEAST_WIDTH = 220


class ValueCard(QAbstractButton):
    """Checked when chosen: accent line and filled circle; else a plain line and an open circle."""

    def __init__(self, side: SideView, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{side.words}, {side.who}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.heightForWidth(_LEAST_WIDTH))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = self._room(width)
        below = self._who(room)[1] if self._side.who else 0
        return round(self._value(room)[1] + below + 2 * theme.gap(3) + theme.gap(0))

    def _room(self, width: int) -> float:
        return width - 3 * theme.gap(3) - theme.size("icon_rail")

    def _font(self) -> QFont:
        return theme.font("title" if len(self._side.words) <= _LARGE_UP_TO else "body")

    def _value(self, room: float) -> tuple[QTextLayout, float]:
        """The value in lines of this width, the differing part underlined."""
        made = QTextLayout(self._side.words.replace("\n", "\u2028"), self._font())
        start, end = self._side.differs
        if end > start:
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = start, end - start
            form = QTextCharFormat()
            form.setFontUnderline(True)
            marked.format = form
            made.setFormats([marked])
        return _in_lines(made, room)

    def _who(self, room: float) -> tuple[QTextLayout, float]:
        """Author, time and file in lines of this width: never cut."""
        return _in_lines(QTextLayout(self._side.who, theme.font("second")), room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = 2.0 if self.isChecked() else 1.0
        box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "edge"), line))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(box, theme.size("radius_panel"), theme.size("radius_panel"))
        pad, px = theme.gap(3), theme.size("icon_rail")
        role = "sign.chosen" if self.isChecked() else "sign.open_step"
        icon.draw(painter, pad, pad + 4, role, "accent" if self.isChecked() else "quiet", "icon_rail")
        left = 2 * pad + px
        made, height = self._value(self._room(self.width()))
        painter.setPen(theme.colour("ink"))
        made.draw(painter, QPointF(left, pad))
        painter.setPen(theme.colour("quiet"))
        who, _height = self._who(self._room(self.width()))
        who.draw(painter, QPointF(left, pad + height + theme.gap(0)))


def _in_lines(made: QTextLayout, room: float) -> tuple[QTextLayout, float]:
    """The text in lines of this width, and their height."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.beginLayout()
    height = 0.0
    while (line := made.createLine()).isValid():
        line.setLineWidth(max(room, 40))
        line.setPosition(QPointF(0, height))
        height += line.height()
    made.endLayout()
    return made, height
