"""What will be here, and one thing to do about it. No picture, no praise."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bridge import theme
from ui.widgets.line import Sentence


class EmptyState(QWidget):
    """A heading, a sentence, and buttons made by the screen."""

    def __init__(self, heading: str, sentence: str, *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Sentence(heading, "heading")
        self._sentence = Sentence(sentence, "body", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.gap(3), 0, 0)
        column.setSpacing(theme.gap(0))
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.gap(1), 0, 0)
        row.setSpacing(theme.gap(1))
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def set_words(self, heading: str, sentence: str) -> None:
        """Say something else, as when a search finds nothing."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
