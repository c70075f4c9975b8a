"""Takes a whole scope out of the store: what was dropped or destroyed is nowhere any more (settled rules 15 and 20).

Journal, tables, index, lists, drafts, keys of scans: all in the caller's transaction. Undo never brings it back.
"""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.record import kinds
from app.storage import project

Touched = tuple[str, str, str]


def remove_scope(conn: Connection, scope: str) -> tuple[Touched, ...]:
    """Remove everything of a scope; returns (kind, record, scope) of what is gone. Other scopes are not touched."""
    streams = "SELECT no FROM j_stream WHERE scope = ?"
    touched = tuple(
        (kind, record, scope)
        for record, kind in conn.exec_driver_sql(
            "SELECT DISTINCT lower(hex(o.rec)), k.name FROM j_op o JOIN j_kind k ON k.no = o.kind"
            f" WHERE o.stream IN ({streams})",
            (scope,),
        )
    )
    conn.exec_driver_sql(
        f'UPDATE l_group SET undoable = 0 WHERE no IN (SELECT "group" FROM j_action WHERE stream IN ({streams}))',
        (scope,),
    )
    conn.exec_driver_sql(
        f'UPDATE l_import SET lasting = 1 WHERE no IN (SELECT "import" FROM l_import_stream'
        f" WHERE stream IN ({streams}))",
        (scope,),
    )
    _forget_drafts(conn, {scope, *(record for _kind, record, _scope in touched)})
    for table, column in (
        ("l_import_stream", "stream"),
        ("j_op", "stream"),
        ("j_action", "stream"),
    ):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN ({streams})", (scope,))
    project.open_guard(conn, True)
    for kind in kinds():
        conn.exec_driver_sql(f'DELETE FROM "r_{kind.name}" WHERE scope = ?', (scope,))
    project.open_guard(conn, False)
    for table, column in (
        ("j_stream", "scope"),
        ("j_conflict", "scope"),
        ("l_quarantine", "scope"),
        ("l_scan_file", "scope"),
        ("d_search_text", "scope"),
        ("d_summary", "dossier"),
        ("d_agenda", "dossier"),
        ("l_recent", "dossier"),
    ):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (scope,))
    return touched


def _forget_drafts(conn: Connection, ids: Iterable[str]) -> None:
    """Drafts of forms on these records; a draft's key holds the id of its record or place."""
    gone = set(ids)
    for form, key, body in conn.exec_driver_sql('SELECT form, "key", body FROM l_draft').all():
        named = {part for text in (key, body) for part in _ids(text)}
        if named & gone:
            conn.exec_driver_sql('DELETE FROM l_draft WHERE form = ? AND "key" = ?', (form, key))


def _ids(text: str) -> Iterable[str]:
    """Every run of 32 hexadecimal characters."""
    return re.findall(r"[0-9a-f]{32}", text)


def forget_quarantine(conn: Connection, scope: str, seen: dict[str, dict[str, int]]) -> None:
    """What was set apart of a destroyed scope and had been seen by who destroyed it."""
    rows = conn.exec_driver_sql(
        "SELECT no, compartment, device, seq FROM l_quarantine WHERE scope = ?", (scope,)
    ).all()
    for no, compartment, device, seq in rows:
        if seq <= seen.get(compartment, {}).get(device, 0):
            conn.exec_driver_sql("DELETE FROM l_quarantine WHERE no = ?", (no,))


def vector(conn: Connection, scope: str) -> dict[str, dict[str, int]]:
    """What is held here of a scope: the number of the last op by compartment and device."""
    found: dict[str, dict[str, int]] = {}
    sql = (
        "SELECT s.compartment, d.id, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
        " WHERE s.scope = ? AND s.seq > 0 ORDER BY s.compartment, d.id"
    )
    for compartment, device, seq in conn.exec_driver_sql(sql, (scope,)):
        found.setdefault(compartment, {})[device] = seq
    return found
