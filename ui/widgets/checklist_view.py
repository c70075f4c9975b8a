"""A checklist during a talk: one current question, single keys, the current row kept in the middle third.

Answering moves to the next row. The arrows walk without answering.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.widgets.answer_buttons import code_of_key
from ui.widgets.checklist_row import ChecklistItem, ChecklistRow, ItemAnswered

__all__ = ["ChecklistItem", "ChecklistView", "ItemAnswered"]

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ChecklistView(QScrollArea):
    """`answered` carries an ItemAnswered; `end_reached` comes when the last row was answered."""

    answered = Signal(object)
    current_changed = Signal(object)
    end_reached = Signal()

    def __init__(self, *, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("ground", "canvas")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: list[ChecklistRow] = []
        self._at = -1
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._keep_in_sight)

    def set_items(self, items: Sequence[ChecklistItem]) -> None:
        """Show another checklist; the first unanswered item becomes current."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = [ChecklistRow(item, holder) for item in items]
        for row in self._rows:
            row.touched.connect(self.set_current)
            row.answered.connect(self._pass_on)
            for button in row.findChildren(QAbstractButton):
                button.installEventFilter(self)
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(holder)
        self._at = -1
        unanswered = (item.key for item in items if not item.answer)
        first = next(unanswered, items[0].key if items else "")
        if first:
            self.set_current(first)

    def current(self) -> str:
        """The key of the current item, "" for an empty checklist."""
        return self._rows[self._at].key if self._rows else ""

    def set_current(self, key: object) -> None:
        """Make an item current and bring it to the middle third; an unknown key changes nothing."""
        for at, row in enumerate(self._rows):
            if row.key == key and at != self._at:
                if self._at >= 0:
                    self._rows[self._at].set_current(False)
                self._at = at
                row.set_current(True)
                self._settle.start()
                self.current_changed.emit(row.key)

    def answer(self, code: str) -> None:
        """Answer the current item, as its key or button does."""
        if self._rows:
            row = self._rows[self._at]
            row.answers.set_answer(code)
            self._pass_on(ItemAnswered(key=row.key, answer=code))

    def set_answer(self, key: str, code: str) -> None:
        """Show an answer that came from elsewhere (undo, another window); tells nobody."""
        for row in self._rows:
            if row.key == key:
                row.answers.set_answer(code)

    def take_focus(self) -> None:
        """Put the focus in the current row."""
        if self._rows:
            self._rows[self._at].take_focus()

    def step(self, steps: int) -> None:
        """Walk without answering."""
        if self._rows:
            at = min(max(self._at + steps, 0), len(self._rows) - 1)
            self.set_current(self._rows[at].key)
            self._rows[at].take_focus()

    def _pass_on(self, answered: object) -> None:
        self.answered.emit(answered)
        if self._at + 1 < len(self._rows):
            self.step(1)
        else:
            self.end_reached.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._follow_focus(watched)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Single letters only: with Ctrl or Alt a letter belongs to the program."""
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        step, code = _STEPS.get(Qt.Key(event.key())), code_of_key(event.text())
        if not plain or (step is None and not code):
            return False
        if step is not None:
            self.step(step)
        else:
            self.answer(code)
        return True

    def _follow_focus(self, button: QWidget) -> None:
        for row in self._rows:
            if row.isAncestorOf(button):
                self.set_current(row.key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def _keep_in_sight(self) -> None:
        if not self._rows or self.widget() is None:
            return
        row, height = self._rows[self._at], self.viewport().height()
        middle = row.pos().y() + row.height() // 2
        bar = self.verticalScrollBar()
        shown_at = middle - bar.value()
        if shown_at < height // 3:
            bar.setValue(middle - height // 3)
        elif shown_at > 2 * height // 3:
            bar.setValue(middle - 2 * height // 3)
