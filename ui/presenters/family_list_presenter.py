"""The list of dossiers: what is searched, filtered and sorted, and what each row says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from typing_extensions import override

from app.domain.words import N_
from app.i18n import _, formats, language, ngettext
from app.services import family_list, removed_family
from app.services.family_list import (
    NO_REQUEST,
    ON_HOLD,
    TURNS_LIST,
    TURNS_UNKNOWN,
    FamilyRow,
    Filters,
    Order,
    Totals,
)
from app.services.session import Session
from ui.bridge.cell import NOTHING, Cell
from ui.bridge.place import Place
from ui.presenters.family_words import day_words, document_sign, lower_first, members_words, with_children
from ui.presenters.gate import Runner
from ui.presenters.list_presenter import ListPresenter, go_to_row

HEADS = (
    N_("Family"), N_("Members"), N_("Phase (family)"), N_("Travel document"), N_("Expires first"), N_("Next step"),
    N_("Case officer"),
)  # fmt: skip
ORDERS = (Order.TITLE, Order.MEMBERS, Order.PHASE, Order.REQUEST, Order.EXPIRES, Order.NEXT, Order.OWNER)
_SOON_DAYS = 30
_FLIGHT_DAYS = (7, 30, 90)
_EXPIRY_DAYS = (30, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The outcome of one query. `in_closed`: how many closed dossiers match when no open one does."""

    lines: Sequence[int]
    in_closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is counted beside the lines. `removed`: how many families were removed as a mistake."""

    totals: Totals
    removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """What an empty list says, and the one way on: "new", "all", "closed" or ""."""

    heading: str
    sentence: str
    way: str = ""
    way_words: str = ""


class FamilyListScreen(Protocol):
    """What the presenter asks of the page."""

    def show_families(self, lines: Sequence[int]) -> None:
        """Show these rows in this order."""

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that there are none, and the way on."""

    def show_foot(self, words: str) -> None:
        """Counts at the foot."""

    def show_removed(self, words: str) -> None:
        """The way to the removed families; "" when there are none."""

    def go_to(self, place: Place) -> None:
        """Open a family, or its form."""


class FamilyListPresenter(ListPresenter[Filters, Order, Found, Counts]):
    """The list of families: one line for each."""

    def __init__(self, session: Session, runner: Runner, screen: FamilyListScreen) -> None:
        super().__init__(runner, filters=Filters(), order=Order.TITLE)
        self._session, self._screen = session, screen

    def go_on(self, way: str) -> None:
        """Take the way that an empty list offers."""
        if way == "closed":
            self.narrow(replace(self.filters, closed=True))
        elif way == "all":
            self.widen()

    def open(self, line: int, page: str = "family") -> None:
        """Go to the family of a line, or to another page about it."""
        go_to_row(
            self._runner,
            lambda: family_list.rows(self._session, (line,)),
            lambda row: Place(page=page, subject=row.dossier),
            self._screen.go_to,
        )

    @override
    def _find(self, query: str, filters: Filters, order: Order, *, descending: bool) -> Found:
        lines = family_list.lines(self._session, query, filters=filters, order=order, descending=descending)
        closed: Sequence[int] = ()
        if not lines and not filters.closed:
            closed = family_list.lines(self._session, query, filters=replace(filters, closed=True))
        return Found(lines=lines, in_closed=len(closed))

    @override
    def _show(self, found: Found) -> None:
        if found.lines:
            self._screen.show_families(found.lines)
        else:
            self._screen.show_nothing(self._nothing(found))
        self._screen.show_foot(families_words(len(found.lines)) if found.lines else "")

    @override
    def _count(self, found: Found, query: str, filters: Filters) -> Counts:
        totals = family_list.totals(self._session, found.lines)
        return Counts(totals=totals, removed=removed_family.count(self._session))

    @override
    def _show_counts(self, found: Found, counts: Counts) -> None:
        self._screen.show_foot(foot_words(counts.totals) if found.lines else "")
        self._screen.show_removed(_("Removed: %(count)d", count=counts.removed) if counts.removed else "")

    def _nothing(self, found: Found) -> Nothing:
        if found.in_closed and self.query:
            sentence = ngettext(
                "In the closed dossiers there is %(count)d.",
                "In the closed dossiers there are %(count)d.",
                found.in_closed,
                count=found.in_closed,
            )
            words = _("Show closed dossiers")
            return Nothing(heading=not_found(self.query), sentence=sentence, way="closed", way_words=words)
        if self.query:
            sentence = _("Searched in names, in every script, and in V-numbers and dossier numbers.")
            return Nothing(
                heading=not_found(self.query), sentence=sentence, way="all", way_words=_("Show all families")
            )
        if self.filters.any:
            sentence = _("No family meets all filters at once.")
            return Nothing(
                heading=_("No families"), sentence=sentence, way="all", way_words=_("Show all families")
            )
        return Nothing(
            heading=_("No families yet"),
            sentence=_("Here stand all families of the location, one line each. Register the first."),
            way="new",
            way_words=_("New family"),
        )

    # -- filters -----------------------------------------------------------------------------------------------------

    def phases(self) -> tuple[tuple[str, str], ...]:
        """The phases to filter by: bare code and words."""
        return tuple((phase.code, phase.label(language())) for phase in self._session.content.phases)

    def requests(self) -> tuple[tuple[str, str], ...]:
        """The stages of a travel document to filter by."""
        stages = self._session.content.tracks["lp"].stages
        return (
            (NO_REQUEST, _("Not started")),
            (ON_HOLD, _("On hold")),
            *((stage.code, stage.label(language())) for stage in stages),
        )

    def flights(self) -> tuple[tuple[str, str], ...]:
        """Days until departure to filter by."""
        return tuple((f"{days}", _("within %(days)d days", days=days)) for days in _FLIGHT_DAYS)

    def others(self) -> tuple[tuple[str, str], ...]:
        """The filters under *More*."""
        expiring = tuple(
            (f"expires:{days}", _("document expires within %(days)d days", days=days))
            for days in _EXPIRY_DAYS
        )
        turning = tuple(
            (f"turns:{each.code}", each.label(language()))
            for each in self._session.content.choices("basis", TURNS_LIST)
        )
        unknown = (f"turns:{TURNS_UNKNOWN}", _("unknown when the youngest turns 18"))
        return (
            *expiring,
            *turning,
            unknown,
            ("disputed", _("to be cleared up")),
            ("closed", _("closed dossiers")),
        )

    def with_other(self, key: str) -> Filters:
        """The filters with one of `others` chosen; "" takes them away."""
        kind, _colon, rest = key.partition(":")
        return replace(
            self.filters,
            expires_within_days=int(rest) if kind == "expires" else 0,
            disputed=kind == "disputed",
            closed=kind == "closed",
            turns_18=rest if kind == "turns" else "",
        )

    def other(self) -> str:
        """The key of the one of `others` that is in force."""
        if self.filters.expires_within_days:
            return f"expires:{self.filters.expires_within_days}"
        if self.filters.turns_18:
            return f"turns:{self.filters.turns_18}"
        return "disputed" if self.filters.disputed else "closed" if self.filters.closed else ""

    # -- rows --------------------------------------------------------------------------------------------------------

    def fetch(self, lines: Sequence[int]) -> Sequence[tuple[Cell, ...]]:
        """One row of cells per line; an empty one for a dossier that is gone."""
        found = family_list.rows(self._session, lines)
        today, turns = self._session.today, bool(self.filters.turns_18)
        return [row_cells(row, today, turns=turns) if row is not None else () for row in found]


def not_found(query: str) -> str:
    """That a search found nobody."""
    return _("Nobody found with “%(query)s”.", query=query)


def row_cells(row: FamilyRow, today: date, *, turns: bool = False) -> tuple[Cell, ...]:
    """What the seven columns say of a family; with `turns` also when its youngest turns 18."""
    return (
        Cell(
            main=row.title,
            native=row.native,
            aside=_aside(row, turns=turns),
            strong=True,
        ),
        Cell(main=members_words(row.adults, row.children, row.age_unknown) or NOTHING),
        Cell(main=row.phase or NOTHING),
        _document_cell(row),
        _expiry_cell(row, today),
        _next_cell(row, today),
        Cell(main=row.owner or NOTHING),
    )


def _aside(row: FamilyRow, *, turns: bool) -> str:
    if turns and row.turns_18_on is not None:
        return _("18 on %(day)s", day=formats.fact(row.turns_18_on))
    return _("difference") if row.disputed else _("closed") if row.closed else ""


def _document_cell(row: FamilyRow) -> Cell:
    if not row.request:
        return Cell(main=_("Not started"), icon="lp.not_started")
    icon, role = document_sign(row.stage, on_hold=row.on_hold, held=row.issued)
    return Cell(main=row.request, icon="" if row.ended else icon, role="quiet" if row.ended else role)


def _expiry_cell(row: FamilyRow, today: date) -> Cell:
    if row.expires_on is None:
        return Cell(main=_("unknown"), role="quiet") if row.has_document else Cell(main=NOTHING)
    words = formats.day(row.expires_on, today)
    if row.expires_on < today or (row.flight_on is not None and row.expires_on < row.flight_on):
        return Cell(main=words, icon="state.late", role="late")
    soon = row.expires_on <= today + timedelta(days=_SOON_DAYS)
    return Cell(main=words, icon="state.watch", role="watch") if soon else Cell(main=words)


def _next_cell(row: FamilyRow, today: date) -> Cell:
    if row.next_on is None:
        return Cell(main=NOTHING)
    aside = lower_first(row.next_words)
    if row.next_on < today:
        days = (today - row.next_on).days
        said = ngettext("%(count)d day late", "%(count)d days late", days, count=days)
        return Cell(main=said, aside=aside, role="late", icon="state.late")
    return Cell(main=day_words(row.next_on, today), aside=aside)


def foot_words(totals: Totals) -> str:
    """ "300 families  ·  1.204 people, of whom 688 children"."""
    people = people_words(totals.persons, totals.children, totals.age_unknown)
    return f"{families_words(totals.families)}  ·  {people}"


def families_words(count: int) -> str:
    """ "300 families"."""
    return ngettext("%(count)s family", "%(count)s families", count, count=formats.number(count))


def people_words(persons: int, children: int, age_unknown: int) -> str:
    """ "1.204 people, of whom 688 children, 3 of unknown age"."""
    said = ngettext("%(count)s person", "%(count)s people", persons, count=formats.number(persons))
    return with_children(said, children, age_unknown)
