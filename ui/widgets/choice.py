"""A combo box with our own arrow: a sheet that sets its border removes Fusion's arrow."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget
from typing_extensions import override

from ui.bridge import icon, theme


class Choice(QComboBox):
    """Chooses one code out of (code, words) pairs; `code_chosen` carries the code, only when a person chose."""

    code_chosen = Signal(object)

    def __init__(
        self, pairs: Sequence[tuple[str, str]] = (), *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(12)
        self.set_pairs(pairs)
        self.activated.connect(self._tell)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the chosen code stays chosen if it is still there."""
        kept = self.code()
        self.clear()
        for code, words in pairs:
            self.addItem(words, code)
        self.set_code(kept)

    def code(self) -> str:
        """The chosen code, "" when nothing is chosen."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def set_code(self, code: str) -> None:
        """Choose by code; an unknown code chooses nothing, so that no value is invented."""
        self.setCurrentIndex(self.findData(code))

    def _tell(self, _index: int) -> None:
        self.code_chosen.emit(self.code())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change a value that happens to lie under the pointer."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme.size("icon")
        role = "quiet" if self.isEnabled() else "edge"
        icon.draw(QPainter(self), self.width() - px - 8, (self.height() - px) / 2, "sign.menu", role)
