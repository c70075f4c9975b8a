"""A clock of a laptop that says something else for a while: what is written meanwhile carries that time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace

from app.domain import clock
from app.services.session import Session


@contextmanager
def clock_says(moment: datetime) -> Iterator[None]:
    """Within the block the wall clock stands at `moment`."""
    kept = clock.time  # type: ignore[attr-defined]
    started = time.time_ns()

    def shifted() -> int:
        return int(moment.timestamp() * 1_000_000_000) + time.time_ns() - started

    clock.time = SimpleNamespace(time_ns=shifted)  # type: ignore[attr-defined,assignment]
    try:
        yield
    finally:
        clock.time = kept  # type: ignore[attr-defined]


def young_clock(session: Session) -> None:
    """The hybrid clock never goes back; a store that has written nothing yet may begin in the past."""
    with session.store.local() as conn:
        conn.exec_driver_sql("UPDATE j_clock SET hlc = 0")
