"""Ops that came in and are in no table: of a device without access, after a revocation, about what was destroyed.

They are kept as they were sent, with the seal of who wrote them, until a person decides.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import canon
from app.domain.exchange_facts import Hold
from app.domain.record import KINDS
from app.exchange.op_line import lines
from app.exchange.stretch import is_action
from app.exchange.strict_json import line as parse_line
from app.storage import arrival, outgoing
from app.storage.journal import StreamDevices
from app.storage.knowledge import StreamKey
from app.storage.outgoing import Stretch
from app.storage.plain_rows import plain_rows
from app.storage.seal import Seal

LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What left the journal: its lines, the number before the first, and the (kind, record) it touched."""

    body: str
    start: int
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stretch that waits."""

    no: int
    key: StreamKey
    start: int
    end: int
    why: Hold
    sender: str
    at: int


def message(key: StreamKey, end: int, tip: bytes) -> bytes:
    """What the device signed."""
    return canon.tip_message(*key, end, tip)


def body_of(
    given: Sequence[bytes],
    start: int,
    seen: int,
    device_of: Sequence[str],
    kinds: Mapping[str, Sequence[str]],
) -> str:
    """The lines of a stretch from the first op after `seen`, naming devices by their ids."""
    rows: list[object] = []
    header: object = None
    number = start
    for raw in given:
        parsed = parse_line(raw)
        if is_action(parsed):
            header = parsed
            continue
        number += 1
        if number <= seen:
            continue
        if header is not None:
            rows.append(header)
            header = None
        kind, record, fields, secret, cells, parents = parsed
        if isinstance(parents, dict):
            parents = {
                name: [[device_of[device], seq] for device, seq in dots] for name, dots in parents.items()
            }
        rows.append([kind, record, fields, secret, cells, parents])
    return _body(kinds, (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows))


def _body(kinds: Mapping[str, Sequence[str]], rows: Iterable[str]) -> str:
    head = json.dumps({kind: list(names) for kind, names in kinds.items()}, separators=(",", ":"))
    return "\n".join((head, *rows))


def take_out(conn: Connection, key: StreamKey, number: int) -> Moved:
    """Move what the import `number` brought of a stream out of the journal again. The caller projects."""
    stream, seq = conn.exec_driver_sql(
        "SELECT s.no, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
        " WHERE s.scope = ? AND s.compartment = ? AND d.id = ?",
        key,
    ).one()
    start = conn.exec_driver_sql(
        'SELECT seq FROM l_import_stream WHERE "import" = ? AND stream = ?', (number, stream)
    ).scalar_one()
    sql = (
        "SELECT DISTINCT k.name, lower(hex(o.rec)) FROM j_op o JOIN j_kind k ON k.no = o.kind"
        " WHERE o.stream = ? AND o.seq > ?"
    )
    records = tuple(plain_rows(conn, sql, (stream, start)))
    body = body_from_journal(conn, stream, start, seq)
    arrival.withdraw(conn, number, stream)
    return Moved(body=body, start=start, records=records)


def body_from_journal(conn: Connection, stream: int, start: int, end: int) -> str:
    """Ops `start` + 1 to `end` of a stream that is here, as they are set apart."""
    found = list(lines(outgoing.read(conn, [Stretch(stream, start, end)]), StreamDevices(conn)))
    kinds = {kind: KINDS[kind].names for _place, kind, _text in found if kind in KINDS}
    return _body(kinds, (text for _place, _kind, text in found))


def keep(
    conn: Connection,
    *,
    key: StreamKey,
    start: int,
    end: int,
    tip: bytes,
    signature: bytes,
    body: str,
    why: Hold,
    sender: str,
    number: int,
    at: int,
) -> bool:
    """Set a stretch apart; False when it, or more, is here already. A longer one takes the place of a shorter."""
    here = conn.exec_driver_sql(
        "SELECT 1 FROM l_quarantine WHERE scope = ? AND compartment = ? AND device = ? AND from_seq <= ?"
        " AND seq >= ?",
        (*key, start, end),
    ).first()
    if here is not None:
        return False
    conn.exec_driver_sql(
        "DELETE FROM l_quarantine WHERE scope = ? AND compartment = ? AND device = ? AND from_seq >= ? AND seq <= ?",
        (*key, start, end),
    )
    conn.exec_driver_sql(
        "INSERT INTO l_quarantine(scope, compartment, device, from_seq, seq, tip, signature, body, reason, sender,"
        ' "import", at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)',
        (*key, start, end, tip, signature, body, str(why), sender, number, at),
    )
    return True


def all_of(conn: Connection) -> tuple[Kept, ...]:
    """Everything that waits, oldest first."""
    sql = (
        "SELECT no, scope, compartment, device, from_seq, seq, reason, sender, at FROM l_quarantine"
        " WHERE reason <> ? ORDER BY no"
    )
    return tuple(
        Kept(
            no=no,
            key=StreamKey(scope, compartment, device),
            start=start,
            end=end,
            why=Hold(why),
            sender=sender,
            at=at,
        )
        for no, scope, compartment, device, start, end, why, sender, at in conn.exec_driver_sql(
            sql, (LEFT_OUT,)
        )
    )


def discard(conn: Connection, no: int) -> None:
    """It is in the journal by now."""
    conn.exec_driver_sql("DELETE FROM l_quarantine WHERE no = ?", (no,))


def leave_out(conn: Connection, no: int) -> None:
    """A person decided that it stays away: its values go, and the same file does not bring it back."""
    conn.exec_driver_sql("UPDATE l_quarantine SET body = '', reason = ? WHERE no = ?", (LEFT_OUT, no))


def put_in(conn: Connection, coming: arrival.Arrival, no: int) -> Seal | None:
    """Take a stretch into the journal after all; None when it does not follow on what is here. Raises what
    `Intake.op` and `Arrival.close` raise. The caller projects and checks the seal."""
    row = conn.exec_driver_sql(
        "SELECT q.scope, q.compartment, q.device, q.from_seq, q.seq, q.tip, q.signature, q.body, d.sign_key"
        " FROM l_quarantine q JOIN j_device d ON d.id = q.device WHERE q.no = ?",
        (no,),
    ).one()
    key = StreamKey(*row[:3])
    start, end, tip, signature, body, sign_key = row[3:]
    coming.load([key])
    here = coming.at(key)
    if not start <= here < end:
        return None
    stream = coming.stream(key)
    coming.keep_before(stream)
    head_line, *rest = body.split("\n")
    kinds, head, number = json.loads(head_line), None, start
    scope_kind = _scope_kind(conn, key.scope)
    for text in rest:
        parsed = json.loads(text)
        if is_action(parsed):
            head = coming.intake.action(stream, *parsed[1:])
            continue
        number += 1
        if number > here and head is not None:
            devices, parents = _indexed(parsed[5])
            coming.intake.op(stream, head, [*parsed[:5], parents], kinds, devices, scope_kind)
    return coming.close(stream, end, tip, signature, sign_key)


def _indexed(parents: Mapping[str, Sequence[tuple[str, int]]] | None) -> tuple[list[str], object]:
    """Devices by place, and the parents with their places, as `Intake.op` takes them."""
    if parents is None:
        return [], None
    devices = sorted({device for dots in parents.values() for device, _seq in dots})
    return devices, {
        name: [[devices.index(device), seq] for device, seq in dots] for name, dots in parents.items()
    }


def _scope_kind(conn: Connection, scope: str) -> str:
    return str(conn.exec_driver_sql("SELECT kind FROM r_scope WHERE scope = ?", (scope,)).scalar() or "")
