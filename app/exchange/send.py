"""Makes a package: stretches of streams that the receivers have not told to hold, and what is needed to read them.

Nothing here decides who may receive: the caller has chosen, checked and written that down. Only sealed ops go, so that
each can be checked against the signature of the device that wrote it. The officer's own marks have no way in here.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain as joined
from typing import Final

from sqlalchemy import Connection

from app.domain.record import KINDS, Compartment, ScopeKind
from app.exchange import destruction
from app.exchange.archive import HASHES_LEVEL, LEVEL
from app.exchange.manifest import SIGNED, BlobEntry, DeviceEntry, Manifest, MemberEntry, Order, Segment
from app.exchange.op_line import lines
from app.storage import knowledge, outgoing
from app.storage.journal import StreamDevices
from app.storage.knowledge import StreamKey
from app.storage.outgoing import SILENT, HeldStream, Stretch
from app.storage.scan import ScanShelf
from app.storage.shielding import shielded_persons

MEMBER_BYTES: Final = 8 * 1024 * 1024
MUCH_BYTES: Final = 1024 * 1024
KERN: Final = str(Compartment.KERN)
Piece = tuple[str, int, Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes. `families`: dossiers with the persons that go along; `scopes`: these all, with their kinds.

    `follow`: those of them that go along because they were removed here: only what these receivers have already.
    """

    families: tuple[tuple[str, tuple[str, ...]], ...]
    compartments: tuple[str, ...]
    receivers: tuple[str, ...]
    full: bool = False
    kind: str = "ops"
    follow: frozenset[str] = frozenset()

    @property
    def scopes(self) -> tuple[tuple[str, str], ...]:
        """Every scope of it with its kind, each once."""
        dossiers = [(dossier, str(ScopeKind.DOSSIER)) for dossier, _persons in self.families]
        persons = [
            (person, str(ScopeKind.PERSON)) for _dossier, persons in self.families for person in persons
        ]
        return tuple(dict.fromkeys(dossiers + persons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a package says of its making: the sender's device, its counter, the moment and the clock."""

    id: str
    no: int
    made: str
    hlc: int
    device: str
    schema: int
    sign: Callable[[bytes], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A package ready to be written: its manifest, its members in order, and the ops per scope.

    `missing`: the scope of each scan that should go and whose file is not on disk.
    """

    manifest: Manifest
    members: Iterator[Piece]
    changes: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()

    @property
    def level(self) -> int:
        """How hard to compress it."""
        return HASHES_LEVEL if sum(entry.size for entry in self.manifest.ops) >= MUCH_BYTES else LEVEL


class _Devices:
    """Gives each device that the package names its place in the list; the sender is the first."""

    def __init__(self, conn: Connection, sender: str) -> None:
        self._known = {
            row[0]: DeviceEntry(*row)
            for row in conn.exec_driver_sql(
                "SELECT id, sign_key, heir_of, heir_signature FROM j_device WHERE sign_key IS NOT NULL"
            )
        }
        self._no: dict[str, int] = {}
        self.index(sender)

    def index(self, device: str) -> int:
        """Its place; a device that took another's place brings that one along."""
        found = self._no.get(device)
        if found is None:
            found = self._no[device] = len(self._no)
            old = self._known[device].heir_of
            if old is not None and old in self._known:
                self.index(old)
        return found

    def entries(self) -> tuple[DeviceEntry, ...]:
        """All that were named."""
        return tuple(self._known[device] for device in self._no)


class _StreamIndexes(dict[int, int]):
    """The device's place by local stream number, for the parents that ops name."""

    def __init__(self, conn: Connection, devices: _Devices, going: Iterable[HeldStream]) -> None:
        super().__init__()
        self._devices = devices
        self._names = StreamDevices(conn)
        self._names.update({stream.no: stream.key.device for stream in going})

    def __missing__(self, stream: int) -> int:
        self[stream] = found = self._devices.index(self._names[stream])
        return found


def told_by_all(conn: Connection, parcel: Parcel) -> dict[StreamKey, int]:
    """Up to where all receivers told to hold the streams of what goes, and of the places."""
    scopes = [*_places(conn), *(scope for scope, _kind in parcel.scopes)]
    return knowledge.acknowledged(conn, parcel.receivers, scopes)


def _places(conn: Connection) -> Sequence[str]:
    sql = "SELECT DISTINCT scope FROM r_scope WHERE kind = 'plaats' ORDER BY scope"
    return conn.exec_driver_sql(sql).scalars().all()


def pack(
    conn: Connection,
    parcel: Parcel,
    head: Head,
    acknowledged: Mapping[StreamKey, int],
    scans: ScanShelf | None = None,
) -> Packed:
    """Gather a package; `acknowledged`: by `told_by_all`. The caller has sealed this device's streams and holds the
    transaction."""
    places = _places(conn)
    scopes = (*((place, str(ScopeKind.PLACE)) for place in places), *parcel.scopes)
    devices = _Devices(conn, head.device)
    index = {scope: no for no, (scope, _kind) in enumerate(scopes)}
    shared = knowledge.shared_with(conn, parcel.receivers) if parcel.follow else frozenset()
    chosen = [
        (scope, name)
        for scope, _kind in parcel.scopes
        for name in parcel.compartments
        if scope not in parcel.follow or (scope, name) in shared
    ]
    pairs = tuple([(place, KERN) for place in places] + chosen)
    told = _told_pairs(conn, parcel, pairs)
    here = outgoing.streams(conn, sorted({scope for scope, _ in told}), sorted({name for _, name in told}))
    going = [] if parcel.kind == "receipt" else _going(here, set(pairs), parcel, acknowledged)
    going.sort(key=lambda pair: (index[pair[0].key.scope], pair[0].key.compartment != KERN, pair[0].key))
    ops, kinds, changes = _ops_members(conn, going, devices)
    wanted = _blobs(conn, parcel, index) if scans is not None else []
    blobs = [entry for entry in wanted if scans is not None and scans.holds(entry.blob, entry.size)]
    manifest = Manifest(
        id=head.id,
        kind=parcel.kind,
        no=head.no,
        made=head.made,
        hlc=head.hlc,
        devices=(),
        to=parcel.receivers,
        compartments=parcel.compartments,
        families=parcel.families,
        scopes=scopes,
        segments=tuple(
            Segment(
                index[stream.key.scope],
                stream.key.compartment,
                devices.index(stream.key.device),
                start,
                stream.sealed,
                stream.tip,
                stream.signature,
            )
            for stream, start in going
        ),
        have=_have(conn, told, here, devices),
        have_blobs=_have_blobs(conn, told),
        destroyed=_orders(conn, parcel, devices),
        kinds=kinds,
        ops=tuple(entry for entry, _data in ops),
        blobs=tuple(blobs),
        schema=head.schema,
    )
    manifest = replace(manifest, devices=devices.entries())
    text = manifest.render()
    first: list[Piece] = [
        ("manifest.json", len(text), (text,)),
        ("manifest.sig", 64, (head.sign(SIGNED + text),)),
        *((entry.name, entry.size, (data,)) for entry, data in ops),
    ]
    return Packed(
        manifest=manifest,
        members=joined(first, _blob_members(conn, blobs, scans)),
        changes=changes,
        pairs=tuple(chosen),
        missing=tuple(scopes[entry.scope][0] for entry in wanted if entry not in blobs),
    )


def _going(
    here: Iterable[HeldStream],
    pairs: Collection[tuple[str, str]],
    parcel: Parcel,
    acknowledged: Mapping[StreamKey, int],
) -> list[tuple[HeldStream, int]]:
    """The streams of these (scope, compartment) pairs with something that not all receivers told to hold, and from
    where. Of a place nothing goes again, whatever was asked."""
    again = {scope for scope, _kind in parcel.scopes} if parcel.full else set()
    found = []
    for stream in here:
        start = 0 if stream.key.scope in again else acknowledged.get(stream.key, 0)
        if start < stream.sealed and stream.key[:2] in pairs:
            found.append((stream, start))
    return found


def _ops_members(
    conn: Connection, going: Sequence[tuple[HeldStream, int]], devices: _Devices
) -> tuple[list[tuple[MemberEntry, bytes]], dict[str, tuple[str, ...]], dict[str, int]]:
    """The lines of all stretches in members of at most `MEMBER_BYTES`; the kinds in them; ops per scope."""
    kinds: set[str] = set()
    counts = [0] * len(going)
    members: list[tuple[MemberEntry, bytes]] = []
    pieces: list[str] = []
    size = 0

    def close() -> None:
        nonlocal pieces, size
        data = "".join(pieces).encode()
        name = f"ops-{len(members) + 1:04d}.jsonl"
        entry = MemberEntry(name, len(data), hashlib.sha256(data).hexdigest(), data.count(b"\n"))
        members.append((entry, data))
        pieces, size = [], 0

    indexes = _StreamIndexes(conn, devices, (stream for stream, _start in going))
    rows = outgoing.read(conn, [Stretch(stream.no, start, stream.sealed) for stream, start in going])
    for place, kind, text in lines(rows, indexes):
        pieces += (text, "\n")
        size += len(text) * 2  # at most: most text here is of one or two bytes a character
        kinds.add(kind)
        counts[place] += kind not in SILENT
        if size >= MEMBER_BYTES:
            close()
    if pieces:
        close()
    changes: dict[str, int] = {}
    for (stream, _start), count in zip(going, counts, strict=True):
        changes[stream.key.scope] = changes.get(stream.key.scope, 0) + count
    return members, {kind: KINDS[kind].names for kind in sorted(kinds) if kind in KINDS}, changes


def _told_pairs(
    conn: Connection, parcel: Parcel, pairs: Sequence[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Of which (scope, compartment) pairs the package says what is held here: its own, and in a receipt all that was
    ever exchanged with these receivers, but for persons who are hidden by now."""
    if parcel.kind != "receipt":
        return frozenset(pairs)
    hidden = shielded_persons(conn)
    known = {pair for pair in knowledge.shared_with(conn, parcel.receivers) if pair[0] not in hidden}
    return frozenset(known.union(pairs))


def _have(
    conn: Connection, pairs: frozenset[tuple[str, str]], here: Iterable[HeldStream], devices: _Devices
) -> dict[tuple[str, str], dict[int, int]]:
    """What is held here of these, also where it is nothing (a file may have been taken back); of a destroyed scope what
    its destruction had seen, so that nobody sends it again."""
    held: dict[tuple[str, str], dict[int, int]] = {pair: {} for pair in pairs}
    for stream in here:
        if (numbers := held.get(stream.key[:2])) is not None:
            numbers[devices.index(stream.key.device)] = stream.seq
    for scope in destruction.done(conn) & {scope for scope, _name in pairs}:
        for name, seen in destruction.vector_of(conn, scope).items():
            if (scope, name) in held:
                held[scope, name] = {devices.index(device): seq for device, seq in seen.items()}
    return held


def _have_blobs(conn: Connection, pairs: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """The scans held here of these."""
    return tuple(sorted(blob for blob, pair in _scans(conn, {scope for scope, _ in pairs}) if pair in pairs))


def _scans(conn: Connection, scopes: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each scan that is on disk and that a record of these scopes names, with scope and compartment."""
    wanted = set(scopes)
    for kind in KINDS.values():
        if "blob" in kind.names:
            sql = f'SELECT r.blob, r.scope FROM "r_{kind.name}" r JOIN l_scan_file f ON f.blob = r.blob'
            for blob, scope in conn.exec_driver_sql(sql):
                if scope in wanted:
                    yield blob, (scope, str(kind.compartment))


def _orders(conn: Connection, parcel: Parcel, devices: _Devices) -> tuple[Order, ...]:
    """The destructions of scopes that these receivers got or told to hold."""
    if not destruction.any_order(conn):
        return ()
    found = []
    known = sorted({scope for scope, _name in knowledge.shared_with(conn, parcel.receivers)})
    for body, signature, device in destruction.orders(conn, known):
        found.append(Order(body, signature, devices.index(device)))
    return tuple(sorted(found, key=lambda order: order.body))


def _blobs(conn: Connection, parcel: Parcel, index: Mapping[str, int]) -> list[BlobEntry]:
    """The scans in the chosen compartments that not all receivers told to hold."""
    told = frozenset() if parcel.full else knowledge.held_blobs(conn, parcel.receivers)
    names = {KERN, *parcel.compartments}
    sizes: dict[str, int] = dict(conn.exec_driver_sql("SELECT blob, size FROM l_scan_file").all())
    found = {
        blob: BlobEntry(index[scope], blob, sizes[blob])
        for blob, (scope, name) in _scans(conn, index)
        if name in names and blob not in told
    }
    return [found[blob] for blob in sorted(found)]


def _blob_members(conn: Connection, blobs: Iterable[BlobEntry], scans: ScanShelf | None) -> Iterator[Piece]:
    for entry in blobs:
        assert scans is not None
        yield f"blobs/{entry.blob}", entry.size, scans.chunks(conn, entry.blob)
