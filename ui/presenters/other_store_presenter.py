"""Another store than the one at hand: a folder that holds one, a backup put back, or a new one."""

from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services import store_places
from ui.presenters.gate import Runner


class OtherStoreScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with what was chosen; "" for nothing."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done, with everything off meanwhile; "" when it is over."""

    def open_store(self, folder: Path) -> None:
        """Go and unlock the store in this folder."""

    def open_restored(self, folder: Path) -> None:
        """Go and unlock what was put back in this folder."""

    def make_store(self, folder: Path) -> None:
        """Go and make a new store in this folder."""


class OtherStorePresenter:
    """Looks at what was chosen before the screen goes on; a mistake is told on the spot."""

    def __init__(self, screen: OtherStoreScreen, runner: Runner) -> None:
        self._screen, self._runner = screen, runner
        self._folder = Path()

    def choose_folder(self, folder: Path) -> None:
        """There should be a store in this folder."""
        try:
            store_places.require_store(folder)
        except KnownProblem as problem:
            self._screen.show_problem(problem_text(problem))
        else:
            self._screen.open_store(folder)

    def choose_new(self, folder: Path) -> None:
        """There should be room for a new store."""
        try:
            store_places.require_room(folder)
        except KnownProblem as problem:
            self._screen.show_problem(problem_text(problem))
        else:
            self._screen.make_store(folder)

    def restore(self, file: Path, folder: Path) -> None:
        """Put a backup back in a new or empty folder."""
        self._folder = folder
        self._screen.show_problem("")
        self._screen.show_busy(_("Putting the backup back"))
        self._runner.start(lambda: store_places.restore(file, folder), self._restored, self._failed)

    def _restored(self, _nothing: None) -> None:
        self._screen.show_busy("")
        self._screen.open_restored(self._folder)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))
