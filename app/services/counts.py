"""The few numbers that the rail shows, and what undo would undo: one read after each change."""

from dataclasses import dataclass

from app.services import clear_up
from app.services.agenda import count_late
from app.services.session import Session
from app.storage import undo


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`undo` and `redo` are verb codes, "" for none."""

    late: int
    to_clear_up: int
    unfinished_talks: int
    departures: int
    undo: str
    redo: str


_TALKS = "SELECT count(*) FROM r_talk WHERE started_at IS NOT NULL AND finished_at IS NULL AND cancelled_at IS NULL"
_DEPARTURES = "SELECT count(*) FROM r_departure WHERE departed_on IS NULL AND cancelled_on IS NULL"


def count(session: Session) -> Counts:
    """Count now."""
    store = session.store
    with store.read() as conn:
        late = count_late(conn, session.today)
        talks = conn.exec_driver_sql(_TALKS).scalar_one()
        departures = conn.exec_driver_sql(_DEPARTURES).scalar_one()
        done = undo.next_undo(conn)
    again = store.next_redo()
    return Counts(
        late=late,
        to_clear_up=clear_up.count(session),
        unfinished_talks=talks,
        departures=departures,
        undo=done.verb if done is not None else "",
        redo=again.verb if again is not None else "",
    )
