"""python tools/check_journal.py [--vectors FILE] [DUMP]: check a dump of a journal without the program.

Written from docs/journal-format.md alone, with the standard library only, as a second opinion: it must never import
`app`. Exit code 0 when every link and seal is true, 1 with one line per fault, 2 for wrong use.
"""

import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

CELL, LINK, STREAM, TIP = (b"regiemap/" + part + b"/1\x00" for part in (b"cell", b"link", b"stream", b"tip"))


def four(number: int) -> bytes:
    """Four bytes, big-endian."""
    return number.to_bytes(4, "big")


def sized(data: bytes) -> bytes:
    """Length, then the bytes."""
    return four(len(data)) + data


def value(item: object) -> bytes:
    """A value in canonical bytes."""
    if item is None:
        return b"N" + four(0)
    if isinstance(item, str):
        if "\x00" in item:
            raise ValueError("NUL in a text")
        return b"T" + sized(item.encode("utf-8"))
    if type(item) is int:
        return b"I" + sized(item.to_bytes(8, "big", signed=True))
    raise ValueError(f"not a value: {type(item).__name__}")


def salt_of(seed: bytes, field: str) -> bytes:
    """The salt of a field."""
    return hmac.new(seed, field.encode("utf-8"), hashlib.sha256).digest()[:16]


def commitment(salt: bytes, item: object) -> bytes:
    """The commitment of a cell."""
    return hashlib.sha256(CELL + salt + value(item)).digest()


def names(scope: str, compartment: str, device: str) -> bytes:
    """The name of a stream in bytes."""
    return b"".join(sized(part.encode("utf-8")) for part in (scope, compartment, device))


def start(scope: str, compartment: str, device: str) -> bytes:
    """The link before the first op."""
    return hashlib.sha256(STREAM + names(scope, compartment, device)).digest()


def meta(op: dict[str, Any]) -> bytes:
    """The ids and codes of an op in bytes."""
    made = value(op["seq"]) + sized(bytes.fromhex(op["action"]))
    for part in ("verb", "officer", "hlc", "kind", "record"):
        made += value(op[part])
    for field, dots in sorted(op["parents"].items()):
        made += value(field) + four(len(dots))
        for device, number in sorted(map(tuple, dots)):
            made += value(device) + value(number)
    return made


def link(previous: bytes, op: dict[str, Any]) -> bytes:
    """The link after an op."""
    cells = {field: commitment(bytes.fromhex(salt), item) for field, (salt, item) in op["cells"].items()}
    if cells.keys() & op["gone"].keys():
        raise ValueError("a cell is there and taken out")
    cells |= {field: bytes.fromhex(text) for field, text in op["gone"].items()}
    joined = b"".join(value(field) + cells[field] for field in sorted(cells))
    return hashlib.sha256(LINK + previous + sized(meta(op)) + joined).digest()


# --- Ed25519, verifying only (RFC 8032, section 5.1.7, and the arithmetic of its appendix A) ----------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def plus(one: Point, two: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point that many times."""
    made: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            made = plus(made, point)
        point, number = plus(point, point), number >> 1
    return made


def point_of(data: bytes) -> Point | None:
    """The point written in 32 bytes; None if there is none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def base_point() -> Point:
    """The base point B."""
    found = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    assert found is not None
    return found


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is true."""
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or public is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, base_point()), plus(r, times(k, public))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


# --- a dump -------------------------------------------------------------------------------------------------------


def check_seal(stream: dict[str, Any], reached: dict[int, bytes]) -> str | None:
    """What is wrong with a stream's seal; `reached`: the link at the sealed number."""
    seal = stream["seal"]
    if seal is None:
        return None
    tip = bytes.fromhex(seal["tip"])
    key = bytes.fromhex(stream["sign_key"])
    message = TIP + names(stream["scope"], stream["compartment"], stream["device"])
    message += seal["seq"].to_bytes(8, "big") + tip
    if hashlib.sha256(key).hexdigest() != stream["device"]:
        return "the key is not that of the device"
    if reached.get(seal["seq"]) != tip:
        return "the sealed tip is not what the ops lead to"
    return None if signed(key, message, bytes.fromhex(seal["signature"])) else "the signature is not true"


def check_stream(stream: dict[str, Any], ops: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One sentence per fault of a stream."""
    found, last, reached = start(stream["scope"], stream["compartment"], stream["device"]), 0, {}
    for op in ops:
        if op["seq"] != last + 1:
            yield f"number {op['seq']} follows {last}"
        try:
            found = link(found, op)
        except (ValueError, OverflowError) as problem:
            yield f"op {op['seq']}: {problem}"
        last = op["seq"]
        if stream["seal"] and last == stream["seal"]["seq"]:
            reached[last] = found
    if (last, found.hex()) != (stream["seq"], stream["tip"]):
        yield "the ops do not lead to the tip"
    fault = check_seal(stream, reached)
    if fault is not None:
        yield fault


def check(lines: Iterable[str]) -> Iterator[str]:
    """One sentence per fault; reads stream by stream."""
    rows = (json.loads(line) for line in lines)
    if next(rows, None) != {"format": "regiemap-journal-dump/1"}:
        yield "this is not a dump of a journal, version 1"
        return
    stream: dict[str, Any] | None = None
    ops: list[dict[str, Any]] = []
    for row in rows:
        if "scope" in row:
            yield from _named(stream, ops)
            stream, ops = row, []
        else:
            ops.append(row)
    yield from _named(stream, ops)


def _named(stream: dict[str, Any] | None, ops: list[dict[str, Any]]) -> Iterator[str]:
    if stream is None:
        if ops:
            yield "ops before the first stream"
        return
    for fault in check_stream(stream, ops):
        yield f"{stream['scope']} {stream['compartment']} {stream['device'][:8]}: {fault}"


def check_vectors(text: str) -> Iterator[str]:
    """Every vector made anew from its input."""
    vectors = json.loads(text)
    for row in vectors["values"]:
        if value(row["value"]).hex() != row["bytes"]:
            yield f"value {row['value']!r}"
    for row in vectors["commitments"]:
        salt = salt_of(bytes.fromhex(row["seed"]), row["field"])
        if salt.hex() != row["salt"] or commitment(salt, row["value"]).hex() != row["commitment"]:
            yield f"commitment of {row['field']}"
    for row in vectors["links"]:
        if meta(row["op"]).hex() != row["meta"]:
            yield f"meta of op {row['op']['seq']}"
        if link(bytes.fromhex(row["previous"]), row["op"]).hex() != row["link"]:
            yield f"link of op {row['op']['seq']}"
    stream = vectors["stream"]
    if start(stream["scope"], stream["compartment"], stream["device"]).hex() != stream["start"]:
        yield "start of the stream"
    yield from check_stream(stream, [row["op"] for row in vectors["links"]])


def main(arguments: list[str]) -> int:
    """Check vectors, a dump, or both."""
    faults: list[str] = []
    if arguments[:1] == ["--vectors"] and len(arguments) > 1:
        faults += check_vectors(Path(arguments[1]).read_text(encoding="utf-8"))
        arguments = arguments[2:]
    elif len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    for name in arguments:
        with Path(name).open(encoding="utf-8") as lines:
            faults += check(lines)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
