"""Who opened what, chained so that a changed or missing line shows (settled rule 19, BIO2 8.15).

A line has actor, deed, object, result, origin and time; the object is an id or number, never a name.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.canon import value_bytes

_START = hashlib.sha256(b"regiemap/access/1\0").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log; `at` in milliseconds since 1970."""

    at: int
    actor: str
    deed: str
    object: str
    result: str
    origin: str


def _link(previous: bytes, entry: Entry) -> bytes:
    parts = (entry.at, entry.actor, entry.deed, entry.object, entry.result, entry.origin)
    return hashlib.sha256(previous + b"".join(value_bytes(part) for part in parts)).digest()


def write(conn: Connection, entry: Entry) -> None:
    """Add a line."""
    last = conn.exec_driver_sql("SELECT link FROM l_access_log ORDER BY no DESC LIMIT 1").scalar()
    conn.exec_driver_sql(
        "INSERT INTO l_access_log(at, actor, deed, object, result, origin, link) VALUES(?,?,?,?,?,?,?)",
        (
            entry.at,
            entry.actor,
            entry.deed,
            entry.object,
            entry.result,
            entry.origin,
            _link(last or _START, entry),
        ),
    )


def read(conn: Connection) -> list[Entry]:
    """All lines, oldest first."""
    sql = "SELECT at, actor, deed, object, result, origin FROM l_access_log ORDER BY no"
    return [
        Entry(at=row[0], actor=row[1], deed=row[2], object=row[3], result=row[4], origin=row[5])
        for row in conn.exec_driver_sql(sql)
    ]


def whole(conn: Connection) -> bool:
    """Whether no line was changed, taken out or put between."""
    previous = _START
    links = [row[0] for row in conn.exec_driver_sql("SELECT link FROM l_access_log ORDER BY no")]
    for entry, found in zip(read(conn), links, strict=True):
        previous = _link(previous, entry)
        if previous != found:
            return False
    return True
