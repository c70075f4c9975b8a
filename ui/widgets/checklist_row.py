"""One item of a checklist: the sentence to say or to check, four answers, its code at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.widgets.answer_buttons import AnswerButtons
from ui.widgets.line import Line, Sentence

_BAR = 4
_LEFT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """`key` is given back with the answer; `code` is shown, such as OP-06; `answer` "" while there is none."""

    key: str
    sentence: str
    code: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswered:
    """An answer just given."""

    key: str
    answer: str


class ChecklistRow(QWidget):
    """`touched` comes when the row is clicked or answered, with its item's key."""

    touched = Signal(object)
    answered = Signal(object)

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = item.key
        self._is_current = False
        self.setObjectName(f"item_{item.key}")
        self._sentence = Sentence(item.sentence, "prompt")
        self.answers = AnswerButtons(name=f"answer_{item.key}", question=item.sentence)
        self.answers.answered.connect(self._pass_on)
        below = QHBoxLayout()
        below.addWidget(self.answers)
        below.addStretch(1)
        below.addWidget(Line(item.code, "second", "quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, theme.gap(2), theme.gap(3), theme.gap(2))
        column.setSpacing(theme.gap(1))
        column.addWidget(self._sentence)
        column.addLayout(below)
        self.answers.set_answer(item.answer)

    def set_current(self, is_current: bool) -> None:
        """Show the row as the one being asked, or not."""
        if is_current != self._is_current:
            self._is_current = is_current
            self._sentence.set_role("prompt", strong=is_current)
            self.update()

    def take_focus(self) -> None:
        """Put the focus on the answer that stands, else on the first."""
        button = self.answers.button(self.answers.answer() or "yes")
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pass_on(self, code: object) -> None:
        self.touched.emit(self.key)
        self.answered.emit(ItemAnswered(key=self.key, answer=str(code)))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self.key)
        super().mousePressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._is_current:
            painter.fillRect(box, theme.colour("paper"))
            painter.fillRect(QRectF(0, 0, _BAR, box.height()), theme.colour("accent"))
        left = 0 if self._is_current else _LEFT
        right = theme.gap(3)
        painter.fillRect(QRectF(left, box.bottom() - 1, box.width() - left - right, 1), theme.colour("line"))
