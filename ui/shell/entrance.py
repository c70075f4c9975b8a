"""What stands before the work: first start, unlocking, and choosing another store or a backup."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.i18n import _
from app.services.door import Door
from ui.bridge.task import TaskRunner
from ui.shell.store_gate import StoreGate
from ui.shell.window import Window
from ui.views.first_start.first_start_view import FirstStartView
from ui.views.unlock.other_store_view import OtherStoreView
from ui.views.unlock.unlock_view import UnlockView


class Entrance(QObject):
    """Shows one of its screens as the window's gate. `opened` is called with a store that was made or unlocked."""

    def __init__(
        self,
        window: Window,
        runner: TaskRunner,
        opened: Callable[[object], None],
        door: Door,
        *,
        expected: bool,
    ) -> None:
        """`expected`: there was a store here; when it is gone that is said, instead of making a new one."""
        super().__init__(window)
        self._window, self._opened, self._door = window, opened, door
        self._runner, self._expected = runner.bound_to(window), expected
        self.gate = StoreGate(door)

    def warning(self) -> str:
        """Why the folder of the store is a bad place, as msgid; "" when it is not."""
        return self._door.warning

    def show_first(self) -> None:
        """Unlocking when there is a store, saying so when there should be one, else the first start."""
        if self._door.exists:
            self.show_unlock()
        elif self._expected:
            self.show_other(_("There is no store in %(folder)s any more.", folder=str(self._door.path)))
        else:
            self.show_first_start()

    def show_again(self) -> None:
        """A fresh screen after the program made a mistake; a way into another store stays open."""
        if self._door.exists:
            self.show_unlock()

    def show_unlock(self, said: str = "") -> None:
        """Ask for the passphrase; `said` stands above the field."""
        view = UnlockView(self.gate, self._runner, self._opened, said=said)
        view.other_requested.connect(self._other)
        self._window.show_gate(view)

    def show_first_start(self) -> None:
        """The wizard."""
        view = FirstStartView(self.gate, self._runner, self._opened)
        view.other_requested.connect(self._other)
        self._window.show_gate(view)

    def show_other(self, said: str = "") -> None:
        """Another folder, a backup, or a new store."""
        view = OtherStoreView(self._door.path, self._runner, said)
        view.store_chosen.connect(self._open_folder)
        view.restored.connect(self._open_restored)
        view.new_chosen.connect(self._make_in)
        view.back_requested.connect(self._back)
        self._window.show_gate(view)

    def _other(self) -> None:
        self.show_other()

    def _back(self) -> None:
        self.show_unlock() if self._door.exists else self.show_first_start()

    def _go_to(self, folder: object) -> None:
        assert isinstance(folder, Path)
        self._door = Door(gate=self._door.gate, path=folder)
        self.gate = StoreGate(self._door)
        self._window.forget_places()

    def _open_folder(self, folder: object) -> None:
        self._go_to(folder)
        self.show_unlock()

    def _open_restored(self, folder: object) -> None:
        self._go_to(folder)
        self.show_unlock(_("The backup was put back. It opens with the passphrase it had when it was made."))

    def _make_in(self, folder: object) -> None:
        self._go_to(folder)
        self.show_first_start()
