"""The list of departures: the next one first, each with what its sheets still lack."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.words import N_
from app.i18n import _, formats, ngettext
from app.services import departure_list
from app.services.departure_list import DepartureRow, DepartureState
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.gate import Runner

HEADS = (
    N_("Departure"),
    N_("Family"),
    N_("Who travels"),
    N_("Kind"),
    N_("Destination"),
    N_("State"),
    N_("Sheets"),
)
_AT_ONCE = 24
_NAMES = 2
Row = tuple[str, tuple[Cell, ...]]


class DepartureListScreen(Protocol):
    """What the presenter asks of the list."""

    def show_departures(self, rows: Sequence[Row]) -> None:
        """Show these rows; none is the empty list."""

    def show_foot(self, words: str) -> None:
        """Show the count."""


class DepartureListPresenter:
    """`everything` also shows what was carried out or cancelled; with a `dossier` only its own."""

    def __init__(self, session: Session, runner: Runner, screen: DepartureListScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.everything, self.dossier = False, ""
        self._asked = 0
        self._rows: tuple[DepartureRow, ...] = ()
        self._gaps: dict[str, int] = {}

    def show(self, *, everything: bool, dossier: str = "") -> None:
        """Show these departures."""
        self.everything, self.dossier = everything, dossier
        self.reload()

    def row(self, departure: str) -> DepartureRow | None:
        """A row by the id of its departure."""
        return next((row for row in self._rows if row.departure == departure), None)

    def reload(self) -> None:
        """Ask anew: the rows at once, then how much their sheets lack, a few at a time."""
        self._asked += 1
        number, everything, dossier = self._asked, self.everything, self.dossier
        self._runner.start(
            lambda: departure_list.rows(self._session, everything=everything, dossier=dossier),
            lambda rows: self._show(number, rows),
        )

    def _show(self, number: int, rows: tuple[DepartureRow, ...]) -> None:
        if number != self._asked:
            return
        self._rows, self._gaps = rows, {}
        self._tell()
        words = ngettext("%(count)d departure", "%(count)d departures", len(rows), count=len(rows))
        self._screen.show_foot(words if rows else "")
        self._count(
            number, [row for row in rows if row.state in (DepartureState.PLANNED, DepartureState.OVERDUE)]
        )

    def _count(self, number: int, left: Sequence[DepartureRow]) -> None:
        now, later = left[:_AT_ONCE], left[_AT_ONCE:]
        if not now:
            return

        def counted(found: dict[str, int]) -> None:
            if number == self._asked:
                self._gaps.update(found)
                self._tell()
                self._count(number, later)

        self._runner.start(lambda: departure_list.gaps(self._session, now), counted)

    def _tell(self) -> None:
        self._screen.show_departures([(row.departure, self._cells(row)) for row in self._rows])

    def _cells(self, row: DepartureRow) -> tuple[Cell, ...]:
        day = row.leaves_on
        when = formats.day(day, self._session.today) if day is not None else _("unknown")
        late = row.state is DepartureState.OVERDUE
        return (
            Cell(
                main=when,
                aside=row.leaves_at[11:16],
                icon="" if day is not None else "state.unknown",
                role="late" if late else "ink",
            ),
            Cell(main=row.family, native=row.native, strong=True),
            Cell(main=names_words(row.names)),
            Cell(main=kinds_words(self._session, row.kinds)),
            Cell(main=row.destination or _("unknown"), icon="" if row.destination else "state.unknown"),
            state_cell(row.state),
            self._sheets(row),
        )

    def _sheets(self, row: DepartureRow) -> Cell:
        if row.persons and row.finals == len(row.persons) and not self._gaps.get(row.departure):
            return Cell(main=_("final"), icon="state.good", role="good")
        gaps = self._gaps.get(row.departure)
        if gaps is None:
            return Cell(main="" if row.state is DepartureState.PLANNED else "–")
        if gaps:
            words = ngettext("%(count)d missing", "%(count)d missing", gaps, count=gaps)
            return Cell(main=words, icon="state.watch", role="watch")
        return Cell(main=_("complete"), icon="state.good", role="good")


def names_words(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    shown = list(names[:_NAMES])
    more = len(names) - len(shown)
    if more:
        shown.append(ngettext("%(count)d more", "%(count)d more", more, count=more))
    return formats.listed(shown)


def kinds_words(session: Session, kinds: Sequence[str]) -> str:
    """The kinds of special departure in words, "ordinary" where none holds."""
    from app.i18n import language

    words = {item.code: item.label(language()) for item in session.content.departure_kinds}
    return ", ".join(words[kind] for kind in kinds) if kinds else _("not special")


def state_cell(state: DepartureState) -> Cell:
    """The state in words; only what went past its day has colour."""
    if state is DepartureState.OVERDUE:
        return Cell(main=_("Day has passed"), icon="state.late", role="late")
    words = {
        DepartureState.PLANNED: _("Planned"),
        DepartureState.DEPARTED: _("Departed"),
        DepartureState.CANCELLED: _("Cancelled"),
    }
    return Cell(main=words[state])
