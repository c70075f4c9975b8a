"""Looking into a file of a colleague: everything it holds, as plain lines under headings; nothing is taken in."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Inspected, InspectedLine
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.exchange_gate import TakeGate
from ui.presenters.gate import Runner

INSPECT_HEADS = (N_("What"), N_("Value"))
HEADING = "heading "
_IN_A_ROW = 400  # characters of a value; the reader below the list shows it whole


class InspectScreen(Protocol):
    """What the presenter asks of the page."""

    def show_lines(self, ids: Sequence[str], headings: Collection[str]) -> None:
        """Show these lines; `headings` names those that begin a group."""

    def show_count(self, words: str) -> None:
        """Say how many lines there are."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""

    def show_problem(self, sentence: str) -> None:
        """Say why the file cannot be read; "" for nothing."""


class InspectPresenter:
    """Holds the lines of one file, which may be hundreds of thousands; the text of the search narrows them."""

    def __init__(self, session: Session, runner: Runner, screen: InspectScreen, take: TakeGate) -> None:
        self._session, self._runner, self._screen, self._take = session, runner, screen, take
        self._lines: tuple[InspectedLine, ...] = ()
        self._asked = 0
        self._query = ""

    def open(self, file: Path) -> None:
        """Read a file."""
        session = self._session
        self.forget()
        self._screen.show_problem("")
        self._screen.show_busy(_("Reading %(file)s", file=file.name))
        self._runner.start(lambda: self._take.inspect(session, file), self._show, self._failed)

    def search(self, query: str) -> None:
        """Show only lines that hold this text."""
        self._query = query.strip().casefold()
        self._tell()

    def forget(self) -> None:
        """Keep nothing of what was read."""
        self._asked += 1
        self._lines = ()
        self._screen.show_lines((), ())
        self._screen.show_count("")

    def fetch(self, ids: Sequence[str]) -> Sequence[tuple[Cell, ...]]:
        """The cells of lines and headings."""
        return [self._cells(key) for key in ids]

    def line(self, key: str) -> tuple[str, str]:
        """What a row says in full."""
        line = self._lines[int(key)]
        return _said(line.words), line.detail

    def _cells(self, key: str) -> tuple[Cell, ...]:
        if key.startswith(HEADING):
            group = self._lines[int(key.removeprefix(HEADING))].group
            return (Cell(main=_said(group), strong=True), Cell())
        words, detail = self.line(key)
        return (Cell(main=words), Cell(main=" ".join(detail[:_IN_A_ROW].split())))

    def _show(self, found: Inspected) -> None:
        self._screen.show_busy("")
        self._lines = found.lines
        self._tell()

    def _tell(self) -> None:
        self._asked += 1
        number, lines, query = self._asked, self._lines, self._query
        self._runner.start(lambda: _matching(lines, query), lambda ids: self._show_matching(number, ids))

    def _show_matching(self, number: int, ids: tuple[str, ...]) -> None:
        if number != self._asked:
            return
        headings = [key for key in ids if key.startswith(HEADING)]
        self._screen.show_lines(ids, headings)
        shown = len(ids) - len(headings)
        self._screen.show_count(_("Lines: %(count)s", count=formats.number(shown)) if self._lines else "")

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))


def _matching(lines: Sequence[InspectedLine], query: str) -> tuple[str, ...]:
    """The numbers of the lines that hold `query`, and before the first of each group its heading."""
    found: list[str] = []
    last = ""
    for number, line in enumerate(lines):
        if query and query not in f"{_said(line.words)} {line.detail}".casefold():
            continue
        if line.group != last:
            last = line.group
            found.append(f"{HEADING}{number}")
        found.append(f"{number}")
    return tuple(found)


def _said(text: str) -> str:
    """Words of the program in the language that speaks; what the file itself says stays as it is."""
    return _(text) if text else ""
