"""Takes a package in: everything is checked, and written in the caller's one transaction or not at all.

What does not fit for one family keeps only that family out (`holds`); what is wrong with the package as a whole raises.
What somebody wrote who may not, or about what was destroyed, goes into no table: it is set apart for a person.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection

from app.domain import canon
from app.domain.exchange_facts import Hold
from app.exchange import destruction as destroying
from app.exchange import set_apart, trust
from app.exchange.archive import Member
from app.exchange.destruction import NotAnOrder
from app.exchange.manifest import DeviceEntry, Manifest, Segment
from app.exchange.package_file import HoldsExtract
from app.exchange.package_opening import Receiver, op_blocks, open_manifest, wanted
from app.exchange.problem import DamagedPackage, DangerousPackage, ForkedPackage, WrongSignature
from app.exchange.read_apart import ReadApart, is_worth_it
from app.exchange.received import Received
from app.exchange.scope_check import check_scopes, scope_keys
from app.exchange.stretch import Line, lines_of, skip, take_in
from app.storage import access, knowledge, project, redaction, removal
from app.storage.arrival import Arrival
from app.storage.intake import ChainBroken
from app.storage.knowledge import StreamKey, Told
from app.storage.op_check import NotAnOp
from app.storage.outgoing import SILENT
from app.storage.scan import LARGEST_BYTES, blob_id
from app.storage.seal import Seal, good_seals
from app.storage.uow import scope_kinds

AHEAD_MS: Final = 10 * 60 * 1000


def receive(
    conn: Connection,
    source: BinaryIO,
    receiver: Receiver,
    number: int,
    only: Collection[str] | None = None,
    apart: ReadApart | None = None,
) -> Received:
    """Take a package in under the import `number`. `only`: the dossiers that were accepted (None: all).

    The caller holds the transaction, has written the line of the import, refreshes what is derived afterwards, and
    rolls back when anything is raised, or when it was only a look. Raises `HoldsExtract` for an extract.

    `apart` is begun for a large package. Then nothing may be kept before its `finish`, and whatever is raised
    must be found out once more without it.
    """
    manifest, members = open_manifest(source, receiver)
    if manifest.kind == "extract":
        raise HoldsExtract
    return _Import(conn, manifest, receiver, number, only).run(members, apart)


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
        self.projected: list[tuple[str, str, str]] = []
        self.left_out = self._left_out(only)

    def run(self, members: Iterator[Member], apart: ReadApart | None) -> Received:
        """All of it, in the order of the package."""
        for entry in self.manifest.devices:
            heir = entry.heir_of if self._is_heir(entry) else None
            self.arrival.know_device(
                entry.device, entry.sign_key, heir, entry.heir_signature if heir else None
            )
        self._orders()
        if self._is_here() and self._nothing_new():
            return self._known()
        self.destroyed = destroying.done(self.conn)
        self.arrival.load(self.keys)
        self.arrival.begin(
            key
            for segment, key in zip(self.manifest.segments, self.keys, strict=True)
            if segment.start == 0 and key.scope not in self.destroyed
        )
        if not self._compare() and self._nothing_new():
            return self._known()
        before = self._open_differences()
        scopes = {scope for scope, _kind in self.manifest.scopes}
        self.result.new_scopes = scopes - {scope for scope, _kind in scope_kinds(self.conn, scopes)}
        project.open_guard(self.conn, True)
        chosen = [self._is_wanted(*pair) for pair in zip(self.manifest.segments, self.keys, strict=True)]
        if apart is not None and self._is_much(chosen):
            apart.begin(self._said(chosen), op_blocks(members, self.manifest.ops))
            self._ops_from(apart, chosen)
        else:
            self._ops(members)
            if not good_seals(self.seals):
                raise WrongSignature
        self.arrival.flush()
        self.arrival.write_streams()
        self._sift()
        self._project()
        project.open_guard(self.conn, False)
        said = dict(self.manifest.scopes)
        check_scopes(self.conn, {key.scope: said[key.scope] for key in self.touched_streams})
        if apart is not None and self.manifest.blobs:
            apart.finish()  # scans go to a folder, where nothing is rolled back
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

    @cached_property
    def keys(self) -> list[StreamKey]:
        """The stream of each stretch."""
        return list(map(StreamKey._make, self.manifest.streams()))

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
        sender, now = self.manifest.sender.device, self.receiver.now_ms
        for order in self.manifest.destroyed:
            key = self.manifest.devices[order.device].sign_key
            try:
                verdict = destroying.receive(self.conn, order.body, order.signature, key, now, sender=sender)
            except NotAnOrder as error:
                raise WrongSignature from error
            if verdict.new:
                self.result.to_confirm.append(verdict.scope)
                self.result.lasting = True

    def _is_here(self) -> bool:
        """Whether each stretch ends where its stream ends here, asked of all at once: a file that was here before."""
        ends = zip(self.manifest.streams(), self.manifest.segments, strict=True)
        return self.arrival.ends_at((*stream, segment.end, segment.tip) for stream, segment in ends)

    def _known(self) -> Received:
        """Nothing comes in."""
        self.result.known_changes = sum(segment.end - segment.start for segment in self.manifest.segments)
        self._remember()
        self._clock()
        return self.result

    def _nothing_new(self) -> bool:
        """Where no stretch brings anything: whether that holds for all of it, so that its lines need no reading."""
        if self.result.to_confirm or self.result.holds or not self.manifest.segments:
            return False
        known = set(self.conn.exec_driver_sql("SELECT blob FROM l_scan_file").scalars())
        return all(entry.blob in known for entry in self.manifest.blobs)

    def _compare(self) -> bool:
        """Whether a stretch goes beyond what is here. A gap or a fork keeps a family out whole: its dossier and the
        persons that came with it."""
        beyond = False
        for segment, key in zip(self.manifest.segments, self.keys, strict=True):
            here, tip = self.arrival.stand_at(key)
            if segment.end == here and segment.tip == tip:
                continue
            beyond = beyond or segment.end > here
            if key.scope in self.destroyed:
                continue
            if key.device == self.receiver.active and segment.end > max(
                here, removal.dropped_up_to(self.conn, *key)
            ):
                self._fork(key)
            elif segment.start > here:
                self._hold(key.scope, Hold.GAP)
            elif segment.end == here:
                self._fork(key)
        return beyond

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
        lines = (line for block in op_blocks(members, self.manifest.ops) for line in lines_of(block))
        for segment, key in zip(self.manifest.segments, self.keys, strict=True):
            self._segment(segment, key, lines)
        if next(lines, None) is not None:
            raise DamagedPackage

    def _is_wanted(self, segment: Segment, key: StreamKey) -> bool:
        """Whether something of a stretch goes into the journal."""
        return not (
            key.scope in self.destroyed or self._stays_out(key.scope) or segment.end <= self.arrival.at(key)
        )

    def _is_much(self, chosen: Sequence[bool]) -> bool:
        """Whether a second process is worth it; what is set apart needs the lines as they stand, here."""
        if not self.destroyed.isdisjoint(key.scope for key in self.keys):
            return False
        ops = sum(segment.end - segment.start for segment in compress(self.manifest.segments, chosen))
        return is_worth_it(ops, sum(chosen))

    def _said(self, chosen: Sequence[bool]) -> dict[str, Any]:
        """All that a second process must know to read the stretches."""
        stretches, stands = [], iter(self.arrival.stands(compress(self.keys, chosen)))
        for segment, key, is_chosen in zip(self.manifest.segments, self.keys, chosen, strict=True):
            seal: tuple[bytes, ...] = ()
            stand: tuple[Any, ...] = ()
            if is_chosen:
                sign_key = self.manifest.devices[segment.device].sign_key
                message = canon.tip_message(*key, segment.end, segment.tip)
                seal, stand = (sign_key, message, segment.signature), next(stands)
            scope_kind = self.manifest.scopes[segment.scope][1]
            stretches.append((is_chosen, scope_kind, (segment.start, segment.end), segment.tip, seal, stand))
        return {
            **self.arrival.numbers(),
            "names": {kind: list(names) for kind, names in self.manifest.kinds.items()},
            "devices": self.device_of,
            "silent": sorted(SILENT),
            "stretches": stretches,
        }

    def _ops_from(self, apart: ReadApart, chosen: Sequence[bool]) -> None:
        """Write what the second process reads, and bring the tables up to date while it reads on."""
        coming = []
        for segment, key, is_chosen in zip(self.manifest.segments, self.keys, chosen, strict=True):
            if is_chosen:
                coming.append((segment, key, self.arrival.at(key)))
                self.arrival.keep_before(self.arrival.stream(key))
            elif not self._stays_out(key.scope):
                self.result.known_changes += segment.end - segment.start
        for batch in apart.batches():
            self.arrival.take_over(batch)
            self._project_some()
        self.arrival.go_on_after(apart.last_action)
        for (segment, key, here), told in zip(coming, apart.told, strict=True):
            self.arrival.reach(key, segment.end, segment.tip, segment.signature)
            self._taken(segment, key, here, told)

    def _taken(self, segment: Segment, key: StreamKey, here: int, told: int) -> None:
        self.result.changes[key.scope] += told
        self.result.known_changes += max(0, here - segment.start)
        self.touched_streams.append(key)

    def _segment(self, segment: Segment, key: StreamKey, lines: Iterator[Line]) -> None:
        here = self.arrival.at(key)
        if not self._is_wanted(segment, key):
            gathered = skip(lines, segment.end - segment.start)
            if key.scope in self.destroyed:
                self._destroyed(segment, key, gathered)
            elif not self._stays_out(key.scope):
                self.result.known_changes += segment.end - segment.start
            return
        stream = self.arrival.stream(key)
        self.arrival.keep_before(stream)
        scope_kind = self.manifest.scopes[segment.scope][1]
        sign_key = self.manifest.devices[segment.device].sign_key
        try:
            told = take_in(
                self.arrival.intake,
                stream,
                scope_kind,
                (segment.start, segment.end),
                lines,
                self.manifest.kinds,
                self.device_of,
                SILENT,
            )
            self.seals.append(
                self.arrival.close(stream, segment.end, segment.tip, segment.signature, sign_key)
            )
        except NotAnOp as error:
            raise DangerousPackage from error
        except ChainBroken as error:
            seal = Seal(sign_key, set_apart.message(key, segment.end, segment.tip), segment.signature)
            raise ForkedPackage if here and good_seals([seal]) else WrongSignature from error
        self._taken(segment, key, here, told)

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
        segments = dict(zip(self.keys, self.manifest.segments, strict=True))
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

    def _project_some(self) -> None:
        """What came in until now. What does not agree, or is of somebody who may not write here, shows at the end."""
        arrived = self.arrival.result
        merge, changed = arrived.merge, arrived.changed
        arrived.merge, arrived.changed = {}, {}
        moved = project.project_or_drop(self.conn, merge, changed)
        kinds = changed | merge
        arrived.merge.update({record: kinds[record] for record in moved.strangers})
        self.projected += moved.touched

    def _project(self) -> None:
        self._project_some()
        if self.arrival.result.merge:
            raise DangerousPackage
        emptied = redaction.apply_all(self.conn)
        if emptied:
            self.result.lasting = True
        self.result.touched = list(dict.fromkeys([*self.arrival.result.fresh, *self.projected, *emptied]))

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
        told = (
            Told(StreamKey(scope, compartment, self.device_of[device]), seq)
            for (scope, compartment), numbers in self.manifest.have.items()
            for device, seq in numbers.items()
        )
        knowledge.tell(
            self.conn,
            sender,
            self.manifest.no,
            self.manifest.have,
            told,
            self.manifest.have_blobs,
            complete=self.manifest.kind == "receipt",
        )
        pairs = {key[:2] for key in self.touched_streams}
        scopes = [None if self._stays_out(scope) else scope for scope, _kind in self.manifest.scopes]
        pairs |= {
            (scope, segment.compartment)
            for segment in self.manifest.segments
            if (scope := scopes[segment.scope]) is not None
        }
        knowledge.share(self.conn, [sender], pairs)

    def _clock(self) -> None:
        """A clock far ahead is kept with the ops and not taken over (nothing depends on it but the order shown)."""
        ahead = (self.manifest.hlc >> 16) > self.receiver.now_ms + AHEAD_MS
        self.result.clock_ahead = ahead
        if not ahead:
            self.conn.exec_driver_sql(
                "UPDATE j_clock SET hlc = max(hlc, ?) WHERE id = 1", (self.manifest.hlc,)
            )

    def _open_differences(self) -> Mapping[str, int]:
        return dict(self.conn.exec_driver_sql("SELECT scope, count(*) FROM j_conflict GROUP BY scope").all())

    def _count_differences(self, before: Mapping[str, int]) -> None:
        after = self._open_differences()
        self.result.differences = {
            scope: count - before.get(scope, 0)
            for scope, count in after.items()
            if count > before.get(scope, 0)
        }
