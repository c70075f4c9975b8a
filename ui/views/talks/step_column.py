"""The steps of a talk with minutes used and planned; one tab stop, the arrows walk, a click goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge import theme
from ui.presenters.talk_line import StepLine
from ui.widgets.painted_text import put
from ui.widgets.step import StepState, draw_link, draw_step

_ROW = 46
_LEAST_ROW = 34
_TEXT_LEFT = 32
_SPOKEN = {"done": N_("%(step)s, done"), "now": N_("%(step)s, now"), "to_come": N_("%(step)s, to come")}
_WALK = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class StepColumn(QWidget):
    """`step_chosen` carries the key of a step."""

    step_chosen = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lines: tuple[StepLine, ...] = ()

    def set_lines(self, lines: Sequence[StepLine]) -> None:
        """Show these steps."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            now = next((line for line in self._lines if line.state == "now"), None)
            self.setAccessibleName(_("Steps"))
            self.setAccessibleDescription(_(_SPOKEN["now"], step=now.words) if now else "")
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        unit = theme.current().factor
        return QSize(round(208 * unit), round(_ROW * unit) * max(len(self._lines), 1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, round(_LEAST_ROW * theme.current().factor) * max(len(self._lines), 1))

    def _row(self) -> float:
        """Rows shrink with the window, never below what can be hit."""
        return min(_ROW * theme.current().factor, self.height() / max(len(self._lines), 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, row = theme.current().factor, self._row()
        for at, line in enumerate(self._lines):
            middle = QPointF(11 * unit, row * (at + 0.5))
            if at + 1 < len(self._lines):
                below = middle + QPointF(0, row)
                gone = self._lines[at + 1].state != "to_come"
                draw_link(painter, middle + QPointF(0, 11 * unit), below - QPointF(0, 11 * unit), done=gone)
            draw_step(painter, middle, StepState(line.state))
            self._text(
                painter, line, QRectF(_TEXT_LEFT * unit, row * at, self.width() - _TEXT_LEFT * unit, row)
            )
        if self.hasFocus():
            self._mark_focus(painter, row)

    def _text(self, painter: QPainter, line: StepLine, box: QRectF) -> None:
        now = line.state == "now"
        aside = theme.font("second")
        taken = QFontMetricsF(aside).horizontalAdvance(line.minutes) + theme.gap(1)
        role = "quiet" if line.state == "to_come" else "ink"
        put(painter, box.adjusted(0, 0, -taken, 0), line.words, theme.font(strong=now), role)
        place = QRectF(box.right() - taken, box.top(), taken, box.height())
        put(
            painter,
            place,
            line.minutes,
            aside,
            "quiet",
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        )

    def _mark_focus(self, painter: QPainter, row: float) -> None:
        at = self._now()
        painter.fillRect(QRectF(self.width() - 3, row * at + 4, 3, row - 8), theme.colour("accent"))

    def _now(self) -> int:
        return next((at for at, line in enumerate(self._lines) if line.state == "now"), 0)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // self._row())
        if 0 <= at < len(self._lines):
            self.step_chosen.emit(self._lines[at].key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _WALK.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        at = min(max(self._now() + step, 0), len(self._lines) - 1)
        self.step_chosen.emit(self._lines[at].key)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
