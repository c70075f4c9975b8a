"""One thing that can be done, with the sentence that says what follows from it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.line import Sentence


class DeedLine(QWidget):
    """`wanted` carries the key."""

    wanted = Signal(object)

    def __init__(
        self, key: str, words: str, follows: str, *, icon_role: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key = key
        self.button = Button(words, name=f"colleague_{key}", icon_role=icon_role)
        self._follows = Sentence(follows, "second", "quiet")
        self.button.setAccessibleDescription(follows)
        self.button.clicked.connect(self._want)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._follows)

    def set_words(self, words: str, follows: str) -> None:
        """Say something else."""
        self.button.set_words(words)
        self.button.setAccessibleDescription(follows)
        self._follows.setText(follows)

    def _want(self) -> None:
        self.wanted.emit(self._key)
