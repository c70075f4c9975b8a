"""Tabs inside a family: words 22 apart, a line of 2 px under the current one, arrows to walk.

Where there is less room they move together, so that no word is cut.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.widgets.button import Button

_APART, _LEAST_APART = 22, 2


class TabBar(QWidget):
    """One checked tab out of (key, words); `tab_chosen` carries the key. Tab enters at the current one."""

    tab_chosen = Signal(object)

    def __init__(self, tabs: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_APART)
        self._row = row
        for key, words in tabs:
            button = Button(words, "tab", name=f"{name}_{key}", parent=self)
            button.setProperty("tab_key", key)
            self._buttons[key] = button
            button.installEventFilter(self)
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.set_current(tabs[0][0])

    def current(self) -> str:
        """The key of the current tab."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_current(self, key: str) -> None:
        """Show a tab as current without telling anyone; KeyError for an unknown key."""
        self._buttons[key].setChecked(True)
        for other in self._buttons.values():
            other.show_checked()
            policy = Qt.FocusPolicy.StrongFocus if other.isChecked() else Qt.FocusPolicy.ClickFocus
            other.setFocusPolicy(policy)

    def focus_tab(self) -> QWidget:
        """The current tab, which takes the focus of the bar."""
        return self._buttons[self.current()]

    def set_words(self, key: str, words: str) -> None:
        """Change what a tab says, for a count beside it."""
        self._buttons[key].set_words(words)
        self._move_together(self.width())

    def _words_width(self) -> int:
        return sum(button.sizeHint().width() for button in self._buttons.values())

    def _move_together(self, width: int) -> None:
        room = (width - self._words_width()) // len(self._buttons)
        self._row.setSpacing(max(min(_APART, room), _LEAST_APART))

    @override
    def sizeHint(self) -> QSize:
        """Always the room that the words wish for, also while they stand closer together."""
        return QSize(self._words_width() + _APART * len(self._buttons), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrower than the words wish to stand: they move together first."""
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move_together(event.size().width())

    def _clicked(self, button: Button) -> None:
        self.set_current(str(button.property("tab_key")))
        self.tab_chosen.emit(self.current())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows before the button does: left to itself it only moves the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self._walk(step)
        return step is not None

    def _walk(self, step: int) -> None:
        keys = list(self._buttons)
        key = keys[(keys.index(self.current()) + step) % len(keys)]
        self.set_current(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.tab_chosen.emit(key)
