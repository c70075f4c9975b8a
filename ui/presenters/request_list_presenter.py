"""All requests over all dossiers: what is searched, filtered and sorted, and what each row says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.domain.words import N_
from app.i18n import _, formats, language, ngettext
from app.services import request_list, words
from app.services.request_list import ENDED, LATE, ON_HOLD, RUNNING, UNKNOWN, Order, RequestRow
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.family_words import document_sign, lower_first
from ui.presenters.gate import Runner

HEADS = (N_("Family"), N_("For whom"), N_("Country"), N_("State"), N_("Since"), N_("Next term"))
ORDERS = (Order.FAMILY, Order.FAMILY, Order.COUNTRY, Order.STATE, Order.SINCE, Order.NEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What an empty list says; `all_` offers to show all requests."""

    heading: str
    sentence: str
    all_: bool


class RequestListScreen(Protocol):
    """What the presenter asks of the page."""

    def show_requests(self, ids: Sequence[str]) -> None:
        """Show these rows in this order."""

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that there are none."""

    def show_foot(self, words: str) -> None:
        """Counts at the foot."""


class RequestListPresenter:
    """`query`, `state`, `order` and `descending` are what is asked now."""

    def __init__(self, session: Session, runner: Runner, screen: RequestListScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.query, self.state = "", RUNNING
        self.order, self.descending = Order.NEXT, False
        self._asked = 0

    def search(self, query: str) -> None:
        """Look for all words of `query` in the families."""
        if query.strip() != self.query:
            self.query = query.strip()
            self.reload()

    def narrow(self, state: str) -> None:
        """Show the requests in this state or group of states."""
        if (state or "") != self.state:
            self.state = state
            self.reload()

    def sort(self, order: Order) -> None:
        """Sort by a column; the same one again turns the order around."""
        self.descending = not self.descending if order is self.order else False
        self.order = order
        self.reload()

    def show_all(self) -> None:
        """Forget search and filter."""
        self.query, self.state = "", ""
        self.reload()

    def states(self) -> tuple[tuple[str, str], ...]:
        """Groups of states to filter by: code and words."""
        stages = [
            (
                stage.code,
                f"{stage.label(language())} ({track.label(language())})"
                if number
                else stage.label(language()),
            )
            for number, track in enumerate(self._session.content.tracks.values())
            for stage in track.stages
        ]
        groups = (
            (RUNNING, _("Running")), (LATE, _("Late")), (ON_HOLD, _("On hold")), (ENDED, _("Ended")),
            (UNKNOWN, _("State unknown")),
        )  # fmt: skip
        return (*groups, *stages)

    def reload(self) -> None:
        """Ask anew; an answer to an older question is dropped."""
        self._asked += 1
        number, query, state, order, down = self._asked, self.query, self.state, self.order, self.descending
        self._runner.start(
            lambda: request_list.ids(self._session, query, state=state, order=order, descending=down),
            lambda found: self._show(number, found),
        )

    def _show(self, number: int, ids: tuple[str, ...]) -> None:
        if number != self._asked:
            return
        if ids:
            self._screen.show_requests(ids)
        else:
            self._screen.show_nothing(self._nothing())
        count = ngettext("%(count)s request", "%(count)s requests", len(ids), count=formats.number(len(ids)))
        self._screen.show_foot(count if ids else "")

    def _nothing(self) -> Nothing:
        if self.query:
            heading = _("Nobody found with “%(query)s”.", query=self.query)
            return Nothing(heading=heading, sentence=_("Searched in the families with a request."), all_=True)
        if self.state and self.state != RUNNING:
            return Nothing(heading=_("No requests"), sentence=_("No request stands there now."), all_=True)
        sentence = _("Here stand all requests for a travel document. Begin one in the dossier of a family.")
        return Nothing(heading=_("No running requests"), sentence=sentence, all_=self.state == RUNNING)

    def fetch(self, ids: Sequence[str]) -> Sequence[tuple[Cell, ...]]:
        """One row of cells per id; an empty one for a request that is gone."""
        found = request_list.rows(self._session, ids)
        return [row_cells(row, self._session.today) if row is not None else () for row in found]

    @staticmethod
    def place(request: str) -> Place:
        """Where a request is opened."""
        return Place(page="request", subject=request)


def row_cells(row: RequestRow, today: date) -> tuple[Cell, ...]:
    """What the six columns say of a request."""
    people = formats.listed(row.people) or _("nobody named")
    everybody = row.everybody and len(row.people) > 1
    return (
        Cell(main=row.family, native=row.family_native, strong=True),
        Cell(main=_("whole family") if everybody else people, spoken_as=people),
        Cell(main=row.country)
        if row.country
        else Cell(main=_("unknown"), icon="state.unknown", role="unknown"),
        state_cell(row),
        Cell(main=formats.day(row.since, today)) if row.since else Cell(main=_("unknown"), role="quiet"),
        next_cell(row, today),
    )


def state_cell(row: RequestRow) -> Cell:
    """The state with its sign; two values, and a code that is not known, count as unknown."""
    if row.disputed or not row.state_words:
        why = _("two values") if row.disputed else row.state
        return Cell(main=_("unknown"), aside=why, icon="state.unknown", role="unknown")
    icon, role = document_sign(row.stage, on_hold=row.on_hold, held=row.issued)
    return Cell(main=row.state_words, icon="" if row.ended else icon, role="quiet" if row.ended else role)


def next_cell(row: RequestRow, today: date) -> Cell:
    """The term that is due first: how long it still runs, and which it is."""
    if row.next_on is None:
        return Cell(main=NOTHING)
    left = (row.next_on - today).days
    said, aside = words.days_words(left), lower_first(row.next_words)
    if left < 0:
        return Cell(main=said, aside=aside, role="late", icon="state.late")
    return Cell(main=said, aside=aside)
