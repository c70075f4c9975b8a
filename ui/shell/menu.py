"""The native menu bar: hidden until Alt or F10, so that the screen stays a desk and every action can still be found."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.i18n import N_, _
from ui.bridge.place import Place
from ui.shell.action_list import MENUS
from ui.shell.page_spec import PageSpec

_GO = N_("&Go to")
_MOST_NUMBERED = 8


class Menu(QObject):
    """`chosen` carries an action's code, `place_requested` a Place. Keys work while the bar is hidden."""

    chosen = Signal(object)
    place_requested = Signal(object)

    def __init__(self, window: QMainWindow, pages: Sequence[PageSpec]) -> None:
        super().__init__(window)
        self._window = window
        self._menus: list[QMenu] = []
        self.actions: dict[str, QAction] = {}
        self._only_unlocked: list[QAction] = []
        self._can_step = {"undo": False, "redo": False}
        for title, specs in MENUS:
            menu = self._menu(_(title))
            for spec in specs:
                action = self._action(menu, spec.code, _(spec.title), spec.keys)
                action.triggered.connect(self._choose)
                if not spec.when_locked:
                    self._only_unlocked.append(action)
            if specs[0].code == "find":
                self._go_menu([spec for spec in pages if spec.in_rail])
        self._show = QAction(window)
        self._show.setShortcut(QKeySequence(Qt.Key.Key_F10))
        self._show.triggered.connect(self.show_bar)
        window.addAction(self._show)
        window.menuBar().setVisible(window.menuBar().isNativeMenuBar())

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        menu.aboutToHide.connect(self._hide_later)
        self._menus.append(menu)
        return menu

    def _action(self, menu: QMenu, code: str, title: str, keys: Sequence[str]) -> QAction:
        action = QAction(title, self._window)
        action.setObjectName(f"action_{code}")
        action.setData(code)
        action.setShortcuts([QKeySequence(key) for key in keys])
        menu.addAction(action)
        # Shortcuts of a hidden menu bar do nothing; those of the window's own actions do.
        self._window.addAction(action)
        self.actions[code] = action
        return action

    def _go_menu(self, pages: Sequence[PageSpec]) -> None:
        menu = self._menu(_(_GO))
        for number, spec in enumerate(pages, start=1):
            keys = (f"Ctrl+{number}",) if number <= _MOST_NUMBERED and not spec.at_bottom else ()
            action = self._action(menu, f"go_{spec.key}", _(spec.title), keys)
            action.setProperty("page", spec.key)
            action.triggered.connect(self._go)
            self._only_unlocked.append(action)

    def set_unlocked(self, unlocked: bool) -> None:
        """Behind the lock only quitting and the size of type work."""
        for action in self._only_unlocked:
            action.setEnabled(unlocked and self._can_step.get(str(action.data()), True))

    def set_undo_words(self, undo: str, redo: str) -> None:
        """Name the step that would be undone and redone; "" when there is none."""
        for code, words, plain in (("undo", undo, _("Undo")), ("redo", redo, _("Redo"))):
            self.actions[code].setText(f"{plain}: {words}" if words else plain)
            self._can_step[code] = bool(words)
            self.actions[code].setEnabled(bool(words))

    def show_bar(self) -> None:
        """Show the bar and open nothing yet: the arrows walk."""
        bar = self._window.menuBar()
        bar.show()
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])

    def hide_bar(self) -> None:
        """Hide the bar, where it is not the system's own."""
        bar = self._window.menuBar()
        bar.setVisible(bar.isNativeMenuBar())

    def _hide_later(self) -> None:
        if self._window.menuBar().activeAction() is None:
            self.hide_bar()

    def _choose(self) -> None:
        action = self.sender()
        self.hide_bar()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())

    def _go(self) -> None:
        action = self.sender()
        self.hide_bar()
        if isinstance(action, QAction):
            self.place_requested.emit(Place(page=str(action.property("page"))))
