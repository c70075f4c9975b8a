"""A page that fills the window to its edges: talk mode has a head of its own, and holds pages with theirs."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.views.page import Page


class BarePage(Page):
    """A page without title line and margins."""

    def __init__(self, words: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", name=name, parent=parent)
        self.setAccessibleName(words)
        self._title.hide()
        for place in (self._content, self._foot):
            place.setContentsMargins(0, 0, 0, 0)

    @override
    def _fit(self, width: int) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
