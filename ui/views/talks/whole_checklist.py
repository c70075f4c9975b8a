"""A checklist shown whole, for a part that scrolls as one: a list that scrolls inside another is lost in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.widgets.checklist_view import ChecklistItem, ChecklistView

__all__ = ["ChecklistItem", "WholeChecklist"]


class WholeChecklist(ChecklistView):
    """As high as its sentences at the width it gets."""

    def __init__(self, *, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, words=words, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height that the sentences need; call after other items were set."""
        # The stubs do not say that a scroll area may hold nothing yet.
        holder: QWidget | None = self.widget()
        if holder is not None:
            width = max(self.width(), 200)
            self.setFixedHeight(max(holder.heightForWidth(width), holder.minimumSizeHint().height()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
