"""The list of requests over all dossiers: which ones and in which order by SQL, and only the rows in sight with words.

The present state is derived in the query by the rules of `request_track.position`: the last event that is a state,
an event without a day staying behind the one written down before it, and a disputed event making the state unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.dated_event import day_of
from app.domain.person_name import PersonName
from app.domain.request_track import TrackState
from app.i18n import language
from app.services import words
from app.services.agenda import EXPIRY
from app.services.request_view import in_two_states
from app.services.session import Session
from app.storage import search
from app.storage.shielding import hidden, only_hidden

RUNNING, LATE, ON_HOLD, ENDED, UNKNOWN = "running", "late", "held", "ended", "unknown"
"""Values of `state` beside the stage codes of the tracks."""


class Order(StrEnum):
    """What the list can be sorted by."""

    FAMILY = "family"
    COUNTRY = "country"
    STATE = "state"
    SINCE = "since"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request as the list shows it. `people` are first names; `everybody` says that they are the whole family.

    `state` is the raw code, empty when nothing happened, `state_words` "" when it is not known.
    """

    request: str
    dossier: str
    family: str
    family_native: str
    people: tuple[str, ...]
    everybody: bool
    track: str
    country: str
    state: str
    state_words: str
    stage: str
    on_hold: bool
    issued: bool
    ended: bool
    disputed: bool
    since: date | None
    next_on: date | None
    next_words: str


# The day of an event without one is that of the event written down before it (dated_event.in_order).
_DAY = (
    'coalesce(e."on", (SELECT b."on" FROM r_request_event b WHERE b.request = e.request AND b.id < e.id'
    " AND b.\"on\" IS NOT NULL ORDER BY b.id DESC LIMIT 1), '')"
)
_PRESENT = (
    "present AS (SELECT request, code, since, disputed FROM (SELECT e.request, substr(e.event, 18) AS code,"
    ' e."on" AS since, (e.request IN ({aside}) OR EXISTS(SELECT 1 FROM j_conflict c WHERE c.rec = e.id)) AS disputed,'
    f" row_number() OVER (PARTITION BY e.request ORDER BY {_DAY} DESC, e.id DESC) AS place FROM r_request_event e"
    " WHERE substr(e.event, 18) NOT IN ({deeds}) OR EXISTS(SELECT 1 FROM j_conflict c WHERE c.rec = e.id))"
    " WHERE place = 1)"
)
_FROM = (
    " FROM r_request r JOIN d_summary s ON s.dossier = r.scope LEFT JOIN present p ON p.request = r.id"
    " LEFT JOIN (SELECT a.about, min(a.due_on || '|' || a.what || '|' || coalesce(a.detail, '')) AS next"
    " FROM d_agenda a"
    f" WHERE a.due_on IS NOT NULL AND a.what <> '{EXPIRY}' GROUP BY a.about) n ON n.about = r.id"
)


def ids(
    session: Session,
    query: str = "",
    *,
    state: str = RUNNING,
    order: Order = Order.NEXT,
    descending: bool = False,
) -> tuple[str, ...]:
    """The requests of open dossiers in `state` ("" for all), in order; what is empty comes last."""
    states = _states(session)
    shown = f"NOT {only_hidden('request', 'r.id', 'r.scope')}"
    where = [("s.closed = 0", ()), (shown, ()), *_conditions(session, state, states)]
    by, values = _order(order, states)
    deeds = _deeds(session)
    conditions = " AND ".join(sql for sql, _params in where)
    params = [value for _sql, given in where for value in given]
    with session.store.read() as conn:
        aside = tuple(in_two_states(conn, session))
        sql = (
            f"WITH {_present(aside, deeds)} SELECT r.id, s.no {_FROM} WHERE {conditions}"
            f" ORDER BY ({by}) IS NULL, ({by}){' DESC' if descending else ''}, s.sort_key, r.id"
        )
        found = search.dossiers(conn, query) if query.strip() else None
        rows = conn.exec_driver_sql(sql, (*aside, *deeds, *params, *values, *values))
        return tuple(request for request, line in rows if found is None or line in found)


def _conditions(
    session: Session, wanted: str, states: Sequence[TrackState]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    def among(codes: list[str]) -> tuple[str, tuple[Any, ...]]:
        return f"(p.disputed = 0 AND p.code IN ({_marks(codes)}))", tuple(codes)

    if wanted in (RUNNING, LATE):
        ended, codes = among([state.code for state in states if state.is_end])
        yield f"(p.code IS NULL OR NOT {ended})", codes
    if wanted == LATE:
        yield "n.next < ?", (session.today.isoformat(),)
    elif wanted == ENDED:
        yield among([state.code for state in states if state.is_end])
    elif wanted == ON_HOLD:
        yield among([state.code for state in states if state.pauses])
    elif wanted == UNKNOWN:
        known = [state.code for state in states]
        yield f"(p.code IS NULL OR p.disputed = 1 OR p.code NOT IN ({_marks(known)}))", tuple(known)
    elif wanted and wanted != RUNNING:
        yield among([state.code for state in states if state.stage == wanted])


def _order(order: Order, states: Sequence[TrackState]) -> tuple[str, tuple[Any, ...]]:
    if order is Order.STATE:
        cases = " ".join(f"WHEN ? THEN {place}" for place in range(len(states)))
        return f"CASE p.code {cases} END", tuple(state.code for state in states)
    columns = {
        Order.FAMILY: "s.sort_key",
        Order.COUNTRY: "substr(r.country, 18)",
        Order.SINCE: "p.since",
        Order.NEXT: "n.next",
    }
    return columns[order], ()


def rows(session: Session, requests: Sequence[str]) -> tuple[RequestRow | None, ...]:
    """One row per id in the order asked, None for a request that is gone meanwhile."""
    deeds = _deeds(session)
    states = {state.code: state for state in _states(session)}
    with session.store.read() as conn:
        aside = tuple(in_two_states(conn, session))
        sql = (
            f"WITH {_present(aside, deeds)} SELECT r.id, r.scope, s.title, s.title_native, r.track, r.country,"
            " p.code, p.since, p.disputed, n.next, s.adults + s.children + s.age_unknown"
            f"{_FROM} WHERE r.id IN ({_marks(requests)})"
        )
        read = conn.exec_driver_sql(sql, (*aside, *deeds, *requests)).all()
        people: dict[str, list[str]] = {request: [] for request in requests}
        for request, family, given, call in conn.exec_driver_sql(
            "SELECT w.request, p.family_name, p.given_names, p.call_name FROM r_request_person w JOIN r_person p"
            f" ON p.id = w.person WHERE w.request IN ({_marks(requests)})"
            f" AND NOT {hidden('w.person', 'w.scope')} ORDER BY w.id",
            tuple(requests),
        ):
            people[request].append(PersonName(family=family or "", given=given or "", call=call or "").first)
    found = {row[0]: _row(session, row, states, people[row[0]]) for row in read}
    return tuple(found.get(request) for request in requests)


def _row(
    session: Session, row: Sequence[Any], states: dict[str, TrackState], people: list[str]
) -> RequestRow:
    disputed = bool(row[8])
    state = None if disputed else states.get(row[6] or "")
    next_on, _bar, what = (row[9] or "").partition("|")
    return RequestRow(
        request=row[0],
        dossier=row[1],
        family=row[2],
        family_native=row[3],
        people=tuple(people),
        everybody=len(people) == row[10],
        track=session.content.label(row[4], language()),
        country=session.content.label(row[5], language()),
        state=row[6] or "",
        state_words=state.label(language()) if state else "",
        stage=state.stage if state else "",
        on_hold=state is not None and state.pauses,
        issued=state is not None and state.holds_document,
        ended=state is not None and state.is_end,
        disputed=disputed,
        since=day_of(row[7]),
        next_on=day_of(next_on),
        next_words=words.next_words(session, what) if what else "",
    )


def _states(session: Session) -> tuple[TrackState, ...]:
    return tuple(state for track in session.content.tracks.values() for state in track.states.values())


def _deeds(session: Session) -> tuple[str, ...]:
    """Codes of what may happen to a request without changing its state."""
    return tuple(code for track in session.content.tracks.values() for code in track.events)


def _present(aside: Sequence[str], deeds: Sequence[str]) -> str:
    """`aside`: requests in two states that were written side by side; `deeds`: codes that are no states."""
    return _PRESENT.format(aside=_marks(aside), deeds=_marks(deeds))


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
