"""Several copies of one family on several laptops, and an oracle of their meetings that does not look at the journal.

The oracle knows what each writer had on screen and which file told whom what. From that alone it says, for every copy,
which values of each cell must be standing: shown, or listed as a difference.
"""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import clock, verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import KINDS, Compartment, Record, ScopeKind, Value
from app.services import give, take
from app.services.session import Session
from app.storage import chain, identity, project
from app.storage.engine import open_engines
from app.storage.journal import NewOp, ops_of
from app.storage.store import Store
from app.storage.uow import read
from tests.support.colleague_case import Desk, make_desk
from tests.support.store_fixture import test_key

FIELDS: Mapping[str, tuple[str, ...]] = {
    "alias": ("family_name", "source"),
    "talk": ("goal", "place"),
    "health_fact": ("body", "source"),
    "own_note": ("body",),
}
GIVEN = frozenset({Compartment.KERN, Compartment.WERKWIJZE, Compartment.GEZONDHEID})
YEAR_MS = 365 * 24 * 3600 * 1000
BARE = frozenset({Compartment.KERN, Compartment.WERKWIJZE})


@dataclass(frozen=True, eq=False)
class Deed:
    """What one action did to one record: cells with what its writer had seen of each (deeds), or a removal."""

    record: str
    kind: str
    cells: Mapping[str, Value]
    seen: Mapping[str, frozenset["Deed"]]

    @property
    def compartment(self) -> Compartment:
        """Where it lies."""
        return KINDS[self.kind].compartment


@dataclass(frozen=True, eq=False)
class Posted:
    """A file on the way, with what it tells and what its receiver must hold already."""

    path: Path
    sender: int
    receiver: int
    tells: frozenset[Deed]
    basis: frozenset[Deed]
    number: int


@dataclass
class Copy:
    """One laptop: its desk, what it knows by the oracle, what others told it to hold."""

    desk: Desk
    path: Path
    session: Session
    knows: set[Deed] = field(default_factory=set)
    acked: dict[int, tuple[int, frozenset[Deed]]] = field(default_factory=dict)
    skew_ms: int = 0
    sent: int = 0

    @property
    def store(self) -> Store:
        """Its store."""
        return self.desk.store


def live(knows: Iterable[Deed], record: str, name: str) -> list[Deed]:
    """The deeds on a cell that nobody who saw them has replaced."""
    on_cell = [deed for deed in knows if deed.record == record and name in deed.cells]
    replaced: set[Deed] = set()
    for deed in knows:
        if deed.record == record:
            replaced |= deed.seen.get(name, frozenset())
    return [deed for deed in on_cell if deed not in replaced]


def is_gone(knows: Iterable[Deed], record: str, names: Iterable[str]) -> bool:
    """Removed, and nothing stands that the removal had not seen."""
    knows = list(knows)
    removals = live(knows, record, DELETED)
    covered: set[Deed] = set()
    for deed in removals:
        if deed.cells[DELETED] == 1:
            covered |= deed.seen.get(DELETED, frozenset()) | {deed}
    standing = {deed for name in names for deed in live(knows, record, name)}
    standing |= {deed for deed in removals if deed.cells[DELETED] == 0}
    return any(deed.cells[DELETED] == 1 for deed in removals) and standing <= covered


class World:
    """`count` laptops that all hold one family, and the files between them."""

    def __init__(self, templates: list[Path], content: Content) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.content = content
        self.copies = [self._open(path, no) for no, path in enumerate(templates)]
        self.posted: list[Posted] = []
        self.snapshots: dict[int, tuple[Path, frozenset[Deed], dict[int, Any]]] = {}
        self.values = 0
        with self.copies[0].store.read() as conn:
            self.dossier = str(conn.exec_driver_sql("SELECT scope FROM r_dossier").scalar_one())
            self.person = str(conn.exec_driver_sql("SELECT id FROM r_person").scalar_one())
        self.records: dict[str, str] = {}

    def _open(self, template: Path, no: int) -> Copy:
        path = self.folder / f"copy-{no}.db"
        shutil.copy(template, path)
        return self._opened(path, no)

    def _opened(self, path: Path, no: int) -> Copy:
        engines = open_engines(path, test_key())
        raw = engines.writer.raw_connection()
        raw.cursor().execute("PRAGMA synchronous = OFF")  # thousands of worlds; killing has tests of its own
        raw.close()
        with engines.reader.connect() as conn:
            found: dict[str, str] = dict(conn.exec_driver_sql("SELECT name, value FROM l_meta").all())
            own = identity.load(conn, found["officer"])
        store = Store(engines.writer, engines.reader, own)
        store.place = found["place"]
        desk = Desk(store, found["officer"], found["place"], f"Collega {no}")
        session = Session(
            store=store,
            content=self.content,
            officer=desk.officer,
            officer_name=desk.name,
            location="GL Verzonnen",
            place=desk.place,
            number_prefix=f"C{no}",
            now=lambda: datetime.fromtimestamp(clock.now_ms() / 1000, UTC),
        )
        store.packs = self.content.short_packs
        return Copy(desk=desk, path=path, session=session)

    def close(self) -> None:
        """Away with all of it."""
        for copy in self.copies:
            copy.store.close()
        shutil.rmtree(self.folder)

    @contextmanager
    def at(self, no: int) -> Iterator[Copy]:
        """Work on a laptop, whose clock may be off by years."""
        copy = self.copies[no]
        kept = clock.time  # type: ignore[attr-defined]
        shifted = SimpleNamespace(time_ns=lambda: time.time_ns() + copy.skew_ms * 1_000_000)
        clock.time = shifted  # type: ignore[attr-defined,assignment]
        try:
            yield copy
        finally:
            clock.time = kept  # type: ignore[attr-defined]

    def value(self) -> str:
        """One that nobody wrote before."""
        self.values += 1
        return f"waarde {self.values}"

    # -- deeds of an officer ---------------------------------------------------------------------------------------

    def form(self, no: int, record: str) -> Record | None:
        """The record as it stands on this laptop."""
        with self.copies[no].store.read() as conn:
            return read(conn, KINDS[self.records[record]].cls, record)

    def add(self, no: int, kind: str) -> Record:
        """A new record."""
        scope = self.person if ScopeKind.PERSON in KINDS[kind].scopes else self.dossier
        made = KINDS[kind].make(new_id(), scope, {name: self.value() for name in FIELDS[kind]})
        self.records[made.id] = kind
        with self.at(no) as copy:
            with copy.store.write(verbs.TALK_PLANNED) as uow:
                uow.add(made)
            copy.knows.add(Deed(made.id, kind, self._tracked(made), {}))
        return made

    def _tracked(self, record: Record) -> dict[str, Value]:
        values = record.values()
        return {name: values[name] for name in FIELDS[self.records[record.id]]}

    def save(self, no: int, form: Record, names: Iterable[str]) -> Record:
        """Save what a form wants; it may have been open since long ago."""
        kind = self.records[form.id]
        wanted = form.with_values(**{name: self.value() for name in names})
        with self.at(no) as copy:
            seen = {
                name: frozenset(
                    deed
                    for deed in live(copy.knows, form.id, name)
                    if deed.cells[name] == getattr(form, name)
                )
                for name in names
            }
            with copy.store.write(verbs.TALK_CHANGED) as uow:
                uow.save(form, wanted)
            cells = {name: getattr(wanted, name) for name in names}
            copy.knows.add(Deed(form.id, kind, cells, seen))
        return wanted

    def delete(self, no: int, form: Record) -> None:
        """Remove a record as a form showed it."""
        kind = self.records[form.id]
        with self.at(no) as copy:
            if is_gone(copy.knows, form.id, FIELDS[kind]):
                return
            seen = set(live(copy.knows, form.id, DELETED))
            unseen: set[Deed] = set()
            for name in FIELDS[kind]:
                for deed in live(copy.knows, form.id, name):
                    (seen if deed.cells[name] == getattr(form, name) else unseen).add(deed)
            with copy.store.write(verbs.DELETED_VERB) as uow:
                uow.delete(form)
            copy.knows.add(Deed(form.id, kind, {DELETED: 1}, {DELETED: frozenset(seen - unseen)}))

    def add_again(self, no: int, form: Record) -> None:
        """A record that is gone comes back under its id."""
        kind = self.records[form.id]
        with self.at(no) as copy:
            if not is_gone(copy.knows, form.id, FIELDS[kind]):
                return
            values = {name: self.value() for name in FIELDS[kind]}
            seen = {name: frozenset(live(copy.knows, form.id, name)) for name in (*FIELDS[kind], DELETED)}
            with copy.store.write(verbs.IMPORTED) as uow:
                uow.add(form.with_values(**values))
            copy.knows.add(Deed(form.id, kind, {**values, DELETED: 0}, seen))

    def resolve(self, no: int, record: str, name: str, keep: int = 0) -> None:
        """Clear a difference up: a new value for all that stand, or keep / remove for good."""
        kind = self.records[record]
        with self.at(no) as copy, copy.store.write(verbs.RESOLVED) as uow:
            state = state_of(ops_of(uow.conn, [record])[record])
            if name == DELETED:
                value: Value = keep
                removals = frozenset(live(copy.knows, record, DELETED))
                everything = removals.union(*(live(copy.knows, record, each) for each in FIELDS[kind]))
                seen = everything if value else removals
                parents = state.live_dots() if value else tuple(head.dot for head in state.deletes)
            else:
                value = self.value()
                seen = frozenset(live(copy.knows, record, name))
                parents = tuple(head.dot for head in state.heads.get(name, ()))
            scopes = KINDS[kind].scopes
            uow.write(
                NewOp(
                    kind=kind,
                    record=record,
                    scope=self.person if ScopeKind.PERSON in scopes else self.dossier,
                    scope_kind=next(iter(scopes)),
                    cells={name: value},
                    parents={name: parents},
                )
            )
            copy.knows.add(Deed(record, kind, {name: value}, {name: seen}))

    # -- files -----------------------------------------------------------------------------------------------------

    def post(self, sender: int, receiver: int, *, full: bool, parts: frozenset[Compartment]) -> Posted:
        """Give the family as a file that may arrive, or not, or twice."""
        with self.at(sender) as copy:
            choice = GiveChoice(
                dossiers=(self.dossier,),
                receivers=(self.copies[receiver].desk.device,),
                compartments=parts,
                full=full,
            )
            given = give.write(copy.session, choice, self.folder)
            copy.sent += 1
            allowed = parts | {Compartment.KERN}
            told = copy.acked.get(receiver, (0, frozenset()))[1]
            made = Posted(
                path=Path(given.files[0]),
                sender=sender,
                receiver=receiver,
                tells=frozenset(deed for deed in copy.knows if deed.compartment in allowed),
                basis=frozenset()
                if full
                else frozenset(deed for deed in told if deed.compartment in allowed),
                number=copy.sent,
            )
        self.posted.append(made)
        return made

    def deliver(self, posted: Posted) -> bool:
        """Take a file in; False when the family stayed out because something before it is missing."""
        with self.at(posted.receiver) as copy:
            taken = take.accept(copy.session, posted.path)
            with copy.store.read() as conn:
                counts = self._counts(conn, taken.number)
            assert not counts["forks"]
            last, _told = copy.acked.get(posted.sender, (0, frozenset()))
            if posted.number > last:
                shared = frozenset(
                    deed
                    for deed in self.copies[posted.sender].knows
                    if deed.compartment is not Compartment.EIGEN
                )
                copy.acked[posted.sender] = (posted.number, posted.tells & shared)
            if counts["gaps"]:
                assert not posted.basis <= copy.knows, "a file that fits was kept out"
                return False
            copy.knows |= posted.tells
        return True

    @staticmethod
    def _counts(conn: Connection, number: int) -> dict[str, Any]:
        import json

        text = conn.exec_driver_sql("SELECT counts FROM l_import WHERE no = ?", (number,)).scalar_one()
        found: dict[str, Any] = json.loads(text)
        return found

    # -- accidents -------------------------------------------------------------------------------------------------

    def snapshot(self, no: int) -> None:
        """A backup of a laptop."""
        copy = self.copies[no]
        path = self.folder / f"snapshot-{no}-{new_id()}.db"
        with copy.store.local() as conn:
            copy_seal(conn, copy)
        copy.store.close()
        shutil.copy(copy.path, path)
        self.snapshots[no] = (path, frozenset(copy.knows), dict(copy.acked))
        self._reopen(no, copy.knows, copy.acked)

    def restore(self, no: int) -> None:
        """Put the backup back: what was written since and never given is gone with the disk; a new device."""
        if no not in self.snapshots:
            return
        path, knows, acked = self.snapshots[no]
        copy = self.copies[no]
        copy.store.close()
        shutil.copy(path, copy.path)
        for suffix in ("-wal", "-shm"):
            copy.path.with_name(copy.path.name + suffix).unlink(missing_ok=True)
        self._reopen(no, set(knows), acked)
        again = self.copies[no]
        with again.store.local() as conn:
            again.store.identity = identity.make(conn, again.desk.officer)
        for other in self.copies:
            if other is not again:
                other.desk.knows(again.desk)
                again.desk.knows(other.desk)  # it may have become a new device since the backup
                other.acked.pop(no, None)
        again.sent = 0

    def _reopen(self, no: int, knows: Iterable[Deed], acked: Mapping[int, Any]) -> None:
        before = self.copies[no]
        made = self._opened(before.path, no)
        made.knows, made.acked = set(knows), dict(acked)
        made.skew_ms, made.sent = before.skew_ms, before.sent
        self.copies[no] = made

    # -- what must hold --------------------------------------------------------------------------------------------

    def check(self, no: int) -> None:
        """Every value that stands by the oracle is shown or listed, and nothing else; tables are the journal's."""
        copy = self.copies[no]
        with copy.store.read() as conn:
            for record, kind in self.records.items():
                if any(deed.record == record for deed in copy.knows):
                    self._check_record(conn, copy, record, kind)
            assert project.differences(conn) == []
            assert chain.check_chains(conn) == ()

    def _check_record(self, conn: Connection, copy: Copy, record: str, kind: str) -> None:
        row = read(conn, KINDS[kind].cls, record)
        gone = is_gone(copy.knows, record, FIELDS[kind])
        has_fields = any(live(copy.knows, record, name) for name in FIELDS[kind])
        assert (row is None) == (gone or not has_fields), (record, gone)
        if row is None:
            return
        state = state_of(ops_of(conn, [record])[record])
        listed = set(
            conn.exec_driver_sql("SELECT field FROM j_conflict WHERE rec = ?", (record,)).scalars().all()
        )
        for name in FIELDS[kind]:
            wanted = {deed.cells[name] for deed in live(copy.knows, record, name)}
            found = {head.value for head in state.heads.get(name, ())}
            assert found == wanted, (record, name, found, wanted)
            assert getattr(row, name) in wanted or not wanted
            assert (name in listed) == (len(wanted) > 1)
        removals = [deed for deed in live(copy.knows, record, DELETED) if deed.cells[DELETED]]
        assert (DELETED in listed) == bool(removals)

    def settle(self) -> None:
        """Everybody gives everything to everybody, then what is new, until nobody has news."""
        pairs = [
            (sender, receiver)
            for sender in range(len(self.copies))
            for receiver in range(len(self.copies))
            if sender != receiver
        ]
        for sender, receiver in pairs:
            assert self.deliver(self.post(sender, receiver, full=True, parts=GIVEN))
        for _round in range(2):
            for sender, receiver in pairs:
                assert self.deliver(self.post(sender, receiver, full=False, parts=GIVEN))

    def picture(self, no: int) -> dict[str, Any]:
        """What is the same everywhere after everything was exchanged."""
        with self.copies[no].store.read() as conn:
            found: dict[str, Any] = {}
            for kind in ("alias", "talk", "health_fact", "person", "dossier", "membership"):
                rows = conn.exec_driver_sql(f'SELECT * FROM "r_{kind}"').all()
                found[kind] = sorted(repr(tuple(row)) for row in rows)  # a row itself shows 300 characters
            found["open"] = sorted(
                map(
                    repr,
                    conn.exec_driver_sql(
                        "SELECT rec, field, kind, scope, what FROM j_conflict WHERE kind <> 'own_note'"
                    ).all(),
                )
            )
            found["ops"] = sorted(
                conn.exec_driver_sql(
                    "SELECT s.scope, s.compartment, d.id, s.seq, hex(s.tip) FROM j_stream s"
                    " JOIN j_device d ON d.no = s.device WHERE s.seq > 0 AND s.compartment <> 'eigen'"
                )
            )
            found["search"] = sorted(conn.exec_driver_sql("SELECT rec, body FROM d_search_text"))
        return found


def copy_seal(conn: Connection, copy: Copy) -> None:
    """Sign what is unsigned: a backup does that."""
    writer = copy.desk.identity.writer
    chain.seal(conn, writer.device, writer.device_id, copy.desk.identity.sign)


def make_templates(folder: Path, count: int, content: Content) -> list[Path]:
    """Laptops that compared each other's cards and all hold one family."""
    desks = [make_desk(folder / f"desk-{count}-{no}.db", f"Collega {no}") for no in range(count)]
    for desk in desks:
        desk.knows(*(other for other in desks if other is not desk))
    with desks[0].store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier, person = uow.new_scope(ScopeKind.DOSSIER), uow.new_scope(ScopeKind.PERSON)
        uow.add(Dossier(id=dossier, scope=dossier, title="Verzonnen", number="TEST-1"))
        uow.add(Person(id=person, scope=person, family_name="Verzonnen", given_names="Voorbeeld"))
        uow.add(Membership(id=new_id(), scope=dossier, person=person))
    sessions = [
        Session(
            store=desk.store,
            content=content,
            officer=desk.officer,
            officer_name=desk.name,
            location="GL Verzonnen",
            place=desk.place,
            number_prefix=f"C{no}",
            now=lambda: datetime.fromtimestamp(clock.now_ms() / 1000, UTC),
        )
        for no, desk in enumerate(desks)
    ]
    for desk in desks:
        desk.store.packs = content.short_packs
    choice = GiveChoice(
        dossiers=(dossier,),
        receivers=tuple(desk.device for desk in desks[1:]),
        compartments=GIVEN,
    )
    given = give.write(sessions[0], choice, folder)
    for session in sessions[1:]:
        take.accept(session, Path(given.files[0]))
    for no, session in enumerate(sessions[1:], start=1):
        back = give.write(session, replace(choice, receivers=(desks[0].device,)), folder)
        take.accept(sessions[0], Path(back.files[0]))
        del no
    for desk in desks:
        desk.store.close()
    return [folder / f"desk-{count}-{no}.db" for no in range(count)]
