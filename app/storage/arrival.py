"""Takes ops of others into the journal: chained, checked against the seal of who wrote them, then projected.

What is here is only kept by the caller's transaction: anything wrong raises, and nothing was written.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from app.domain import canon
from app.domain.record import KINDS, Value
from app.storage import project
from app.storage.intake import Batch, Intake, StreamState
from app.storage.journal import NewOp, known
from app.storage.knowledge import StreamKey
from app.storage.plain_rows import all_rows
from app.storage.seal import Seal

SHARE = 4
"""One in so many streams."""


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
        self._device_no = {id_: no for no, id_ in conn.exec_driver_sql("SELECT no, id FROM j_device")}
        self._stands: dict[tuple[str, ...], Sequence[Any]] = {}
        self._streams: dict[StreamKey, StreamState] = {}
        self._moved: dict[int, StreamState] = {}
        self._before: list[tuple[Any, ...]] = []
        last = conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_action").scalar_one()
        self.intake = Intake(
            number, last, self._kind_no, lambda key: self.stream(StreamKey(*key)).no, full=self.flush
        )

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
        """Read how the streams of these scopes stand; those that are not here begin when something comes in."""
        names = {no: device for device, no in self._device_no.items()}
        scopes = sorted({key.scope for key in keys})
        for start in range(0, len(scopes), 400):
            part = tuple(scopes[start : start + 400])
            sql = (
                "SELECT scope, compartment, no, device, seq, tip, sealed_seq, sealed_tip, signature FROM j_stream"
                f" WHERE scope IN ({','.join('?' * len(part))})"
            )
            for scope, compartment, *stand in all_rows(self.conn, sql, part):
                self._stands[scope, compartment, names[stand[1]]] = stand

    def ends_at(self, ends: Iterable[tuple[str, str, str, int, bytes]]) -> bool:
        """Whether each of these streams (scope, compartment, device) is here, and ends with this op and its link."""
        number = self._device_no.get
        wanted = {(scope, name, number(device), seq, tip) for scope, name, device, seq, tip in ends}
        sql, values = "SELECT s.scope, s.compartment, s.device, s.seq, s.tip FROM j_stream s", []
        last = self.conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_stream").scalar_one()
        if len(wanted) * SHARE < last:  # else reading all of them is faster than finding each
            sql += " WHERE s.scope IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(sorted({stream[0] for stream in wanted})))
        return wanted.issubset(all_rows(self.conn, sql, values))

    def begin(self, keys: Iterable[StreamKey]) -> None:
        """Make the streams that are not here yet, all at once; their devices are known."""
        new = [key for key in dict.fromkeys(keys) if key not in self._streams and key not in self._stands]
        if not new:
            return
        last = self.conn.exec_driver_sql("SELECT coalesce(max(no), 0) FROM j_stream").scalar_one()
        rows = []
        for no, key in enumerate(new, last + 1):
            device, tip = self._device_no[key.device], canon.stream_start(*key)
            self._streams[key] = StreamState(no, key, device, 0, tip, 0, None, None)
            rows.append((no, key.scope, key.compartment, device, tip))
        self.conn.exec_driver_sql(
            "INSERT INTO j_stream(no, scope, compartment, device, seq, tip) VALUES(?,?,?,?,0,?)", rows
        )

    def stand_at(self, key: StreamKey) -> tuple[int, bytes | None]:
        """Up to where a stream is here, and the link of its last op."""
        found = self._streams.get(key)
        if found is not None:
            return found.seq, found.tip
        stand = self._stands.get(key)
        return (0, None) if stand is None else (stand[2], stand[3])

    def at(self, key: StreamKey) -> int:
        """Up to where a stream is here."""
        return self.stand_at(key)[0]

    def stream(self, key: StreamKey) -> StreamState:
        """The stream, begun empty if it is not here: also for one that is only named as a parent."""
        found = self._streams.get(key)
        if found is None:
            if key not in self._stands:
                self.load([key])
            if (stand := self._stands.get(key)) is not None:
                no, device, *rest = stand
                self._streams[key] = StreamState(no, key, device, *rest)
            else:
                self.begin([key])
            found = self._streams[key]
        return found

    # -- ops -------------------------------------------------------------------------------------------------------

    def _kind_no(self, kind: str) -> int:
        found = self._kinds.get(kind)
        if found is None:
            made = self.conn.exec_driver_sql(
                "INSERT INTO j_kind(name) VALUES(?) RETURNING no", (kind,)
            ).scalar_one()
            self._kinds[kind] = found = int(made)
        return found

    def flush(self) -> None:
        """Write what was gathered."""
        self._write(self.intake.take())

    def take_over(self, batch: Batch) -> None:
        """Write what an intake of a second process gathered."""
        self.intake.follow(batch)
        self._write(batch)

    def go_on_after(self, last_action: int) -> None:
        """The last number that the second process gave to an action."""
        self.intake.last_action = last_action

    def numbers(self) -> dict[str, Any]:
        """What an intake elsewhere must know of this store."""
        return {"number": self.number, "action": self.intake.last_action, "kinds": dict(self._kinds)}

    def stands(self, keys: Iterable[StreamKey]) -> list[tuple[Any, ...]]:
        """How streams stand, as an intake elsewhere begins with them."""
        wanted = [self.stream(key) for key in keys]
        beside: dict[tuple[str, ...], dict[str, int]] = {}
        for key, stand in self._stands.items():
            beside.setdefault(key[:2], {})[key[2]] = stand[0]
        for key, found in self._streams.items():
            beside.setdefault(key[:2], {})[key.device] = found.no
        return [
            (one.no, tuple(one.key), one.device, one.seq, one.tip, 0, None, None, beside[one.key[:2]])
            for one in wanted
        ]

    def reach(self, key: StreamKey, end: int, tip: bytes, signature: bytes) -> None:
        """A stream of which a second process took the ops in, up to where its device signed it."""
        stream = self.stream(key)
        stream.seq, stream.tip = end, tip
        self._seal(stream, end, tip, signature)

    def _write(self, batch: Batch) -> None:
        conn, result = self.conn, self.result
        if self._before:
            conn.exec_driver_sql(
                'INSERT OR IGNORE INTO l_import_stream("import", stream, seq, tip, sealed_seq, sealed_tip, signature)'
                " VALUES(?,?,?,?,?,?,?)",
                self._before,
            )
            self._before = []
        if batch.actions:
            conn.exec_driver_sql(
                "INSERT INTO j_action(no, stream, id, verb, officer, hlc) VALUES(?,?,?,?,?,?)", batch.actions
            )
        here = known(conn, [begun[1] for begun in batch.begun])
        if batch.ops:
            conn.exec_driver_sql(
                "INSERT INTO j_op(stream, seq, action, kind, rec, fields, seed, cells, parents, kept, arrival)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                batch.ops,
            )
        result.ops += len(batch.ops)
        result.newer += batch.newer
        result.merge.update(batch.merge)
        result.changed.update(batch.changed)
        fresh = []
        for kind, record, scope, cells in batch.begun:
            if record in here or record in result.merge:
                result.merge[record] = kind
            else:
                fresh.append(_new_op(kind, record, scope, cells))
                result.fresh.append((kind, record, scope))
        project.project_fresh(conn, fresh)

    def close(self, stream: StreamState, end: int, tip: bytes, signature: bytes, sign_key: bytes) -> Seal:
        """The stretch is in: it must have led to the tip. Returns what is still to be checked."""
        stream.leads_to(end, tip)
        self._seal(stream, end, tip, signature)
        return Seal(sign_key, canon.tip_message(*stream.key, end, tip), signature)

    def _seal(self, stream: StreamState, end: int, tip: bytes, signature: bytes) -> None:
        stream.sealed_seq, stream.sealed_tip, stream.signature = end, tip, signature
        self._moved[stream.no] = stream

    def forget(self, key: StreamKey) -> None:
        """A stream was taken out again: what is known of it here no longer holds."""
        self._streams.pop(key, None)
        self._stands.pop(key, None)

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


def _new_op(kind: str, record: str, scope: str, cells: Mapping[str, Value]) -> NewOp:
    scope_kind = next(iter(KINDS[kind].scopes))
    return NewOp(kind=kind, record=record, scope=scope, scope_kind=scope_kind, cells=cells, fields=1)


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
