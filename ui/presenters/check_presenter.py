"""Looking whether the store is whole, and saying it in sentences."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services.check_store import Checked, check_store
from app.services.gate import Unlocked
from ui.presenters.care_screen import CareScreen
from ui.presenters.gate import Runner


class CheckScreen(CareScreen, Protocol):
    """A part with a list of findings."""

    def show_findings(self, findings: Sequence[tuple[bool, str]]) -> None:
        """Show whether each was good, and its sentence."""


class CheckPresenter:
    """Works on one store."""

    def __init__(self, unlocked: Unlocked, runner: Runner, screen: CheckScreen) -> None:
        self._unlocked, self._runner, self._screen = unlocked, runner, screen

    def look(self) -> None:
        """Check everything."""
        unlocked = self._unlocked
        self._screen.show_findings(())
        self._screen.show_result("")
        self._screen.show_busy(_("Checking the store"))
        self._runner.start(lambda: check_store(unlocked), self._show, self._failed)

    def _show(self, found: tuple[Checked, ...]) -> None:
        self._screen.show_busy("")
        whole = all(each.is_good for each in found)
        self._screen.show_findings([(each.is_good, each.sentence) for each in found])
        if whole:
            self._screen.show_result(_("The store is whole."))
        else:
            self._screen.show_result(
                _(
                    "The store is not whole. Make no more changes and restore the newest good backup in a new folder."
                ),
                good=False,
            )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_result(problem_text(problem), good=False)
