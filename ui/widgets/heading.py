"""The head of a part of a screen: words, an optional sign, count and one action, and one line below.

Heading rows have one height, so that the heads of columns share one baseline.
"""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.bridge import theme
from ui.widgets.hairline import Hairline
from ui.widgets.line import Line
from ui.widgets.sign import Sign


class Heading(QWidget):
    """A heading row; `role` colours sign and words together, as a state does."""

    def __init__(
        self,
        text: str,
        *,
        icon_role: str = "",
        role: str = "ink",
        count: str = "",
        note: str = "",
        action: QWidget | None = None,
        ruled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = Line(text, "heading", role)
        self._count = Line(count, "second", "quiet")
        self._note = Line(note, "second", "quiet")
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        if icon_role:
            row.addWidget(Sign(icon_role, role))
        row.addWidget(self._words)
        row.addWidget(self._count)
        row.addWidget(self._note)
        row.addStretch(1)
        if action is not None:
            row.addWidget(action)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        if ruled:
            outer.addWidget(Hairline())
        self.setFixedHeight(theme.size("control"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_count(count)
        self._note.setVisible(bool(note))

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)

    def set_count(self, count: str) -> None:
        """Show how many are below; "" for nothing."""
        self._count.setText(count)
        self._count.setVisible(bool(count))
