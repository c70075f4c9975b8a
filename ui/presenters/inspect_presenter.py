"""Looking into a file of a colleague: everything it holds, as plain lines under headings; nothing is taken in."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Inspected
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.exchange_gate import TakeGate
from ui.presenters.gate import Runner

INSPECT_HEADS = (N_("What"), N_("Value"))
Row = tuple[str, tuple[Cell, ...]]


class InspectScreen(Protocol):
    """What the presenter asks of the page."""

    def show_lines(self, rows: Sequence[Row], headings: Collection[str]) -> None:
        """Show these lines; `headings` names the rows that begin a group."""

    def show_count(self, words: str) -> None:
        """Say how many lines there are."""

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""

    def show_problem(self, sentence: str) -> None:
        """Say why the file cannot be read; "" for nothing."""


class InspectPresenter:
    """Holds the lines of one file; the text of the search narrows them."""

    def __init__(self, session: Session, runner: Runner, screen: InspectScreen, take: TakeGate) -> None:
        self._session, self._runner, self._screen, self._take = session, runner, screen, take
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self._query = ""

    def open(self, file: Path) -> None:
        """Read a file."""
        session = self._session
        self._lines = ()
        self._screen.show_problem("")
        self._screen.show_lines((), ())
        self._screen.show_busy(_("Reading %(file)s", file=file.name))
        self._runner.start(lambda: self._take.inspect(session, file), self._show, self._failed)

    def search(self, query: str) -> None:
        """Show only lines that hold this text."""
        self._query = query.strip().casefold()
        self._tell()

    def line(self, key: str) -> tuple[str, str]:
        """What a row says in full."""
        _group, words, detail = self._lines[int(key)]
        return _said(words), detail

    def _show(self, found: Inspected) -> None:
        self._screen.show_busy("")
        self._lines = tuple((line.group, line.words, line.detail) for line in found.lines)
        self._tell()

    def _tell(self) -> None:
        rows: list[Row] = []
        headings: list[str] = []
        last, shown = "", 0
        for number, (group, words, detail) in enumerate(self._lines):
            if self._query and self._query not in f"{words} {detail}".casefold():
                continue
            if group != last:
                last = group
                headings.append(f"heading {number}")
                rows.append((headings[-1], (Cell(main=_said(group), strong=True), Cell())))
            shown += 1
            rows.append((f"{number}", (Cell(main=_said(words)), Cell(main=_one_line(detail)))))
        self._screen.show_lines(rows, headings)
        self._screen.show_count(_("Lines: %(count)s", count=formats.number(shown)) if self._lines else "")

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_busy("")
        self._screen.show_problem(problem_text(problem))


def _one_line(text: str) -> str:
    """The value in one row; the reader below the list shows it whole."""
    return " ".join(text.split())


def _said(text: str) -> str:
    """Words of the program in the language that speaks; what the file itself says stays as it is."""
    return _(text) if text else ""
