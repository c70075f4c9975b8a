"""A value that was taken out goes everywhere: the record of it travels, and each copy drops what it had seen.

Only ops that the redaction names lose their value; what somebody else wrote meanwhile stands until it is taken out too.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.kinds.place import Redaction
from app.storage import chain, draft, project, redact_apart
from app.storage.uow import read_where


def named_ops(conn: Connection, record: str, fields: Iterable[str]) -> str:
    """The ops of a record that hold values of these fields, also those set apart, as a redaction names them: device
    and number."""
    wanted = set(fields)
    found = []
    sql = (
        "SELECT d.id, o.seq, o.cells FROM j_op o JOIN j_stream s ON s.no = o.stream"
        " JOIN j_device d ON d.no = s.device WHERE o.rec = ? ORDER BY d.id, o.seq"
    )
    for device, seq, cells in conn.exec_driver_sql(sql, (bytes.fromhex(record),)):
        if wanted & set(json.loads(cells)):
            found.append((device, seq))
    found += redact_apart.named(conn, record, wanted)
    return json.dumps(sorted(set(found)), separators=(",", ":"))


def apply_all(conn: Connection) -> tuple[tuple[str, str, str], ...]:
    """Carry out every redaction known here on the ops that it names and that still hold a value, also those set apart.

    One reaches no further than its own scope. Returns (kind, record, scope) of those that lost a value, merged anew:
    the index must follow. The guard is open.
    """
    touched = []
    for redaction in read_where(conn, Redaction, "1 = 1"):
        dots = _dots(redaction.ops)
        if not (redaction.record and redaction.fields and dots):
            continue
        fields = frozenset(redaction.fields.split(" "))
        redact_apart.redact(conn, redaction.record, fields, dots, redaction.scope)
        if not _is_in(conn, redaction):
            continue
        if chain.redact(conn, redaction.record, fields, only=dots):
            touched.append(redaction.record)
            draft.clear_values(conn, redaction.record, fields)
    return project.project_or_drop(conn, dict.fromkeys(touched, "")).touched


def _dots(text: str | None) -> frozenset[tuple[str, int]]:
    """The ops that a redaction names; none for a text that names none."""
    try:
        return frozenset((str(device), int(seq)) for device, seq in json.loads(text or "[]"))
    except (ValueError, TypeError, RecursionError):
        return frozenset()


def _is_in(conn: Connection, redaction: Redaction) -> bool:
    """Whether the record lies in the scope of its redaction: who may write one scope takes nothing out of another."""
    sql = "SELECT DISTINCT s.scope FROM j_op o JOIN j_stream s ON s.no = o.stream WHERE o.rec = ?"
    scopes = conn.exec_driver_sql(sql, (bytes.fromhex(redaction.record or ""),)).scalars().all()
    return scopes == [redaction.scope]
