"""Extracts of colleagues: the list of those that can still be read, and the plain text of one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from app.domain.errors import KnownProblem
from app.domain.extract_facts import ExtractText, HeldExtract
from app.domain.paper_text import TextLine
from app.domain.words import N_
from app.i18n import _, formats, problem_text
from app.services.file_words import named
from app.services.part_words import parts_words
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.exchange_gate import ExtractGate
from ui.presenters.gate import Runner

EXTRACT_HEADS = (N_("Family"), N_("From whom"), N_("Parts"), N_("Received"), N_("Can be read until"))
_SOON = timedelta(days=7)
Row = tuple[str, tuple[Cell, ...]]


class ExtractListScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_extracts(self, rows: Sequence[Row]) -> None:
        """Show these extracts; none is the empty list."""

    def show_problem(self, sentence: str) -> None:
        """Say why it did not go; "" for nothing."""


class ExtractListPresenter:
    """Works on one store."""

    def __init__(
        self, session: Session, runner: Runner, screen: ExtractListScreen, extract: ExtractGate
    ) -> None:
        self._session, self._runner, self._screen, self._extract = session, runner, screen, extract

    def reload(self) -> None:
        """Ask anew."""
        session = self._session
        self._runner.start(lambda: tuple(self._extract.held(session)), self._show, self._failed)

    def drop(self, extract: str) -> None:
        """Remove one before its last day."""
        session = self._session
        self._screen.show_problem("")
        self._runner.start(
            lambda: self._extract.drop(session, extract), lambda _none: self.reload(), self._failed
        )

    def _show(self, found: tuple[HeldExtract, ...]) -> None:
        self._screen.show_extracts([(each.id, self._cells(each)) for each in found])

    def _cells(self, each: HeldExtract) -> tuple[Cell, ...]:
        soon = each.ends_on <= self._session.today + _SOON
        return (
            Cell(main=each.title or _("Family without a name"), strong=True),
            Cell(main=named(each.sender)),
            Cell(main=parts_words(each.compartments) or NOTHING),
            Cell(main=formats.fact(formats.local(each.arrived_at).date())),
            Cell(
                main=formats.fact(each.ends_on),
                icon="state.watch" if soon else "",
                role="watch" if soon else "ink",
            ),
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))


class ExtractScreen(Protocol):
    """What the presenter asks of the page."""

    def show_extract(self, title: str, quiet: Sequence[str], lines: Sequence[TextLine]) -> None:
        """Show its text."""

    def show_problem(self, sentence: str) -> None:
        """Say why it cannot be read; "" for nothing."""


class ExtractPresenter:
    """Reads one extract."""

    def __init__(self, session: Session, runner: Runner, screen: ExtractScreen, extract: ExtractGate) -> None:
        self._session, self._runner, self._screen, self._extract = session, runner, screen, extract

    def open(self, extract: str) -> None:
        """Show this one."""
        session = self._session
        self._screen.show_problem("")
        self._runner.start(lambda: self._extract.read(session, extract), self._show, self._failed)

    def _show(self, found: ExtractText) -> None:
        held = found.held
        quiet = (
            _("from %(name)s", name=named(held.sender)),
            parts_words(held.compartments),
            _("can be read until %(day)s", day=formats.day_in_full(held.ends_on)),
        )
        self._screen.show_extract(held.title or _("Family without a name"), quiet, found.lines)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))
