"""Differences to clear up: which there are, what both sides say, and the choice between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.op import DELETED
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services import differences
from app.services.differences import Difference
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.family_presenter import either
from ui.presenters.family_words import lower_first
from ui.presenters.gate import Runner

CLEAR_UP_HEADS = (N_("What"), N_("Family"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One card: the value, the part of it that differs (from, to), and who wrote it when."""

    words: str
    differs: tuple[int, int]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One difference in full."""

    title: str
    about: str
    sides: tuple[SideView, ...]


class ClearUpScreen(Protocol):
    """What the presenter asks of the page."""

    def show_differences(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> None:
        """Show these lines; none means that all is clear."""

    def show_cleared(self, sentence: str) -> None:
        """A choice was made."""

    def show_problem(self, sentence: str) -> None:
        """A choice could not be made."""


class ClearUpPresenter:
    """Works for all families, or for one."""

    def __init__(self, session: Session, runner: Runner, screen: ClearUpScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._open: dict[str, Difference] = {}
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show what is open for `dossier`, "" for all."""
        self.dossier = dossier
        self._runner.start(lambda: differences.open_ones(self._session, dossier), self._show)

    def _show(self, found: tuple[Difference, ...]) -> None:
        self._open = {f"{each.record}/{each.field}": each for each in found}
        self._screen.show_differences([(key, _cells(each)) for key, each in self._open.items()])

    def view(self, key: str) -> ChoiceView:
        """One difference in full; KeyError when it is not shown."""
        found = self._open[key]
        texts = [side.words for side in found.sides]
        return ChoiceView(
            title=_(found.title),
            about=", ".join(dict.fromkeys((_(found.kind_title), found.about, found.family))),
            sides=tuple(
                SideView(
                    words=side.words,
                    differs=differing(side.words, [text for text in texts if text != side.words]),
                    who="  ·  ".join((side.officer or _("unknown"), formats.deed(side.at))),
                )
                for side in found.sides
            ),
        )

    def dossier_of(self, key: str) -> str:
        """The dossier that a difference belongs to."""
        return self._open[key].dossier

    def choose(self, key: str, side: int) -> None:
        """Let one side hold; what came in after it was shown survives the choice."""
        found = self._open[key]
        chosen = found.sides[side]
        value = (1 if chosen.removes else 0) if found.field == DELETED else chosen.value
        self._runner.start(
            lambda: differences.resolve(self._session, found.record, found.field, value, seen=found.seen),
            lambda _nothing: self._cleared(found, chosen.words),
            self._failed,
        )

    def _cleared(self, found: Difference, words: str) -> None:
        what = lower_first(_(found.title))
        said = _("Cleared up: %(what)s of %(who)s is %(value)s.", what=what, who=found.about, value=words)
        self._screen.show_cleared(said)
        self.open(self.dossier)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))
        self.open(self.dossier)


def _cells(difference: Difference) -> tuple[Cell, ...]:
    words = either([side.words for side in difference.sides])
    what = f"{_(difference.title)}, {difference.about}"
    return (
        Cell(main=what, second=words, icon="state.clash", role="clash"),
        Cell(main=difference.family),
    )


def differing(text: str, others: Sequence[str]) -> tuple[int, int]:
    """The part of `text` that is not the same at the beginning and the end of `others`; (0, 0) when nothing is."""
    if not others:
        return (0, 0)
    start = min(_common(text, other) for other in others)
    end = min(_common(text[start:][::-1], other[start:][::-1]) for other in others)
    return (start, len(text) - end)


def _common(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
