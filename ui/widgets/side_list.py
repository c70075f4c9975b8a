"""Short facts beside the story: gates, open questions, what a colleague changed. On the canvas, without a frame."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.line import Sentence
from ui.widgets.sign import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEntry:
    """One fact: words, a quiet line below, an icon of its role, and a link when there is something to do."""

    main: str
    second: str = ""
    icon: str = ""
    role: str = "quiet"
    strong: bool = False
    link: str = ""
    key: str = ""


class SideList(QWidget):
    """`link_pressed` carries the key of the entry whose link was pressed."""

    link_pressed = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.gap(1), 0, 0)
        self._column.setSpacing(theme.gap(1))
        self._column.addStretch(
            1
        )  # an aligned layout gets no more height than its hint, and long entries are cut
        self._rows: list[QWidget] = []

    def set_entries(self, entries: Sequence[SideEntry]) -> None:
        """Show other entries."""
        for row in self._rows:
            if isValid(row):
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        self._rows = [self._make(at, entry) for at, entry in enumerate(entries)]
        for row in self._rows:
            self._column.insertWidget(self._column.count() - 1, row)
            row.show()  # a layout shows what is new only later; who asks for the height now must get it

    def _make(self, at: int, entry: SideEntry) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        if entry.icon:
            row.addWidget(Sign(entry.icon, entry.role), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Sentence(entry.main, strong=entry.strong))
        if entry.second:
            words.addWidget(Sentence(entry.second, "second", "quiet"))
        if entry.link:
            link = Button(entry.link, "link", name=f"{self.objectName()}_link_{at}")
            link.setAccessibleName(f"{entry.link}: {entry.main}")
            link.setProperty("entry_key", entry.key)
            link.clicked.connect(self._press)
            words.addSpacing(
                theme.gap(0)
            )  # the focus ring lies outside the link and must not cross the words
            words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        return holder

    def _press(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.link_pressed.emit(str(pressed.property("entry_key")))
