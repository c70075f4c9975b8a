"""Several families on several laptops, with marks in them: where may each mark go, and where must it be found.

Every value that is written is a mark of its own. The oracle reads packages and tables as plain text, so that it depends
on nothing of the journal: a mark that was in a file is on the laptop that took it in, and nowhere it was not meant for.
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import verbs
from app.domain.exchange_facts import GiveChoice
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person, SamePerson
from app.domain.merge import state_of
from app.domain.record import KINDS, Compartment, Record, ScopeKind
from app.exchange import destruction, parts
from app.exchange.package_file import read_package
from app.services import clear_up, clear_up_removed, give, take
from app.storage import chain, project
from app.storage.journal import NewOp, all_ops, ops_of
from app.storage.unlock_counter import destruction_mark
from app.storage.uow import read, read_where
from tests.support.derived_anew import derived_is_true
from tests.support.laptops import GIVEN, Laptop, Laptops, family_of

FIELD = {"alias": "family_name", "talk": "goal", "health_fact": "body", "own_note": "body"}
MARK = re.compile(r"merk-\d{6}")
ROUNDS = 7
"""By then everybody has everything: after an order that nobody knew, access that was given late, new keys."""
Pair = tuple[str, Compartment]
"""A scope and one of its compartments."""


@dataclass(frozen=True)
class Mark:
    """What was written, where."""

    text: str
    record: str
    field: str
    scope: str
    compartment: Compartment


@dataclass(frozen=True)
class Sent:
    """A file on its way: its parts, the marks in it, for whom and for which of their devices it is."""

    files: tuple[Path, ...]
    receiver: int
    to: str
    marks: frozenset[str]
    dossiers: tuple[str, ...]


@dataclass
class Orders:
    """Of one scope: the marks that the orders had seen."""

    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Begun:
    """Laptops that begin with families, to be opened many times."""

    templates: list[Path]
    marks: Mapping[str, Mark]
    made: tuple[tuple[str, str], ...]
    files: tuple[Sent, ...]
    exchanged: Mapping[frozenset[int], frozenset[Pair]]


@dataclass(frozen=True)
class Kept:
    """A backup: the file, the marks that were there, and the values taken out as far as it was known."""

    file: Path
    texts: frozenset[str]
    taken_out: frozenset[str]


class Families(Laptops):
    """Laptops that begin with one family each knows, and make more."""

    def __init__(self, templates: list[Path], content: Content, begun: Begun | None = None) -> None:
        super().__init__(templates, content)
        self.marks: dict[str, Mark] = dict(begun.marks) if begun else {}
        self.made: list[tuple[str, str]] = list(begun.made) if begun else []
        self.files: list[Sent] = list(begun.files) if begun else []
        self.exchanged: dict[frozenset[int], frozenset[Pair]] = dict(begun.exchanged) if begun else {}
        self.redactions: dict[str, set[str]] = {}
        self.lost: set[str] = set()
        self.again: dict[str, set[tuple[str, int]]] = {}
        self.orders: dict[str, Orders] = {}
        self.backups: dict[int, Kept] = {}
        self.set_apart = self.differences = self.restores = self.taken_back = 0
        with self.copies[0].rows() as conn:
            self.tables: list[str] = [
                name
                for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
                if not name.startswith(("sqlite", "d_search", "alembic"))
            ]

        self.which_are_filled = "SELECT " + ", ".join(
            f'EXISTS (SELECT 1 FROM "{one}")' for one in self.tables
        )

    @property
    def redacted(self) -> set[str]:
        """Marks that somebody took out: they may be gone anywhere, at any time."""
        return set().union(*self.redactions.values())

    @classmethod
    def begin(cls, templates: list[Path], content: Content, folder: Path) -> Begun:
        """Two families with an alias, which all laptops have, and one on one laptop only."""
        world = cls(templates, content)
        _dossier, person = family_of(world.copies[0])
        for one in (person, world.family(0)):
            world.put(0, "alias", one)
        dossiers = tuple(world.scopes(0, "dossier"))
        others = range(1, len(world.copies))
        for sent in world.send(0, *others, dossiers=dossiers, compartments=GIVEN):
            world.arrive(sent)
        world.family(1)
        paths = [Path(shutil.copy(world.backup(no), folder)) for no in range(len(world.copies))]
        files = tuple(
            replace(sent, files=tuple(Path(shutil.copy(file, folder)) for file in sent.files))
            for sent in world.files
        )
        world.close()
        return Begun(paths, world.marks, tuple(world.made), files, world.exchanged)

    # -- what is where ---------------------------------------------------------------------------------------------

    def texts(self, no: int, *, tables: Iterable[str] = ()) -> set[str]:
        """The marks that are in any table of a laptop (or in these)."""
        copy = self.copies[no]
        if not tables and not copy.touched:
            return set(copy.texts)  # nothing happened since it was read
        with copy.rows() as conn:
            filled = conn.exec_driver_sql(self.which_are_filled).one()  # most are empty
            named = tables or [name for name, some in zip(self.tables, filled, strict=True) if some]
            rows = [conn.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in named]
            if tables:
                return set(MARK.findall(repr(rows)))
            rows.append(conn.exec_driver_sql("SELECT body FROM d_search_text").all())
        copy.texts, copy.touched = frozenset(MARK.findall(repr(rows))), False
        return set(copy.texts)

    def where(self, no: int, marks: Iterable[str]) -> dict[str, list[str]]:
        """The tables that hold marks: for a message."""
        return {one: [name for name in self.tables if one in self.texts(no, tables=[name])] for one in marks}

    def scopes(self, no: int, kind: str) -> list[str]:
        """The dossiers or persons that have a row here."""
        with self.copies[no].rows() as conn:
            return sorted(conn.exec_driver_sql(f"SELECT scope FROM r_{kind}").scalars())

    def _mark(self, record: str, name: str, scope: str, compartment: Compartment) -> str:
        text = f"merk-{len(self.marks):06d}"
        self.marks[text] = Mark(text, record, name, scope, compartment)
        return text

    # -- deeds -----------------------------------------------------------------------------------------------------

    def family(self, no: int) -> str:
        """A new family of one; returns the person."""
        with self.at(no) as copy, copy.store.write(verbs.FAMILY_REGISTERED) as uow:
            dossier, person = uow.new_scope(ScopeKind.DOSSIER), uow.new_scope(ScopeKind.PERSON)
            uow.add(
                Dossier(
                    id=dossier, scope=dossier, title=self._mark(dossier, "title", dossier, Compartment.KERN)
                )
            )
            name = self._mark(person, "family_name", person, Compartment.KERN)
            uow.add(Person(id=person, scope=person, family_name=name))
            uow.add(Membership(id=new_id(), scope=dossier, person=person))
        return person

    def join(self, no: int, dossier: str, person: str, *, shielded: bool) -> None:
        """A person becomes a member of a dossier too."""
        with self.at(no) as copy, copy.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(Membership(id=new_id(), scope=dossier, person=person, shielded=int(shielded)))

    def change_membership(self, no: int, which: int) -> None:
        """One ends, or begins again."""
        with self.at(no) as copy, copy.store.write(verbs.MEMBER_CHANGED) as uow:
            found = read_where(uow.conn, Membership, "1 = 1 ORDER BY id")
            if found:
                one = found[which % len(found)]
                uow.save(one, one.with_values(to_on=None if one.to_on else "2026-05-01"))

    def link(self, no: int, a: str, b: str) -> None:
        """Say that two are one person, or that they are not."""
        a, b = sorted((a, b))
        with self.at(no) as copy, copy.store.write(verbs.MEMBER_CHANGED) as uow:
            made = derived_id("same_person", a, b)
            here = read(uow.conn, SamePerson, made)
            if here is None:
                reason = self._mark(made, "reason", a, Compartment.KERN)
                uow.add(SamePerson(id=made, scope=a, a=a, b=b, reason=reason))
            else:
                uow.delete(here)

    def put(self, no: int, kind: str, scope: str) -> None:
        """A new record with a mark."""
        declared, record = KINDS[kind], new_id()
        made = declared.make(record, scope, {})
        text = self._mark(record, FIELD[kind], scope, declared.compartment)
        with self.at(no) as copy, copy.store.write(verbs.TALK_CHANGED) as uow:
            uow.add(made.with_values(**{FIELD[kind]: text}))
        self.made.append((kind, record))

    def here(self, no: int, which: int) -> tuple[Record, str] | None:
        """A record of these that stands on a laptop, and its field."""
        with self.copies[no].rows() as conn:
            found = [
                (row, FIELD[kind])
                for kind, record in self.made
                if (row := read(conn, KINDS[kind].cls, record))
            ]
        return found[which % len(found)] if found else None

    def change(self, no: int, which: int) -> None:
        """Another mark in its place."""
        found = self.here(no, which)
        if found is not None:
            row, name = found
            old = next(mark for mark in self.marks.values() if mark.record == row.id)
            with self.at(no) as copy, copy.store.write(verbs.TALK_CHANGED) as uow:
                uow.save(row, row.with_values(**{name: self._mark(row.id, name, row.scope, old.compartment)}))

    def remove(self, no: int, which: int) -> None:
        """Remove one; its marks stay in the journal."""
        found = self.here(no, which)
        if found is not None:
            with self.at(no) as copy, copy.store.write(verbs.DELETED_VERB) as uow:
                uow.delete(found[0])

    def step(self, no: int, *, back: bool) -> None:
        """Undo or redo: what others wrote stands as it stood."""
        own, last = self._own_devices(no), self._last_action(no)
        before = self._of_others(no, own)
        with self.at(no) as copy:
            copy.store.undo() if back else copy.store.redo()
        assert before <= self._of_others(no, own), "undo hid what others wrote"
        sql = (
            "SELECT d.id, o.seq, o.cells FROM j_op o JOIN j_stream s ON s.no = o.stream"
            " JOIN j_device d ON d.no = s.device WHERE o.action > ?"
        )
        with copy.rows() as conn:
            for device, seq, cells in conn.exec_driver_sql(sql, (last,)):
                for text in MARK.findall(cells):
                    self.again.setdefault(text, set()).add((device, seq))

    def _last_action(self, no: int) -> int:
        with self.copies[no].rows() as conn:
            return int(conn.exec_driver_sql("SELECT max(no) FROM j_action").scalar_one())

    def _own_devices(self, no: int) -> set[str]:
        with self.copies[no].rows() as conn:
            sql = "SELECT d.id FROM l_own_device o JOIN j_device d ON d.no = o.no"
            return set(conn.exec_driver_sql(sql).scalars())

    def _of_others(self, no: int, own: set[str]) -> set[tuple[str, str, object]]:
        with self.copies[no].rows() as conn:
            return {
                (record, name, head.value)
                for record, ops in all_ops(conn)
                for name, heads in state_of(ops).heads.items()
                for head in heads
                if head.device not in own
            }

    def take_out(self, no: int, which: int) -> None:
        """Take a value out: whatever this laptop has in that field. Of own marks nothing is told to anybody."""
        found = self.here(no, which)
        if found is not None:
            row, name = found
            here, known = self.texts(no, tables=["j_op"]), self.taken_out(no)
            with self.at(no) as copy:
                copy.store.redact(row.id, frozenset({name}))
            told = self.taken_out(no) - known
            gone = {mark.text for mark in self.marks.values() if mark.record == row.id and mark.text in here}
            self.redactions.setdefault(told.pop() if told else f"{no} {row.id}", set()).update(gone)

    def taken_out(self, no: int) -> set[str]:
        """The takings out that a laptop knows of, and those in its own marks."""
        with self.copies[no].rows() as conn:
            found = set(conn.exec_driver_sql("SELECT id FROM r_redaction").scalars())
        return found | {one for one in self.redactions if one.startswith(f"{no} ")}

    # -- destroying ------------------------------------------------------------------------------------------------

    def destroy(self, no: int, scope: str, kind: str) -> None:
        """An order, carried out here at once."""
        here = self.texts(no, tables=["j_op"])
        if kind == "person" and self._lives_somewhere(scope):
            return  # settled rule 15: then a person decides, not the order
        with self.at(no) as copy, copy.store.removing(verbs.DESTROYED) as whole:
            whole.seal()
            own = copy.desk.identity
            whole.touched += destruction.issue(
                whole.conn,
                scope=scope,
                kind=kind,
                reason="bewaartermijn",
                device=own.writer.device_id,
                officer=copy.desk.officer,
                at="2026-11-27T10:00:00Z",
                sign=own.sign,
                now_ms=1,
            )
        seen = {mark.text for mark in self.marks.values() if mark.scope == scope and mark.text in here}
        self.orders.setdefault(scope, Orders()).seen |= seen
        self._is_gone(no, scope, before=seen, seen=seen)

    def _lives_somewhere(self, person: str) -> bool:
        """Whether some laptop knows the person as a member of a family."""
        sql = "SELECT 1 FROM r_membership WHERE person = ? AND to_on IS NULL"
        for copy in self.copies:
            with copy.rows() as conn:
                if conn.exec_driver_sql(sql, (person,)).first() is not None:
                    return True
        return False

    def agree(self, no: int) -> None:
        """The officer's word on all that waits; who became a member of a family since leaves it first (rule 15)."""
        with self.copies[no].rows() as conn:
            waiting = destruction.waiting(conn)
        for scope in (one.scope for one in waiting):
            self._leave(no, scope)
            before = self.texts(no, tables=["j_op"])
            with self.at(no) as copy, copy.store.removing(verbs.DESTROYED) as whole:
                whole.seal()
                whole.touched += destruction.carry_out(whole.conn, scope, 2)
            self._is_gone(no, scope, before=before, seen=self.orders[scope].seen)

    def _leave(self, no: int, person: str) -> None:
        """End the memberships of a person here, whatever two officers said of their end."""
        with self.copies[no].rows() as conn:
            standing = read_where(conn, Membership, "person = ? AND to_on IS NULL", (person,))
        if standing:
            with self.at(no) as copy, copy.store.write(verbs.RESOLVED) as uow:
                for one in standing:
                    heads = state_of(ops_of(uow.conn, [one.id])[one.id]).heads.get("to_on", ())
                    uow.write(
                        NewOp(
                            kind="membership",
                            record=one.id,
                            scope=one.scope,
                            scope_kind=ScopeKind.DOSSIER,
                            cells={"to_on": "2026-05-01"},
                            parents={"to_on": tuple(head.dot for head in heads)},
                        )
                    )

    def orders_here(self, no: int, scope: str) -> list[object]:
        """The orders of a scope, and what waits: for a message."""
        with self.copies[no].rows() as conn:
            bodies = conn.exec_driver_sql("SELECT body FROM l_destruction WHERE scope = ?", (scope,))
            waits = "SELECT compartment, device, from_seq, seq FROM l_quarantine WHERE scope = ?"
            return [*bodies.scalars(), *conn.exec_driver_sql(waits, (scope,)).all()]

    def _is_gone(self, no: int, scope: str, *, before: set[str], seen: set[str]) -> None:
        """Out of the journal and every table; what no order had seen waits (own marks go along: rule 20)."""
        marks = {mark.text: mark for mark in self.marks.values() if mark.scope == scope}
        assert not self.texts(no, tables=["j_op"]) & marks.keys()
        apart = self.texts(no, tables=["l_quarantine"])
        for text in before & marks.keys() - seen - self.redacted:
            assert text in apart or marks[text].compartment is Compartment.EIGEN, (
                "lost in a destruction",
                marks[text],
                no,
                [copy.desk.device for copy in self.copies],
                self.orders_here(no, scope),
            )

    # -- files -----------------------------------------------------------------------------------------------------

    def _may_go(self, conn: Connection, dossiers: Iterable[str]) -> set[str]:
        """By the rows alone: the dossiers and their present members, but nobody who is shielded elsewhere."""
        rows = read_where(conn, Membership, "1 = 1")
        differ = set(conn.exec_driver_sql("SELECT rec FROM j_conflict WHERE field = 'shielded'").scalars())
        found = set(dossiers)
        for row in rows:
            at = {
                one.scope for one in rows if one.person == row.person and (one.shielded or one.id in differ)
            }
            if row.scope in found and row.to_on is None and row.person and (not at or row.scope in at):
                found.add(row.person)
        return found

    def send(
        self,
        sender: int,
        *receivers: int,
        dossiers: tuple[str, ...],
        compartments: frozenset[Compartment],
        full: bool = False,
        split: bool = False,
    ) -> list[Sent]:
        """A file, read with a receiver's key: nothing is in it that was not chosen. As it is on its way to each."""
        with self.at(sender) as copy:
            with copy.store.read() as conn:
                may_go = self._may_go(conn, dossiers)
                follows = self._follows(conn, sender, receivers)
            choice = GiveChoice(
                dossiers=dossiers,
                receivers=tuple(self.copies[receiver].desk.device for receiver in receivers),
                compartments=compartments,
                full=full,
            )
            made = give.write(copy.session, choice, self.folder, split=split)
        files = tuple(map(Path, made.files))
        text = self._read(files[0], self.copies[receivers[-1]])
        marks = set(MARK.findall(text))
        for one in marks:
            mark = self.marks[one]
            known = (mark.scope, mark.compartment) in follows
            assert known or mark.scope in may_go, "a mark of a family that was not chosen"
            assert mark.compartment in compartments | {Compartment.KERN}, "a mark of what was not chosen"
        sent = [
            Sent(files, receiver, device, frozenset(marks), dossiers)
            for receiver, device in zip(receivers, choice.receivers, strict=True)
        ]
        self.files += sent
        pairs = frozenset((one, part) for one in may_go for part in compartments | {Compartment.KERN})
        for receiver in receivers:
            both = frozenset((sender, receiver))
            self.exchanged[both] = self.exchanged.get(both, frozenset()) | pairs
        return sent

    def _follows(self, conn: Connection, sender: int, receivers: Iterable[int]) -> frozenset[Pair]:
        """What else goes: of scopes without a row (a family that was removed, or its registration undone) what each of
        the receivers had exchanged with the sender, so that they hear of it."""
        had = [self.exchanged.get(frozenset((sender, one)), frozenset()) for one in receivers]
        here = set(
            conn.exec_driver_sql("SELECT scope FROM r_dossier UNION SELECT scope FROM r_person").scalars()
        )
        return frozenset(pair for pair in frozenset.intersection(*had) if pair[0] not in here)

    @staticmethod
    def _read(path: Path, copy: Laptop) -> str:
        with parts.open_whole(path) as source:
            members = read_package(source, [copy.desk.identity.seal_secret])
            return "".join(b"".join(one.chunks()).decode("utf-8", "replace") for one in members)

    def arrive(self, sent: Sent, *, part: int = 0, only: frozenset[str] | None = None) -> bool:
        """Take a file in: what was here stays, what was in it is here, or the family stays out and says so (False)."""
        no = sent.receiver
        if sent.to not in self._own_devices(no):
            return False  # made for a device that went with the disk
        before = self.texts(no)
        with self.copies[no].rows() as conn:
            gone_before = destruction.done(conn)
        with self.at(no) as copy:
            taken = take.accept(copy.session, sent.files[part % len(sent.files)], dossiers=only)
            with copy.rows() as conn:
                counts = self.counts(conn, taken.number)
                gone = destruction.done(conn)
        self.set_apart += counts["set_apart"]
        self.differences += counts["differences"]
        assert not counts["forks"]
        after = self.texts(no)
        for text in (
            before - self.redacted - after
        ):  # set apart, and a later order about what is destroyed had seen it
            lost = self.marks[text]
            assert lost.scope in gone_before and self._was_seen(text), ("taking a file in lost", lost, no)
        for text in sent.marks - after - self.redacted:
            mark = self.marks[text]
            out = only is not None or mark.scope in counts["gaps"]
            assert out or (mark.scope in gone and self._was_seen(text)), (
                "lost",
                mark,
                no,
                self.orders_here(no, mark.scope),
                mark.scope in gone,
                counts,
                taken.number,
            )
        return not counts["gaps"]

    def _was_seen(self, text: str) -> bool:
        """Whether an order about its scope had seen a mark."""
        orders = self.orders.get(self.marks[text].scope)
        return orders is not None and text in orders.seen

    def go_back(self, no: int) -> None:
        """The latest file that can be taken back: then it comes in again by itself."""
        with self.at(no) as copy:
            found = [one for one in take.taken(copy.session) if one.may_go_back]
            if found:
                take.take_back_file(copy.session, found[0].number)
                self.taken_back += 1

    def renew(self, no: int) -> None:
        """New keys, signed by the old."""
        with self.at(no) as copy:
            copy.store.seal()
            copy.desk.renew()
        self.meet(no)

    # -- backups ---------------------------------------------------------------------------------------------------

    def keep(self, no: int) -> None:
        """Make a backup."""
        texts, taken_out = frozenset(self.texts(no)), frozenset(self.taken_out(no))
        self.backups[no] = Kept(self.backup(no), texts, taken_out)

    def restore(self, no: int) -> None:
        """Put the backup back: all of then is here, and nothing of what was destroyed on this computer since.

        Not while an order of this laptop has reached nobody: it would be gone with the disk, and the others go on.
        """
        kept = self.backups.get(no)
        if kept is None or not self._orders_told(no):
            return
        with self.copies[no].rows() as conn:
            gone = destruction.done(conn)
        known = self.taken_out(no)
        self.put_back(no, kept.file)
        self.restores += 1
        after = self.texts(no)
        assert after <= kept.texts, "a backup held what was not there"
        for text in kept.texts - after:
            assert self.marks[text].scope in gone, ("lost in a backup", self.marks[text], no)
        back = [text for text in self.texts(no, tables=["j_op"]) if self.marks[text].scope in gone]
        assert not back, "a backup brought back what was destroyed"
        others = set().union(*(self.taken_out(one) for one in range(len(self.copies)) if one != no))
        self.lost |= known - kept.taken_out - others

    def _orders_told(self, no: int) -> bool:
        """Whether each destruction here is known to another laptop."""
        sql, told = "SELECT scope FROM l_destruction", set()
        for other, copy in enumerate(self.copies):
            if other != no:
                with copy.rows() as conn:
                    told |= set(conn.exec_driver_sql(sql).scalars())
        told |= set(map(destruction_mark, told))
        with self.copies[no].rows() as conn:
            return set(conn.exec_driver_sql("SELECT scope FROM l_destroyed").scalars()) <= told

    # -- what must hold --------------------------------------------------------------------------------------------

    def sound(self, no: int) -> None:
        """Tables are what the journal says, chains hold, and nothing that is destroyed has a row."""
        with self.copies[no].rows() as conn:
            assert project.differences(conn) == []
            assert chain.check_chains(conn) == () and chain.check_seals(conn) == ()
            for scope in destruction.done(conn):
                assert (
                    conn.exec_driver_sql("SELECT 1 FROM j_stream WHERE scope = ?", (scope,)).first() is None
                )

    def lines_are_true(self, no: int) -> None:
        """What is derived is what it would be if it were made anew."""
        with self.at(no) as copy:
            derived_is_true(copy.store)

    def settle_all(self) -> None:
        """Everybody agrees to what is destroyed and gives all families to one, and that one to everybody, until nobody
        has news: soon."""
        hub = len(self.marks) % len(self.copies)
        others = [no for no in range(len(self.copies)) if no != hub]
        whole, full, rounds = [False], True, 0
        before: list[list[Any]] = []
        while full or before != [self._held(no) for no in range(len(self.copies))]:
            assert rounds < ROUNDS, ("the exchange does not come to rest", self._news(before))
            before = [self._held(no) for no in range(len(self.copies))]
            full = not all(whole)
            whole = [self._pass(no, hub, full=full) for no in others]
            if full:
                whole += [self._pass(hub, *others, full=True)]
            else:  # an order to destroy is in a file for several only if all of them have had the family
                whole += [self._pass(hub, no, full=False) for no in others]
            # an order goes to whom its keeper gave the family; who lost it with a disk does not pass it on
            if rounds > ROUNDS // 2:
                whole += [self._pass(one, other, full=False) for one, other in permutations(others, 2)]
            rounds += 1

    def _news(self, before: list[list[Any]]) -> list[Any]:
        """What came in since: for a message."""
        return [[line for line in self._held(no) if line not in before[no]] for no in range(len(self.copies))]

    def _pass(self, sender: int, *receivers: int, full: bool) -> bool:
        """All families from one to others, in one file."""
        self.agree(sender)
        dossiers, every = tuple(self.scopes(sender, "dossier")), frozenset(Compartment) - {Compartment.EIGEN}
        if dossiers:
            sent = self.send(sender, *receivers, dossiers=dossiers, compartments=every, full=full)
        else:
            sent = [self._receipt(sender, receiver) for receiver in receivers]
        whole = [self.arrive(one) for one in sent]
        for receiver in receivers:
            self.agree(receiver)
        return all(whole)

    def _held(self, no: int) -> list[Any]:
        """How far each stream goes, what waits and what is decided."""
        sql = "SELECT s.scope, s.compartment, d.id, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device"
        with self.copies[no].rows() as conn:
            found = [*conn.exec_driver_sql(sql), *conn.exec_driver_sql("SELECT scope FROM l_destroyed")]
            found += conn.exec_driver_sql("SELECT scope, compartment, device, seq FROM l_quarantine")
        return sorted(found)

    def _receipt(self, sender: int, receiver: int) -> Sent:
        with self.at(sender) as copy:
            device = self.copies[receiver].desk.device
            made = give.receipt(copy.session, device, self.folder)
        return Sent(tuple(map(Path, made.files)), receiver, device, frozenset(), ())

    def agreed(self) -> None:
        """After that: all see the same of every family, and a value that was taken out is nowhere."""
        pictures = [self._picture(no) for no in range(len(self.copies))]
        assert all(one == pictures[0] for one in pictures)
        for no in range(len(self.copies)):
            self._nobody_is_lost(no)
        open_ = [self._open_differences(no) for no in range(len(self.copies))]
        nowhere = self._nowhere()
        for no in range(len(self.copies)):
            left = self.texts(no) & nowhere
            with self.copies[no].rows() as conn:
                reached = self._may_go(conn, self.scopes(no, "dossier"))
            bad = {one for one in left if self.marks[one].scope in reached}
            assert not bad, ("a value that was taken out", self.where(no, bad))
        every = frozenset(Compartment) - {Compartment.EIGEN}
        dossiers = tuple(self.scopes(0, "dossier"))
        if dossiers:
            (sent,) = self.send(0, 1, dossiers=dossiers, compartments=every, full=True)
            self.arrive(sent)
            assert [self._open_differences(no) for no in range(len(self.copies))] == open_, (
                "differences multiplied"
            )

    def _nowhere(self) -> set[str]:
        """What was taken out, unless that was lost with a disk, or somebody who did not know of it undid a change.

        That wrote the value once more: what somebody wrote meanwhile stands until it is taken out too.
        """
        known: set[str] = set()
        named: dict[str, set[tuple[str, int]]] = {}
        for no, copy in enumerate(self.copies):
            known |= self.taken_out(no)
            with copy.rows() as conn:
                for one, ops in conn.exec_driver_sql("SELECT id, ops FROM r_redaction"):
                    named[one] = {(device, seq) for device, seq in json.loads(ops)}
        gone: set[str] = set()
        for text in self.redacted:
            orders = {one for one, marks in self.redactions.items() if text in marks}
            told = {one for one in orders if one in known or one not in self.lost}
            reach = set().union(*(named.get(one, set()) for one in told))
            if told and self.again.get(text, set()) <= reach:
                gone.add(text)
        return gone

    def _nobody_is_lost(self, no: int) -> None:
        """Whoever belongs to a family here is here too, or is listed as removed by one who did not know of it."""
        with self.at(no) as copy:
            matters = clear_up.matters(copy.session)
        listed = {one.subject[0] for one in matters if one.kind == clear_up_removed.PERSON}
        dossiers = set(self.scopes(no, "dossier"))
        with self.copies[no].rows() as conn:
            here = set(conn.exec_driver_sql("SELECT id FROM r_person").scalars()) | destruction.done(conn)
            lost = self._may_go(conn, dossiers) - dossiers - here
        assert lost == listed, ("who belongs to a family", lost, listed)

    def _open_differences(self, no: int) -> int:
        with self.copies[no].rows() as conn:
            return int(conn.exec_driver_sql("SELECT count(*) FROM j_conflict").scalar_one())

    def _picture(self, no: int) -> dict[str, Any]:
        dossiers = self.scopes(no, "dossier")
        with self.copies[no].rows() as conn:
            reached = self._may_go(conn, dossiers)
            found: dict[str, Any] = {"dossiers": dossiers}
            for kind in ("dossier", "membership", "person", "alias", "talk", "health_fact", "same_person"):
                rows = conn.exec_driver_sql(f'SELECT scope, * FROM "r_{kind}"')
                found[kind] = sorted(repr(row) for row in rows if row[0] in reached)
            conflicts = conn.exec_driver_sql("SELECT scope, rec, field, what FROM j_conflict").all()
            found["open"] = sorted(tuple(row) for row in conflicts if row[0] in reached)
            streams = conn.exec_driver_sql(
                "SELECT s.scope, s.compartment, d.id, s.seq, hex(s.tip) FROM j_stream s"
                " JOIN j_device d ON d.no = s.device WHERE s.seq > 0 AND s.compartment <> 'eigen'"
            ).all()
            found["ops"] = sorted(tuple(row) for row in streams if row[0] in reached)
        return found
