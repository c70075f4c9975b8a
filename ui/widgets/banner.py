"""One sentence that matters on a quiet ground, one plain line, at most one action. One per screen, the worst."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.bridge import icon, theme
from ui.widgets.line import Sentence

_TEXT_LEFT = 50
_ICON_LEFT = 16


class Banner(QWidget):
    """A message in one of the six states."""

    def __init__(
        self,
        state: str,
        sentence: str,
        rest: str = "",
        action: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = Sentence(strong=True)
        self._rest = Sentence()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._sentence)
        texts.addWidget(self._rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(_TEXT_LEFT, theme.gap(1) + 2, theme.gap(2), theme.gap(1) + 2)
        row.setSpacing(theme.gap(3))
        row.addLayout(texts, 1)
        if action is not None:
            row.addWidget(action)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_message(state, sentence, rest)

    def set_message(self, state: str, sentence: str, rest: str = "") -> None:
        """Show another message; `rest` may be empty."""
        self._state = state
        self._sentence.setText(sentence)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{sentence} {rest}".strip())
        self.update()

    def show_problem(self, sentence: str) -> None:
        """Say in the state "watch" why something did not go; "" hides the banner."""
        self.setVisible(bool(sentence))
        if sentence:
            self.set_message("watch", sentence)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._state}_bg"))
        radius = theme.size("radius_panel")
        painter.drawRoundedRect(self.rect(), radius, radius)
        top = (self.height() - theme.size("icon_banner")) / 2
        icon.draw(painter, _ICON_LEFT, top, f"state.{self._state}", self._state, "icon_banner")
