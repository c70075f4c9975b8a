"""Takes a file back: its ops leave the journal and every stream stands as before (settled rule 9).

What the sender's location told of itself stays: who works there, their devices, whom it revoked. That is no family's,
and every file since told that it is held here.
"""

import json

from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.storage import arrival, project, same_person

_LASTING = N_("It brought a destruction, or took a value out. That cannot be taken back.")
_WRITTEN = N_("You have written in these families since. Undo that in the families themselves.")
_LATER = N_("A later file added to the same families. Take that one back first.")
_GONE = N_("It has been taken back already.")
_EMPTY = N_("It brought nothing new.")

_STREAMS = (
    'SELECT s.no FROM l_import_stream b JOIN j_stream s ON s.no = b.stream WHERE b."import" = ?'
    " AND s.scope NOT IN (SELECT scope FROM r_scope WHERE kind = 'plaats')"
)


class CannotTakeBack(KnownProblem):
    """Why a file stays."""

    message = N_("This file cannot be taken back. %(why)s")


def why_not(conn: Connection, number: int) -> str:
    """Why an import cannot be taken back, as msgid; "" when it can."""
    row = conn.exec_driver_sql(
        "SELECT lasting, taken_back_at, counts FROM l_import WHERE no = ?", (number,)
    ).one()
    lasting, back, counts = row
    if back is not None:
        return _GONE
    if lasting:
        return _LASTING
    if conn.exec_driver_sql(f"{_STREAMS} LIMIT 1", (number,)).first() is None:
        return _EMPTY
    later = conn.exec_driver_sql(
        'SELECT 1 FROM l_import_stream b JOIN l_import i ON i.no = b."import" WHERE b."import" > ?'
        f" AND i.taken_back_at IS NULL AND b.stream IN ({_STREAMS}) LIMIT 1",
        (number, number),
    ).first()
    if later is not None:
        return _LATER
    own = conn.exec_driver_sql(
        'SELECT 1 FROM j_action a CROSS JOIN j_stream s ON s.no = a.stream WHERE a.no > ? AND a."group" IS NOT NULL'
        f" AND s.scope IN (SELECT scope FROM j_stream WHERE no IN ({_STREAMS})) LIMIT 1",
        (json.loads(counts).get("action", 0), number),
    ).first()
    return _WRITTEN if own is not None else ""


def take_back(conn: Connection, number: int, at: int) -> tuple[tuple[str, str, str], ...]:
    """Take an import back. Returns (kind, record, scope) of what changed, and whom a link that went had joined. Raises
    `CannotTakeBack`."""
    why = why_not(conn, number)
    if why:
        raise CannotTakeBack(why=why)
    records: dict[str, str] = {}
    streams = conn.exec_driver_sql(_STREAMS, (number,)).scalars().all()
    for stream in streams:
        sql = (
            "SELECT DISTINCT lower(hex(o.rec)), k.name FROM j_op o JOIN j_kind k ON k.no = o.kind"
            " WHERE o.stream = ? AND o.arrival = ?"
        )
        records.update(conn.exec_driver_sql(sql, (stream, number)).all())
    linked = same_person.concerned(conn, [record for record in records if records[record] == "same_person"])
    for stream in streams:
        arrival.withdraw(conn, number, stream)
    project.open_guard(conn, True)
    moved = project.project_or_drop(conn, records)
    project.open_guard(conn, False)
    conn.exec_driver_sql('DELETE FROM l_quarantine WHERE "import" = ?', (number,))
    counts = conn.exec_driver_sql("SELECT counts FROM l_import WHERE no = ?", (number,)).scalar_one()
    for blob in json.loads(counts).get("blobs", ()):
        conn.exec_driver_sql("DELETE FROM l_scan_file WHERE blob = ?", (blob,))
    conn.exec_driver_sql("UPDATE l_import SET taken_back_at = ? WHERE no = ?", (at, number))
    return (*moved.touched, *(("person", person, person) for person in sorted(linked)))
