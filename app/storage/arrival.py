"""Takes ops of others into the journal: chained, checked against the seal of who wrote them, then projected.

What is here is only kept by the caller's transaction: anything wrong raises, and nothing was written.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from app.domain import canon
from app.domain.record import KINDS, Kind, Value
from app.storage import project
from app.storage.journal import NewOp, json_text, known
from app.storage.knowledge import StreamKey
from app.storage.op_check import (
    NAME,
    NotAnOp,
    check_cells,
    check_place,
    commitments_of,
    secret_of,
    whole_cells,
)
from app.storage.plain_rows import plain_rows

BATCH: Final = 4_000
_VERB: Final = re.compile(r"[a-z][a-z0-9.-]{0,63}")
_ID: Final = re.compile(r"[0-9a-f]{32}")


class ChainBroken(ValueError):
    """The ops do not lead to the tip that their device signed."""


class Forked(ValueError):
    """The device signed this, and it does not follow on what it signed before: two histories under one name."""


@dataclass(slots=True)
class StreamState:
    """A stream of the journal while ops come in."""

    no: int
    key: StreamKey
    device: int
    seq: int
    tip: bytes
    sealed_seq: int
    sealed_tip: bytes | None
    signature: bytes | None
    beside: dict[str, int] = field(default_factory=dict)
    """Numbers of the streams of other devices for the same scope and compartment, as far as they were named."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a device signed: its key, the message, the signature."""

    sign_key: bytes
    message: bytes
    signature: bytes


@dataclass(slots=True)
class Arrived:
    """What came in: ops taken; records to merge, or of which only changes came, with their kind; records that were
    new and single."""

    ops: int = 0
    newer: int = 0
    merge: dict[str, str] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    fresh: list[tuple[str, str, str]] = field(default_factory=list)


class Arrival:
    """One import writing into the journal. `number` is its number in `l_import`."""

    def __init__(self, conn: Connection, number: int) -> None:
        self.conn, self.number = conn, number
        self.result = Arrived()
        self._kinds = {name: no for no, name in conn.exec_driver_sql("SELECT no, name FROM j_kind")}
        self._action = conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_action").scalar_one()
        self._device_no = {id_: no for no, id_ in conn.exec_driver_sql("SELECT no, id FROM j_device")}
        self._streams: dict[StreamKey, StreamState] = {}
        self._moved: dict[int, StreamState] = {}
        self._actions: list[tuple[Any, ...]] = []
        self._ops: list[tuple[Any, ...]] = []
        self._new: list[NewOp] = []
        self._seen: set[str] = set()
        self._inserted: set[str] = set()
        self._begun: set[int] = set()
        self._before: list[tuple[Any, ...]] = []

    # -- streams and devices ---------------------------------------------------------------------------------------

    def know_device(self, device: str, sign_key: bytes, heir_of: str | None, signature: bytes | None) -> int:
        """The local number of a device; one that is here as the place of nobody may become an heir."""
        no = self._device_no.get(device)
        if no is None:
            no = self.conn.exec_driver_sql(
                "INSERT INTO j_device(id, sign_key, heir_of, heir_signature) VALUES(?,?,?,?) RETURNING no",
                (device, sign_key, heir_of, signature),
            ).scalar_one()
            self._device_no[device] = no = int(no)
        else:
            self.conn.exec_driver_sql(
                "UPDATE j_device SET sign_key = coalesce(sign_key, ?), heir_of = coalesce(heir_of, ?),"
                " heir_signature = coalesce(heir_signature, ?) WHERE no = ?",
                (sign_key, heir_of, signature, no),
            )
        return no

    def load(self, keys: Sequence[StreamKey]) -> None:
        """Read how these streams stand; those that are not here begin when something comes in."""
        wanted = set(keys)
        scopes = sorted({key.scope for key in keys})
        for start in range(0, len(scopes), 400):
            part = tuple(scopes[start : start + 400])
            sql = (
                "SELECT s.no, s.scope, s.compartment, d.id, s.device, s.seq, s.tip, s.sealed_seq, s.sealed_tip,"
                " s.signature FROM j_stream s JOIN j_device d ON d.no = s.device"
                f" WHERE s.scope IN ({','.join('?' * len(part))})"
            )
            for no, scope, compartment, device, *rest in plain_rows(self.conn, sql, part):
                key = StreamKey(scope, compartment, device)
                if key in wanted:
                    self._streams[key] = StreamState(no, key, *rest)

    def begin(self, keys: Iterable[StreamKey]) -> None:
        """Make the streams that are not here yet, all at once; their devices are known."""
        new = [key for key in dict.fromkeys(keys) if key not in self._streams]
        last = self.conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_stream").scalar_one()
        rows = []
        for no, key in enumerate(new, last + 1):
            device, tip = self._device_no[key.device], canon.stream_start(*key)
            self._streams[key] = StreamState(no, key, device, 0, tip, 0, None, None)
            rows.append((no, key.scope, key.compartment, device, tip))
        if rows:
            self.conn.exec_driver_sql(
                "INSERT INTO j_stream(no, scope, compartment, device, seq, tip) VALUES(?,?,?,?,0,?)", rows
            )

    def at(self, key: StreamKey) -> int:
        """Up to where a stream is here."""
        found = self._streams.get(key)
        return 0 if found is None else found.seq

    def tip(self, key: StreamKey) -> bytes | None:
        """The link of its last op here."""
        found = self._streams.get(key)
        return None if found is None else found.tip

    def stream(self, key: StreamKey) -> StreamState:
        """The stream, begun empty if it is not here: also for one that is only named as a parent."""
        found = self._streams.get(key)
        if found is None:
            self.load([key])
            self.begin([key])
            found = self._streams[key]
        return found

    # -- ops -------------------------------------------------------------------------------------------------------

    def action(
        self, stream: StreamState, action: object, verb: object, officer: object, hlc: object
    ) -> "Header":
        """A header that the ops after it stand under. Raises NotAnOp."""
        if not (
            isinstance(action, str)
            and _ID.fullmatch(action)
            and isinstance(verb, str)
            and _VERB.fullmatch(verb)
            and isinstance(officer, str)
            and (officer == "" or _ID.fullmatch(officer))
            and type(hlc) is int
            and 0 <= hlc < 1 << 63
        ):
            raise NotAnOp
        self._action += 1
        raw = bytes.fromhex(action)
        meta = canon.action_bytes(action=raw, verb=verb, officer=officer, hlc=hlc)
        return Header(self._action, stream.no, raw, verb, officer, hlc, meta)

    def op(
        self,
        stream: StreamState,
        head: "Header",
        line: Sequence[Any],
        names: Mapping[str, Sequence[str]],
        device_of: Sequence[str],
        scope_kind: str,
    ) -> None:
        """Take one op in after the last one of its stream. Raises NotAnOp."""
        kind, record, fields, secret, given, parents = line
        declared = KINDS.get(kind) if isinstance(kind, str) else None
        if not isinstance(record, str) or _ID.fullmatch(record) is None or not isinstance(given, dict):
            raise NotAnOp
        check_place(kind, declared, stream.key.compartment, scope_kind)
        cells, count, stored = whole_cells(kind, declared, fields, given, names, secret)
        newer = check_cells(declared, cells)
        seed, kept = secret_of(secret)
        committed = commitments_of(cells, seed, kept)
        named: dict[str, list[tuple[int, int]]] = {}
        seen: dict[str, list[tuple[str, int]]] = {}
        if parents is not None:
            self._parents(stream, parents, device_of, named, seen)
        stream.seq += 1
        stream.tip = canon.link(
            stream.tip, canon.op_bytes(stream.seq, head.meta, kind, record, seen), committed
        )
        if head.no not in self._begun:
            self._begun.add(head.no)
            self._actions.append((head.no, head.stream, head.id, head.verb, head.officer, head.hlc))
        self._ops.append(
            (
                stream.no,
                stream.seq,
                head.no,
                self._kind_no(kind),
                bytes.fromhex(record),
                count,
                seed,
                json_text(stored),
                json_text(named) if named else None,
                json_text(kept) if kept is not None else None,
                self.number,
            )
        )
        self.result.ops += 1
        self.result.newer += newer
        if declared is not None:
            self._note(
                declared, record, stream.key.scope, cells, insert=count is not None, whole=kept is None
            )
        if len(self._ops) >= BATCH:
            self.flush()

    def _note(
        self, kind: Kind, record: str, scope: str, cells: Mapping[str, Value], *, insert: bool, whole: bool
    ) -> None:
        """A record with one whole op may become a row at once; one with more is merged at the end."""
        first = record not in self._seen
        self._seen.add(record)
        if insert:
            self._inserted.add(record)
        if insert and whole and first:
            self._new.append(
                NewOp(
                    kind=kind.name, record=record, scope=scope, scope_kind=_any(kind), cells=cells, fields=1
                )
            )
        elif record in self._inserted:
            self.result.merge[record] = kind.name
        else:
            self.result.changed[record] = kind.name

    def _kind_no(self, kind: str) -> int:
        found = self._kinds.get(kind)
        if found is None:
            made = self.conn.exec_driver_sql(
                "INSERT INTO j_kind(name) VALUES(?) RETURNING no", (kind,)
            ).scalar_one()
            self._kinds[kind] = found = int(made)
        return found

    def _parents(
        self,
        stream: StreamState,
        parents: object,
        device_of: Sequence[str],
        named: dict[str, list[tuple[int, int]]],
        seen: dict[str, list[tuple[str, int]]],
    ) -> None:
        """Fill in which dots an op names: by local stream for the journal, by device for the chain."""
        if not isinstance(parents, dict):
            raise NotAnOp
        for field_name, dots in parents.items():
            if NAME.fullmatch(field_name) is None or not isinstance(dots, list) or not dots:
                raise NotAnOp
            here, there = named[field_name], seen[field_name] = [], []
            for dot in dots:
                if not (isinstance(dot, list) and len(dot) == 2):
                    raise NotAnOp
                index, seq = dot
                if type(index) is not int or type(seq) is not int or not 0 < seq < 1 << 62:
                    raise NotAnOp
                if not 0 <= index < len(device_of):
                    raise NotAnOp
                device = device_of[index]
                no = stream.beside.get(device)
                if no is None:
                    key = StreamKey(stream.key.scope, stream.key.compartment, device)
                    no = stream.beside[device] = self.stream(key).no
                here.append((no, seq))
                there.append((device, seq))

    def flush(self) -> None:
        """Write what was gathered."""
        conn = self.conn
        if self._before:
            conn.exec_driver_sql(
                'INSERT OR IGNORE INTO l_import_stream("import", stream, seq, tip, sealed_seq, sealed_tip, signature)'
                " VALUES(?,?,?,?,?,?,?)",
                self._before,
            )
            self._before = []
        if self._actions:
            conn.exec_driver_sql(
                "INSERT INTO j_action(no, stream, id, verb, officer, hlc) VALUES(?,?,?,?,?,?)", self._actions
            )
            self._actions = []
        here = known(conn, [new.record for new in self._new]) if self._new else frozenset()
        if self._ops:
            conn.exec_driver_sql(
                "INSERT INTO j_op(stream, seq, action, kind, rec, fields, seed, cells, parents, kept, arrival)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                self._ops,
            )
            self._ops = []
        fresh = []
        for new in self._new:
            if new.record in here or new.record in self.result.merge:
                self.result.merge[new.record] = new.kind
            else:
                fresh.append(new)
                self.result.fresh.append((new.kind, new.record, new.scope))
        project.project_fresh(conn, fresh)
        self._new = []

    def close(self, stream: StreamState, end: int, tip: bytes, signature: bytes, sign_key: bytes) -> Seal:
        """The stretch is in: it must have led to the tip. Returns what is still to be checked."""
        if stream.seq != end or stream.tip != tip:
            raise ChainBroken
        stream.sealed_seq, stream.sealed_tip, stream.signature = end, tip, signature
        self._moved[stream.no] = stream
        return Seal(sign_key, canon.tip_message(*stream.key, end, tip), signature)

    def forget(self, key: StreamKey) -> None:
        """A stream was taken out again: what is known of it here no longer holds."""
        self._streams.pop(key, None)

    def keep_before(self, stream: StreamState) -> None:
        """Note how a stream stands, for taking this import back."""
        self._before.append(
            (
                self.number,
                stream.no,
                stream.seq,
                stream.tip,
                stream.sealed_seq,
                stream.sealed_tip,
                stream.signature,
            )
        )

    def write_streams(self) -> None:
        """Write how the streams stand now in which something came in."""
        rows = [
            (stream.seq, stream.tip, stream.sealed_seq, stream.sealed_tip, stream.signature, stream.no)
            for stream in self._moved.values()
        ]
        self._moved = {}
        if rows:
            self.conn.exec_driver_sql(
                "UPDATE j_stream SET seq = ?, tip = ?, sealed_seq = ?, sealed_tip = ?, signature = ? WHERE no = ?",
                rows,
            )


class Header(NamedTuple):
    """An action's header as it was read; `meta`: what of it goes into the link of each of its ops."""

    no: int
    stream: int
    id: bytes
    verb: str
    officer: str
    hlc: int
    meta: bytes


def good_seals(seals: Sequence[Seal]) -> bool:
    """Whether every signature is that of its device. Two at a time: the library lets go of Python meanwhile."""
    keys = {seal.sign_key: Ed25519PublicKey.from_public_bytes(seal.sign_key) for seal in seals}

    def good(part: Iterable[Seal]) -> bool:
        try:
            for seal in part:
                keys[seal.sign_key].verify(seal.signature, seal.message)
        except InvalidSignature:
            return False
        return True

    if len(seals) < 32:
        return good(seals)
    with ThreadPoolExecutor(2) as pool:
        return all(pool.map(good, (seals[::2], seals[1::2])))


def _any(kind: Kind) -> Any:
    return next(iter(kind.scopes))


def withdraw(conn: Connection, number: int, stream: int) -> None:
    """Take what the import `number` brought of a stream out of the journal; the stream stands as before."""
    conn.exec_driver_sql("DELETE FROM j_op WHERE stream = ? AND arrival = ?", (stream, number))
    conn.exec_driver_sql(
        "DELETE FROM j_action WHERE stream = ?"
        " AND NOT EXISTS (SELECT 1 FROM j_op o WHERE o.stream = j_action.stream AND o.action = j_action.no)",
        (stream,),
    )
    conn.exec_driver_sql(
        "UPDATE j_stream SET (seq, tip, sealed_seq, sealed_tip, signature) = (SELECT b.seq, b.tip, b.sealed_seq,"
        ' b.sealed_tip, b.signature FROM l_import_stream b WHERE b."import" = ? AND b.stream = j_stream.no)'
        " WHERE no = ?",
        (number, stream),
    )
    conn.exec_driver_sql('DELETE FROM l_import_stream WHERE "import" = ? AND stream = ?', (number, stream))
