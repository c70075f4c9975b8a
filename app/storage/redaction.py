"""A value that was taken out goes everywhere: the record of it travels, and each copy drops what it had seen.

Only ops that the redaction names lose their value; what somebody else wrote meanwhile stands until it is taken out too.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.kinds.place import Redaction
from app.storage import chain, draft, project
from app.storage.uow import read_where


def named_ops(conn: Connection, record: str, fields: Iterable[str]) -> str:
    """The ops of a record that hold values of these fields, as a redaction names them: device and number."""
    wanted = set(fields)
    found = []
    sql = (
        "SELECT d.id, o.seq, o.cells FROM j_op o JOIN j_stream s ON s.no = o.stream"
        " JOIN j_device d ON d.no = s.device WHERE o.rec = ? ORDER BY d.id, o.seq"
    )
    for device, seq, cells in conn.exec_driver_sql(sql, (bytes.fromhex(record),)):
        if wanted & set(json.loads(cells)):
            found.append([device, seq])
    return json.dumps(found, separators=(",", ":"))


def apply_all(conn: Connection) -> tuple[tuple[str, str, str], ...]:
    """Carry out every redaction known here on the ops that it names and that still hold a value.

    Returns (kind, record, scope) of those that lost one, merged anew: the index must follow. The guard is open.
    """
    touched = []
    for redaction in read_where(conn, Redaction, "1 = 1"):
        if redaction.record and redaction.fields:
            fields = frozenset(redaction.fields.split(" "))
            dots = {(str(device), int(seq)) for device, seq in json.loads(redaction.ops or "[]")}
            if chain.redact(conn, redaction.record, fields, only=dots):
                touched.append(redaction.record)
                draft.clear_values(conn, redaction.record, fields)
    return project.project_or_drop(conn, dict.fromkeys(touched, "")).touched
