"""The figures as lines of a table: a count that is split stands under a line with its name and definition."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.i18n import N_, _, problem_text
from app.i18n.formats import day_in_full, month, number
from app.services.figures import Figure, figures
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.gate import Runner

HEADS: Final = (N_("What"), N_("Number"), N_("What is counted"))
Line = tuple[str, tuple[Cell, ...]]
_BY_MONTH: Final = "talks.finished"


class FiguresScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_lines(self, lines: Sequence[Line], as_of: str) -> None:
        """Show the table; `as_of` says of which day it is."""

    def show_problem(self, sentence: str) -> None:
        """Say why there are no figures."""


class FiguresPresenter:
    """Counts anew each time it is asked."""

    def __init__(self, session: Session, runner: Runner, screen: FiguresScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen

    def reload(self) -> None:
        """Count."""
        session = self._session
        self._runner.start(lambda: figures(session), self._show, self._failed)

    def _show(self, found: tuple[Figure, ...]) -> None:
        as_of = _("As of %(day)s", day=day_in_full(self._session.today))
        self._screen.show_lines(tuple(_lines(found)), as_of)

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))


def _lines(found: Sequence[Figure]) -> Iterator[Line]:
    for code, group in groupby(found, key=lambda figure: figure.code):
        figures_here = list(group)
        first = figures_here[0]
        is_split = bool(first.part) or len(figures_here) > 1
        count = "" if is_split else number(first.number)
        yield (
            code,
            (
                Cell(main=_(first.label), strong=True),
                Cell(main=count, strong=True, right=True),
                Cell(main=_(first.definition), role="quiet"),
            ),
        )
        for figure in figures_here if is_split else ():
            words = _part(figure)
            yield (
                f"{code} {figure.part}",
                (
                    Cell(main=f"\N{EM SPACE}{words}", spoken_as=words),
                    Cell(main=number(figure.number), right=True),
                    Cell(),
                ),
            )


def _part(figure: Figure) -> str:
    if not figure.part:
        return _("not recorded")
    if figure.code == _BY_MONTH:
        year, month_number = figure.part.split("-")
        return month(int(year), int(month_number))
    return figure.part
