"""The files that were taken in, and taking one back."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Taken
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.exchange_gate import TakeGate
from ui.presenters.gate import Runner

TAKEN_HEADS = (N_("Taken in"), N_("From whom"), N_("Families"), N_("Changes"), N_("State"))
_NAMES = 3
Row = tuple[str, tuple[Cell, ...]]


class TakenScreen(Protocol):
    """What the presenter asks of the list."""

    def show_taken(self, rows: Sequence[Row]) -> None:
        """Show these files, latest first."""

    def show_taken_back(self, sentence: str) -> None:
        """A file was taken back."""

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go."""


class TakenPresenter:
    """Works on one store."""

    def __init__(self, session: Session, runner: Runner, screen: TakenScreen, take: TakeGate) -> None:
        self._session, self._runner, self._screen, self._take = session, runner, screen, take
        self._files: dict[str, Taken] = {}

    def reload(self) -> None:
        """Ask anew."""
        session = self._session
        self._runner.start(lambda: tuple(self._take.taken(session)), self._show, self._failed)

    def way_back(self, key: str) -> tuple[bool, str]:
        """Whether a file may be taken back, and the sentence beside the button."""
        found = self._files.get(key)
        if found is None:
            return False, ""
        if found.may_go_back:
            return True, _("What came in with this file then leaves again. The file itself stays as it is.")
        return False, _(found.why_not) if found.why_not else ""

    def take_back(self, key: str) -> None:
        """Take this file back."""
        found, session = self._files.get(key), self._session
        if found is not None and found.may_go_back:
            self._runner.start(
                lambda: self._take.take_back_file(session, found.number), self._taken_back, self._failed
            )

    def _show(self, files: tuple[Taken, ...]) -> None:
        self._files = {f"{each.number}": each for each in files}
        self._screen.show_taken([(key, _cells(each)) for key, each in self._files.items()])

    def _taken_back(self, done: Taken) -> None:
        words = _("The file of %(name)s was taken back. You can open it again.", name=done.sender_name)
        self._screen.show_taken_back(words)
        self.reload()

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))
        self.reload()


def _cells(each: Taken) -> tuple[Cell, ...]:
    gone = _("no longer here") if each.taken_back_at is not None else _("Family without a name")
    names = list(dict.fromkeys(name or gone for name in each.families))
    shown = names[:_NAMES]
    if len(names) > _NAMES:
        shown.append(_("%(count)d more", count=len(names) - _NAMES))
    return (
        Cell(main=formats.deed(each.at)),
        Cell(main=each.sender_name or _("unknown"), strong=True),
        Cell(main=formats.listed(shown) if shown else NOTHING),
        Cell(main=formats.number(each.changes), right=True),
        _state(each),
    )


def _state(each: Taken) -> Cell:
    if each.taken_back_at is not None:
        return Cell(
            main=_("Taken back on %(day)s", day=formats.fact(formats.local(each.taken_back_at).date()))
        )
    if each.differences:
        words = _("Brought differences: %(count)d", count=each.differences)
        return Cell(main=words, icon="state.clash", role="clash")
    return Cell(main=_("Taken in"), icon="state.good", role="good")
