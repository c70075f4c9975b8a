"""The talks of all dossiers: to finish, to come, and held; which and in what order by SQL, rows only when in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.clock import parse_moment
from app.domain.dated_event import day_of
from app.i18n import language
from app.services.reading import CHUNK
from app.services.session import DUTCH_TIME, Session


class Part(StrEnum):
    """The three lists of talks."""

    OPEN = "open"
    PLANNED = "planned"
    HELD = "held"


class State(StrEnum):
    """Where a talk stands; follows from its moments."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """One talk as a list shows it. `on` None: no day known; `at` is local time or "". `days_late` for open ones."""

    talk: str
    dossier: str
    family: str
    native: str
    kind: str
    phase: str
    state: State
    on: date | None
    at: str
    place: str
    interpreter: str
    agreements_open: int
    transferred: bool
    days_late: int


_WHERE = {
    Part.OPEN: "t.started_at IS NOT NULL AND t.finished_at IS NULL",
    Part.PLANNED: "t.started_at IS NULL",
    Part.HELD: "t.finished_at IS NOT NULL",
}
_ORDER = {
    Part.OPEN: "t.started_at, t.id",
    Part.PLANNED: "t.planned_at IS NULL, t.planned_at, t.id",
    Part.HELD: "t.started_at DESC, t.id DESC",
}
_FROM = "FROM r_talk t JOIN d_summary s ON s.dossier = t.scope WHERE t.cancelled_at IS NULL"


def ids(session: Session, part: Part) -> tuple[str, ...]:
    """The talks of a list in their order: to finish longest waiting first, to come soonest, held latest first.

    Planned talks of closed dossiers are left out: nobody holds them any more.
    """
    closed = " AND s.closed = 0" if part is Part.PLANNED else ""
    with session.store.read() as conn:
        found = conn.exec_driver_sql(
            f"SELECT t.id {_FROM}{closed} AND {_WHERE[part]} ORDER BY {_ORDER[part]}"
        )
        return tuple(row[0] for row in found)


def counts(session: Session) -> dict[Part, int]:
    """How many talks each list has."""
    return {part: len(ids(session, part)) for part in Part}


_ROWS = (
    "SELECT t.id, t.scope, s.title, s.title_native, t.kind, t.phase, t.planned_at, t.started_at, t.finished_at,"
    " t.cancelled_at, t.place, t.interpreter, t.interpreter_language, t.transferred_at,"
    " (SELECT count(*) FROM r_agreement a WHERE a.talk = t.id AND a.done_on IS NULL)"
    " FROM r_talk t JOIN d_summary s ON s.dossier = t.scope WHERE t.id IN ({marks})"
)


def rows(session: Session, wanted: Sequence[str]) -> dict[str, TalkRow]:
    """The rows of these talks by id; one that is gone is left out."""
    found: dict[str, TalkRow] = {}
    with session.store.read() as conn:
        for start in range(0, len(wanted), CHUNK):
            part = tuple(wanted[start : start + CHUNK])
            sql = _ROWS.format(marks=",".join("?" * len(part)))
            found.update((row[0], _row(session, tuple(row))) for row in conn.exec_driver_sql(sql, part))
    return found


def of_dossier(session: Session, dossier: str) -> tuple[TalkRow, ...]:
    """All talks of one family, cancelled ones too, latest first."""
    with session.store.read() as conn:
        sql = "SELECT id FROM r_talk WHERE scope = ? ORDER BY coalesce(started_at, planned_at, '') DESC, id DESC"
        wanted = [row[0] for row in conn.exec_driver_sql(sql, (dossier,))]
    known = rows(session, wanted)
    return tuple(known[talk] for talk in wanted if talk in known)


def _row(session: Session, row: tuple[str | None, ...]) -> TalkRow:
    content = session.content
    planned, started, finished, cancelled = row[6:10]
    on, at = _when(planned, started)
    state = state_of(started, finished, cancelled)
    waits = state in (State.PLANNED, State.RUNNING) and on is not None
    return TalkRow(
        talk=row[0] or "",
        dossier=row[1] or "",
        family=row[2] or "",
        native=row[3] or "",
        kind=content.label(row[4], language()),
        phase=content.label(row[5], language()),
        state=state,
        on=on,
        at=at,
        place=row[10] or "",
        interpreter=row[12] or content.label(row[11], language()),
        agreements_open=int(row[14] or 0),
        transferred=bool(row[13]),
        days_late=max(0, (session.today - on).days) if waits and on else 0,
    )


def state_of(started: str | None, finished: str | None, cancelled: str | None) -> State:
    """The state of a talk from its moments."""
    if cancelled:
        return State.CANCELLED
    if finished:
        return State.FINISHED
    return State.RUNNING if started else State.PLANNED


def _when(planned: str | None, started: str | None, zone: ZoneInfo = DUTCH_TIME) -> tuple[date | None, str]:
    if started:
        began: datetime = parse_moment(started).astimezone(zone)
        return began.date(), began.strftime("%H:%M")
    return day_of(planned), (planned or "")[11:16]
