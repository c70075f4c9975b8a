"""What a package says of itself: who made it, for whom, which stretches of which streams it holds.

`docs/package-format.md` is the description; this file is its one reader and writer.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import lt
from typing import Any, Final, NamedTuple

from app.config.version import VERSION
from app.domain.ident import is_id
from app.domain.record import Compartment, ScopeKind
from app.exchange.problem import DamagedPackage, NewerPackage
from app.exchange.strict_json import parse_typed

FORMAT: Final = 1
SIGNED: Final = b"regiemap/package/1\0"
MOST_BYTES: Final = 64 * 1024 * 1024
KINDS_OF_PACKAGE: Final = ("ops", "receipt", "extract")
_HEX64, _HEX128 = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{128}")
_NOT_IN_EXTRACT: Final = ("segments", "have", "have_blobs", "destroyed", "blobs")
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
EXTRACT_MEMBER: Final = "extract.json"
_MEMBER: Final = re.compile(r"ops-\d{4}\.jsonl")
_EXTRACT: Final = re.compile(r"extract\.json")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A device whose ops are in the package or named by them; `heir_of` signed that this one takes its place."""

    device: str
    sign_key: bytes
    heir_of: str | None = None
    heir_signature: bytes | None = None


class Segment(NamedTuple):
    """Ops `start` + 1 to `end` of one stream; scope and device are indexes. The device signed `tip` at `end`."""

    scope: int
    compartment: str
    device: int
    start: int
    end: int
    tip: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A member with ops: its name, bytes, SHA-256, and the number of lines."""

    name: str
    size: int
    sha256: str
    count: int


@dataclass(frozen=True, slots=True)
class BlobEntry:
    """A scan: the index of its scope, its id (which the scope's key and the content make) and its bytes."""

    scope: int
    blob: str
    size: int


@dataclass(frozen=True, slots=True)
class Order:
    """A destruction: the signed text, the signature, the index of the device that signed."""

    body: str
    signature: bytes
    device: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """See the module. `have`: per (scope, compartment) the numbers by device index, of what the sender holds."""

    id: str
    kind: str
    no: int
    made: str
    hlc: int
    devices: tuple[DeviceEntry, ...]
    to: tuple[str, ...]
    compartments: tuple[str, ...] = ()
    families: tuple[tuple[str, tuple[str, ...]], ...] = ()
    scopes: tuple[tuple[str, str], ...] = ()
    segments: tuple[Segment, ...] = ()
    have: Mapping[tuple[str, str], Mapping[int, int]] = field(default_factory=dict)
    have_blobs: tuple[str, ...] = ()
    destroyed: tuple[Order, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ops: tuple[MemberEntry, ...] = ()
    blobs: tuple[BlobEntry, ...] = ()
    schema: int = 0
    program: str = VERSION
    min_reader: int = FORMAT
    features: tuple[str, ...] = ()

    @property
    def sender(self) -> DeviceEntry:
        """Who made and signed it."""
        return self.devices[0]

    def streams(self) -> Iterator[tuple[str, str, str]]:
        """Of each stretch the stream it is of: scope, compartment, device."""
        for scope, compartment, device, *_rest in self.segments:
            yield self.scopes[scope][0], compartment, self.devices[device].device

    def render(self) -> bytes:
        """The bytes that are signed and stand in the package."""
        return json.dumps(self._form(), ensure_ascii=False, separators=(",", ":")).encode()

    def _form(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "min_reader": self.min_reader,
            "schema": self.schema,
            "program": self.program,
            "features": list(self.features),
            "id": self.id,
            "kind": self.kind,
            "no": self.no,
            "made": self.made,
            "hlc": self.hlc,
            "devices": [
                [one.device, one.sign_key.hex(), one.heir_of, one.heir_signature and one.heir_signature.hex()]
                for one in self.devices
            ],
            "to": list(self.to),
            "families": [[dossier, list(persons)] for dossier, persons in self.families],
            "compartments": list(self.compartments),
            "scopes": [list(scope) for scope in self.scopes],
            "segments": [
                (*stretch, tip.hex(), signature.hex()) for *stretch, tip, signature in self.segments
            ],
            "have": [(*pair, sorted(numbers.items())) for pair, numbers in sorted(self.have.items())],
            "have_blobs": list(self.have_blobs),
            "destroyed": [[order.body, order.signature.hex(), order.device] for order in self.destroyed],
            "kinds": {kind: list(names) for kind, names in sorted(self.kinds.items())},
            "ops": [[one.name, one.size, one.sha256, one.count] for one in self.ops],
            "blobs": [[one.scope, one.blob, one.size] for one in self.blobs],
        }


def read_manifest(data: bytes) -> Manifest:
    """Raises `DamagedPackage` for anything that is not a manifest of this format, `NewerPackage` for a later one."""
    form = parse_typed(data, longest=MOST_BYTES)
    try:
        if not isinstance(form, dict):
            raise TypeError
        needed = form["min_reader"]
        if _whole(needed) > FORMAT or form["features"]:
            raise NewerPackage(version=str(form["program"])[:20])
        return _manifest(form)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise DamagedPackage from error


def _manifest(form: Mapping[str, Any]) -> Manifest:
    devices = tuple(_device(*row) for row in form["devices"])
    ids = _Ids()
    scopes = _scopes(form["scopes"], ids)
    kind = form["kind"]
    if kind not in KINDS_OF_PACKAGE or not devices or len(dict(scopes)) < len(scopes):
        raise ValueError
    if len({one.device for one in devices}) < len(devices):
        raise ValueError
    segments = _segments(form["segments"], len(scopes), len(devices))
    if len({(s.scope, s.compartment, s.device) for s in segments}) < len(segments):
        raise ValueError
    ops = tuple(
        MemberEntry(
            _match(_EXTRACT if kind == "extract" else _MEMBER, name),
            _whole(size),
            _match(_HEX64, sha),
            _whole(count),
        )
        for name, size, sha, count in form["ops"]
    )
    if kind == "extract" and (len(ops) != 1 or any(form[name] for name in _NOT_IN_EXTRACT)):
        raise ValueError
    blobs = tuple(
        BlobEntry(_index(scope, len(scopes)), _match(_HEX64, blob), _whole(size))
        for scope, blob, size in form["blobs"]
    )
    return Manifest(
        id=_id(form["id"]),
        kind=kind,
        no=_whole(form["no"]),
        made=_match(_MOMENT, form["made"]),
        hlc=_whole(form["hlc"]),
        devices=devices,
        to=tuple(_match(_HEX64, device) for device in form["to"]),
        compartments=tuple(_match(_NAME, name) for name in form["compartments"]),
        families=tuple(
            (ids[dossier], tuple(map(ids.__getitem__, persons))) for dossier, persons in form["families"]
        ),
        scopes=scopes,
        segments=segments,
        have=_have(form["have"], ids, len(devices)),
        have_blobs=tuple(_match(_HEX64, blob) for blob in form["have_blobs"]),
        destroyed=tuple(
            Order(_text(body), bytes.fromhex(_match(_HEX128, signature)), _index(device, len(devices)))
            for body, signature, device in form["destroyed"]
        ),
        kinds={
            _match(_NAME, kind): tuple(_match(_NAME, name) for name in names)
            for kind, names in form["kinds"].items()
        },
        ops=ops,
        blobs=blobs,
        schema=_whole(form["schema"]),
        program=_text(form["program"])[:20],
        min_reader=_whole(form["min_reader"]),
    )


def _device(device: object, key: object, heir_of: object, signature: object) -> DeviceEntry:
    sign_key = bytes.fromhex(_match(_HEX64, key))
    if hashlib.sha256(sign_key).hexdigest() != device:
        raise ValueError
    if heir_of is None:
        return DeviceEntry(str(device), sign_key)
    return DeviceEntry(
        str(device), sign_key, _match(_HEX64, heir_of), bytes.fromhex(_match(_HEX128, signature))
    )


class _Ids(dict[object, str]):
    """Each id that was looked at; one that is none raises. There are tens of thousands, and most come several times."""

    def __missing__(self, value: object) -> str:
        self[value] = found = _id(value)
        return found


def _scopes(rows: Iterable[Sequence[Any]], ids: _Ids) -> tuple[tuple[str, str], ...]:
    kinds = {str(kind): str(kind) for kind in ScopeKind}
    return tuple((ids[scope], kinds[kind]) for scope, kind in rows)


def _segments(rows: Sequence[Sequence[Any]], scopes: int, devices: int) -> tuple[Segment, ...]:
    """There may be tens of thousands: checked by column."""
    if rows == []:
        return ()
    if set(map(len, rows)) != {len(Segment._fields)}:
        raise ValueError
    scope, compartment, device, start, end, tip, signature = zip(*rows, strict=True)
    for column, most in ((scope, scopes), (device, devices), (start, 1 << 63), (end, 1 << 63)):
        _whole_column(column, most)
    for name in set(compartment):
        if _name(name) == Compartment.EIGEN:
            raise ValueError
    if not all(map(lt, start, end)):
        raise ValueError
    return tuple(
        map(Segment, scope, compartment, device, start, end, _hashes(tip, 32), _hashes(signature, 64))
    )


def _hashes(column: Sequence[str], size: int) -> list[bytes]:
    text = "".join(column)
    data = bytes.fromhex(text)
    if set(map(len, column)) != {2 * size} or data.hex() != text:
        raise ValueError
    return [data[at : at + size] for at in range(0, len(data), size)]


def _have(rows: Sequence[Sequence[Any]], ids: _Ids, devices: int) -> dict[tuple[str, str], dict[int, int]]:
    """There are tens of thousands: checked by column."""
    if rows == []:
        return {}
    scope, compartment, numbers = zip(*rows, strict=True)
    pairs = list(chain.from_iterable(numbers))
    if pairs:
        device, seq = zip(*pairs, strict=True)
        _whole_column(device, devices)
        _whole_column(seq, 1 << 63)
    return dict(
        zip(
            zip(map(ids.__getitem__, scope), map(_name, compartment), strict=True),
            map(dict, numbers),
            strict=True,
        )
    )


def _whole_column(column: Sequence[object], most: int) -> None:
    """Raises ValueError where one is not a whole number from 0 up to, but without, `most`."""
    if set(map(type, column)) != {int} or min(column) < 0 or max(column) >= most:  # type: ignore[type-var, operator]
        raise ValueError


@lru_cache(maxsize=256)
def _name(value: object) -> str:
    """Of a compartment: there are few, and they come again in every line."""
    return _match(_NAME, value)


def _match(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise ValueError
    return value


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError
    return value


def _index(value: object, count: int) -> int:
    if type(value) is not int or not 0 <= value < count:
        raise ValueError
    return value
