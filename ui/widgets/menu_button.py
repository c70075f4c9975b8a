"""A button that opens a short menu and does what is chosen there: *Uitstellen* with a day."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.widgets.button import Button


class MenuButton(Button):
    """`code_chosen` carries the code chosen from the menu."""

    code_chosen = Signal(object)

    def __init__(
        self, text: str, pairs: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        """`pairs` are (code, words), in order."""
        super().__init__(text, "plain", name=name, icon_role="sign.menu", parent=parent)
        self.menu_of_choices = QMenu(self)
        for code, words in pairs:
            action = QAction(words, self.menu_of_choices)
            action.setData(code)
            self.menu_of_choices.addAction(action)
        self.menu_of_choices.triggered.connect(self._take)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self.menu_of_choices.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, action: QAction) -> None:
        self.code_chosen.emit(str(action.data()))
