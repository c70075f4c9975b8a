"""Things to tick, each with a quiet line below it; what cannot be ticked says why and may offer a way to mend that."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.bridge import theme
from ui.bridge.check_entry import CheckEntry
from ui.widgets.button import Button
from ui.widgets.line import Sentence


class CheckList(QWidget):
    """`ticked` carries the key that a person ticked or unticked, `link_pressed` that of a link."""

    ticked = Signal(object)
    link_pressed = Signal(object)

    def __init__(self, *, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap(1))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows: list[QWidget] = []
        self._boxes: dict[str, QCheckBox] = {}

    def set_entries(self, entries: Sequence[CheckEntry]) -> None:
        """Show other entries; the focus stays on the one that had it."""
        focused = next((key for key, box in self._boxes.items() if isValid(box) and box.hasFocus()), "")
        for row in self._rows:
            if isValid(row):
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        self._boxes = {}
        self._rows = [self._make(at, entry) for at, entry in enumerate(entries)]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()
        if focused in self._boxes:
            self._boxes[focused].setFocus()

    def checked(self) -> frozenset[str]:
        """The keys that are ticked."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    def first(self) -> QWidget:
        """What takes the focus: the first that can be ticked."""
        return next((box for box in self._boxes.values() if box.isEnabled()), self)

    def _make(self, at: int, entry: CheckEntry) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        box = QCheckBox(entry.words.replace("&", "&&"))
        box.setObjectName(f"{self.objectName()}_{entry.key}")
        box.setAccessibleName(entry.words)
        box.setAccessibleDescription(entry.second)
        box.setProperty("entry_key", entry.key)
        box.setChecked(entry.checked)
        box.setEnabled(entry.enabled)
        box.clicked.connect(self._tick)
        self._boxes[entry.key] = box
        column.addWidget(box)
        below = QVBoxLayout()
        below.setContentsMargins(theme.size("icon") + theme.gap(1), 0, 0, 0)
        below.setSpacing(0)
        if entry.second:
            below.addWidget(Sentence(entry.second, "second", "quiet"))
        if entry.link:
            link = Button(entry.link, "link", name=f"{self.objectName()}_link_{at}")
            link.setAccessibleName(f"{entry.link}: {entry.words}")
            link.setProperty("entry_key", entry.key)
            link.clicked.connect(self._press)
            below.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)
        return holder

    def _tick(self, _checked: bool) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.ticked.emit(str(pressed.property("entry_key")))

    def _press(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.link_pressed.emit(str(pressed.property("entry_key")))
