"""Canonical bytes, commitments and chain links of the journal (settled rule 8, `docs/journal-format.md`).

Each op of a stream is bound to the one before it by a hash over its codes and over one commitment per field.
A commitment hides its value behind a salt, so that a value can be taken out later without breaking the chain.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from app.domain.record import Value

SEED_BYTES = 16
_CELL, _LINK, _STREAM, _TIP = (f"regiemap/{part}/1\0".encode() for part in ("cell", "link", "stream", "tip"))


_NOTHING, _NUMBER = b"N\0\0\0\0", b"I\0\0\0\x08"


def value_bytes(value: Value) -> bytes:
    """Type tag, length, bytes. Raises ValueError for text with NUL or a lone surrogate, OverflowError for a
    number beyond 64 bits, TypeError for anything but NULL, whole number and text."""
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        data = value.encode()  # a lone surrogate raises UnicodeEncodeError, a ValueError
        if "\0" in value:
            raise ValueError("a text may not hold NUL")
        return b"T" + len(data).to_bytes(4, "big") + data
    if type(value) is not int:
        raise TypeError(f"a record holds no {type(value).__name__}")
    return _NUMBER + value.to_bytes(8, "big", signed=True)


def _sized(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def field_salt(seed: bytes, field: str) -> bytes:
    """The salt of one field, so that one random seed serves an op."""
    return hmac.digest(seed, field.encode(), "sha256")[:SEED_BYTES]


def commitment(salt: bytes, value: Value) -> bytes:
    """SHA-256 over domain tag, salt and canonical value: 32 bytes that give nothing away."""
    return hashlib.sha256(_CELL + salt + value_bytes(value)).digest()


_BLOCK = 64
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


def _halves(seed: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """What the two halves of an HMAC begin with."""
    hashed = hashlib.sha256
    key = (seed if len(seed) <= _BLOCK else hashed(seed).digest()).ljust(_BLOCK, b"\0")
    return hashed(key.translate(_INNER)), hashed(key.translate(_OUTER))


def commitments(seed: bytes, cells: Mapping[str, Value]) -> dict[str, bytes]:
    """One commitment per field: `commitment(field_salt(seed, field), value)`, written out for bulk.

    The HMAC of RFC 2104 in its two halves: what they do with the seed is done once for all fields.
    """
    hashed, made = hashlib.sha256, {}
    begun, ended = _halves(seed)
    for field, value in cells.items():
        inner, outer = begun.copy(), ended.copy()
        inner.update(_encoded(field))
        outer.update(inner.digest())
        made[field] = hashed(_CELL + outer.digest()[:SEED_BYTES] + value_bytes(value)).digest()
    return made


def bound(
    previous: bytes, meta: bytes, seed: bytes, fields: tuple[str, ...], values: Sequence[Value]
) -> bytes:
    """`link(previous, meta, commitments(seed, cells))` in one go, for who writes many ops."""
    hashed, (inner_half, outer_half) = hashlib.sha256, _halves(seed)
    begun, ended = inner_half.copy, outer_half.copy
    parts = [_LINK, previous, len(meta).to_bytes(4, "big"), meta]
    for at, plain, name in _in_order(fields):
        inner, outer = begun(), ended()
        inner.update(plain)
        outer.update(inner.digest())
        value = values[at]
        data = _NOTHING if value is None else value_bytes(value)
        parts += (name, hashed(_CELL + outer.digest()[:SEED_BYTES] + data).digest())
    return hashed(b"".join(parts)).digest()


BareOp = tuple[str, str, Mapping[str, Sequence[tuple[str, int]]], bytes, tuple[str, ...], tuple[Value, ...]]
"""What an op binds: kind, record, parents as in `meta_bytes`, seed, fields, and their values in the same order."""
Stretch = tuple[bytes, int, bytes, Sequence[BareOp]]
"""Ops of one action that follow each other in a stream: its tip and number before them, what `action_bytes` gives for
the action, and the ops."""


def tips(stretches: Iterable[Stretch]) -> list[bytes]:
    """The tip of each stream after its stretch."""
    return [_tip(*stretch) for stretch in stretches]


def _tip(tip: bytes, seq: int, head: bytes, ops: Sequence[BareOp]) -> bytes:
    for number, (kind, record, parents, seed, fields, values) in enumerate(ops, seq + 1):
        tip = bound(tip, op_bytes(number, head, kind, record, parents), seed, fields, values)
    return tip


@lru_cache(maxsize=4096)
def _in_order(fields: tuple[str, ...]) -> tuple[tuple[int, bytes, bytes], ...]:
    """Fields in order of name: where each stands, what is hashed for its salt and what stands for it in a link."""
    ordered = sorted((field, at) for at, field in enumerate(fields))
    return tuple((at, field.encode(), value_bytes(field)) for field, at in ordered)


@lru_cache(maxsize=4096)
def _encoded(name: str) -> bytes:
    """Names of fields and kinds, verbs, officers and devices are few and come again for every op."""
    return name.encode()


@lru_cache(maxsize=4096)
def _name(name: str) -> bytes:
    return value_bytes(name)


def stream_start(scope: str, compartment: str, device: str) -> bytes:
    """The link before the first op: it names the stream, so that no op can be moved to another."""
    return hashlib.sha256(_STREAM + _stream_name(scope, compartment, device)).digest()


def _stream_name(scope: str, compartment: str, device: str) -> bytes:
    return b"".join(_sized(part.encode()) for part in (scope, compartment, device))


def meta_bytes(
    *,
    seq: int,
    action: bytes,
    verb: str,
    officer: str,
    hlc: int,
    kind: str,
    record: str,
    parents: Mapping[str, Sequence[tuple[str, int]]],
) -> bytes:
    """Ids and codes of an op, never typed text. `parents` per field: (device, number) within this scope and
    compartment, because a record never leaves them."""
    head = action_bytes(action=action, verb=verb, officer=officer, hlc=hlc)
    return op_bytes(seq, head, kind, record, parents)


def action_bytes(*, action: bytes, verb: str, officer: str, hlc: int) -> bytes:
    """What the meta bytes of all ops of an action have in common."""
    return b"".join((_sized(action), _name(verb), _name(officer), value_bytes(hlc)))


def op_bytes(
    seq: int, head: bytes, kind: str, record: str, parents: Mapping[str, Sequence[tuple[str, int]]]
) -> bytes:
    """`meta_bytes` of an op under a `head` of `action_bytes`."""
    parts = [_NUMBER, seq.to_bytes(8, "big", signed=True), head, _name(kind), value_bytes(record)]
    if not parents:
        return b"".join(parts)
    for field in sorted(parents) if len(parents) > 1 else parents:
        dots = parents[field]
        parts += (_name(field), len(dots).to_bytes(4, "big"))
        for device, number in sorted(dots):
            parts += (_name(device), _NUMBER, number.to_bytes(8, "big", signed=True))
    return b"".join(parts)


def link(previous: bytes, meta: bytes, committed: Mapping[str, bytes]) -> bytes:
    """The chain link of an op: H(previous, meta, commitment per field in order of name)."""
    cells = b"".join([_name(field) + committed[field] for field in sorted(committed)])
    return hashlib.sha256(_LINK + previous + _sized(meta) + cells).digest()


def tip_message(scope: str, compartment: str, device: str, seq: int, tip: bytes) -> bytes:
    """What a device signs when a stream is sealed."""
    return _TIP + _stream_name(scope, compartment, device) + seq.to_bytes(8, "big") + tip
