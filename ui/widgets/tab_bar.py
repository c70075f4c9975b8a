"""Tabs inside a family: words 22 apart, a line of 2 px under the current one, arrows to walk."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.widgets.button import Button

_APART = 22


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
