"""Ctrl K: one field for everything, by keyboard alone. Enter goes there, Esc closes, the arrows choose a line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.models.row_model import RowModel
from ui.presenters.find_presenter import Command, FindPresenter, Hit
from ui.shell.action_list import MENUS
from ui.shell.find_layout import FindLayout
from ui.shell.window import Window

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
_LEFT_OUT = ("find", "quit")


class FindPanel(QWidget):
    """A FindScreen. Lives from unlocking to locking, over the pages, so that the cover hides it too."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window.parts.work)
        self.setObjectName("find_panel")
        self.setAccessibleName(_("Search everything"))
        self.hide()
        self._window = window
        self._parts = FindLayout(self)
        self._model = RowModel(("",), self)
        self._parts.table.setModel(self._model)
        self._parts.table.set_columns((100,), stretch=0)
        self._parts.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.presenter = FindPresenter(desk.session, desk.runner.bound_to(self), self, self._commands)
        self._before: QWidget | None = None
        self._parts.field.searched.connect(self._search)
        self._parts.table.clicked.connect(self._click)
        self._parts.field.installEventFilter(self)
        window.parts.work.installEventFilter(self)

    def open(self) -> None:
        """Show the panel with an empty field; where the focus was is remembered."""
        if self._window.parts.layers.currentWidget() is not self._window.parts.work:
            return
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self._parts.field.clear()
        self.show_hits((), "")
        self.show()
        self.raise_()
        self._parts.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.presenter.look_for("")

    def close_panel(self) -> None:
        """Hide it, hold no name, and give the focus back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self._wipe()
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """The store is about to be locked."""
        self._before = None
        self._wipe()
        self.deleteLater()

    def show_hits(self, hits: Sequence[Hit], sentence: str) -> None:
        """Show lines with the first one chosen."""
        self._model.set_rows([(hit.id, (hit.cell,)) for hit in hits])
        self._parts.sentence.setText(sentence)
        self._parts.sentence.setVisible(bool(sentence))
        self._parts.table.choose_row(0)
        self._fit()

    def go(self, hit: Hit) -> None:
        """Close, then go to the place or do the action."""
        self.close_panel()
        if hit.place is not None:
            self._window.go(hit.place)
        elif hit.action:
            self._window.parts.menu.actions[hit.action].trigger()

    def _commands(self) -> list[Command]:
        """Everything in the menus that can be done now, and the pages of the rail."""
        found = []
        actions = self._window.parts.menu.actions
        codes = [spec.code for _title, specs in MENUS for spec in specs if spec.code not in _LEFT_OUT]
        for code in [*(code for code in actions if code.startswith("go_")), *codes]:
            action = actions[code]
            if action.isEnabled():
                words = action.text().replace("&", "")
                key = action.shortcut().toString().replace("+", " ")
                found.append(Command(words=words, key=key, action=code))
        return found

    def _search(self, text: object) -> None:
        if self.isVisible():
            self.presenter.look_for(str(text))

    def _click(self) -> None:
        self._enter()

    def _enter(self) -> None:
        self.presenter.enter(self._parts.field.text(), max(self._parts.table.current_row(), 0))

    def _wipe(self) -> None:
        self.hide()
        self.presenter.forget()
        self._parts.field.clear()
        self._model.set_rows(())
        self._parts.sentence.setText("")

    def _fit(self) -> None:
        self._parts.fit(self, self._window.parts.work.rect())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the panel before the field does; follow the size of the window."""
        if watched is self._window.parts.work:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._fit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(Qt.Key(event.key()))
        elif event.type() == QEvent.Type.FocusOut and self._window.isActiveWindow():
            self.close_panel()
        return False

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key in _STEPS:
            self._parts.table.choose_row(max(self._parts.table.current_row() + _STEPS[key], 0))
        else:
            return False
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("paper"))
        radius = theme.size("radius_panel")
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
