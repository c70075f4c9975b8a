"""What is derived follows every change by itself; here what must follow without one: a new way of deriving, a new day.

Ages change with the calendar. Each day, once, the lines of families with children or with an age that is not known are
looked at again; a program that derives more than the one before makes everything anew when it unlocks a store.
"""

from typing import Final

from app.services.session import Session
from app.storage import summary
from app.storage.told import Told, to_nobody

WAY: Final = "5"
"""How lists, agenda and what persons are found by are derived now; kept in the store, and changed when that changes."""
_WAY, _DAY = "derived_way", "derived_day"


def catch_up(session: Session, told: Told = to_nobody) -> bool:
    """Make everything derived anew where an older program did it; returns whether it had to.

    That it was done is remembered afterwards: who is stopped on the way begins anew the next time.
    """
    if session.store.read_only or _remembered(session, _WAY) == WAY:
        return False
    session.store.refresh_all(told)
    _remember(session, {_WAY: WAY, _DAY: session.today.isoformat()})
    return True


def begin_day(session: Session) -> bool:
    """Once a day: see who came of age; returns whether that was still to be done."""
    today = session.today
    if session.store.read_only or _remembered(session, _DAY) == today.isoformat():
        return False
    with session.store.passing() as conn:
        summary.refresh_ages(conn, today)
    _remember(session, {_DAY: today.isoformat()})
    return True


def _remembered(session: Session, name: str) -> str:
    with session.store.read() as conn:
        return str(conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (name,)).scalar() or "")


def _remember(session: Session, values: dict[str, str]) -> None:
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_meta(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            list(values.items()),
        )
