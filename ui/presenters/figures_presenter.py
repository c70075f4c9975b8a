"""The figures as lines of a table over a chosen period, and the list that each line opens.

A count that is split stands under a line with its name and definition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.i18n import N_, _, ngettext, problem_text
from app.i18n.formats import day_in_full, fact, month, number
from app.services import figures
from app.services.figure import Figure, Period, last_twelve_months, year
from app.services.figures import Listed
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.gate import Runner

HEADS: Final = (N_("What"), N_("How many"), N_("What is counted"))
LIST_HEADS: Final = (N_("Family"), N_("Person"), N_("On"), N_("What"))
LIST_PAGE: Final = "figure_list"
Line = tuple[str, tuple[Cell, ...]]
LAST_TWELVE, OWN = "last-12", "own"
_YEARS_BACK: Final = 5
_BAR: Final = "|"
_MONTH: Final = len("2026-11")


class FiguresScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_lines(self, lines: Sequence[Line], as_of: str) -> None:
        """Show the table; `as_of` says of which day it is and over which period."""

    def show_problem(self, sentence: str) -> None:
        """Say why there are no figures."""


class FiguresPresenter:
    """Counts anew each time it is asked."""

    def __init__(self, session: Session, runner: Runner, screen: FiguresScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._found: dict[str, Figure] = {}
        self.period = year(session.today.year, session.today)

    def reload(self) -> None:
        """Count."""
        session, period = self._session, self.period
        self._runner.start(lambda: figures.figures(session, period), self._show, self._failed)

    def periods(self) -> tuple[tuple[str, str], ...]:
        """(code, words) of the periods to choose from; the first is the one to begin with."""
        this = self._session.today.year
        years = [(str(each), str(each)) for each in range(this - 1, this - _YEARS_BACK, -1)]
        return (
            (str(this), _("This year")),
            (LAST_TWELVE, _("Last twelve months")),
            *years,
            (OWN, _("From … to …")),
        )

    def choose(self, code: str) -> None:
        """Count over another period; an own one waits for its days."""
        today = self._session.today
        if code == LAST_TWELVE:
            self._count(last_twelve_months(today))
        elif code != OWN:
            self._count(year(int(code), today))

    def choose_own(self, start: str, end: str) -> None:
        """Count from a day to a day (`YYYY-MM-DD`); until both stand there, what was shown stays."""
        if not (start and end):
            return
        try:
            self._count(Period(start=date.fromisoformat(start), end=date.fromisoformat(end)))
        except KnownProblem as problem:
            self._screen.show_problem(problem_text(problem))

    def place_of(self, line: str) -> Place | None:
        """Where the list of a line is, None for a line that has none."""
        figure = self._found.get(line)
        if figure is None:
            return None
        key = (figure.key,) if figure.is_split else ()
        return Place(page=LIST_PAGE, subject=figure.code, part=_BAR.join((*self.period.bounds, *key)))

    def _count(self, period: Period) -> None:
        self.period = period
        self.reload()

    def _show(self, found: tuple[Figure, ...]) -> None:
        self._found = {_line_id(figure): figure for figure in found}
        as_of = _("As of %(day)s", day=day_in_full(self._session.today))
        self._screen.show_lines(tuple(_lines(found)), f"{as_of}  ·  {period_words(self.period)}")

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))


def period_words(period: Period) -> str:
    """ "01-01-2026 to 23-11-2026"."""
    return _("%(start)s to %(end)s", start=fact(period.start), end=fact(period.end))


def _line_id(figure: Figure) -> str:
    return f"{figure.code} {figure.key}" if figure.is_split else figure.code


def _lines(found: Sequence[Figure]) -> Iterator[Line]:
    for code, group in groupby(found, key=lambda figure: figure.code):
        figures_here = list(group)
        first = figures_here[0]
        count = "" if first.is_split else _number(first)
        yield (
            code,
            (
                Cell(main=_(first.label), strong=True),
                Cell(main=count, strong=True, right=True),
                Cell(main=_(first.definition), role="quiet"),
            ),
        )
        for figure in figures_here if first.is_split else ():
            words = part_words(figure.part)
            yield (
                _line_id(figure),
                (
                    Cell(main=f"\N{EM SPACE}{words}", spoken_as=words),
                    Cell(main=_number(figure), right=True),
                    Cell(),
                ),
            )


def _number(figure: Figure) -> str:
    if figure.number is None:
        return NOTHING
    words = number(figure.number)
    return _("%(number)s%%", number=words) if figure.unit else words


def part_words(part: str) -> str:
    """What a count is split by: a month by its name, nothing as *not recorded*."""
    if not part:
        return _("not recorded")
    year_number, dash, month_number = part.partition("-")
    if dash and len(part) == _MONTH and year_number.isdigit() and month_number.isdigit():
        return month(int(year_number), int(month_number))
    return part


# --- the list behind a figure -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHead:
    """What stands above the list: the figure with its part and period, how many, and what is counted."""

    title: str
    quiet: tuple[str, ...]
    definition: str


class FigureListScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_list(self, head: ListHead, ids: Sequence[str]) -> None:
        """Show these rows."""

    def show_problem(self, sentence: str) -> None:
        """Say why there is no list."""


class FigureListPresenter:
    """`subject` is the code of a figure, `part` the two days and perhaps a key, with bars between."""

    def __init__(self, session: Session, runner: Runner, screen: FigureListScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._rows: tuple[Listed, ...] = ()
        self._code, self._key = "", ""
        self._is_part = False
        self._period: Period | None = None

    def open(self, subject: str, part: str) -> None:
        """Show the list of a figure."""
        start, end, *key = part.split(_BAR, 2)
        self._code, self._is_part, self._key = subject, bool(key), key[0] if key else ""
        self._period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
        self.reload()

    def reload(self) -> None:
        """The same anew."""
        session, code, period, key = self._session, self._code, self._period, self._key
        wanted = key if self._is_part else None
        if period is not None:
            self._runner.start(
                lambda: figures.listed(session, code, period, wanted), self._show, self._failed
            )

    def _show(self, rows: tuple[Listed, ...]) -> None:
        assert self._period is not None
        self._rows, count, made = rows, len(rows), figures.count_of(self._code)
        lines = ngettext("%(count)d line", "%(count)d lines", count, count=count)
        part = part_words(rows[0].part) if rows and self._is_part else ""
        head = ListHead(
            title=_(made.label),
            quiet=(part, lines, period_words(self._period)),
            definition=_(made.definition),
        )
        self._screen.show_list(head, [str(at) for at in range(count)])

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))

    def fetch(self, ids: Sequence[str]) -> Sequence[tuple[Cell, ...]]:
        """The rows in sight."""
        return [_listed_cells(self._rows[int(each)]) for each in ids]

    def dossier_at(self, row: str) -> Place:
        """The family that a row is about."""
        return Place(page="family", subject=self._rows[int(row)].dossier)


def _listed_cells(row: Listed) -> tuple[Cell, ...]:
    return (
        Cell(main=row.title or _("name unknown"), aside=row.number, strong=True),
        Cell(main=row.name or (_("name unknown") if row.person else NOTHING)),
        Cell(main=fact(row.on) if row.on else NOTHING),
        Cell(main=part_words(row.part) if row.key or row.part else NOTHING),
    )
