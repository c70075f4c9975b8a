"""One field for everything: families by name or number, pages and commands by their words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, ngettext, problem_text
from app.services import family_list, recent
from app.services.family_list import FamilyRow
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.bridge.place import Place
from ui.presenters.gate import Runner

MOST_FAMILIES = 8
MOST_COMMANDS = 6
_DOT = "  ·  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something one can do or go to: its words, its key as shown, and either a place or the code of an action."""

    words: str
    key: str = ""
    place: Place | None = None
    action: str = ""
    icon: str = "sign.open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the panel."""

    id: str
    cell: Cell
    place: Place | None = None
    action: str = ""


class FindScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_hits(self, hits: Sequence[Hit], sentence: str) -> None:
        """Show these lines with the first one chosen; `sentence` stands below, or alone when there are none."""

    def go(self, hit: Hit) -> None:
        """Close the panel and do what the line says."""


class FindPresenter:
    """The latest question counts: an answer to an earlier one is not shown."""

    def __init__(
        self, session: Session, runner: Runner, screen: FindScreen, commands: Callable[[], Sequence[Command]]
    ) -> None:
        """`commands`: what can be done at this moment."""
        self._session, self._runner, self._screen, self._commands = session, runner, screen, commands
        self._text = ""
        self._number = 0
        self._answered = True
        self._enter_waits = False
        self._hits: tuple[Hit, ...] = ()

    def look_for(self, text: str) -> None:
        """Ask anew; an empty text shows the families opened last."""
        self._text, self._answered = text.strip(), False
        self._number += 1
        number, session, query = self._number, self._session, self._text

        def found(answer: tuple[tuple[FamilyRow, ...], int]) -> None:
            self._found(number, *answer)

        self._runner.start(lambda: _families(session, query), found, self._failed)

    def enter(self, text: str, row: int) -> None:
        """Go to the chosen line; when the answer to what was just typed is not there yet, as soon as it comes."""
        if text.strip() != self._text:
            self.look_for(text)
            row = 0
        if self._answered:
            self._go(row)
        else:
            self._enter_waits = True

    def forget(self) -> None:
        """The panel was closed: hold no name."""
        self._number += 1
        self._hits, self._text, self._answered, self._enter_waits = (), "", True, False

    def _found(self, number: int, families: tuple[FamilyRow, ...], more: int) -> None:
        if number != self._number:
            return
        commands = _matching(self._commands(), self._text)
        self._hits = (*map(_family_hit, families), *map(_command_hit, commands))
        self._answered = True
        self._screen.show_hits(self._hits, self._sentence(more))
        if self._enter_waits:
            self._enter_waits = False
            self._go(0)

    def _sentence(self, more: int) -> str:
        if self._text and not self._hits:
            nobody = _("Nobody found with “%(text)s”.", text=self._text)
            rest = _(
                "Searched: names in any script, V-numbers, dossier numbers, and the commands of the program."
            )
            return f"{nobody} {rest}"
        if not self._text:
            return _("Type a name in any script, a V-number, or what you want to do.")
        if more:
            return ngettext(
                "And %(count)d more family: type on, or search in Dossiers.",
                "And %(count)d more families: type on, or search in Dossiers.",
                more,
                count=more,
            )
        return ""

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            self._screen.go(self._hits[row])

    def _failed(self, problem: KnownProblem) -> None:
        self._hits, self._answered, self._enter_waits = (), True, False
        self._screen.show_hits((), problem_text(problem))


def _families(session: Session, query: str) -> tuple[tuple[FamilyRow, ...], int]:
    """The first families that match, open ones before closed ones, and how many more there are."""
    if not query:
        lately = [each.dossier for each in recent.families(session)]
        count, rows = len(lately), family_list.rows_of(session, lately[:MOST_FAMILIES])
    else:
        found = [
            *family_list.lines(session, query),
            *family_list.lines(session, query, filters=family_list.Filters(closed=True)),
        ]
        count, rows = len(found), family_list.rows(session, found[:MOST_FAMILIES])
    return tuple(row for row in rows if row is not None), max(count - MOST_FAMILIES, 0)


def _matching(commands: Sequence[Command], text: str) -> list[Command]:
    """Commands of which some word begins with each word of the text."""
    wanted = text.casefold().split()
    if not wanted:
        return []
    found = []
    for command in commands:
        words = command.words.casefold().split()
        if all(any(word.startswith(each) for word in words) for each in wanted):
            found.append(command)
    return found[:MOST_COMMANDS]


def _family_hit(row: FamilyRow) -> Hit:
    about = _DOT.join(part for part in (row.number, _("closed") if row.closed else row.phase) if part)
    cell = Cell(main=row.title, native=row.native, aside=about, icon="nav.dossiers", strong=True)
    return Hit(id=row.dossier, cell=cell, place=Place(page="family", subject=row.dossier))


def _command_hit(command: Command) -> Hit:
    cell = Cell(main=command.words, aside=command.key, icon=command.icon)
    return Hit(id=f"command {command.words}", cell=cell, place=command.place, action=command.action)
