"""An open store: one writer, readers, and the one way in which anything changes.

`write(verb)` gives a unit of work; when its block ends, the wishes become ops, the ops become tables, what is
derived follows, and only then the change is told to who listens. Any error before that leaves nothing behind.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine

from app.domain import verbs
from app.domain.clock import moment_of, moment_text, now_ms
from app.domain.ident import new_id
from app.domain.kinds.place import ContentPack, Redaction
from app.domain.record import KINDS, Compartment
from app.domain.verbs import Verb
from app.storage import (
    access_log,
    chain,
    draft,
    journal,
    person_line,
    project,
    redact_apart,
    redaction,
    removal,
    same_person,
    scope_number,
    search,
    summary,
)
from app.storage import undo as undoing
from app.storage.cipher import PASSING_CACHE_KIB, WRITER_CACHE_KIB
from app.storage.journal import NewOp
from app.storage.scan import ScanShelf
from app.storage.store_given import Deriver, Identity, Pack, no_list, nothing_follows
from app.storage.told import Told, to_nobody
from app.storage.translate_errors import translate_errors
from app.storage.unswept import unswept
from app.storage.uow import Moved, UnitOfWork

_ANEW_AT_ONCE = 300
NOT_LISTED = frozenset({"access", "disclosure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an action changed: (kind, record, scope) of each record, the dossiers concerned, cells that moved."""

    group: int
    verb: str
    records: tuple[tuple[str, str, str], ...]
    dossiers: frozenset[str]
    moved: tuple[Moved, ...] = ()
    left: tuple[Moved, ...] = ()


class Store:
    """`writer` and `reader` are engines on the same file; `identity` is this device and officer."""

    def __init__(
        self, writer: Engine, reader: Engine, identity: Identity | None, *, read_only: bool = False
    ) -> None:
        self.read_only = read_only
        self.identity = identity
        self.derive: Deriver = nothing_follows
        self.packs: Mapping[str, Pack] = {}
        self.place = ""
        self.scans: ScanShelf | None = None
        self.keep_marks: Callable[[frozenset[str]], None] = no_list
        self.today: Callable[[], date] = date.today
        self._writer, self._reader = writer, reader
        self._listeners: list[Callable[[Change], None]] = []
        self._lock = threading.RLock()

    # -- reading ---------------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the last committed state and cannot write."""
        with translate_errors(), self._reader.connect() as conn:
            yield conn

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Tell `listener` of every change after it is committed, on the thread that made it."""
        self._listeners.append(listener)

    # -- writing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def local(self) -> Iterator[Connection]:
        """A transaction for local tables only (drafts, settings, logs): the guard stays shut."""
        with self._transaction() as conn:
            yield conn

    @contextmanager
    def passing(self) -> Iterator[Connection]:
        """As `local`, for a look over everything that comes once: its pages are not kept, which would be 64 MB."""
        with self._transaction() as conn:
            conn.exec_driver_sql(f"PRAGMA cache_size = -{PASSING_CACHE_KIB}")
            try:
                yield conn
            finally:
                conn.exec_driver_sql(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """The one writing connection; a full disk or damaged page becomes a problem with a sentence."""
        with self._lock, translate_errors(), self._writer.begin() as conn:
            yield conn

    @contextmanager
    def write(self, verb: Verb, *, dossier: str = "") -> Iterator[UnitOfWork]:
        """One user action. What `uow.moved` names afterwards stands twice, and the officer is to be told."""
        change: list[Change] = []
        with self._lock:
            with self._transaction() as conn:
                uow = self._unit(conn)
                yield uow
                change.append(self._finish(uow, verb, "do", dossier=dossier))
            self._tell(change[0])

    def undo(self) -> Change | None:
        """Undo the latest own action that can be undone; None if there is none."""
        return self._step(undoing.next_undo, verbs.UNDONE, "undo")

    def redo(self) -> Change | None:
        """Do again what was undone last; None if there is none or something new was done since."""
        return self._step(undoing.next_redo, verbs.REDONE, "redo")

    def next_undo(self) -> undoing.Step | None:
        """What `undo` would undo."""
        with self.read() as conn:
            return undoing.next_undo(conn)

    def next_redo(self) -> undoing.Step | None:
        """What `redo` would do again."""
        with self.read() as conn:
            return undoing.next_redo(conn)

    def redact(self, record: str, fields: frozenset[str], *, log: access_log.Entry | None = None) -> Change:
        """Take values out for good: journal, table, drafts, index and what was set apart; the chain keeps its
        commitments. `log`: a line of the access log about it."""
        with self._lock:
            with self._transaction() as conn:
                if log is not None:
                    access_log.write(conn, log)
                uow = self._unit(conn)
                self._tell_redaction(uow, record, fields)
                change = self._finish(uow, verbs.REDACTED, "do")
                chain.redact(conn, record, fields)
                redact_apart.redact(conn, record, fields, redact_apart.named(conn, record, fields))
                touched = self._project(conn, [record])
                draft.clear_values(conn, record, fields)
                scopes = {scope for _kind, _record, scope in touched}
                change = Change(
                    group=change.group,
                    verb=change.verb,
                    records=touched,
                    dossiers=self._refresh(conn, scopes),
                )
            self.empty_log()
            self._tell(change)
        return change

    def _tell_redaction(self, uow: UnitOfWork, record: str, fields: frozenset[str]) -> None:
        """The record of it travels with its scope, so that every copy drops the value; own marks never travel."""
        sql = "SELECT s.scope, s.compartment FROM j_op o JOIN j_stream s ON s.no = o.stream WHERE o.rec = ? LIMIT 1"
        home = uow.conn.exec_driver_sql(sql, (bytes.fromhex(record),)).first()
        if home is not None and home[1] != Compartment.EIGEN:
            made = Redaction(
                id=new_id(),
                scope=home[0],
                record=record,
                fields=" ".join(sorted(fields)),
                ops=redaction.named_ops(uow.conn, record, fields),
                at=moment_text(moment_of(now_ms() << 16)),
            )
            uow.add(made)

    # -- exchange by file ------------------------------------------------------------------------------------------

    @contextmanager
    def whole(self, *, keep: bool = True) -> Iterator["Whole"]:
        """One transaction in which several deeds happen: an export with what is noted of it, or an import.

        What the block says to have touched is brought into lists and index, and told after the commit. With
        `keep` false nothing remains: that is how a preview is found out.
        """
        with self._lock, unswept():
            work = Whole(self)
            with translate_errors(), self._writer.connect() as conn, conn.begin() as transaction:
                work.conn = conn
                yield work
                if keep:
                    concerned = work.settle()
                    work.ask_last()
                else:
                    transaction.rollback()
            if keep and (work.touched or work.gone):
                self._tell(Change(group=0, verb=work.verb, records=tuple(work.touched), dossiers=concerned))

    def empty_log(self) -> None:
        """Pages from before lie in the write-ahead log until it is emptied; a busy reader puts that off."""
        raw = self._writer.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    @contextmanager
    def removing(self, verb: Verb) -> Iterator["Whole"]:
        """A transaction of `whole` that takes scopes out; afterwards no trace of them is left on disk.

        The log of the database is emptied, files of scans that nothing names are swept away, and marks of what was
        destroyed go to the list outside the store.
        """
        with self.whole() as work:
            yield work
            work.verb = verb.code
        if work.gone or work.touched:
            self.empty_log()
            with self.local() as conn:
                marks = removal.all_marks(conn)
                if self.scans is not None:
                    self.scans.sweep(conn)
            self.keep_marks(marks)

    def seal(self) -> int:
        """Sign the tips of our streams: before a backup, an export or a change of identity."""
        assert self.identity is not None
        with self._transaction() as conn:
            return chain.seal(
                conn, self.identity.writer.device, self.identity.writer.device_id, self.identity.signer()
            )

    def refresh_all(self, told: Told = to_nobody) -> None:
        """Make everything derived anew: lists, agenda and search. All of it or, after a kill, nothing of it is kept.

        `told` hears how many dossiers are done, and of how many.
        """
        with self._transaction() as conn:
            ids, persons = summary.all_dossiers(conn), summary.all_persons(conn)
            told(0, len(ids))
            search.rebuild(conn)
            steps = -(-len(ids) // _ANEW_AT_ONCE) or 1
            share = -(-len(persons) // steps)
            for step in range(steps):
                some = ids[step * _ANEW_AT_ONCE : (step + 1) * _ANEW_AT_ONCE]
                self._refresh_dossiers(conn, some, persons[step * share : (step + 1) * share])
                told(step * _ANEW_AT_ONCE + len(some), len(ids))
            scope_number.let_go_unused(conn)

    def close(self) -> None:
        """Close all connections."""
        self._reader.dispose()
        self._writer.dispose()

    # -- how -------------------------------------------------------------------------------------------------------

    def act(self, conn: Connection, verb: Verb, fill: Callable[[UnitOfWork], None]) -> Change:
        """One action of this officer inside a transaction of `whole`."""
        uow = self._unit(conn)
        fill(uow)
        return self._finish(uow, verb, "do")

    def settle_touched(self, conn: Connection, touched: Sequence[tuple[str, str, str]]) -> frozenset[str]:
        """Index and lists for records that came in or went by file."""
        by_kind: dict[str, list[str]] = {}
        for kind, record, _scope in touched:
            by_kind.setdefault(kind, []).append(record)
        search.index(conn, by_kind)
        return self._refresh(conn, _listed(conn, touched))

    def _unit(self, conn: Connection) -> UnitOfWork:
        assert self.identity is not None, "a store without an identity is only read"
        return UnitOfWork(conn, self.identity.writer.device_id, moment_text(moment_of(now_ms() << 16)))

    def _step(
        self, find: Callable[[Connection], undoing.Step | None], verb: Verb, step: str
    ) -> Change | None:
        with self._lock:
            with self._transaction() as conn:
                target = find(conn)
                if target is None:
                    return None
                uow = self._unit(conn)
                left = undoing.write_turn(uow, target.group)
                change = self._finish(uow, verb, step, dossier=target.dossier, undoes=target.group, left=left)
            self._tell(change)
        return change

    def _finish(
        self,
        uow: UnitOfWork,
        verb: Verb,
        step: str,
        *,
        dossier: str = "",
        undoes: int | None = None,
        left: tuple[Moved, ...] = (),
    ) -> Change:
        assert self.identity is not None
        conn = uow.conn
        self._keep_packs(uow)
        ops = uow.settle()
        undoable = verb.undoable and any(not KINDS[new.kind].lasting for new in ops)
        group = conn.exec_driver_sql(
            "INSERT INTO l_group(verb, at, dossier, step, undoable, undoes) VALUES(?,?,?,?,?,?) RETURNING no",
            (verb.code, now_ms(), dossier or None, step, int(undoable or step != "do"), undoes),
        ).scalar_one()
        if undoes is not None:
            conn.exec_driver_sql("UPDATE l_group SET undone_by = ? WHERE no = ?", (group, undoes))
        touched = self._put(uow, verb, ops, group)
        while undoes is not None and ops:  # where several values come back into one cell, one after the other
            uow = self._unit(conn)
            undoing.write_turn(uow, undoes)
            ops = uow.settle()
            touched += self._put(uow, verb, ops, group)
        ops = ()
        uow.let_go()
        concerned = self._refresh(conn, _listed(conn, touched), uow.found_by())
        return Change(
            group=group,
            verb=verb.code,
            records=tuple(dict.fromkeys(touched)),
            dossiers=concerned,
            moved=tuple(uow.moved),
            left=left,
        )

    def _put(
        self, uow: UnitOfWork, verb: Verb, ops: Sequence[NewOp], group: int
    ) -> tuple[tuple[str, str, str], ...]:
        """Write the ops of one action and bring the tables up to date; returns the records touched."""
        assert self.identity is not None
        if not ops:
            return ()
        conn = uow.conn
        appended = journal.append(conn, self.identity.writer, verb, ops, group, uow.bind)
        project.open_guard(conn, True)
        project.project_fresh(conn, uow.fresh)
        project.open_guard(conn, False)
        search.add(conn, uow.fresh)
        appended.keep_tips()
        touched = tuple((new.kind, new.record, new.scope) for new in uow.fresh)
        merged = [new.record for new in uow.merged]
        return touched + self._project(conn, merged) if merged else touched

    def _keep_packs(self, uow: UnitOfWork) -> None:
        """A pack that a record names is kept for ever, in the scope of the location (settled rule 21)."""
        named = uow.named_packs()
        if named:
            kept = {
                row[0][:16] for row in uow.conn.exec_driver_sql("SELECT hash FROM r_content_pack") if row[0]
            }
            for short in sorted(named - kept):
                pack = self.packs.get(short)
                if pack is not None:
                    made = ContentPack(
                        id=new_id(), scope=self.place, name=pack.name, hash=pack.hash, body=pack.canonical
                    )
                    uow.add(made)

    def _project(self, conn: Connection, merged: list[str]) -> tuple[tuple[str, str, str], ...]:
        """Bring the tables up to date for records that stood before; returns them."""
        project.open_guard(conn, True)
        project.project(conn, merged)
        project.open_guard(conn, False)
        touched: list[tuple[str, str, str]] = []
        for record, ops in journal.ops_of(conn, merged).items():
            touched += [(op.kind, record, op.scope) for op in ops[:1]]
        by_kind: dict[str, list[str]] = {}
        for kind, record, _scope in touched:
            by_kind.setdefault(kind, []).append(record)
        search.index(conn, by_kind)
        return tuple(touched)

    def _refresh(
        self,
        conn: Connection,
        scopes: Collection[str],
        found_by: Callable[[], Mapping[str, frozenset[str]]] = dict,
    ) -> frozenset[str]:
        concerned = summary.dossiers_of(conn, scopes)
        self._refresh_dossiers(conn, list(concerned), scopes, found_by)
        return concerned

    def _refresh_dossiers(
        self,
        conn: Connection,
        dossiers: Sequence[str],
        scopes: Collection[str],
        found_by: Callable[[], Mapping[str, frozenset[str]]] = dict,
    ) -> None:
        if dossiers:
            summary.refresh(conn, dossiers, self.today())
            person_line.refresh(conn, dossiers)
        if dossiers or scopes:
            self.derive(conn, dossiers, scopes, found_by())

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(change)


def _listed(conn: Connection, touched: Iterable[tuple[str, str, str]]) -> set[str]:
    """The scopes of which lists and agenda may say something else now: who may write, and who got what, is in none."""
    scopes, links = set(), []
    for kind, record, scope in touched:
        if kind not in NOT_LISTED:
            scopes.add(scope)
        if kind == "same_person":
            links.append(record)
    return scopes | same_person.concerned(conn, links)


class Whole:
    """A transaction of `Store.whole`: `touched` is told to who listens, under the code `verb`.

    `gone`: dossiers that were taken out of the store. `ask_last` may still refuse, when all but keeping it is done.
    """

    def __init__(self, store: Store) -> None:
        self.conn: Connection
        self.verb = ""
        self.touched: list[tuple[str, str, str]] = []
        self.gone: set[str] = set()
        self.ask_last: Callable[[], None] = lambda: None
        self._store = store
        self._settled = 0
        self._concerned: frozenset[str] = frozenset()

    def act(self, verb: Verb, fill: Callable[[UnitOfWork], None]) -> Change:
        """An action of this officer."""
        change = self._store.act(self.conn, verb, fill)
        self.touched += change.records
        return change

    def seal(self) -> None:
        """Sign what this device left unsigned."""
        identity = self._store.identity
        assert identity is not None
        chain.seal(self.conn, identity.writer.device, identity.writer.device_id, identity.signer())

    def settle(self) -> frozenset[str]:
        """Bring lists and index up to date with what was touched; done at the end by itself, and earlier for who has
        to look at them."""
        new = self.touched[self._settled :]
        if new:
            self._settled = len(self.touched)
            self._concerned |= self._store.settle_touched(self.conn, new)
        return self._concerned | self.gone
