"""Several copies of one family on several laptops, with an oracle of their meetings that does not look at the journal.

The oracle (`exchange_oracle`) knows what each writer had on screen and which file told whom what. From that alone it
says, for every copy, which values of each cell must be standing: shown, or listed as a difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.ident import new_id
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import KINDS, Compartment, Record, ScopeKind, Value
from app.exchange.take_back import CannotTakeBack
from app.services import give, take
from app.storage import chain, project
from app.storage.journal import NewOp, ops_of
from app.storage.uow import read
from tests.support.exchange_oracle import (
    FIELDS,
    NOTED,
    Coming,
    Deed,
    Mind,
    Sight,
    Step,
    is_gone,
    live,
    sight,
    undone_rightly,
)
from tests.support.laptops import GIVEN, Laptops, family_of

SAME = ("alias", "talk", "health_fact", "person", "dossier", "membership")
"""The kinds of which everybody holds the same after everything was exchanged."""


@dataclass(frozen=True, eq=False)
class Posted:
    """A file on the way, with what it tells and what its receiver must hold already."""

    path: Path
    sender: int
    receivers: tuple[int, ...]
    by: str
    to: tuple[str, ...]
    parts: frozenset[Compartment]
    tells: frozenset[Deed]
    basis: frozenset[Deed]
    number: int


class World(Laptops):
    """Laptops that all hold one family, and the files between them."""

    def __init__(self, templates: list[Path], content: Content) -> None:
        super().__init__(templates, content)
        self.minds = [Mind() for _ in self.copies]
        self.posted: list[Posted] = []
        self.snapshots: dict[int, tuple[Path, Mind]] = {}
        self.dots: dict[tuple[str, str, int], Deed] = {}
        self.values = 0
        self.dossier, self.person = family_of(self.copies[0])
        self.records: dict[str, str] = {}

    def value(self) -> str:
        """One that nobody wrote before."""
        self.values += 1
        return f"waarde {self.values}"

    # -- deeds of an officer ---------------------------------------------------------------------------------------

    def form(self, no: int, record: str) -> Record | None:
        """The record as it stands on this laptop."""
        with self.copies[no].rows() as conn:
            return read(conn, KINDS[self.records[record]].cls, record)

    def knows_of(self, no: int, record: str) -> bool:
        """Whether this laptop has ever had anything of a record."""
        return any(deed.record == record for deed in self.minds[no].knows)

    def add(self, no: int, kind: str, record: str = "") -> Record:
        """A new record."""
        scope = self.person if ScopeKind.PERSON in KINDS[kind].scopes else self.dossier
        made = KINDS[kind].make(record or new_id(), scope, {name: self.value() for name in FIELDS[kind]})
        self.records[made.id] = kind
        with self.at(no) as copy, copy.store.write(verbs.TALK_PLANNED) as uow:
            uow.add(made)
        self._did(no, made.id, {name: getattr(made, name) for name in FIELDS[kind]}, {})
        return made

    def save(self, no: int, form: Record, names: Iterable[str]) -> Record:
        """Save what a form wants; it may have been open since long ago."""
        wanted = form.with_values(**{name: self.value() for name in names})
        knows = self.minds[no].knows
        seen = {
            name: frozenset(
                deed for deed in live(knows, form.id, name) if deed.cells[name] == getattr(form, name)
            )
            for name in names
        }
        with self.at(no) as copy, copy.store.write(verbs.TALK_CHANGED) as uow:
            uow.save(form, wanted)
        self._did(no, form.id, {name: getattr(wanted, name) for name in names}, seen)
        return wanted

    def delete(self, no: int, form: Record) -> None:
        """Remove a record as a form showed it."""
        kind, knows = self.records[form.id], self.minds[no].knows
        if is_gone(knows, form.id, FIELDS[kind]):
            return
        seen = set(live(knows, form.id, DELETED))
        unseen: set[Deed] = set()
        for name in FIELDS[kind]:
            for deed in live(knows, form.id, name):
                (seen if deed.cells[name] == getattr(form, name) else unseen).add(deed)
        with self.at(no) as copy, copy.store.write(verbs.DELETED_VERB) as uow:
            uow.delete(form)
        self._did(no, form.id, {DELETED: 1}, {DELETED: frozenset(seen - unseen)})

    def add_again(self, no: int, form: Record) -> None:
        """A record that is gone comes back under its id."""
        kind, knows = self.records[form.id], self.minds[no].knows
        if not is_gone(knows, form.id, FIELDS[kind]):
            return
        values = {name: self.value() for name in FIELDS[kind]}
        seen = {name: frozenset(live(knows, form.id, name)) for name in (*FIELDS[kind], DELETED)}
        with self.at(no) as copy, copy.store.write(verbs.IMPORTED) as uow:
            uow.add(form.with_values(**values))
        self._did(no, form.id, {**values, DELETED: 0}, seen)

    def resolve(self, no: int, record: str, name: str, keep: int = 0) -> None:
        """Clear a difference up: a new value for all that stand, or keep / remove for good. There is no undo of it."""
        kind, knows = self.records[record], self.minds[no].knows
        with self.at(no) as copy, copy.store.write(verbs.RESOLVED) as uow:
            state = state_of(ops_of(uow.conn, [record])[record])
            if name == DELETED:
                value: Value = keep
                removals = frozenset(live(knows, record, DELETED))
                everything = removals.union(*(live(knows, record, each) for each in FIELDS[kind]))
                seen = everything if value else removals
                parents = state.live_dots() if value else tuple(head.dot for head in state.deletes)
            else:
                value = self.value()
                seen = frozenset(live(knows, record, name))
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
        self._did(no, record, {name: value}, {name: seen}, undoable=False)

    def _did(
        self,
        no: int,
        record: str,
        cells: dict[str, Value],
        seen: dict[str, frozenset[Deed]],
        *,
        undoable: bool = True,
    ) -> None:
        deed = Deed(record, self.records[record], cells, seen, by=self.copies[no].desk.device)
        self.minds[no].did(deed, undoable=undoable)
        ((dot, _op),) = self._new_dots(no, record)
        self.dots[dot] = deed

    def _new_dots(self, no: int, record: str) -> list[tuple[tuple[str, str, int], Any]]:
        """The ops on a record that the oracle has not met, by device, record and number."""
        with self.copies[no].rows() as conn:
            ops = ops_of(conn, [record])[record]
        found = [((op.device, record, op.dot.seq), op) for op in ops]
        return sorted((one for one in found if one[0] not in self.dots), key=lambda one: one[0])

    def undo(self, no: int, *, back: bool = True) -> None:
        """Take the latest own action back, or do again what was undone last."""
        mind = self.minds[no]
        source, target = (mind.done, mind.undone) if back else (mind.undone, mind.done)
        with self.at(no) as copy:
            change = copy.store.undo() if back else copy.store.redo()
        assert (change is not None) == bool(source), "another action than the latest own one"
        if not source:
            return
        step, before = source.pop(), set(mind.knows)
        made = [
            deed for record in sorted({one.record for one in step.deeds}) for deed in self._read(no, record)
        ]
        mind.knows.update(made)
        mind.wrote += made
        undone_rightly(step, before - step.before - mind.own, before, mind.knows)
        mind.own.update(made)
        target.append(Step(frozenset(made), frozenset(before)))

    def _read(self, no: int, record: str) -> list[Deed]:
        """What an undoing wrote in a record."""
        with self.copies[no].rows() as conn:
            sql = "SELECT s.no, d.id FROM j_stream s JOIN j_device d ON d.no = s.device"
            device: dict[int, str] = dict(conn.exec_driver_sql(sql).all())
        kind, made = self.records[record], []
        for dot, op in self._new_dots(no, record):
            cells = {name: op.cells[name] for name in (*FIELDS[kind], DELETED) if name in op.cells}
            seen = {
                name: frozenset(self.dots[device[one.stream], record, one.seq] for one in dots)
                for name, dots in op.parents.items()
            }
            made.append(Deed(record, kind, cells, seen, by=op.device))
            self.dots[dot] = made[-1]
        return made

    # -- files -----------------------------------------------------------------------------------------------------

    def post(self, sender: int, *receivers: int, full: bool, parts: frozenset[Compartment]) -> int:
        """Give the family as a file that may arrive, or not, or twice. Returns its place among all that were made."""
        mind, to = self.minds[sender], tuple(self.copies[one].desk.device for one in receivers)
        choice = GiveChoice(dossiers=(self.dossier,), receivers=to, compartments=parts, full=full)
        with self.at(sender) as copy:
            given = give.write(copy.session, choice, self.folder)
        noted = Deed("", NOTED, {}, {}, by=copy.desk.device)
        mind.knows.add(noted)
        if full:  # then it is written that the family was given, whatever was told to be held
            mind.wrote.append(noted)
        mind.sent += 1
        mind.told += 1
        allowed = parts | {Compartment.KERN}
        told = frozenset.intersection(*(mind.acked.get(one, (0, frozenset()))[1] for one in receivers))
        made = Posted(
            path=Path(given.files[0]),
            sender=sender,
            receivers=receivers,
            by=copy.desk.device,
            to=to,
            parts=allowed,
            tells=frozenset(deed for deed in mind.knows if deed.compartment in allowed),
            basis=frozenset() if full else frozenset(deed for deed in told if deed.compartment in allowed),
            number=mind.sent,
        )
        self.posted.append(made)
        return len(self.posted) - 1

    def may_open(self, which: int) -> list[int]:
        """The laptops that have the key of a file: a device that went with the disk took it along."""
        posted = self.posted[which]
        sql = "SELECT d.id FROM l_own_device o JOIN j_device d ON d.no = o.no"
        found = []
        for no, device in zip(posted.receivers, posted.to, strict=True):
            with self.copies[no].rows() as conn:
                if device in conn.exec_driver_sql(sql).scalars():
                    found.append(no)
        return found

    def deliver(self, which: int, no: int) -> bool:
        """Take a file in; False when the family stayed out because something before it is missing."""
        posted, mind = self.posted[which], self.minds[no]
        before, knew = self.picture(no), set(mind.knows)
        with self.at(no) as copy:
            taken = take.accept(copy.session, posted.path)
            with copy.store.read() as conn:
                counts = self.counts(conn, taken.number)
        assert not counts["forks"]
        last, told = mind.acked.get(posted.sender, (0, frozenset()))
        if posted.number > last and posted.by == self.copies[posted.sender].desk.device:
            other = frozenset(deed for deed in told if deed.compartment not in posted.parts)
            mind.acked[posted.sender] = (posted.number, posted.tells | other)
        if counts["gaps"]:
            assert not posted.basis <= mind.knows, "a file that fits was kept out"
        else:
            mind.knows |= posted.tells
        gained = frozenset(mind.knows - knew)
        mind.taken.append(Coming(taken.number, gained, before, len(mind.wrote), mind.told))
        return not counts["gaps"]

    def take_back(self, no: int, which: int) -> None:
        """Take a file back, or be refused: whatever it brought is gone, and all stands as before."""
        mind = self.minds[no]
        coming = mind.taken[which]
        stays, leaves = mind.must_stay(coming), mind.may_leave(coming)
        with self.at(no) as copy:
            try:
                take.take_back_file(copy.session, coming.number)
            except CannotTakeBack:
                assert not leaves, "a file that nobody built on could not go back"
                return
        assert not stays, "a file went back that something was built on"
        coming.back = True
        mind.knows -= coming.gained
        for later in mind.taken[which + 1 :]:
            later.before = None
        if leaves and coming.before is not None:
            now = self.picture(no)
            assert {**now, "locations": ()} == {
                **coming.before,
                "locations": (),
            }  # what is told of those stays

    # -- accidents -------------------------------------------------------------------------------------------------

    def snapshot(self, no: int) -> None:
        """A backup of a laptop."""
        self.snapshots[no] = (self.backup(no), self.minds[no].copy())

    def restore(self, no: int) -> None:
        """Put the backup back: what was written since and never given is gone with the disk; a new device."""
        if no not in self.snapshots:
            return
        path, mind = self.snapshots[no]
        self.put_back(no, path)
        self.minds[no] = mind.copy()
        self.minds[no].sent = 0
        for other, one in enumerate(self.minds):
            if other != no:
                one.acked.pop(no, None)

    # -- what must hold --------------------------------------------------------------------------------------------

    def check(self, no: int) -> None:
        """Every value that stands by the oracle is shown or listed, and nothing else; tables are the journal's.

        A laptop on which nothing happened since it was looked at is as it was.
        """
        copy = self.copies[no]
        if not copy.touched:
            return
        copy.touched = False
        with copy.rows() as conn:
            for record, kind in self.records.items():
                if self.knows_of(no, record):
                    self._check_record(conn, self.minds[no].knows, record, kind)
            assert project.differences(conn) == []
            assert chain.check_chains(conn) == ()

    @staticmethod
    def _check_record(conn: Connection, knows: set[Deed], record: str, kind: str) -> None:
        row, wanted = read(conn, KINDS[kind].cls, record), sight(knows, record, kind)
        assert (row is not None) == wanted.there, (record, wanted)
        if row is None:
            return
        state = state_of(ops_of(conn, [record])[record])
        listed = set(conn.exec_driver_sql("SELECT field FROM j_conflict WHERE rec = ?", (record,)).scalars())
        for name, values in wanted.values.items():
            found = {head.value for head in state.heads.get(name, ())}
            assert found == values, (record, name, found, values)
            assert getattr(row, name) in values or not values
            assert (name in listed) == (len(values) > 1)
        assert (DELETED in listed) == wanted.removal

    def sights(self, no: int) -> dict[str, Sight]:
        """What an officer sees of every record, by the oracle: shown or listed, whichever comes first."""
        knows = self.minds[no].knows
        return {record: sight(knows, record, kind) for record, kind in self.records.items()}

    def settle(self) -> None:
        """One gathers from everybody and gives to everybody, all; what is new after that is in one more file."""
        hub = self.values % len(self.copies)
        others = tuple(no for no in range(len(self.copies)) if no != hub)
        for other in others:
            assert self.deliver(self.post(other, hub, full=True, parts=GIVEN), hub)
        for full in (True, False):
            given = self.post(hub, *others, full=full, parts=GIVEN)
            for other in others:
                assert self.deliver(given, other)

    def picture(self, no: int) -> dict[str, Any]:
        """What is the same everywhere after everything was exchanged."""
        with self.copies[no].rows() as conn:
            found: dict[str, Any] = {
                kind: sorted(map(repr, conn.exec_driver_sql(f'SELECT * FROM "r_{kind}"'))) for kind in SAME
            }
            sql = "SELECT rec, field, kind, scope, what FROM j_conflict WHERE kind <> 'own_note'"
            found["open"] = sorted(map(repr, conn.exec_driver_sql(sql)))
            sql = (
                "SELECT s.scope, s.compartment, d.id, s.seq, hex(s.tip) FROM j_stream s"
                " JOIN j_device d ON d.no = s.device WHERE s.seq > 0 AND s.compartment <> 'eigen'"
            )
            streams = sorted(conn.exec_driver_sql(sql))
            found["ops"] = [row for row in streams if row[0] in (self.dossier, self.person)]
            found["locations"] = [row for row in streams if row not in found["ops"]]
            found["search"] = sorted(conn.exec_driver_sql("SELECT rec, body FROM d_search_text"))
        return found
