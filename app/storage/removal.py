"""Takes a whole scope out of the store: what was dropped or destroyed is nowhere any more (settled rules 15 and 20).

Journal, tables, index, lists, drafts, keys of scans: all in the caller's transaction. Undo never brings it back.
"""

import json
import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection
from typing_extensions import override

from app.domain.ident import is_id
from app.domain.record import Compartment, kinds
from app.storage import identity, project, scope_number
from app.storage.unlock_counter import destruction_mark

Touched = tuple[str, str, str]
_DROPPED: Final = "dropped "


def remove_scope(conn: Connection, scope: str) -> tuple[Touched, ...]:
    """Remove everything of a scope; returns (kind, record, scope) of what is gone, and of whom it had as a
    member or as the same person: another dossier may show them otherwise now. Other scopes are not touched.

    Whom it was shared with stays known. After the commit the log of the database is emptied and files of scans are
    swept away (`Store.removing`).
    """
    last = _last_action(conn)
    streams = "SELECT no FROM j_stream WHERE scope = ?"
    touched = tuple(
        (kind, record, scope)
        for record, kind in conn.exec_driver_sql(
            "SELECT DISTINCT lower(hex(o.rec)), k.name FROM j_op o JOIN j_kind k ON k.no = o.kind"
            f" WHERE o.stream IN ({streams})",
            (scope,),
        )
    )
    members = [
        ("person", person, person)
        for (person,) in conn.exec_driver_sql(
            "SELECT person FROM (SELECT person FROM r_membership WHERE scope = :scope UNION SELECT a FROM r_same_person"
            " WHERE scope = :scope UNION SELECT b FROM r_same_person WHERE scope = :scope) WHERE person IS NOT NULL",
            {"scope": scope},
        )
    ]
    conn.exec_driver_sql(
        f'UPDATE l_group SET undoable = 0 WHERE no IN (SELECT "group" FROM j_action WHERE stream IN ({streams}))',
        (scope,),
    )
    conn.exec_driver_sql(
        f'UPDATE l_import SET lasting = 1 WHERE no IN (SELECT "import" FROM l_import_stream'
        f" WHERE stream IN ({streams}))",
        (scope,),
    )
    conn.exec_driver_sql("UPDATE l_group SET undoable = 0, dossier = NULL WHERE dossier = ?", (scope,))
    _forget_drafts(conn, {scope, *(record for _kind, record, _scope in touched)})
    _forget_local(conn, scope, {scope, *(record for _kind, record, _scope in touched)})
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
        ("d_summary", "dossier"),
        ("d_person_key", "person"),
        ("d_agenda", "dossier"),
        ("l_recent", "dossier"),
    ):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (scope,))
    scope_number.remove(conn, scope)
    if _last_action(conn) < last:
        _hold_number(conn, last)
    return (*touched, *members)


def _last_action(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_action").scalar_one())


def _hold_number(conn: Connection, number: int) -> None:
    """Numbers of actions say what came after what, so none is given twice: an action of no stream holds the last."""
    conn.exec_driver_sql("DELETE FROM j_action WHERE stream = 0")
    conn.exec_driver_sql(
        "INSERT INTO j_action(no, stream, id, verb, officer, hlc) VALUES(?, 0, x'', '', '', 0)", (number,)
    )


def _forget_local(conn: Connection, scope: str, ids: set[str]) -> None:
    """What was put off, what was told of its scans, and extracts of it."""
    conn.exec_driver_sql(
        "DELETE FROM l_have_blob WHERE blob IN (SELECT blob FROM l_scan_file WHERE scope = ?)", (scope,)
    )
    for (matter,) in conn.exec_driver_sql("SELECT matter FROM l_postponed").all():
        if not ids.isdisjoint(_ids(matter)):
            conn.exec_driver_sql("DELETE FROM l_postponed WHERE matter = ?", (matter,))
    for id_, body in conn.exec_driver_sql("SELECT id, body FROM l_extract").all():
        if scope in _ids(body):
            conn.exec_driver_sql("DELETE FROM l_extract WHERE id = ?", (id_,))


def _forget_drafts(conn: Connection, ids: Iterable[str]) -> None:
    """Drafts of forms on these records; a draft's key holds the id of its record or place."""
    gone = set(ids)
    for form, key, *texts in conn.exec_driver_sql('SELECT form, "key", body, read_at FROM l_draft').all():
        named = {part for text in (key, *texts) for part in _ids(text)}
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
    """What is held here of a scope: the number of the last op by compartment and device; own marks aside, which never
    leave, not even as a number."""
    found: dict[str, dict[str, int]] = {}
    sql = (
        "SELECT s.compartment, d.id, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
        " WHERE s.scope = ? AND s.seq > 0 AND s.compartment <> ? ORDER BY s.compartment, d.id"
    )
    for compartment, device, seq in conn.exec_driver_sql(sql, (scope, str(Compartment.EIGEN))):
        found.setdefault(compartment, {})[device] = seq
    return found


# -- dropped: the same ops may come home ------------------------------------------------------------------------------


def drop_scope(conn: Connection, scope: str) -> tuple[Touched, ...]:
    """`remove_scope` for a scope that colleagues hold. How far this device had written it stays known, so that its own
    ops may come home without looking like a second history under its name."""
    own = identity.load(conn, "")
    if own is not None:
        device = own.writer.device_id
        numbers = {name: held[device] for name, held in vector(conn, scope).items() if device in held}
        conn.exec_driver_sql(
            "INSERT INTO l_meta(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (_DROPPED + scope, json.dumps({"device": device, "numbers": numbers}, sort_keys=True)),
        )
    return remove_scope(conn, scope)


def dropped_up_to(conn: Connection, scope: str, compartment: str, device: str) -> int:
    """Up to where `device` had written a stream when its scope was dropped here; 0 for one that was not."""
    text = conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (_DROPPED + scope,)).scalar()
    found = json.loads(text) if text else {}
    return int(found["numbers"].get(compartment, 0)) if found.get("device") == device else 0


def dropped(conn: Connection) -> frozenset[str]:
    """The scopes that were dropped here and have not come home."""
    sql = (
        "SELECT substr(name, ?) FROM l_meta WHERE name LIKE ? AND substr(name, ?) NOT IN"
        " (SELECT scope FROM j_stream WHERE seq > 0)"
    )
    start = len(_DROPPED) + 1
    return frozenset(conn.exec_driver_sql(sql, (start, f"{_DROPPED}%", start)).scalars())


# -- destroyed: known by id, or only by the mark that a list outside the store keeps -----------------------------------


class Destroyed(frozenset[str]):
    """Scopes destroyed here, and marks of such scopes: `in` asks for both."""

    @override
    def __contains__(self, scope: object) -> bool:
        return bool(self) and (
            frozenset.__contains__(self, scope)
            or (isinstance(scope, str) and frozenset.__contains__(self, destruction_mark(scope)))
        )


def destroyed(conn: Connection) -> Destroyed:
    """Every scope that was destroyed here."""
    return Destroyed(conn.exec_driver_sql("SELECT scope FROM l_destroyed").scalars())


def all_marks(conn: Connection) -> frozenset[str]:
    """The marks of all destroyed scopes, for the list outside the store."""
    scopes = conn.exec_driver_sql("SELECT scope FROM l_destroyed").scalars()
    return frozenset(destruction_mark(scope) if is_id(scope) else scope for scope in scopes)


def apply_marks(conn: Connection, marks: Iterable[str], now_ms: int) -> frozenset[str]:
    """Remove at once what was destroyed on this computer before: a backup of before brings nothing back.

    Marks of scopes that are not here are kept, for what may come in by file. Returns the scopes removed.
    """
    wanted = frozenset(marks)
    if not wanted:
        return frozenset()
    here = conn.exec_driver_sql("SELECT DISTINCT scope FROM j_stream WHERE seq > 0").scalars().all()
    gone = frozenset(scope for scope in here if destruction_mark(scope) in wanted)
    for scope in sorted(gone):
        remove_scope(conn, scope)
        conn.exec_driver_sql("UPDATE l_destruction SET done_at = ? WHERE scope = ?", (now_ms, scope))
    left = wanted - {destruction_mark(scope) for scope in gone} - all_marks(conn)
    for name in sorted(gone | left):
        conn.exec_driver_sql("INSERT OR IGNORE INTO l_destroyed(scope, at) VALUES(?,?)", (name, now_ms))
    return gone
