"""Sealing, checking and redacting streams: what binds the ops of one writer to each other."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from app.domain import canon
from app.domain.record import KINDS
from app.storage.compact_json import json_text
from app.storage.journal import StreamDevices, stored_cells

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """A stream whose ops do not lead to its stored tip, or whose seal does not hold. `number`: the last op seen."""

    scope: str
    compartment: str
    device: str
    number: int


_STREAMS = (
    "SELECT s.no, s.scope, s.compartment, d.id, s.seq, s.tip, s.sealed_seq, s.sealed_tip, s.signature, d.sign_key"
    " FROM j_stream s JOIN j_device d ON d.no = s.device ORDER BY s.no"
)
_LINKS = (
    "SELECT o.stream, o.seq, a.stream, a.id, a.verb, a.officer, a.hlc, k.name, lower(hex(o.rec)), o.fields, o.seed,"
    " o.cells, o.parents, o.kept FROM j_op o JOIN j_action a ON a.no = o.action JOIN j_kind k ON k.no = o.kind"
    " ORDER BY o.stream, o.seq"
)


def committed(
    fields: int | None, kind: str, seed: bytes | None, cells_text: str, kept: str | None
) -> dict[str, bytes]:
    """The commitments of an op, from its values and seed, or after redaction from what was kept of them."""
    cells = stored_cells(kind, fields, cells_text)
    if kept is None:
        return canon.commitments(seed or b"", cells)
    stays = json.loads(kept)
    found = {name: bytes.fromhex(text) for name, text in stays["gone"].items()}
    for name, salt in stays["salts"].items():
        found[name] = canon.commitment(bytes.fromhex(salt), cells.get(name))
    return found


def _link(previous: bytes, row: Sequence[Any], devices: Mapping[int, str]) -> bytes:
    """The link after one op, computed anew from what is stored of it."""
    _stream, seq, _home, action, verb, officer, hlc, kind, record, fields, seed, cells, parents, kept = row
    named = json.loads(parents) if parents else {}
    meta = canon.meta_bytes(
        seq=seq,
        action=action,
        verb=verb,
        officer=officer,
        hlc=hlc,
        kind=kind,
        record=record,
        parents={name: [(devices[dot[0]], dot[1]) for dot in dots] for name, dots in named.items()},
    )
    return canon.link(previous, meta, committed(fields, kind, seed, cells, kept))


def check_chains(conn: Connection) -> tuple[ChainFault, ...]:
    """Every stream recomputed and compared with its stored tip and its seal; empty when all is well.

    Reads the whole journal once, op by op. A stored op that belongs to no stream, a gap in the numbers and an
    action under another stream's header show as faults too. Signatures are checked by `check_seals`.
    """
    streams = {row[0]: row for row in conn.exec_driver_sql(_STREAMS)}
    devices = StreamDevices(conn)
    broken: dict[int, int] = {no: 0 for no, row in streams.items() if row[4] > 0}
    for no, rows in groupby(conn.exec_driver_sql(_LINKS), key=itemgetter(0)):
        whole, last = _leads_to_tip(streams[no], rows, devices) if no in streams else (False, 0)
        broken[no] = last
        if whole:
            del broken[no]
    return tuple(_fault(streams.get(no), last) for no, last in sorted(broken.items()))


def _leads_to_tip(
    stream: Sequence[Any], rows: Iterator[Sequence[Any]], devices: Mapping[int, str]
) -> tuple[bool, int]:
    no, scope, compartment, device, seq, tip, sealed_seq, sealed_tip, _signature, _key = stream
    found = sealed = canon.stream_start(scope, compartment, device)
    last, straight = 0, True
    for row in rows:
        straight = straight and row[1] == last + 1 and row[2] == no
        last, found = row[1], _link(found, row, devices)
        sealed = found if last == sealed_seq else sealed
    return straight and (last, found) == (seq, tip) and (not sealed_seq or sealed == sealed_tip), last


def check_seals(conn: Connection) -> tuple[ChainFault, ...]:
    """Seals whose signature is not that of the stream's device; about a tenth of a millisecond each."""
    faults = []
    for stream in conn.exec_driver_sql(_STREAMS):
        _no, scope, compartment, device, _seq, _tip, sealed_seq, sealed_tip, signature, key = stream
        if not sealed_seq:
            continue
        message = canon.tip_message(scope, compartment, device, sealed_seq, sealed_tip)
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except InvalidSignature:
            faults.append(_fault(stream, sealed_seq))
    return tuple(faults)


def _fault(stream: Sequence[Any] | None, number: int) -> ChainFault:
    scope, compartment, device = stream[1:4] if stream is not None else ("", "", "")
    return ChainFault(scope=scope, compartment=compartment, device=device, number=number)


def seal(conn: Connection, device: int, device_id: str, sign: Sign) -> int:
    """Sign the tips of this device's streams that have moved since they were sealed. Returns how many."""
    moved = conn.exec_driver_sql(
        "SELECT no, scope, compartment, seq, tip FROM j_stream WHERE device = ? AND seq > sealed_seq",
        (device,),
    ).all()
    rows = [
        (seq, tip, sign(canon.tip_message(scope, compartment, device_id, seq, tip)), no)
        for no, scope, compartment, seq, tip in moved
    ]
    if rows:
        conn.exec_driver_sql(
            "UPDATE j_stream SET sealed_seq = ?, sealed_tip = ?, signature = ? WHERE no = ?", rows
        )
    return len(rows)


def redact(
    conn: Connection,
    record: str,
    fields: frozenset[str],
    only: Collection[tuple[str, int]] | None = None,
) -> int:
    """Take the values of these fields out of every op of a record; the chain keeps their commitments.

    `only` names ops by device and number: then no others, and a record that is not here is nothing to do.
    Returns the number of ops changed. The caller projects, and clears drafts and index, in the same transaction.
    Raises ValueError for a record that was never written or a field that its kind does not have.
    """
    sql = (
        "SELECT d.id, o.stream, o.seq, k.name, o.fields, o.seed, o.cells, o.kept FROM j_op o"
        " JOIN j_kind k ON k.no = o.kind JOIN j_stream s ON s.no = o.stream JOIN j_device d ON d.no = s.device"
        " WHERE o.rec = ?"
    )
    rows = conn.exec_driver_sql(sql, (bytes.fromhex(record),)).all()
    if only is None and (not rows or not fields <= set(KINDS[rows[0][3]].names)):
        raise ValueError("there is no such value to take out")
    chosen = [row[1:] for row in rows if only is None or (row[0], row[2]) in only]
    changed = [row for row in (_redacted(fields, *row) for row in chosen) if row is not None]
    if changed:
        conn.exec_driver_sql(
            "UPDATE j_op SET cells = ?, kept = ?, seed = NULL WHERE stream = ? AND seq = ?", changed
        )
    return len(changed)


def _redacted(
    fields: frozenset[str],
    stream: int,
    seq: int,
    kind: str,
    count: int | None,
    seed: bytes,
    text: str,
    kept: str | None,
) -> tuple[str, str, int, int] | None:
    """The row of an op without these values: their commitments stay, and the salts of the others; None: no change."""
    cells = stored_cells(kind, count, text)
    before = json.loads(kept) if kept else {"salts": {}, "gone": {}}
    salts = before["salts"] if kept else {name: canon.field_salt(seed, name).hex() for name in cells}
    goes = fields & set(salts)
    if not goes:
        return None
    now = committed(count, kind, seed, text, kept)
    stays = {
        "salts": {name: salt for name, salt in salts.items() if name not in goes},
        "gone": before["gone"] | {name: now[name].hex() for name in sorted(goes)},
    }
    left = {
        name: value
        for name, value in cells.items()
        if name not in goes and (count is None or value is not None)
    }
    return json_text(left), json_text(stays), stream, seq
