"""The journal: the only place where an op is written, read back, checked and redacted.

Everything that happens goes through `append`, then `project` brings the tables up to date in the same
transaction (settled rule 1). Streams are chained as they are written; a tip is signed when it is sealed.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from app.domain import canon
from app.domain.clock import now_ms, tick
from app.domain.op import Dot, Op
from app.domain.record import KINDS, Compartment, ScopeKind, Value
from app.domain.verbs import Verb
from app.storage.compact_json import flat_texts, json_text
from app.storage.done_here import here
from app.storage.many_rows import filled, insert_rows
from app.storage.plain_rows import plain_column, plain_rows

CHUNK = 500
ROWS_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOp:
    """An op to be written. `fields` is the number of fields an insert names, None for every other op.

    A cell of which nothing was seen has no parents: an empty list of them is in no package.
    """

    kind: str
    record: str
    scope: str
    scope_kind: ScopeKind
    cells: Mapping[str, Value]
    parents: Mapping[str, tuple[Dot, ...]] = field(default_factory=dict)
    fields: int | None = None

    def __post_init__(self) -> None:
        if self.parents and not all(self.parents.values()):
            object.__setattr__(self, "parents", {name: dots for name, dots in self.parents.items() if dots})

    @property
    def compartment(self) -> Compartment:
        """Where the kind lies."""
        return KINDS[self.kind].compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """On whose behalf ops are written: this device (its local number and id) and the officer's id."""

    device: int
    device_id: str
    officer: str


@dataclass(slots=True)
class _Stream:
    no: int
    seq: int
    tip: bytes
    is_new: bool = False


def kind_numbers(conn: Connection) -> dict[str, int]:
    """The local number of each kind name."""
    return {name: no for no, name in conn.exec_driver_sql("SELECT no, name FROM j_kind")}


def next_reading(conn: Connection) -> int:
    """Advance the hybrid clock once."""
    last = conn.exec_driver_sql("SELECT hlc FROM j_clock WHERE id = 1").scalar_one()
    reading = tick(last, now_ms())
    conn.exec_driver_sql("UPDATE j_clock SET hlc = ? WHERE id = 1", (reading,))
    return reading


Bind = Callable[[list[canon.Stretch]], Callable[[], list[bytes]]]
"""Has the tips of some streams computed (`canon.tips`), here or elsewhere; what it gives waits for them."""


bound_here: Final[Bind] = partial(here, canon.tips)


def append(
    conn: Connection, writer: Writer, verb: Verb, ops: Iterable[NewOp], group: int, bind: Bind = bound_here
) -> "Appended":
    """Write one action: per stream a header of its own, then its ops in order of kind and record id.

    The caller holds the transaction, keeps the tips before anything else is appended, and projects.
    """
    by_stream: dict[tuple[str, str], list[NewOp]] = {}
    for new in ops:
        by_stream.setdefault((new.scope, _compartment(new.kind)), []).append(new)
    names = sorted(by_stream)
    hlc, streams = next_reading(conn), _streams(conn, names, writer)
    rows = _Rows(conn, sum(map(len, by_stream.values())), bind)
    actions: list[_Row] = []
    last = conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_action").scalar_one()
    for no, (name, chance) in enumerate(zip(names, _by_chance(len(names)), strict=True), last + 1):
        members, stream = by_stream[name], streams[name]
        code = verb.code_in(members[0].scope_kind, Compartment(name[1]))
        actions.append((no, stream.no, chance, code, writer.officer, hlc, group))
        head = canon.action_bytes(action=chance, verb=code, officer=writer.officer, hlc=hlc)
        rows.add(stream, no, head, sorted(members, key=_by_kind))
    rows.write()
    insert_rows(conn, 'INSERT INTO j_action(no, stream, id, verb, officer, hlc, "group")', actions)
    return Appended(conn, writer, [(name, streams[name]) for name in names], rows.tips)


@cache
def _compartment(kind: str) -> str:
    return str(KINDS[kind].compartment)


_Row = tuple[Value | bytes, ...]


class _Rows:
    """Ops on their way to the journal: numbered in their streams, written, and given to be bound."""

    def __init__(self, conn: Connection, ops: int, bind: Bind) -> None:
        self._conn, self._bind = conn, bind
        self._numbers, self._devices = kind_numbers(conn), StreamDevices(conn)
        self._seeds = _by_chance(ops)
        self._fields: dict[tuple[str, ...], tuple[str, ...]] = {}
        """The same names are one object: a second process is told them once."""
        self._rows: list[_Row] = []
        self._cells: list[Mapping[str, Value]] = []
        self._stretches: list[canon.Stretch] = []
        self._answers: list[Callable[[], list[bytes]]] = []

    def add(self, stream: _Stream, action: int, head: bytes, ops: Sequence[NewOp]) -> None:
        """The ops of an action with this `head`, in a stream of which the tip follows."""
        made: list[canon.BareOp] = []
        self._stretches.append((stream.tip, stream.seq, head, made))
        no, seq, numbers, seeds = stream.no, stream.seq, self._numbers, self._seeds
        for new in ops:
            seq, seed, named, cells = seq + 1, next(seeds), new.parents, new.cells
            parents = {name: self._seen(dots) for name, dots in named.items()} if named else {}
            fields = tuple(cells)
            fields = self._fields.setdefault(fields, fields)
            made.append((new.kind, new.record, parents, seed, fields, tuple(cells.values())))
            if new.fields is not None:
                # An insert keeps what is not NULL: its count says which names it covers.
                cells = {name: value for name, value in cells.items() if value is not None}
            self._cells.append(cells)
            record, text = bytes.fromhex(new.record), json_text(named) if named else None
            self._rows.append((no, seq, action, numbers[new.kind], record, new.fields, seed, text))
        stream.seq = seq
        if len(self._rows) >= ROWS_AT_ONCE:
            self.write()

    def _seen(self, dots: Iterable[Dot]) -> list[tuple[str, int]]:
        return [(self._devices[dot.stream], dot.seq) for dot in dots]

    def write(self) -> None:
        """What was gathered."""
        self._answers.append(self._bind(self._stretches))
        texts = flat_texts(self._cells)
        columns, told = filled(_OP, [(*row, text) for row, text in zip(self._rows, texts, strict=True)])
        insert_rows(self._conn, f"INSERT INTO j_op({columns})", told)
        self._rows, self._cells, self._stretches = [], [], []

    def tips(self) -> Iterator[bytes]:
        """Where the streams stand now, in the order in which they were added; waits for it."""
        for answer in self._answers:
            yield from answer()


class Appended:
    """An action that stands in the journal, but for the tips that its streams have now."""

    def __init__(
        self,
        conn: Connection,
        writer: Writer,
        streams: Sequence[tuple[tuple[str, str], _Stream]],
        tips: Callable[[], Iterator[bytes]],
    ) -> None:
        self._conn, self._writer, self._streams, self._tips = conn, writer, streams, tips

    def keep_tips(self) -> None:
        """Where each stream stands now, the new ones too."""
        device, every = self._writer.device, self._streams
        for (_name, stream), tip in zip(every, self._tips(), strict=True):
            stream.tip = tip
        new = [(each.no, *name, device, each.seq, each.tip) for name, each in every if each.is_new]
        insert_rows(self._conn, "INSERT INTO j_stream(no, scope, compartment, device, seq, tip)", new)
        moved = [(each.seq, each.tip, each.no) for _name, each in every if not each.is_new]
        if moved:
            self._conn.exec_driver_sql("UPDATE j_stream SET seq = ?, tip = ? WHERE no = ?", moved)


_OP: Final = ("stream", "seq", "action", "kind", "rec", "fields", "seed", "parents", "cells")


_by_kind: Final = attrgetter("kind", "record")


def _by_chance(count: int) -> Iterator[bytes]:
    """So many times 16 bytes that nobody can guess, asked for at once."""
    every = secrets.token_bytes(canon.SEED_BYTES * count)
    return (every[at : at + canon.SEED_BYTES] for at in range(0, len(every), canon.SEED_BYTES))


class StreamDevices(dict[int, str]):
    """The id of the device behind each local stream number, read when first asked for."""

    def __init__(self, conn: Connection) -> None:
        super().__init__()
        self._conn = conn

    def __missing__(self, stream: int) -> str:
        sql = "SELECT d.id FROM j_stream s JOIN j_device d ON d.no = s.device WHERE s.no = ?"
        self[stream] = found = str(self._conn.exec_driver_sql(sql, (stream,)).scalar_one())
        return found


def _streams(
    conn: Connection, names: Sequence[tuple[str, str]], writer: Writer
) -> dict[tuple[str, str], _Stream]:
    """This device's streams by (scope, compartment); those that are not there yet begin, and get a number."""
    found: dict[tuple[str, str], _Stream] = {}
    scopes = sorted({scope for scope, _compartment in names})
    for start in range(0, len(scopes), CHUNK):
        part = scopes[start : start + CHUNK]
        sql = (
            "SELECT scope, compartment, no, seq, tip FROM j_stream"
            f" WHERE device = ? AND scope IN ({','.join('?' * len(part))})"
        )
        for scope, compartment, *rest in conn.exec_driver_sql(sql, (writer.device, *part)):
            found[scope, compartment] = _Stream(*rest)
    last = conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_stream").scalar_one()
    new = [name for name in names if name not in found]
    for no, name in enumerate(new, last + 1):
        found[name] = _Stream(no, 0, canon.stream_start(*name, writer.device_id), is_new=True)
    return found


_OPS = (
    "SELECT o.stream, o.seq, o.action, k.name, lower(hex(o.rec)), o.fields, o.cells, o.parents, o.kept,"
    " a.hlc, d.id, s.scope FROM j_op o JOIN j_action a ON a.no = o.action JOIN j_stream s ON s.no = o.stream"
    " JOIN j_device d ON d.no = s.device JOIN j_kind k ON k.no = o.kind"
)


def known(conn: Connection, records: Sequence[str]) -> frozenset[str]:
    """Which of these records have ops already, gone or not."""
    found: set[str] = set()
    for start in range(0, len(records), CHUNK):
        part = [bytes.fromhex(record) for record in records[start : start + CHUNK]]
        sql = f"SELECT DISTINCT lower(hex(rec)) FROM j_op WHERE rec IN ({','.join('?' * len(part))})"
        found.update(record for (record,) in conn.exec_driver_sql(sql, tuple(part)))
    return frozenset(found)


def scopes_written(conn: Connection, scopes: Sequence[str]) -> list[str]:
    """Those of these scopes in which anybody ever wrote something that is here."""
    sql = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM j_stream s WHERE s.scope = value)"
    return plain_column(conn, sql, (json.dumps(list(scopes)),))


class BareOp(NamedTuple):
    """As much of an op as a merge needs when nothing stands twice. `kind` is its local number."""

    stream: int
    seq: int
    kind: int
    scope: str
    fields: int | None
    cells: str
    parents: str | None
    kept: str | None


_BARE = (
    "SELECT o.rec, o.stream, o.seq, o.kind, s.scope, o.fields, {cells}, o.parents, o.kept"
    " FROM j_op o JOIN j_stream s ON s.no = o.stream WHERE o.rec IN ({marks})"
)
_CHANGES_ONLY = "CASE WHEN o.fields IS NULL THEN o.cells ELSE '' END"


def bare_ops_of(conn: Connection, records: Sequence[str], *, inserts: bool) -> dict[str, list[BareOp]]:
    """All ops of these records; with `inserts` false the cells of inserting ops are left unread ('')."""
    found: dict[str, list[BareOp]] = {record: [] for record in records}
    by_key = {bytes.fromhex(record): rows for record, rows in found.items()}
    keys = list(by_key)
    for start in range(0, len(keys), CHUNK):
        part = tuple(keys[start : start + CHUNK])
        sql = _BARE.format(cells="o.cells" if inserts else _CHANGES_ONLY, marks=",".join("?" * len(part)))
        for record, *row in plain_rows(conn, sql, part):
            by_key[record].append(BareOp._make(row))
    return found


def ops_of(conn: Connection, records: Sequence[str]) -> dict[str, list[Op]]:
    """All ops of these records."""
    found: dict[str, list[Op]] = {record: [] for record in records}
    for start in range(0, len(records), CHUNK):
        part = [bytes.fromhex(record) for record in records[start : start + CHUNK]]
        sql = f"{_OPS} WHERE o.rec IN ({','.join('?' * len(part))})"
        for row in conn.exec_driver_sql(sql, tuple(part)):
            found[row[4]].append(op_of(row))
    return found


class Until(NamedTuple):
    """Up to where ops count, both in milliseconds since 1970 and not itself within; None: whatever there is.

    `known`: when an op came to be here. For one of a colleague that is when its file was taken in, whatever the clock
    of its writer said. `written`: by the clock of the action itself.
    """

    known: int | None = None
    written: int | None = None


_CAME = (
    "CASE WHEN o.arrival IS NULL"
    ' THEN coalesce((SELECT g.at FROM l_group g WHERE g.no = a."group"), a.hlc >> 16)'
    " ELSE (SELECT i.at FROM l_import i WHERE i.no = o.arrival) END"
)


def ops_in(
    conn: Connection, scopes: Sequence[str], compartments: Iterable[Compartment], until: Until
) -> dict[str, list[Op]]:
    """The ops of these scopes and compartments up to a moment, by record."""
    sql = (
        f"{_OPS} WHERE s.scope IN (SELECT value FROM json_each(?))"
        " AND s.compartment IN (SELECT value FROM json_each(?))"
    )
    params: list[Any] = [json.dumps(list(scopes)), json.dumps(sorted(compartments))]
    if until.known is not None:
        sql += f" AND {_CAME} < ?"
        params.append(until.known)
    if until.written is not None:
        sql += " AND a.hlc >> 16 < ?"
        params.append(until.written)
    found: dict[str, list[Op]] = {}
    for row in conn.exec_driver_sql(f"{sql} ORDER BY o.rec", tuple(params)):
        found.setdefault(row[4], []).append(op_of(row))
    return found


def ops_of_group(conn: Connection, group: int) -> list[Op]:
    """The ops of one of our own actions, in the order written."""
    sql = f'{_OPS} WHERE a."group" = ? ORDER BY o.stream, o.seq'
    return [op_of(row) for row in conn.exec_driver_sql(sql, (group,))]


def all_ops(conn: Connection) -> Iterator[tuple[str, list[Op]]]:
    """Every record with its ops, in order of id: for rebuilding the tables. Streams, so that size does not matter."""
    rows = conn.exec_driver_sql(f"{_OPS} ORDER BY o.rec")
    for record, members in groupby(map(op_of, rows), key=lambda op: op.record):
        yield record, list(members)


def stored_cells(kind: str, fields: int | None, text: str) -> dict[str, Value]:
    """The cells of an op as it was written: an insert names the first so many fields of its kind, NULLs too."""
    cells: dict[str, Value] = json.loads(text)
    return cells if fields is None else {name: cells.get(name) for name in KINDS[kind].names[:fields]}


def op_of(row: Sequence[Any]) -> Op:
    """The op behind its row."""
    stream, seq, action, kind, record, fields, cells_text, parents_text, kept, hlc, device, scope = row
    cells = stored_cells(kind, fields, cells_text)
    redacted: frozenset[str] = frozenset(json.loads(kept)["gone"]) if kept else frozenset()
    cells.update(dict.fromkeys(redacted))
    parents: dict[str, tuple[Dot, ...]] = {}
    if parents_text:
        parents = {name: tuple(Dot(*dot) for dot in dots) for name, dots in json.loads(parents_text).items()}
    return Op(
        dot=Dot(stream, seq),
        action=action,
        hlc=hlc,
        device=device,
        kind=kind,
        record=record,
        scope=scope,
        cells=cells,
        parents=parents,
        redacted=redacted,
    )
