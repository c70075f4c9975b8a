"""Takes a package in: everything is checked, and written in the caller's one transaction or not at all.

What does not fit for one family keeps only that family out (`holds`); what is wrong with the package as a whole raises.
What somebody wrote who may not, or about what was destroyed, goes into no table: it is set apart for a person.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection

from app.domain import canon
from app.domain.exchange_facts import Hold
from app.exchange import destruction as destroying
from app.exchange import set_apart, trust
from app.exchange.archive import Member
from app.exchange.destruction import NotAnOrder
from app.exchange.manifest import DeviceEntry, Manifest, Segment
from app.exchange.op_line import is_action
from app.exchange.package_file import HoldsExtract
from app.exchange.package_opening import LONGEST_LINE, Receiver, open_manifest, wanted
from app.exchange.problem import DamagedPackage, DangerousPackage, ForkedPackage, WrongSignature
from app.exchange.scope_check import check_scopes, scope_keys
from app.exchange.strict_json import line as parse_line
from app.exchange.strict_json import lines_at_once
from app.storage import access, knowledge, project, redaction, removal
from app.storage.arrival import Arrival, ChainBroken, Header, Seal, good_seals
from app.storage.knowledge import StreamKey, Told
from app.storage.op_check import NotAnOp
from app.storage.outgoing import SILENT
from app.storage.scan import LARGEST_BYTES, blob_id
from app.storage.seals_ahead import SealsAhead

AHEAD_MS: Final = 10 * 60 * 1000
Line = tuple[bytes, list[Any] | None]
"""A line as it stands, and what it says where that was read with its neighbours."""
NO_LINE: Final[Line] = b"", None


@dataclass(slots=True)
class Received:
    """What came in. Scopes are ids; `touched` are (kind, record, scope) whose rows may have changed; `forked` are the
    devices of which two histories were seen."""

    manifest: Manifest
    changes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    known_changes: int = 0
    new_scopes: set[str] = field(default_factory=set)
    holds: dict[str, set[Hold]] = field(default_factory=lambda: defaultdict(set))
    differences: dict[str, int] = field(default_factory=dict)
    set_apart: int = 0
    newer: int = 0
    ops: int = 0
    scans: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    to_confirm: list[str] = field(default_factory=list)
    lasting: bool = False
    clock_ahead: bool = False
    touched: list[tuple[str, str, str]] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    forked: set[str] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Nothing of the package stayed out."""
        return not any(Hold.GAP in holds or Hold.FORK in holds for holds in self.holds.values())


def receive(
    conn: Connection,
    source: BinaryIO,
    receiver: Receiver,
    number: int,
    only: Collection[str] | None = None,
) -> Received:
    """Take a package in under the import `number`. `only`: the dossiers that were accepted (None: all).

    The caller holds the transaction, has written the line of the import, refreshes what is derived afterwards, and
    rolls back when anything is raised, or when it was only a look. Raises `HoldsExtract` for an extract.
    """
    manifest, members = open_manifest(source, receiver)
    if manifest.kind == "extract":
        raise HoldsExtract
    return _Import(conn, manifest, receiver, number, only).run(members)


class _Import:
    def __init__(
        self,
        conn: Connection,
        manifest: Manifest,
        receiver: Receiver,
        number: int,
        only: Collection[str] | None,
    ) -> None:
        self.conn, self.manifest, self.receiver, self.number = conn, manifest, receiver, number
        self.result = Received(manifest=manifest)
        self.arrival = Arrival(conn, number)
        self.device_of = [entry.device for entry in manifest.devices]
        self.seals: list[Seal] = []
        self.destroyed: frozenset[str] = frozenset()
        self.touched_streams: list[StreamKey] = []
        self.left_out = self._left_out(only)

    def run(self, members: Iterator[Member]) -> Received:
        """All of it, in the order of the package."""
        for entry in self.manifest.devices:
            heir = entry.heir_of if self._is_heir(entry) else None
            self.arrival.know_device(
                entry.device, entry.sign_key, heir, entry.heir_signature if heir else None
            )
        self._orders()
        keys = [self._key(segment) for segment in self.manifest.segments]
        self.destroyed = destroying.done(self.conn)
        self.arrival.load(keys)
        self.arrival.begin(
            key
            for segment, key in zip(self.manifest.segments, keys, strict=True)
            if segment.start == 0 and key.scope not in self.destroyed
        )
        self._find_holds(keys)
        if self._nothing_new(keys):
            self.result.known_changes = sum(segment.end - segment.start for segment in self.manifest.segments)
            self._remember()
            self._clock()
            return self.result
        before = self._open_differences()
        here = set(self.conn.exec_driver_sql("SELECT scope FROM r_scope").scalars())
        self.result.new_scopes = {scope for scope, _kind in self.manifest.scopes} - here
        project.open_guard(self.conn, True)
        with SealsAhead(self._expected_seals(keys)) as ahead:
            self._ops(members)
            if not ahead.good(self.seals):
                raise WrongSignature
        self.arrival.flush()
        self.arrival.write_streams()
        self._sift()
        self._project()
        project.open_guard(self.conn, False)
        said = dict(self.manifest.scopes)
        check_scopes(self.conn, {key.scope: said[key.scope] for key in self.touched_streams})
        self._scans(members)
        if next(members, None) is not None:
            raise DangerousPackage
        self._remember()
        self._clock()
        self.result.newer = self.arrival.result.newer
        self.result.ops = self.arrival.result.ops
        self._count_differences(before)
        return self.result

    def _is_heir(self, entry: DeviceEntry) -> bool:
        """Whether the device that it says to take the place of signed so."""
        old = next((one for one in self.manifest.devices if one.device == entry.heir_of), None)
        signature = entry.heir_signature
        return (
            old is not None and signature is not None and trust.heir_ok(old.sign_key, entry.device, signature)
        )

    def _key(self, segment: Segment) -> StreamKey:
        return StreamKey(
            self.manifest.scopes[segment.scope][0], segment.compartment, self.device_of[segment.device]
        )

    # -- what stays out --------------------------------------------------------------------------------------------

    def _left_out(self, only: Collection[str] | None) -> frozenset[str]:
        """Scopes of families that were not accepted, unless an accepted family has them too."""
        if only is None:
            return frozenset()
        wanted = {
            scope
            for dossier, persons in self.manifest.families
            if dossier in only
            for scope in (dossier, *persons)
        }
        return frozenset(
            scope
            for dossier, persons in self.manifest.families
            for scope in (dossier, *persons)
            if scope not in wanted
        )

    def _orders(self) -> None:
        for order in self.manifest.destroyed:
            key = self.manifest.devices[order.device].sign_key
            try:
                verdict = destroying.receive(
                    self.conn, order.body, order.signature, key, self.receiver.now_ms
                )
            except NotAnOrder as error:
                raise WrongSignature from error
            if verdict.new:
                self.result.to_confirm.append(verdict.scope)
                self.result.lasting = True

    def _nothing_new(self, keys: Sequence[StreamKey]) -> bool:
        """Every stretch and scan of a signed package is here already: its lines need no reading."""
        if self.result.to_confirm or self.result.holds or not keys:
            return False
        if any(
            segment.end > self.arrival.at(key)
            for segment, key in zip(self.manifest.segments, keys, strict=True)
        ):
            return False
        known = set(self.conn.exec_driver_sql("SELECT blob FROM l_scan_file").scalars())
        return all(entry.blob in known for entry in self.manifest.blobs)

    def _find_holds(self, keys: Sequence[StreamKey]) -> None:
        """A gap or a fork keeps a family out whole: its dossier and the persons that came with it."""
        for segment, key in zip(self.manifest.segments, keys, strict=True):
            here, tip = self.arrival.at(key), self.arrival.tip(key)
            if key.scope in self.destroyed:
                continue
            if key.device == self.receiver.active and segment.end > max(
                here, removal.dropped_up_to(self.conn, *key)
            ):
                self._fork(key)
            elif segment.start > here:
                self._hold(key.scope, Hold.GAP)
            elif segment.end == here and tip != segment.tip:
                self._fork(key)

    def _fork(self, key: StreamKey) -> None:
        self.result.forked.add(key.device)
        self._hold(key.scope, Hold.FORK)

    def _hold(self, scope: str, why: Hold) -> None:
        """Of the scope, and of the families it came with."""
        self.result.holds[scope].add(why)
        for dossier, persons in self.manifest.families:
            if scope == dossier or scope in persons:
                for one in (dossier, *persons):
                    self.result.holds[one].add(why)

    def _stays_out(self, scope: str) -> bool:
        holds = self.result.holds.get(scope, ())
        return scope in self.left_out or Hold.GAP in holds or Hold.FORK in holds

    # -- the ops ---------------------------------------------------------------------------------------------------

    def _ops(self, members: Iterator[Member]) -> None:
        lines = self._lines(members)
        for segment in self.manifest.segments:
            self._segment(segment, lines)
        if next(lines, None) is not None:
            raise DamagedPackage

    def _expected_seals(self, keys: Sequence[StreamKey]) -> list[Seal]:
        """Those of the stretches that will be taken in, if all is well."""
        return [
            Seal(
                self.manifest.devices[segment.device].sign_key,
                canon.tip_message(*key, segment.end, segment.tip),
                segment.signature,
            )
            for segment, key in zip(self.manifest.segments, keys, strict=True)
            if not (key.scope in self.destroyed or self._stays_out(key.scope))
            and segment.end > self.arrival.at(key)
        ]

    def _lines(self, members: Iterator[Member]) -> Iterator[Line]:
        """The lines of all ops members, with size, hash and count as the manifest says."""
        for entry in self.manifest.ops:
            member = wanted(members, entry.name)
            digest, count, size = hashlib.sha256(), 0, 0
            for block in member.blocks(LONGEST_LINE):
                digest.update(block)
                size += len(block)
                lines = block[:-1].split(b"\n")
                count += len(lines)
                yield from zip(lines, lines_at_once(block) or repeat(None), strict=False)
            if (size, digest.hexdigest(), count) != (entry.size, entry.sha256, entry.count):
                raise DamagedPackage

    def _segment(self, segment: Segment, lines: Iterator[Line]) -> None:
        key = self._key(segment)
        wanted, number = segment.end - segment.start, segment.start
        destroyed = key.scope in self.destroyed
        here = self.arrival.at(key)
        if destroyed or self._stays_out(key.scope) or segment.end <= here:
            gathered: list[bytes] = []
            self._skip(lines, wanted, gathered if destroyed else None)
            if destroyed:
                self._destroyed(segment, key, gathered)
            elif segment.end <= here and not self._stays_out(key.scope):
                self.result.known_changes += wanted
            return
        stream = self.arrival.stream(key)
        self.arrival.keep_before(stream)
        scope_kind = self.manifest.scopes[segment.scope][1]
        head: Header | None = None
        told = 0
        sign_key = self.manifest.devices[segment.device].sign_key
        try:
            while number < segment.end:
                line, found = next(lines, NO_LINE)
                parsed = parse_line(line) if found is None else found
                if is_action(parsed):
                    head = self.arrival.action(stream, *parsed[1:])
                    continue
                if head is None:
                    raise NotAnOp
                number += 1
                if number > here:
                    self.arrival.op(stream, head, parsed, self.manifest.kinds, self.device_of, scope_kind)
                    told += parsed[0] not in SILENT
            self.seals.append(
                self.arrival.close(stream, segment.end, segment.tip, segment.signature, sign_key)
            )
        except NotAnOp as error:
            raise DangerousPackage from error
        except ChainBroken as error:
            seal = Seal(sign_key, set_apart.message(key, segment.end, segment.tip), segment.signature)
            raise ForkedPackage if here and good_seals([seal]) else WrongSignature from error
        self.result.changes[key.scope] += told
        self.result.known_changes += max(0, here - segment.start)
        self.touched_streams.append(key)

    def _skip(self, lines: Iterator[Line], count: int, kept: list[bytes] | None) -> None:
        """Read past ops that are not wanted; the hash of the member still covers them."""
        while count:
            if (read := next(lines, None)) is None:
                raise DamagedPackage
            line, _parsed = read
            if kept is not None:
                kept.append(line)
            if not line.startswith(b'["a",'):
                count -= 1

    # -- set apart -------------------------------------------------------------------------------------------------

    def _destroyed(self, segment: Segment, key: StreamKey, lines: Sequence[bytes]) -> None:
        """What the destruction had seen is ignored; what it had not seen waits for a person."""
        vector = destroying.vector_of(self.conn, key.scope)
        seen = vector.get(key.compartment, {}).get(key.device, 0)
        if segment.end <= seen:
            self.result.known_changes += segment.end - segment.start
            return
        seal = Seal(
            self.manifest.devices[segment.device].sign_key,
            set_apart.message(key, segment.end, segment.tip),
            segment.signature,
        )
        self.seals.append(seal)
        body = set_apart.body_of(lines, segment.start, seen, self.device_of, self.manifest.kinds)
        self._apart(key, segment, body, Hold.DESTROYED, max(seen, segment.start))

    def _apart(self, key: StreamKey, segment: Segment, body: str, why: Hold, start: int) -> None:
        new = set_apart.keep(
            self.conn,
            key=key,
            start=start,
            end=segment.end,
            tip=segment.tip,
            signature=segment.signature,
            body=body,
            why=why,
            sender=self.manifest.sender.device,
            number=self.number,
            at=self.receiver.now_ms,
        )
        if new:
            self.result.set_apart += segment.end - start
        self.result.holds[key.scope].add(why)

    def _sift(self) -> None:
        """Ops of devices that may not write here, or wrote them after their revocation, leave the journal again."""
        scopes = sorted({key.scope for key in self.touched_streams})
        allowed = access.may_write(self.conn, scopes, self.number)
        segments = {self._key(segment): segment for segment in self.manifest.segments}
        book = trust.book(self.conn)
        taken_out = True
        while taken_out:  # what is taken out may have let others in
            taken_out = False
            for key in list(self.touched_streams):
                limit = book.valid_up_to(key.device, key.scope, key.compartment)
                late = limit is not None and segments[key].end > limit
                if late or key.device not in allowed[key.scope]:
                    self._take_out(key, segments[key], Hold.REVOKED if late else Hold.NO_ACCESS)
                    self.touched_streams.remove(key)
                    taken_out = True
            if taken_out:
                allowed = access.may_write(self.conn, scopes, self.number)
        self._let_in(allowed)

    def _let_in(self, allowed: Mapping[str, Collection[str]]) -> None:
        """What was set apart from a device that has been given access since comes in now."""
        for kept in set_apart.all_of(self.conn):
            if kept.why is Hold.DESTROYED:
                continue
            if kept.end <= self.arrival.at(kept.key):
                set_apart.discard(self.conn, kept.no)
            elif kept.why is Hold.NO_ACCESS and kept.key.device in allowed.get(kept.key.scope, ()):
                seal = set_apart.put_in(self.conn, self.arrival, kept.no)
                if seal is None:
                    continue
                if not good_seals([seal]):
                    raise WrongSignature
                set_apart.discard(self.conn, kept.no)
                self.result.changes[kept.key.scope] += kept.end - kept.start
                self.touched_streams.append(kept.key)
        self.arrival.flush()
        self.arrival.write_streams()

    def _take_out(self, key: StreamKey, segment: Segment, why: Hold) -> None:
        moved = set_apart.take_out(self.conn, key, self.number)
        self.arrival.forget(key)
        self._apart(key, segment, moved.body, why, moved.start)
        self.result.changes[key.scope] -= sum(kind not in SILENT for kind, _record in moved.records)
        for kind, record in moved.records:
            self.arrival.result.merge[record] = kind

    # -- what follows ----------------------------------------------------------------------------------------------

    def _project(self) -> None:
        arrived = self.arrival.result
        moved = project.project_or_drop(self.conn, arrived.merge, arrived.changed)
        if moved.strangers:
            raise DangerousPackage
        emptied = redaction.apply_all(self.conn)
        if emptied:
            self.result.lasting = True
        self.result.touched = list(dict.fromkeys([*arrived.fresh, *moved.touched, *emptied]))

    def _scans(self, members: Iterator[Member]) -> None:
        for entry in self.manifest.blobs:
            member = wanted(members, f"blobs/{entry.blob}")
            scope = self.manifest.scopes[entry.scope][0]
            keys = scope_keys(self.conn, scope)
            data = member.read(min(entry.size, LARGEST_BYTES))
            if self._stays_out(scope) or not keys or scope in self.destroyed:
                continue
            key = next((key for key in keys if blob_id(key, data) == entry.blob), None)
            if key is None:
                raise DamagedPackage
            self.result.scans[scope] += 1
            if self.receiver.shelf is not None:
                new = self.conn.exec_driver_sql(
                    "SELECT 1 FROM l_scan_file WHERE blob = ?", (entry.blob,)
                ).scalar()
                self.receiver.shelf.add(self.conn, scope, key, data)
                if new is None:
                    self.result.blobs.append(entry.blob)

    def _remember(self) -> None:
        """What the sender told to hold, and that these compartments are exchanged with them."""
        sender = self.manifest.sender.device
        told = [
            Told(StreamKey(scope, compartment, self.device_of[device]), seq)
            for (scope, compartment), numbers in self.manifest.have.items()
            for device, seq in numbers.items()
        ]
        knowledge.tell(
            self.conn,
            sender,
            self.manifest.no,
            self.manifest.have,
            told,
            self.manifest.have_blobs,
            complete=self.manifest.kind == "receipt",
        )
        pairs = {(key.scope, key.compartment) for key in self.touched_streams}
        pairs |= {
            (self.manifest.scopes[segment.scope][0], segment.compartment)
            for segment in self.manifest.segments
            if not self._stays_out(self.manifest.scopes[segment.scope][0])
        }
        knowledge.share(self.conn, [sender], sorted(pairs))

    def _clock(self) -> None:
        """A clock far ahead is kept with the ops and not taken over (nothing depends on it but the order shown)."""
        ahead = (self.manifest.hlc >> 16) > self.receiver.now_ms + AHEAD_MS
        self.result.clock_ahead = ahead
        if not ahead:
            self.conn.exec_driver_sql(
                "UPDATE j_clock SET hlc = max(hlc, ?) WHERE id = 1", (self.manifest.hlc,)
            )

    def _open_differences(self) -> Mapping[str, int]:
        rows = self.conn.exec_driver_sql("SELECT scope, count(*) FROM j_conflict GROUP BY scope")
        return dict(rows.all())

    def _count_differences(self, before: Mapping[str, int]) -> None:
        after = self._open_differences()
        self.result.differences = {
            scope: count - before.get(scope, 0)
            for scope, count in after.items()
            if count > before.get(scope, 0)
        }
