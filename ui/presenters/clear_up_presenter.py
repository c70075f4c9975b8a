"""Differences to clear up: which there are, what both sides say, and the choice between them."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services import clear_up
from app.services.matter import DayNotToCome, Matter
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.family_presenter import either, on_what_words
from ui.presenters.family_words import lower_first
from ui.presenters.gate import Runner

CLEAR_UP_HEADS = (N_("What"), N_("Family"))
TOMORROW, WEEK, MONTH, A_DAY = "tomorrow", "week", "month", "day"
PUT_OFF = (
    (TOMORROW, N_("until tomorrow")),
    (WEEK, N_("a week")),
    (MONTH, N_("a month")),
    (A_DAY, N_("until a day …")),
)
"""How long something may be put off, in the order of the menu; A_DAY asks for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One card: the value, the part of it that differs (from, to), and who wrote it when."""

    words: str
    differs: tuple[int, int]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One matter in full. `act` names what choosing does."""

    title: str
    about: str
    sides: tuple[SideView, ...]
    act: str
    rest: tuple[str, ...] = ()


class ClearUpScreen(Protocol):
    """What the presenter asks of the page."""

    def show_differences(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], later: int) -> None:
        """Show these lines; none means that all is clear. `later`: how many were put off."""

    def show_both(self, key: str, text: str) -> None:
        """A text of both for a note that two people changed; "" where there is none."""

    def show_cleared(self, sentence: str) -> None:
        """A choice was made."""

    def show_problem(self, sentence: str) -> None:
        """A choice could not be made."""


class ClearUpPresenter:
    """Works for all families, or for one."""

    def __init__(self, session: Session, runner: Runner, screen: ClearUpScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._open: dict[str, Matter] = {}
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show what is open for `dossier`, "" for all."""
        self.dossier = dossier
        self._runner.start(lambda: _read(self._session, dossier), self._show)

    def _show(self, found: tuple[tuple[Matter, ...], int]) -> None:
        matters, later = found
        self._open = {each.id: each for each in matters}
        self._screen.show_differences([(key, _cells(each)) for key, each in self._open.items()], later)

    def view(self, key: str) -> ChoiceView:
        """One matter in full; KeyError when it is not shown."""
        found = self._open[key]
        texts = [answer.words for answer in found.answers]
        values = found.difference is not None
        return ChoiceView(
            title=found.title,
            about=", ".join(dict.fromkeys(part for part in (found.about, found.family) if part)),
            sides=tuple(
                SideView(
                    words=answer.words,
                    differs=differing(answer.words, [text for text in texts if text != answer.words])
                    if values
                    else (0, 0),
                    who=answer.note,
                )
                for answer in found.answers
            ),
            act=_("This value holds") if values else _("Do this"),
            rest=tuple(text for text in (found.explanation, found.suggestion) if text),
        )

    def make_both(self, key: str) -> None:
        """Ask for a text of both; long notes take a moment."""
        matter = self._open[key].id

        def made(text: str) -> None:
            self._screen.show_both(key, text)

        self._runner.start(lambda: clear_up.both(self._session, matter), made, lambda _problem: None)

    def dossier_of(self, key: str) -> str:
        """The dossier that a matter belongs to; "" for one that is not here."""
        return self._open[key].dossier

    def choose(self, key: str, side: int) -> None:
        """Give one of the answers; what came in after it was shown survives the choice."""
        found = self._open[key]
        chosen = found.answers[side]
        self._do(
            lambda: clear_up.answer(self._session, found.id, chosen.code), self._sentence(found, chosen.words)
        )

    def write(self, key: str, text: str) -> None:
        """Let a text hold that was made of both."""
        found = self._open[key]
        self._do(
            lambda: clear_up.write(self._session, found.id, text), _("Cleared up: %(what)s", what=found.title)
        )

    def put_off(self, key: str, how_long: str, day: str = "") -> None:
        """Not now; again after `how_long` (A_DAY: on `day`, "YYYY-MM-DD"), or when something in it changes."""
        found, today = self._open[key], self._session.today
        until = _until(today, how_long, day)
        if until is None or until <= today:
            tomorrow = formats.fact(today + timedelta(days=1))
            self._screen.show_problem(problem_text(DayNotToCome(day=tomorrow)))
            return
        said = _("Put off until %(day)s: %(what)s.", day=formats.fact(until), what=lower_first(found.title))
        self._do(lambda: clear_up.postpone(self._session, found.id, until), said)

    def _sentence(self, found: Matter, words: str) -> str:
        if found.difference is None:
            return _("Cleared up: %(what)s", what=found.title)
        what, who = lower_first(found.title), on_what_words(found.difference)
        return _("Cleared up: %(what)s of %(who)s is %(value)s.", what=what, who=who, value=words)

    def _do(self, deed: Callable[[], None], said: str) -> None:
        def cleared(_nothing: object) -> None:
            self._screen.show_cleared(said)
            self.open(self.dossier)

        self._runner.start(deed, cleared, self._failed)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))
        self.open(self.dossier)


def _until(today: date, how_long: str, day: str) -> date | None:
    if how_long == TOMORROW:
        return today + timedelta(days=1)
    if how_long == WEEK:
        return today + timedelta(days=7)
    if how_long == MONTH:
        year, month = divmod(today.year * 12 + today.month, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(today.day, last))
    return date.fromisoformat(day) if day else None


def _read(session: Session, dossier: str) -> tuple[tuple[Matter, ...], int]:
    return clear_up.matters(session, dossier), len(clear_up.put_off(session, dossier))


def _cells(matter: Matter) -> tuple[Cell, ...]:
    each = matter.difference
    words = either([side.words for side in each.sides]) if each is not None else matter.words
    what = ", ".join(part for part in (matter.title, *_on_what(matter)) if part)
    return (
        Cell(main=what, second=words, icon="state.clash", role="clash"),
        Cell(main=matter.family),
    )


def _on_what(matter: Matter) -> tuple[str, ...]:
    """What tells the record, without its kind: the line is short, and the kind stands beside it once it is chosen."""
    each = matter.difference
    if each is None or not each.which:
        return (on_what_words(each) if each is not None else matter.about,)
    return (each.which, each.about) if each.about != each.family else (each.which,)


def differing(text: str, others: Sequence[str]) -> tuple[int, int]:
    """The part of `text` that is not the same at the beginning and the end of `others`; (0, 0) when nothing is."""
    if not others:
        return (0, 0)
    start = min(_common(text, other) for other in others)
    end = min(_common(text[start:][::-1], other[start:][::-1]) for other in others)
    return (start, len(text) - end)


def _common(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
