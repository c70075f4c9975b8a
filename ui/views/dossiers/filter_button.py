"""A filter that opens a short menu and fills when it narrows the list: "Fase", "Fase: Overpeinzing"."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.i18n import _
from ui.widgets.button import Button

_GAP = "  "


class FilterButton(Button):
    """`code_chosen` carries the code chosen, "" for all."""

    code_chosen = Signal(object)

    def __init__(self, title: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "filter", name=name, icon_role="sign.menu", parent=parent)
        self._title, self._code = title, ""
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._take)
        # The icon of a button stands before its text; seen from the other side that is behind it.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.clicked.connect(self._open)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Offer (code, words) pairs."""
        self._pairs = tuple(pairs)
        self.set_code(self._code)

    def code(self) -> str:
        """What is chosen, "" for all."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show what is chosen, telling nobody."""
        self._code = code
        said = dict(self._pairs).get(code, "")
        self.setChecked(bool(said))
        self.set_words(f"{self._title}: {said}" if said else self._title)

    @override
    def set_words(self, text: str) -> None:
        super().set_words(text)
        self.setText(f"{text}{_GAP}")

    def _open(self) -> None:
        self.set_code(self._code)  # a click alone checks nothing
        self._menu.clear()
        group = QActionGroup(self._menu)
        for code, words in (("", _("All")), *self._pairs):
            action = QAction(words, self._menu)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == self._code)
            group.addAction(action)
            self._menu.addAction(action)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, action: QAction) -> None:
        self.set_code(str(action.data()))
        self.code_chosen.emit(self._code)
