"""Brings the record tables up to date with the journal. The tables are only the present of the ops."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from app.domain.merge import RecordState, state_of
from app.domain.op import DELETED, Op
from app.domain.record import KINDS, Kind, Value
from app.storage import journal


@cache
def _upsert(kind: Kind) -> str:
    names = ["id", "scope", *kind.names]
    columns = ", ".join(f'"{name}"' for name in names)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "r_{kind.name}" ({columns}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {updates}'


def open_guard(conn: Connection, open_: bool) -> None:
    """Let the record tables change, or not, inside this transaction."""
    conn.exec_driver_sql("UPDATE j_guard SET open = ? WHERE id = 1", (int(open_),))


def project_fresh(conn: Connection, ops: Iterable[journal.NewOp]) -> None:
    """Rows for records that have just this one inserting op: the common case, without reading back."""
    rows: dict[str, list[tuple[Value, ...]]] = {}
    for new in ops:
        names = KINDS[new.kind].names
        rows.setdefault(new.kind, []).append(
            (new.record, new.scope, *(new.cells.get(name) for name in names))
        )
    for kind, values in rows.items():
        conn.exec_driver_sql(_upsert(KINDS[kind]), values)


def project(conn: Connection, records: Sequence[str]) -> dict[str, RecordState]:
    """Merge all ops of these records and write what follows to tables and list of differences."""
    found = journal.ops_of(conn, records)
    states = {}
    for record, ops in found.items():
        if ops:
            states[record] = state = state_of(ops)
            _write(conn, ops[0], state)
    return states


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """(kind, record, scope) of each record brought up to date; `strangers` are records whose ops do not agree on
    their kind or scope: nobody may write into a record of another scope under its id."""

    touched: tuple[tuple[str, str, str], ...]
    strangers: tuple[str, ...]


def project_or_drop(conn: Connection, records: Mapping[str, str]) -> Projected:
    """`project` for ops that came from elsewhere: kinds by record id; one that has no ops any more has no row."""
    touched, strangers = [], []
    for record, ops in journal.ops_of(conn, list(records)).items():
        if not ops:
            kind = KINDS.get(records[record])
            conn.exec_driver_sql("DELETE FROM j_conflict WHERE rec = ?", (record,))
            if kind is not None:
                scope = conn.exec_driver_sql(
                    f'DELETE FROM "r_{kind.name}" WHERE id = ? RETURNING scope', (record,)
                ).scalar()
                touched.append((kind.name, record, str(scope or "")))
            continue
        first = ops[0]
        if any((op.kind, op.scope) != (first.kind, first.scope) for op in ops):
            strangers.append(record)
            continue
        _write(conn, first, state_of(ops))
        touched.append((first.kind, record, first.scope))
    return Projected(touched=tuple(touched), strangers=tuple(strangers))


def _write(conn: Connection, first: Op, state: RecordState) -> None:
    record, kind = first.record, KINDS.get(first.kind)
    conn.exec_driver_sql("DELETE FROM j_conflict WHERE rec = ?", (record,))
    if kind is None:
        return
    if state.gone:
        conn.exec_driver_sql(f'DELETE FROM "r_{kind.name}" WHERE id = ?', (record,))
        return
    conn.exec_driver_sql(_upsert(kind), _row(kind, first, state))
    open_ = _open_differences(first, state)
    if open_:
        conn.exec_driver_sql("INSERT INTO j_conflict(rec, field, kind, scope, what) VALUES(?,?,?,?,?)", open_)


def _row(kind: Kind, first: Op, state: RecordState) -> tuple[Value, ...]:
    shown = state.shown()
    return (first.record, first.scope, *(shown.get(name) for name in kind.names))


def _open_differences(first: Op, state: RecordState) -> list[tuple[str, str, str, str, str]]:
    rows = [(first.record, name, first.kind, first.scope, "values") for name in sorted(state.disputed)]
    if state.deleted_while_edited:
        rows.append((first.record, DELETED, first.kind, first.scope, "deleted"))
    return rows


def rebuild(conn: Connection) -> int:
    """Empty every record table and fill it from the journal. Returns the number of records seen."""
    open_guard(conn, True)
    for name in KINDS:
        conn.exec_driver_sql(f'DELETE FROM "r_{name}"')
    conn.exec_driver_sql("DELETE FROM j_conflict")
    count = 0
    for _record, ops in journal.all_ops(conn):
        _write(conn, ops[0], state_of(ops))
        count += 1
    open_guard(conn, False)
    return count


def differences(conn: Connection) -> list[str]:
    """Ids of records whose row or open differences are not what their ops say: empty in a healthy store.

    Reads the journal once; holds the rows of all kinds as digests of a few bytes, whatever the size of the texts.
    """
    rows: dict[tuple[str, str], int] = {
        (kind.name, row[0]): hash(tuple(row)) for kind in KINDS.values() for row in _all_rows(conn, kind)
    }
    open_: dict[str, set[tuple[str, ...]]] = {}
    for row in conn.exec_driver_sql("SELECT rec, field, kind, scope, what FROM j_conflict"):
        open_.setdefault(row[0], set()).add(tuple(row))
    wrong = []
    for record, ops in journal.all_ops(conn):
        state, first = state_of(ops), ops[0]
        kind = KINDS.get(first.kind)
        found = rows.pop((first.kind, record), None)
        wanted = None if state.gone or kind is None else hash(_row(kind, first, state))
        differs = set() if state.gone or kind is None else set(_open_differences(first, state))
        if found != wanted or open_.pop(record, set()) != differs:
            wrong.append(record)
    return [*wrong, *(record for _kind, record in rows), *open_]


def _all_rows(conn: Connection, kind: Kind) -> Iterable[Sequence[Any]]:
    columns = ", ".join(f'"{field}"' for field in kind.names)
    return conn.exec_driver_sql(f'SELECT id, scope, {columns} FROM "r_{kind.name}"')
