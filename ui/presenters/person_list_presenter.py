"""The list of persons: what is searched, filtered and sorted, and what each row says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from typing_extensions import override

from app.domain.incomplete_date import IncompleteDate, Precision
from app.domain.incomplete_date_words import say_age
from app.domain.words import N_
from app.i18n import _, ngettext
from app.services import person_list
from app.services.family_list import TURNS_UNKNOWN, stretches
from app.services.person_list import (
    ADULT,
    AGE_UNKNOWN,
    CHILD,
    CLOSED,
    DISPUTED,
    EARLIER,
    PersonFilters,
    PersonOrder,
    PersonRow,
    PersonTotals,
)
from app.services.person_standing import Gone
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.family_list_presenter import Nothing, not_found, people_words
from ui.presenters.family_words import date_words, lower_first
from ui.presenters.gate import Runner
from ui.presenters.list_presenter import ListPresenter, go_to_row

HEADS = (
    N_("Name"), N_("Date of birth"), N_("V-number"), N_("Nationality"), N_("Role"), N_("Family"), N_("State"),
)  # fmt: skip
ORDERS = (
    PersonOrder.NAME, PersonOrder.BORN, PersonOrder.NUMBER, PersonOrder.NATIONALITY, PersonOrder.ROLE,
    PersonOrder.FAMILY, PersonOrder.STANDING,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPersons:
    """The outcome of one query. `elsewhere`: how many match among earlier members and in closed dossiers, when
    nobody who is here now does."""

    lines: Sequence[int]
    elsewhere: tuple[tuple[str, int], ...] = ()


class PersonListScreen(Protocol):
    """What the presenter asks of the page."""

    def show_persons(self, lines: Sequence[int]) -> None:
        """Show these rows in this order."""

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that there are none, and the way on."""

    def show_foot(self, words: str) -> None:
        """Counts at the foot."""

    def go_to(self, place: Place) -> None:
        """Open a family with one of its persons shown."""


class PersonListPresenter(ListPresenter[PersonFilters, PersonOrder, FoundPersons, PersonTotals]):
    """Everybody, one line per person and family; who left is asked for by itself."""

    def __init__(self, session: Session, runner: Runner, screen: PersonListScreen) -> None:
        super().__init__(runner, filters=PersonFilters(), order=PersonOrder.NAME)
        self._session, self._screen = session, screen

    def go_on(self, way: str) -> None:
        """Take the way that an empty list offers."""
        if way in (EARLIER, CLOSED):
            self.narrow(replace(self.filters, other=way))
        elif way == "all":
            self.widen()

    def open(self, line: int) -> None:
        """Go to the family of a line, with that person chosen."""
        self._with_row(
            line, lambda row: Place(page="family", subject=row.dossier, part=f"overview/{row.person}")
        )

    def change(self, line: int) -> None:
        """Go to the form of the family of a line, at that person."""
        self._with_row(line, lambda row: Place(page="family_form", subject=row.dossier, part=row.person))

    def _with_row(self, line: int, place: Callable[[PersonRow], Place]) -> None:
        go_to_row(self._runner, lambda: person_list.rows(self._session, (line,)), place, self._screen.go_to)

    @override
    def _find(
        self, query: str, filters: PersonFilters, order: PersonOrder, *, descending: bool
    ) -> FoundPersons:
        lines = person_list.lines(self._session, query, filters=filters, order=order, descending=descending)
        elsewhere = []
        if query and not lines and not filters.other:
            for other in (EARLIER, CLOSED):
                there = person_list.lines(self._session, query, filters=replace(filters, other=other))
                elsewhere += [(other, len(there))] if there else []
        return FoundPersons(lines=lines, elsewhere=tuple(elsewhere))

    @override
    def _show(self, found: FoundPersons) -> None:
        if found.lines:
            self._screen.show_persons(found.lines)
        else:
            self._screen.show_nothing(self._nothing(found))
        self._screen.show_foot(people_words(len(found.lines), 0, 0) if found.lines else "")

    @override
    def _count(self, found: FoundPersons, query: str, filters: PersonFilters) -> PersonTotals:
        return person_list.totals(self._session, found.lines, query, filters)

    @override
    def _show_counts(self, found: FoundPersons, counts: PersonTotals) -> None:
        self._screen.show_foot(
            people_words(counts.persons, counts.children, counts.age_unknown) if found.lines else ""
        )

    def _nothing(self, found: FoundPersons) -> Nothing:
        if found.elsewhere:
            way, count = found.elsewhere[0]
            return Nothing(
                heading=not_found(self.query),
                sentence=_elsewhere_words(way, count),
                way=way,
                way_words=_("Show who left a family") if way == EARLIER else _("Show closed dossiers"),
            )
        show_all = _("Show all persons")
        if self.query:
            sentence = _("Searched in names, in every script, and in V-numbers and dossier numbers.")
            return Nothing(heading=not_found(self.query), sentence=sentence, way="all", way_words=show_all)
        if self.filters.any:
            sentence = _("No person meets all filters at once.")
            return Nothing(heading=_("No persons"), sentence=sentence, way="all", way_words=show_all)
        return Nothing(
            heading=_("No persons yet"),
            sentence=_(
                "Here stands everybody who belongs to a family, children too. Register a family first."
            ),
            way="new",
            way_words=_("New family"),
        )

    # -- filters -----------------------------------------------------------------------------------------------------

    def ages(self) -> tuple[tuple[str, str], ...]:
        """The ages to filter by: code and words."""
        turning = tuple(
            (each.code, _("turns 18 within %(months)d months", months=months))
            for each, months in stretches(self._session)
        )
        return (
            (CHILD, _("children")),
            (ADULT, _("adults")),
            (AGE_UNKNOWN, _("unknown whether 18")),
            *turning,
            (TURNS_UNKNOWN, _("unknown on which day 18")),
        )

    def others(self) -> tuple[tuple[str, str], ...]:
        """The filters under *More*."""
        return (
            (EARLIER, _("no longer in the family")),
            (CLOSED, _("closed dossiers")),
            (DISPUTED, _("to be cleared up")),
        )

    def fetch(self, lines: Sequence[int]) -> Sequence[tuple[Cell, ...]]:
        """One row of cells per line; an empty one for a line that is gone."""
        today = self._session.today
        return [
            row_cells(row, today) if row is not None else () for row in person_list.rows(self._session, lines)
        ]


def _elsewhere_words(way: str, count: int) -> str:
    if way == EARLIER:
        return ngettext(
            "Among those who left a family there is %(count)d.",
            "Among those who left a family there are %(count)d.",
            count,
            count=count,
        )
    return ngettext(
        "In the closed dossiers there is %(count)d.",
        "In the closed dossiers there are %(count)d.",
        count,
        count=count,
    )


def row_cells(row: PersonRow, today: date) -> tuple[Cell, ...]:
    """What the seven columns say of a person."""
    unknown = Cell(main=_("unknown"), role="quiet")
    return (
        Cell(
            main=row.name.listed or row.name.native or _("name unknown"),
            native=row.name.native if row.name.listed else "",
            aside=_("difference") if row.disputed else "",
            strong=True,
        ),
        _birth_cell(row.born, today) if row.born is not None else unknown,
        Cell(main=row.numbers) if row.numbers else unknown,
        Cell(main=row.nationality, aside=_("stated") if row.is_stated else "")
        if row.nationality
        else unknown,
        Cell(main=row.role) if row.role else unknown,
        Cell(main=row.family or row.family_number, aside=_family_aside(row)),
        _standing_cell(row),
    )


def _birth_cell(born: IncompleteDate, today: date) -> Cell:
    """As short as the date is known; who hears it is told in full what is not known of it."""
    words = date_words(born)
    short = {
        Precision.MONTH: f"{born.month or 0:02}-{born.year}",
        Precision.YEAR: f"{born.year}",
    }.get(born.precision, words)
    return Cell(main=short, aside=say_age(born, today, translate=_), spoken_as=words)


def _family_aside(row: PersonRow) -> str:
    return _("closed") if row.closed else row.family_number if row.family else ""


def _standing_cell(row: PersonRow) -> Cell:
    """The word first: who left is seen to have left, in every colour."""
    on = date_words(row.standing_on) if row.standing_on is not None else ""
    if row.gone is Gone.EARLIER:
        aside = ", ".join(part for part in (lower_first(row.standing), on) if part)
        return Cell(main=_("no longer in the family"), aside=aside, role="quiet")
    if row.gone is Gone.LEFT:
        return Cell(main=row.standing or _("left"), aside=on, role="quiet")
    return Cell(main=row.standing or NOTHING)
