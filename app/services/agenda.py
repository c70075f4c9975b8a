"""What is due: derived per dossier in the transaction that changes it, so that the start page is one query.

A line keeps codes and ids (`agenda_lines`); words are made when it is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from app.domain import travel_paper
from app.domain.dated_event import bare_code, day_of
from app.domain.person_name import PersonName
from app.services import kept_persons, person_standing
from app.services.agenda_lines import (
    AGREEMENT,
    DEPARTURE_TERM,
    EXPIRY,
    FLIGHT,
    PRESENTATION,
    REPORT,
    RETURN,
    TALK,
    TERM,
    TODO,
    TRANSFER,
    Row,
    lines,
    travel_papers,
)
from app.services.reading import CHUNK
from app.services.request_view import views_in
from app.services.session import Session
from app.storage.many_rows import insert_rows
from app.storage.shielding import hidden
from app.storage.store_given import Deriver

__all__ = [
    "AGREEMENT",
    "DEPARTURE_TERM",
    "EXPIRY",
    "FLIGHT",
    "PRESENTATION",
    "REPORT",
    "RETURN",
    "TALK",
    "TERM",
    "TODO",
    "TRANSFER",
    "Agenda",
    "AgendaLine",
    "count_late",
    "deriver",
    "read",
    "state_code",
]

EXPIRED_SHOWN_DAYS = 30
"""A document that expired longer ago is a fact to read in the list, no longer a deed that waits."""

_NEXT_WITH_DETAIL = (TERM, DEPARTURE_TERM, TALK, REPORT)
"""Lines whose detail is a code; what an officer typed stays out of the summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One thing to do. `what` is one of the codes above; `detail` a code, a text typed by the officer or empty.

    `about` is the record it belongs to. `warn_on` is when it first asks attention; `days_late` is 0 or more days.
    `people` are first names when it concerns only some of the family.
    """

    dossier: str
    family: str
    family_native: str
    what: str
    about: str
    detail: str
    due_on: date | None
    warn_on: date | None
    at_time: str
    days_late: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Late, today and ahead; `ahead` also holds what asks attention already but is due later."""

    today: date
    late: tuple[AgendaLine, ...]
    now: tuple[AgendaLine, ...]
    ahead: tuple[AgendaLine, ...]


# --- keeping it true ------------------------------------------------------------------------------------------------


def deriver(session: Session) -> Deriver:
    """The function that keeps true what lists and agenda show, and what persons are found by."""

    def derive(
        conn: Connection,
        dossiers: Iterable[str],
        scopes: Collection[str],
        found_by: Mapping[str, frozenset[str]],
    ) -> None:
        kept_persons.keep_new(conn, found_by)
        kept_persons.refresh_persons(conn, [scope for scope in scopes if scope not in found_by])
        ids = list(dossiers)
        for start in range(0, len(ids), CHUNK):
            _derive(conn, session, ids[start : start + CHUNK])

    return derive


def _derive(conn: Connection, session: Session, dossiers: list[str]) -> None:
    views = {
        dossier: [view for view in found if not view.nobody_here]  # it goes on elsewhere, or nowhere
        for dossier, found in views_in(conn, session, dossiers).items()
    }
    states = {
        dossier: f"{view.request.track or ''}|{view.position.raw_code}"
        for dossier, found in views.items()
        for view in found
    }
    papers = travel_papers(conn, session.content, dossiers)
    person_standing.refresh(conn, session, dossiers)
    expires = {dossier: travel_paper.first_to_end(mine.values()) for dossier, mine in papers.items()}
    _write(conn, lines(conn, session.content, dossiers, views, papers), states, expires)


def _write(
    conn: Connection, rows: dict[str, list[Row]], states: dict[str, str], expires: dict[str, str | None]
) -> None:
    conn.exec_driver_sql("DELETE FROM d_agenda WHERE dossier = ?", [(dossier,) for dossier in rows])
    made = [
        (dossier, row.due_on, row.warn_on, row.at_time, row.what, row.about, row.person, row.detail)
        for dossier, found in rows.items()
        for row in found
    ]
    columns = "dossier, due_on, warn_on, at_time, what, about, person, detail"
    insert_rows(conn, f"INSERT INTO d_agenda({columns})", made)
    updates = []
    for dossier, found in rows.items():
        # The end of a document is no step: the list has a column of its own for it.
        steps = [row for row in found if row.what != EXPIRY]
        first = min(steps, key=lambda row: (row.due_on, row.at_time or ""), default=None)
        what = None
        if first is not None:
            what = f"{first.what}|{first.detail or '' if first.what in _NEXT_WITH_DETAIL else ''}"
        updates.append(
            (states.get(dossier), expires[dossier], first.due_on if first else None, what, dossier)
        )
    conn.exec_driver_sql(
        "UPDATE d_summary SET request_state = ?, expires_on = ?, next_on = ?, next_what = ? WHERE dossier = ?",
        updates,
    )


# --- reading --------------------------------------------------------------------------------------------------------

SHOWN = "s.closed = 0 AND a.due_on IS NOT NULL AND (a.what <> 'expiry' OR a.due_on >= ?1)"
"""Which lines are shown anywhere: ?1 is `oldest_expiry`."""
LINES = (
    "SELECT a.dossier, s.title, s.title_native, a.what, a.about, coalesce(a.detail, ''), a.due_on, a.warn_on,"
    f" coalesce(a.at_time, ''), a.person FROM d_agenda a CROSS JOIN d_summary s ON s.dossier = a.dossier WHERE {SHOWN}"
)
"""What `lines_of` reads."""
ORDER = " ORDER BY a.due_on, a.at_time, s.sort_key, a.no"
_READ = f"{LINES} AND (a.due_on <= ?2 OR a.warn_on <= ?3) {ORDER}"
_LATE = (  # CROSS JOIN: by the day first, which leaves few families to look at
    "SELECT count(*) FROM d_agenda a CROSS JOIN d_summary s ON s.dossier = a.dossier"
    f" WHERE {SHOWN} AND a.due_on < ?2"
)


def count_late(conn: Connection, today: date) -> int:
    """How many lines are late, as `read` counts them."""
    return int(conn.exec_driver_sql(_LATE, (oldest_expiry(today), today.isoformat())).scalar_one())


def oldest_expiry(today: date) -> str:
    """Documents that expired before this day are not shown."""
    return (today - timedelta(days=EXPIRED_SHOWN_DAYS)).isoformat()


def read(session: Session, *, days: int = 7) -> Agenda:
    """What is late, today, and in the next `days` days (or asks attention already) of all open dossiers."""
    today = session.today
    until = (today + timedelta(days=days)).isoformat()
    late: list[AgendaLine] = []
    now: list[AgendaLine] = []
    ahead: list[AgendaLine] = []
    with session.store.read() as conn:
        found = conn.exec_driver_sql(_READ, (oldest_expiry(today), until, today.isoformat())).all()
        every = lines_of(conn, found, today)
    for line in every:
        (late if line.days_late else now if line.due_on == today else ahead).append(line)
    return Agenda(today=today, late=tuple(late), now=tuple(now), ahead=tuple(ahead))


def lines_of(conn: Connection, found: Sequence[Sequence[Any]], today: date) -> list[AgendaLine]:
    """The lines of rows read by `LINES`."""
    people = _people(conn, [(row[4], row[9]) for row in found])
    return [_line(row, today, people.get(row[4], ())) for row in found]


def _line(row: Sequence[Any], today: date, people: tuple[str, ...]) -> AgendaLine:
    due, warn = day_of(row[6]), day_of(row[7])
    return AgendaLine(
        dossier=row[0],
        family=row[1],
        family_native=row[2],
        what=row[3],
        about=row[4],
        detail=row[5],
        due_on=due,
        warn_on=warn,
        at_time=row[8],
        days_late=max(0, (today - due).days) if due else 0,
        people=people,
    )


_PEOPLE = (
    "SELECT w.about, p.family_name, p.given_names, p.call_name FROM ("
    " SELECT request AS about, person, scope, id FROM r_request_person WHERE request IN ({marks})"
    " UNION ALL SELECT talk, person, scope, id FROM r_talk_person WHERE talk IN ({marks})"
    f") w JOIN r_person p ON p.id = w.person WHERE NOT {hidden('w.person', 'w.scope')} AND"
    " (SELECT count(*) FROM r_membership m WHERE m.scope = w.scope AND m.to_on IS NULL) >"
    " (SELECT count(*) FROM r_request_person x WHERE x.request = w.about)"
    " + (SELECT count(*) FROM r_talk_person y WHERE y.talk = w.about) ORDER BY w.id"
)


def _people(conn: Connection, about: list[tuple[str, str | None]]) -> dict[str, tuple[str, ...]]:
    """First names by record: of a paper its holder, of talks and requests those in it when not everybody is."""
    found: dict[str, tuple[str, ...]] = {}
    records = sorted({record for record, _person in about})
    for start in range(0, len(records), CHUNK):
        part = tuple(records[start : start + CHUNK])
        sql = _PEOPLE.format(marks=",".join("?" * len(part)))
        for record, family, given, call in conn.exec_driver_sql(sql, part * 2):
            found[record] = (*found.get(record, ()), _first(family, given, call))
    holders = {person: record for record, named in about for person in (named or "").split(",") if person}
    names: dict[str, str] = {}
    for start in range(0, len(holders), CHUNK):
        ids = tuple(holders)[start : start + CHUNK]
        sql = f"SELECT id, family_name, given_names, call_name FROM r_person WHERE id IN ({','.join('?' * len(ids))})"
        names.update((row[0], _first(*row[1:])) for row in conn.exec_driver_sql(sql, ids))
    for person, record in holders.items():
        if person in names:
            found[record] = (*found.get(record, ()), names[person])
    return found


def _first(family: str | None, given: str | None, call: str | None) -> str:
    return PersonName(family=family or "", given=given or "", call=call or "").first


def state_code(request_state: str | None) -> tuple[str, str]:
    """(track code, state code) of what a summary holds; empty where there is no request."""
    track, _bar, state = (request_state or "|").partition("|")
    return bare_code(track), state
