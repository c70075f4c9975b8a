"""The family as on a day: members, requests, agreements and facts as they stood, under a sentence that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services import as_on
from app.services.as_on import AsOn, Meaning, Told
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.bridge.place import Place
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.gate import Runner

AS_ON_HEADS: Final = (N_("What"), N_("About"))
AS_ON: Final = "family_as_on"
Row = tuple[str, tuple[Cell, ...]]
_MOST_IN_LINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PastView:
    """What the page shows. `headings` are the ids of rows that begin a group."""

    title: str
    native: str
    quiet: tuple[str, ...]
    banner: str
    rest: str
    rows: tuple[Row, ...]
    headings: frozenset[str]
    empty: str


class AsOnScreen(Protocol):
    """What the presenter asks of the page."""

    def show_past(self, view: PastView) -> None:
        """Show the family as it stood."""

    def show_wrong_day(self, sentence: str) -> None:
        """Say beside the day why it cannot be; what is shown stays."""

    def show_gone(self, sentence: str) -> None:
        """The dossier is not here."""


def as_on_place(dossier: str, day: date | None = None, meaning: Meaning = Meaning.KNOWN) -> Place:
    """Where a family stands as on a day; without a day the page asks for one."""
    return Place(page=AS_ON, subject=dossier, part=f"{day.isoformat()}/{meaning}" if day else "")


def meanings() -> tuple[tuple[str, str], ...]:
    """Both meanings of "then" as (code, words), the usual one first."""
    return (
        (Meaning.KNOWN, _("what was known here then")),
        (Meaning.WRITTEN, _("what was written then")),
    )


class AsOnPresenter:
    """Reads the family as on a day. Nothing can be changed through it."""

    def __init__(self, session: Session, runner: Runner, screen: AsOnScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""
        self.day = session.today
        self.meaning = Meaning.KNOWN
        self._told: dict[str, Told] = {}

    def open(self, place: Place) -> None:
        """`Place.part` is "2026-03-03/known", or empty for today as known here."""
        day, _slash, meaning = place.part.partition("/")
        self.dossier = place.subject
        today = self._session.today  # what was written by a clock that runs ahead stands there today
        self.day = min(date.fromisoformat(day), today) if day else today
        self.meaning = Meaning(meaning) if meaning else Meaning.KNOWN
        self._read()

    def choose(self, day: date, meaning: str) -> None:
        """Another day, or the other meaning."""
        try:
            as_on.check_day(self._session, day)
        except KnownProblem as problem:
            self._screen.show_wrong_day(problem_text(problem))
            return
        if (day, meaning) != (self.day, self.meaning):
            self.day, self.meaning = day, Meaning(meaning)
            self._read()

    def now(self) -> Place:
        """The way back to the family of today."""
        return Place(page="family", subject=self.dossier)

    def view(self, key: str) -> tuple[FactGroup, ...]:
        """One line in full."""
        told = self._told.get(key)
        if told is None:
            return ()
        facts = tuple(
            Fact(
                main=words,
                second=_(title),
                icon="state.clash" if both else "",
                role="clash" if both else "quiet",
            )
            for title, words, both in told.fields
        )
        facts = facts or (Fact(main=_("No more than this is told.")),)
        return (FactGroup(title=told.title, facts=facts, count=told.about),)

    def _read(self) -> None:
        session, dossier, day, meaning = self._session, self.dossier, self.day, self.meaning
        self._runner.start(lambda: as_on.read(session, dossier, day, meaning), self._show, self._failed)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_gone(problem_text(problem))

    def _show(self, found: AsOn) -> None:
        if (found.dossier, found.day, found.meaning) != (self.dossier, self.day, self.meaning):
            return
        self._told = {}
        rows: list[Row] = []
        headings: set[str] = set()
        groups: list[tuple[str, Sequence[Told]]] = [
            (N_("Members"), found.members),
            (N_("Requests"), found.requests),
            (N_("Agreements"), found.agreements),
            *found.facts,
        ]
        for number, (title, lines) in enumerate(groups):
            if lines:
                heading = f"heading/{number}"
                headings.add(heading)
                rows.append((heading, (Cell(main=_(title), strong=True), Cell())))
                rows += [self._row(told) for told in lines]
        self._screen.show_past(
            PastView(
                title=found.title or _("Family"),
                native=found.native,
                quiet=(found.owner,) if found.owner else (),
                banner=_banner(found),
                rest=_rest(found.meaning),
                rows=tuple(rows),
                headings=frozenset(headings),
                empty="" if found.is_there else _("On that day nothing was written down of this family."),
            )
        )

    def _row(self, told: Told) -> Row:
        self._told[told.record] = told
        line = ", ".join(words for _title, words, _both in told.fields[:_MOST_IN_LINE])
        named = told.kind in ("person", "request")
        first = Cell(
            main=told.title if named or not line else " ".join(line.split()),
            aside="" if named or not line else told.title,
            icon="state.clash" if told.differs else "",
            role="clash" if told.differs else "ink",
        )
        return told.record, (first, Cell(main=told.note if named else told.about, role="quiet"))


def _banner(found: AsOn) -> str:
    day = formats.fact(found.day)
    if found.meaning is Meaning.KNOWN:
        return _("As on %(day)s (known here)", day=day)
    return _("As on %(day)s (written)", day=day)


def _rest(meaning: Meaning) -> str:
    if meaning is Meaning.KNOWN:
        return _("What had come in on this laptop by the end of that day. Nothing can be changed here.")
    return _(
        "What had been written by the end of that day, by the clock of each writer, as far as it is here now."
        " Nothing can be changed here."
    )
