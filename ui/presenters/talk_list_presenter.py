"""The talks of all families: first what is to be finished, then what comes, then what was held."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from app.i18n import N_, _
from app.services import talk_list
from app.services.session import Session
from app.services.talk_list import Part, TalkRow
from ui.bridge.cell import NOTHING, Cell
from ui.presenters.gate import Runner
from ui.presenters.talk_words import agreements_cell, state_cell, when_cell

HEADS: Final = (
    N_("Family"),
    N_("When"),
    N_("Kind of talk"),
    N_("Phase"),
    N_("Interpreter"),
    N_("Where it stands"),
)
PARTS: Final = (
    (Part.OPEN, N_("To finish")),
    (Part.PLANNED, N_("Planned")),
    (Part.HELD, N_("Held")),
)
_EMPTY = {
    Part.OPEN: (
        N_("No talk waits for its report"),
        N_("A talk that was begun stands here until it is finished."),
    ),
    Part.PLANNED: (N_("No talks planned"), N_("Plan a talk from the page of a family.")),
    Part.HELD: (N_("No talks yet"), N_("Record the first talk from the page of a family.")),
}


class TalkListScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_talks(self, ids: Sequence[str]) -> None:
        """Show these rows; their cells come from `fetch`."""

    def show_nothing(self, heading: str, sentence: str) -> None:
        """There are none."""

    def show_counts(self, counts: Mapping[Part, int]) -> None:
        """How many each list has."""


class TalkListPresenter:
    """`part` is the list that shows; the first one opened is the first that has talks."""

    def __init__(self, session: Session, runner: Runner, screen: TalkListScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.part: Part | None = None

    def reload(self) -> None:
        """Read again."""
        self._runner.start(self._read, self._show)

    def choose(self, part: Part) -> None:
        """Show another list."""
        self.part = part
        self.reload()

    def fetch(self, ids: Sequence[str]) -> Sequence[tuple[Cell, ...]]:
        """The cells of rows in sight; an empty row for a talk that is gone."""
        known = talk_list.rows(self._session, ids)
        return [self.cells(known[talk]) if talk in known else () for talk in ids]

    def cells(self, row: TalkRow) -> tuple[Cell, ...]:
        """One row."""
        return (
            Cell(main=row.family, native=row.native, strong=True),
            when_cell(row, self._session.today),
            Cell(main=row.kind or _("unknown")),
            Cell(main=row.phase or NOTHING, role="ink" if row.phase else "quiet"),
            Cell(main=row.interpreter or _("unknown"), role="ink" if row.interpreter else "unknown"),
            agreements_cell(row) if self.part is Part.HELD and row.agreements_open else state_cell(row),
        )

    def _read(self) -> tuple[Part, tuple[str, ...], Mapping[Part, int]]:
        counts = talk_list.counts(self._session)
        part = self.part or next((part for part, _words in PARTS if counts[part]), Part.PLANNED)
        return part, talk_list.ids(self._session, part), counts

    def _show(self, found: tuple[Part, tuple[str, ...], Mapping[Part, int]]) -> None:
        self.part, ids, counts = found
        self._screen.show_counts(counts)
        if ids:
            self._screen.show_talks(ids)
        else:
            heading, sentence = _EMPTY[self.part]
            self._screen.show_nothing(_(heading), _(sentence))
