"""Brings the record tables up to date with the journal. The tables are only the present of the ops."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.merge import RecordState, state_of
from app.domain.op import DELETED, Op
from app.domain.record import KINDS, Kind, Value
from app.storage import journal
from app.storage.many_rows import filled, insert_rows
from app.storage.plain_rows import plain_rows
from app.storage.straight import straight

AT_ONCE: Final = 2_000


def _write(conn: Connection, kind: str, rows: Sequence[tuple[Value, ...]]) -> None:
    """Rows as they are to stand, whether or not they stood there before."""
    columns, told = filled(("id", "scope", *KINDS[kind].names), rows)
    insert_rows(conn, f'INSERT INTO "r_{kind}" ({columns})', told, otherwise=_anew(kind))


@cache
def _anew(kind: str) -> str:
    """For a row that stood there before."""
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in ("scope", *KINDS[kind].names))
    return f"ON CONFLICT(id) DO UPDATE SET {updates}"


@cache
def _values(kind: str) -> Callable[[Mapping[str, Value]], Iterable[Value]]:
    """Takes what stands in the columns of a kind out of cells that name all of them."""
    names = KINDS[kind].names
    return itemgetter(*names) if len(names) > 1 else lambda cells: (cells[names[0]],)


def open_guard(conn: Connection, open_: bool) -> None:
    """Let the record tables change, or not, inside this transaction."""
    conn.exec_driver_sql("UPDATE j_guard SET open = ? WHERE id = 1", (int(open_),))


def project_fresh(conn: Connection, ops: Iterable[journal.NewOp]) -> None:
    """Rows for records that have just this one inserting op: the common case, without reading back."""
    rows: dict[str, list[tuple[Value, ...]]] = {}
    for new in ops:
        rows.setdefault(new.kind, []).append((new.record, new.scope, *_values(new.kind)(new.cells)))
    for kind, values in rows.items():
        _write(conn, kind, values)


def project(conn: Connection, records: Sequence[str]) -> dict[str, RecordState]:
    """Merge all ops of these records and write what follows to tables and list of differences."""
    rows, states = _Rows(conn), {}
    for record, ops in journal.ops_of(conn, records).items():
        if ops:
            states[record] = state = state_of(ops)
            rows.put(ops[0], state)
    rows.write()
    return states


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """(kind, record, scope) of each record brought up to date; `strangers` are records whose ops do not agree on
    their kind or scope: nobody may write into a record of another scope under its id."""

    touched: tuple[tuple[str, str, str], ...]
    strangers: tuple[str, ...]


def project_or_drop(
    conn: Connection, records: Mapping[str, str], changed: Mapping[str, str] | None = None
) -> Projected:
    """`project` for ops that came from elsewhere: kinds by record id; one that has no ops any more has no row.

    Of `changed` nothing but changes came: their rows were true, and where no value stands twice only the cells that
    were ever changed are written.
    """
    arrived = _Arrived(conn)
    others = [] if changed is None else [record for record in changed if record not in records]
    for ids, whole in ((list(records), True), (others, False)):
        for start in range(0, len(ids), AT_ONCE):
            arrived.project(ids[start : start + AT_ONCE], records, whole=whole)
    return Projected(touched=tuple(arrived.touched), strangers=tuple(arrived.strangers))


class _Arrived:
    """Records of which ops came in, on their way to the tables."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._kinds = {no: name for name, no in journal.kind_numbers(conn).items()}
        self.touched: list[tuple[str, str, str]] = []
        self.strangers: list[str] = []

    def project(self, records: Sequence[str], kinds: Mapping[str, str], *, whole: bool) -> None:
        """Write the rows of these; `whole`: every cell of them, and `kinds` names those that may be gone."""
        rows, tangled = _Rows(self._conn), []
        for record, ops in journal.bare_ops_of(self._conn, records, inserts=whole).items():
            if not ops:
                self.touched += rows.drop(kinds[record], record)
                continue
            number, scope = ops[0].kind, ops[0].scope
            if any(op.kind != number or op.scope != scope for op in ops):
                self.strangers.append(record)
                continue
            kind = self._kinds[number]
            values = straight(KINDS.get(kind), ops, whole=whole)
            if values is None:
                tangled.append(record)
            elif whole:
                rows.put_values(kind, record, scope, values)
            else:
                rows.put_changes(kind, record, values)
            self.touched.append((kind, record, scope))
        for merged in journal.ops_of(self._conn, tangled).values():
            rows.put(merged[0], state_of(merged))
        rows.write()


class _Rows:
    """Rows of many records on their way to the tables: one statement per kind instead of a few per record."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._rows: dict[str, list[tuple[Value, ...]]] = {}
        self._gone: dict[str, list[tuple[str]]] = {}
        self._changes: dict[tuple[str, ...], list[tuple[Value, ...]]] = {}
        self._records: list[str] = []
        self._open: list[tuple[str, str, str, str, str]] = []

    def put(self, first: Op, state: RecordState) -> None:
        """What the state of a record says."""
        kind = KINDS.get(first.kind)
        self._records.append(first.record)
        if kind is None:
            return
        if state.gone:
            self._gone.setdefault(kind.name, []).append((first.record,))
            return
        self._rows.setdefault(kind.name, []).append(_row(kind, first, state))
        self._open += _open_differences(first, state)

    def put_values(self, kind: str, record: str, scope: str, values: Mapping[str, Value]) -> None:
        """The row of a record on which nothing differs."""
        self._records.append(record)
        row = (record, scope, *map(values.get, KINDS[kind].names))
        self._rows.setdefault(kind, []).append(row)

    def put_changes(self, kind: str, record: str, values: Mapping[str, Value]) -> None:
        """Cells of a record that has its row, and on which nothing differs."""
        self._records.append(record)
        names = [name for name in values if name in KINDS[kind].names]
        if names:
            row = (*[values[name] for name in names], record)
            self._changes.setdefault((kind, *names), []).append(row)

    def drop(self, kind: str, record: str) -> list[tuple[str, str, str]]:
        """A record without ops; returns (kind, record, scope) if it had a row."""
        self._records.append(record)
        if kind not in KINDS:
            return []
        sql = f'SELECT scope FROM "r_{kind}" WHERE id = ?'
        scope = self._conn.exec_driver_sql(sql, (record,)).scalar()
        self._gone.setdefault(kind, []).append((record,))
        return [(kind, record, str(scope or ""))]

    def write(self) -> None:
        """Write all of it."""
        conn = self._conn
        if self._records:
            conn.exec_driver_sql(
                "DELETE FROM j_conflict WHERE rec IN (SELECT value FROM json_each(?))",
                (json.dumps(self._records),),
            )
        for kind, gone in self._gone.items():
            conn.exec_driver_sql(f'DELETE FROM "r_{kind}" WHERE id = ?', gone)
        for kind, rows in self._rows.items():
            _write(conn, kind, rows)
        for (kind, *names), changes in self._changes.items():
            columns = ", ".join(f'"{name}" = ?' for name in names)
            done = conn.exec_driver_sql(f'UPDATE "r_{kind}" SET {columns} WHERE id = ?', changes)
            if done.rowcount != len(
                changes
            ):  # a row was not there: only in a store that was not whole before
                project(conn, [str(row[-1]) for row in changes])
        insert_rows(conn, "INSERT INTO j_conflict(rec, field, kind, scope, what)", self._open)


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
    count, rows = 0, _Rows(conn)
    for _record, ops in journal.all_ops(conn):
        rows.put(ops[0], state_of(ops))
        count += 1
        if count % AT_ONCE == 0:
            rows.write()
            rows = _Rows(conn)
    rows.write()
    open_guard(conn, False)
    return count


def differences(conn: Connection) -> list[str]:
    """Ids of records whose row or open differences are not what their ops say: empty in a healthy store.

    Reads journal and tables side by side in order of id, so that it holds one record at a time, whatever the size of
    the store.
    """
    open_: dict[str, set[tuple[str, ...]]] = {}
    for row in conn.exec_driver_sql("SELECT rec, field, kind, scope, what FROM j_conflict"):
        open_.setdefault(row[0], set()).add(tuple(row))
    wrong = []
    for record, members in groupby(merge(_journal(conn), *_all_rows(conn)), key=itemgetter(0)):
        found = {kind: what for _record, kind, what in members}
        rows, differing = _said(found.pop(_OPS, ()))
        if found != rows or open_.pop(record, set()) != differing:
            wrong.append(record)
    return [*wrong, *open_]


_OPS: Final = ""
"""Stands where a row names its kind, for what the journal has of a record."""


def _said(ops: Sequence[Op]) -> tuple[dict[str, tuple[Value, ...]], set[tuple[str, ...]]]:
    """The row by kind and the open differences that these ops lead to."""
    kind = KINDS.get(ops[0].kind) if ops else None
    if kind is None or (state := state_of(ops)).gone:
        return {}, set()
    return {kind.name: _row(kind, ops[0], state)}, set(_open_differences(ops[0], state))


def _journal(conn: Connection) -> Iterator[tuple[str, str, Any]]:
    return ((record, _OPS, ops) for record, ops in journal.all_ops(conn))


def _all_rows(conn: Connection) -> Iterator[Iterator[tuple[str, str, Any]]]:
    for kind in KINDS.values():
        columns = ", ".join(f'"{field}"' for field in kind.names)
        yield _named(
            kind.name, plain_rows(conn, f'SELECT id, scope, {columns} FROM "r_{kind.name}" ORDER BY id')
        )


def _named(kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, str, Any]]:
    return ((row[0], kind, row) for row in rows)
