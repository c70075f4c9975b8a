"""The families that were removed as a mistake, and bringing one back."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services import removed_family
from app.services.removed_family import RemovedFamily
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.gate import Runner

REMOVED_HEADS = (N_("Family"), N_("Dossier number"), N_("Removed"), N_("Who"))


class RemovedScreen(Protocol):
    """What the presenter asks of the page."""

    def show_removed(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these families by dossier, latest first; none: nothing was removed."""

    def show_back(self, dossier: str, sentence: str) -> None:
        """A family is back."""

    def show_problem(self, sentence: str) -> None:
        """It could not be brought back."""


class RemovedPresenter:
    """Lists, and brings back."""

    def __init__(self, session: Session, runner: Runner, screen: RemovedScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._titles: dict[str, str] = {}

    def open(self) -> None:
        """Show what was removed."""
        self._runner.start(lambda: removed_family.removed(self._session), self._show)

    def bring_back(self, dossier: str) -> None:
        """Bring a family back, with everything that was removed with it."""
        session, said = self._session, _("%(title)s is back.", title=self._titles.get(dossier, ""))

        def done(_nothing: None) -> None:
            self._screen.show_back(dossier, said)

        def failed(problem: KnownProblem) -> None:
            self._screen.show_problem(problem_text(problem))
            self.open()

        self._runner.start(lambda: removed_family.bring_back(session, dossier), done, failed)

    def _show(self, found: tuple[RemovedFamily, ...]) -> None:
        self._titles = {one.dossier: one.title or _("name unknown") for one in found}
        self._screen.show_removed([(one.dossier, _cells(one)) for one in found])


def _cells(one: RemovedFamily) -> tuple[Cell, ...]:
    return (
        Cell(main=one.title or _("name unknown")),
        Cell(main=one.number),
        Cell(main=formats.deed(one.at)),
        Cell(main=one.officer or _("unknown")),
    )
