"""The list of dossiers: which ones and in which order by SQL, and only the rows in sight with their words.

A page of rows is read when it scrolls into view, so that 100,000 dossiers cost what sixteen do. A line is named by the
number of its dossier in this store (`app.storage.scope_number`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from app.domain.dated_event import bare_code, day_of
from app.domain.guidance import Choice
from app.domain.request_track import TrackState
from app.domain.work_calendar import Length, Unit, shift
from app.i18n import language
from app.services import agenda, line_order, words
from app.services.line_order import Asked, marks
from app.services.session import Session
from app.storage import search, summary
from app.storage.plain_rows import plain_column, plain_rows
from app.storage.shielding import hidden

FEW = 1_000
"""So many lines are looked up by name; of more than that all are read and the others left out."""
TURNS_LIST = "achttien"
NO_REQUEST, ON_HOLD = "none", "held"
"""Values of `Filters.request` beside the stage codes of the tracks."""
TURNS_UNKNOWN = "?"
"""Value of `Filters.turns_18` for families of which nobody can say when the last child comes of age."""


class Order(StrEnum):
    """What the list can be sorted by."""

    TITLE = "title"
    MEMBERS = "members"
    PHASE = "phase"
    REQUEST = "request"
    EXPIRES = "expires"
    NEXT = "next"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows the list; empty values do not. `phase` and `request` are bare codes, days count from today.

    `turns_18` is a bare code of the list `achttien`, or `TURNS_UNKNOWN`.
    """

    mine: bool = False
    phase: str = ""
    request: str = ""
    flight_within_days: int = 0
    expires_within_days: int = 0
    disputed: bool = False
    closed: bool = False
    turns_18: str = ""

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return self != Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """One dossier as a list shows it. `expires_on` None with `has_document` means: not known until when."""

    dossier: str
    title: str
    native: str
    number: str
    adults: int
    children: int
    age_unknown: int
    phase: str
    request: str
    stage: str
    on_hold: bool
    issued: bool
    ended: bool
    expires_on: date | None
    has_document: bool
    flight_on: date | None
    next_on: date | None
    next_words: str
    owner: str
    closed: bool
    disputed: int
    turns_18_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Families in a list and the people in them; `age_unknown` are of unknown age, and in neither other number."""

    families: int = 0
    adults: int = 0
    children: int = 0
    age_unknown: int = 0

    @property
    def persons(self) -> int:
        """Everybody."""
        return self.adults + self.children + self.age_unknown


_STATE = "substr(s.request_state, instr(s.request_state, '|') + 1)"
_FLIGHT = "(SELECT min(a.due_on) FROM d_agenda a WHERE a.dossier = s.dossier AND a.what = 'flight')"
_TRAVEL_DOCUMENT = (
    "EXISTS(SELECT 1 FROM r_membership m JOIN r_original o ON o.scope = m.person WHERE m.scope = s.dossier"
    " AND m.to_on IS NULL AND o.returned_on IS NULL AND substr(o.kind, 18) IN ({kinds})"
    f" AND NOT {hidden('m.person', 'm.scope')})"
)
_ALL = "SELECT s.no FROM d_summary s"
_AMONG = "SELECT s.no FROM json_each(?) j CROSS JOIN d_summary s ON s.no = j.value"
_COLUMNS = {
    Order.TITLE: "sort_key",
    Order.MEMBERS: "members",
    Order.PHASE: "phase",
    Order.REQUEST: "request_state",
    Order.EXPIRES: "expires_on",
    Order.NEXT: "next_on",
    Order.OWNER: "owner",
}
_BY_CODE = frozenset({Order.PHASE, Order.REQUEST, Order.OWNER})


def lines(
    session: Session,
    query: str = "",
    *,
    filters: Filters | None = None,
    order: Order = Order.TITLE,
    descending: bool = False,
) -> Sequence[int]:
    """The dossiers that match every word of `query` and all filters, in order; what is empty comes last."""
    with session.store.read() as conn:
        found = search.dossiers(conn, query) if query.strip() else None
        if found is not None and not found:
            return ()
        few = tuple(found) if found is not None and len(found) <= FEW and order not in _BY_CODE else ()
        asked = _asked(session, filters or Filters(), few)
        return line_order.read(conn, _in_order(conn, session, asked, order, descending=descending), found)


def _asked(session: Session, filters: Filters, few: tuple[int, ...]) -> Asked:
    """The lines that meet the filters, of these when there are few."""
    sql, values = (_AMONG, (json.dumps(few),)) if few else (_ALL, ())
    where = list(_conditions(session, filters))
    conditions = " AND ".join(condition for condition, _given in where)
    return f"{sql} WHERE {conditions}", (*values, *(value for _sql, given in where for value in given))


_NAMES = "SELECT s.dossier FROM json_each(?) j CROSS JOIN d_summary s ON s.no = j.value ORDER BY j.key"


def ids(session: Session, query: str = "", *, filters: Filters | None = None) -> tuple[str, ...]:
    """The ids of these dossiers, by title."""
    found = json.dumps(list(lines(session, query, filters=filters)))
    with session.store.read() as conn:
        return tuple(plain_column(conn, _NAMES, (found,)))


def _conditions(session: Session, filters: Filters) -> Iterator[Asked]:
    today = session.today
    yield "s.closed = ?", (int(filters.closed),)
    if filters.mine:
        yield "s.owner = ?", (session.officer,)
    if filters.phase:
        yield "s.phase LIKE '%:' || ?", (filters.phase,)
    if filters.request == NO_REQUEST:
        yield "s.request_state IS NULL", ()
    elif filters.request:
        codes = [state.code for state in _states(session) if _falls_under(state, filters.request)]
        yield f"{_STATE} IN ({marks(codes)})", tuple(codes)
    if filters.flight_within_days:
        until = (today + timedelta(days=filters.flight_within_days)).isoformat()
        yield f"{_FLIGHT} BETWEEN ? AND ?", (today.isoformat(), until)
    if filters.expires_within_days:
        yield "s.expires_on <= ?", ((today + timedelta(days=filters.expires_within_days)).isoformat(),)
    if filters.disputed:
        yield "s.disputed > 0", ()
    if filters.turns_18 == TURNS_UNKNOWN:
        yield "s.turns_18_on = ?", (summary.UNKNOWN,)
    elif filters.turns_18:
        yield (
            "s.turns_18_on <= ? AND s.turns_18_on <> ?",
            (turns_until(session, filters.turns_18), summary.UNKNOWN),
        )


def turns_until(session: Session, code: str) -> str:
    """The last day of a stretch of the list `achttien`; a code that is not there looks at nothing."""
    months = next((months for each, months in stretches(session) if each.code == code), 0)
    start = datetime.combine(session.today, time())
    until = shift(start, Length(months, Unit.MONTH), session.content.work_calendar)
    return until.date().isoformat() if until is not None else ""


def stretches(session: Session) -> tuple[tuple[Choice, int], ...]:
    """The list `achttien`, each with its number of months."""
    return tuple(
        (each, next((int(t.partition(":")[2]) for t in each.traits if t.startswith("number:")), 0))
        for each in session.content.choices("basis", TURNS_LIST)
    )


def _in_order(
    conn: Connection, session: Session, asked: Asked, order: Order, *, descending: bool
) -> Iterator[Asked]:
    column = f"s.{_COLUMNS[order]}"
    if order not in _BY_CODE:
        return line_order.by_column(asked, column, _BY_TITLE, descending=descending)
    groups, empty = _ranked(conn, session, order)
    return line_order.by_groups(asked, column, groups, _BY_TITLE, empty=empty, descending=descending)


_BY_TITLE = ("s.sort_key", "s.no")


def _ranked(conn: Connection, session: Session, order: Order) -> tuple[list[list[str]], list[str]]:
    """What stands in a column, in order, and what of it has no place; what says the same stands together. Phases and
    states follow the order in which a case goes through them, officers their names."""
    column, places = _COLUMNS[order], _places(conn, session, order)
    found: dict[int, list[str]] = {}
    for value in plain_column(conn, f"SELECT DISTINCT {column} FROM d_summary WHERE {column} IS NOT NULL"):
        found.setdefault(places.get(_code(order, value), len(places)), []).append(value)
    empty = found.pop(len(places), [])
    return [found[place] for place in sorted(found)], empty


def _code(order: Order, value: str) -> str:
    if order is Order.REQUEST:
        return agenda.state_code(value)[1]
    return value if order is Order.OWNER else bare_code(value)


def _places(conn: Connection, session: Session, order: Order) -> dict[str, int]:
    if order is Order.OWNER:
        names = dict(plain_rows(conn, "SELECT id, name FROM r_officer WHERE name IS NOT NULL"))
        ranks = {name: rank for rank, name in enumerate(sorted(set(names.values())))}
        return {officer: ranks[name] for officer, name in names.items()}
    known = session.content.phases if order is Order.PHASE else _states(session)
    places: dict[str, int] = {}
    for each in known:
        places.setdefault(each.code, len(places))
    return places


def _states(session: Session) -> Iterator[TrackState]:
    for track in session.content.tracks.values():
        yield from track.states.values()


def _falls_under(state: TrackState, wanted: str) -> bool:
    return state.pauses if wanted == ON_HOLD else state.stage == wanted and not state.pauses


_ROW = (
    "SELECT s.no, s.dossier, s.title, s.title_native, s.number, s.adults, s.children, s.age_unknown, s.phase,"
    f" s.request_state, s.expires_on, {_TRAVEL_DOCUMENT}, {_FLIGHT}, s.next_on, s.next_what,"
    " coalesce((SELECT w.name FROM r_officer w WHERE w.id = s.owner), ''), s.closed, s.disputed, s.turns_18_on"
    " FROM d_summary s WHERE s.{column} IN ({marks})"
)


def rows(session: Session, lines: Sequence[int]) -> tuple[FamilyRow | None, ...]:
    """One row per line in the order asked, None for a dossier that is gone meanwhile."""
    return tuple(map(_found(session, "no", lines).get, lines))


def rows_of(session: Session, dossiers: Sequence[str]) -> tuple[FamilyRow | None, ...]:
    """The same of dossiers by their ids."""
    found = {row.dossier: row for row in _found(session, "dossier", dossiers).values()}
    return tuple(map(found.get, dossiers))


def _found(session: Session, column: str, values: Sequence[int] | Sequence[str]) -> dict[int, FamilyRow]:
    kinds = travel_kinds(session)
    sql = _ROW.format(column=column, marks=marks(values), kinds=marks(kinds))
    states = {state.code: state for state in _states(session)}
    with session.store.read() as conn:
        found = conn.exec_driver_sql(sql, (*kinds, *values)).all()
    return {number: _row(session, row, states) for number, *row in found}


def travel_kinds(session: Session) -> tuple[str, ...]:
    """Bare codes of the papers with which a person can travel."""
    return tuple(
        kind.code for kind in session.content.choices("basis", "documentsoort") if "travel" in kind.traits
    )


def _row(session: Session, row: Sequence[Any], states: dict[str, TrackState]) -> FamilyRow:
    state = states.get(agenda.state_code(row[8])[1])
    return FamilyRow(
        dossier=row[0],
        title=row[1],
        native=row[2],
        number=row[3],
        adults=row[4],
        children=row[5],
        age_unknown=row[6],
        phase=session.content.label(row[7], language()) if row[7] else "",
        request=words.state_words(session, row[8]),
        stage=state.stage if state else "",
        on_hold=state is not None and state.pauses,
        issued=state is not None and state.holds_document,
        ended=state is not None and state.is_end,
        expires_on=day_of(row[9]),
        has_document=bool(row[10]),
        flight_on=day_of(row[11]),
        next_on=day_of(row[12]),
        next_words=words.next_words(session, row[13]),
        owner=row[14],
        closed=bool(row[15]),
        disputed=row[16],
        turns_18_on=day_of(row[17]) if row[17] != summary.UNKNOWN else None,
    )


_SUMS = (
    "SELECT sum(s.adults), sum(s.children), sum(s.age_unknown)"
    " FROM json_each(?) j CROSS JOIN d_summary s ON s.no = j.value"
)


def totals(session: Session, lines: Sequence[int]) -> Totals:
    """How many families and people these are."""
    with session.store.read() as conn:
        row = conn.exec_driver_sql(_SUMS, (json.dumps(list(lines)),)).one()
    adults, children, age_unknown = (number or 0 for number in row)
    return Totals(families=len(lines), adults=adults, children=children, age_unknown=age_unknown)
