"""Works out what a file of dossiers would do to a store, without doing it: preview and import share this."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.content.pack import Pack, pack_from_canonical
from app.content.problem import PackChanged
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.place import ContentPack
from app.domain.op import DELETED, Op
from app.domain.record import ScopeKind
from app.files import dossier_json_problem as wrong
from app.files.dossier_json import CARRIED, MAIN_KIND, PLACE, DossierFile, JsonPack, JsonRecord, JsonScope
from app.files.dossier_json_problem import MOST_PROBLEMS, FileProblem, FileRefused
from app.files.json_walk import shown
from app.services.duplicates import Look, NewPersons, Suspicion, look_here
from app.services.import_merge import CellChange, Merged, Skipped, merged
from app.services.session import Session
from app.storage import removal
from app.storage.journal import NewOp, ops_of, scopes_written
from app.storage.uow import Moved, UnitOfWork, inserting, packs_named

RECORDS_AT_ONCE = 500


@dataclass(slots=True, kw_only=True)
class Plan:
    """What would be written, and what is to be told of it."""

    scopes: list[JsonScope] = field(default_factory=list)
    fresh: list[NewOp] = field(default_factory=list)
    ops: list[NewOp] = field(default_factory=list)
    packs: list[ContentPack] = field(default_factory=list)
    changed: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    new: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0
    suspected: list[Suspicion] = field(default_factory=list)
    persons: NewPersons = field(default_factory=lambda: NewPersons(()))
    partly_here: frozenset[str] = frozenset()
    """Those of the new persons of whom something was here before."""

    @property
    def is_empty(self) -> bool:
        """Whether the store already says all of it."""
        return not (self.fresh or self.ops)

    def write(self, uow: UnitOfWork) -> None:
        """Put everything into one action."""
        uow.new_scopes((scope.id, scope.kind) for scope in self.scopes)
        for pack in self.packs:
            uow.add(pack)
        uow.insert(self.fresh)
        self.fresh = []  # they are the action's now, which lets go of them when they are written
        for new in self.ops:
            uow.write(new)
        uow.moved += [
            Moved(kind=change.kind, record=change.record, field=change.field) for change in self.conflicts
        ]

    def look(self, session: Session, look: Look = look_here) -> Callable[[], dict[str, frozenset[str]]]:
        """Begin to look for the new persons in the store, as it is committed, and among each other.

        What this gives waits for it, fills in `suspected` and says what the persons will be found by.
        """
        looked = self.persons.look(look)

        def answer() -> dict[str, frozenset[str]]:
            found = looked()
            with session.store.read() as conn:
                self.suspected = list(self.persons.suspected(conn, found))
            kept = (keys for keys, _wanted, _alike in found)
            every = zip(self.persons.ids, kept, strict=True)
            return {person: keys for person, keys in every if person not in self.partly_here}

        return answer


def plan(conn: Connection, session: Session, file: DossierFile, *, overwrite: bool) -> Plan:
    """Compare a file with the store. Raises `FileRefused` for what this store cannot take."""
    found = Plan()
    kinds = {scope.id: scope.kind for scope in file.scopes}
    here = _Here(conn)
    problems = list(here.scope_problems(file))
    for start in range(0, len(file.records), RECORDS_AT_ONCE):
        part = file.records[start : start + RECORDS_AT_ONCE]
        ops = ops_of(conn, [record.id for record in part])
        undone = here.undoings(ops.values())
        for index, record in enumerate(part, start):
            scope = session.place if record.scope == PLACE else record.scope
            scope_kind = kinds.get(record.scope, ScopeKind.PLACE)
            known = ops[record.id]
            if not known:
                kind = CARRIED[record.kind]
                found.fresh.append(inserting(kind, record.id, scope, scope_kind, record.fields))
                found.new.setdefault(record.kind, []).append(record.id)
            elif record.scope == PLACE and here.is_of_colleague(known[0], record.kind, scope):
                found.unchanged += 1  # what a colleague says of himself is his to change
            elif (known[0].kind, known[0].scope) != (record.kind, scope):
                other = wrong.KnownAsOther(id=record.id, found=known[0].kind)
                problems.append(FileProblem(path=f"records[{index}].id", problem=other))
            else:
                outcome = merged(record, known, overwrite=overwrite, undone=undone)
                _take(found, record, scope, scope_kind, outcome)
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise FileRefused(tuple(problems[:MOST_PROBLEMS]))
    found.scopes = [scope for scope in file.scopes if scope.id not in here.scopes]
    found.packs = list(_packs_to_keep(conn, session, file, found))
    found.persons = NewPersons(found.fresh)
    found.partly_here = frozenset(scopes_written(conn, found.persons.ids))
    return found


def _take(found: Plan, record: JsonRecord, scope: str, kind: ScopeKind, outcome: Merged) -> None:
    found.changed += outcome.changed
    found.conflicts += outcome.conflicts
    found.skipped += outcome.skipped
    if outcome.comes_back:
        found.new.setdefault(record.kind, []).append(record.id)
    if outcome.cells:
        found.ops.append(
            NewOp(
                kind=record.kind,
                record=record.id,
                scope=scope,
                scope_kind=kind,
                cells=outcome.cells,
                parents=outcome.parents,
            )
        )
    elif not outcome.skipped:
        found.unchanged += 1


class _Here:
    """What this store knows of scopes and of undone actions."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.scopes: dict[str, str] = {
            row[0]: row[1] for row in conn.exec_driver_sql("SELECT scope, kind FROM r_scope")
        }
        self._destroyed, self._dropped = removal.destroyed(conn), removal.dropped(conn)

    def scope_problems(self, file: DossierFile) -> Iterator[FileProblem]:
        """Scopes that were destroyed, were dropped, are something else here, or come without what they are about."""
        mains = {record.id for record in file.records if record.kind in MAIN_KIND.values()}
        for index, scope in enumerate(file.scopes):
            problem: KnownProblem | None = None
            known = self.scopes.get(scope.id)
            if scope.id in self._destroyed:
                problem = wrong.ScopeDestroyed(id=scope.id)
            elif scope.id in self._dropped:
                problem = wrong.ScopeDropped(id=scope.id)
            elif known is not None and known != scope.kind:
                problem = wrong.KnownAsOther(id=scope.id, found=known)
            elif known is None and scope.id not in mains:
                problem = wrong.MainRecordMissing(kind=MAIN_KIND[scope.kind], id=scope.id)
            if problem is not None:
                yield FileProblem(path=f"scopes[{index}]", problem=problem)

    def is_of_colleague(self, known: Op, kind: str, own_place: str) -> bool:
        """Whether a record lies in the location scope of somebody else."""
        return (
            known.kind == kind
            and known.scope != own_place
            and self.scopes.get(known.scope) == ScopeKind.PLACE
        )

    def undoings(self, known: Iterable[list[Op]]) -> frozenset[int]:
        """Of the actions that removed these records, those that were the undoing of another."""
        actions = {op.action for ops in known for op in ops if op.cells.get(DELETED)}
        sql = "SELECT g.step = 'undo' FROM j_action a JOIN l_group g ON g.no = a.\"group\" WHERE a.no = ?"
        return frozenset(action for action in actions if self._conn.exec_driver_sql(sql, (action,)).scalar())


def _packs_to_keep(
    conn: Connection, session: Session, file: DossierFile, found: Plan
) -> Iterator[ContentPack]:
    """Packs that are named and that the store would not keep by itself (settled rule 21).

    It does so for the program's own packs that new records name; not for those that only changed cells name,
    nor for packs that came with the file. A code of a pack that nobody has is kept and shown raw.
    """
    kept = {digest[:16] for (digest,) in conn.exec_driver_sql("SELECT hash FROM r_content_pack") if digest}
    brought = {pack.hash[:16]: pack for pack in file.packs}
    fresh, changed, own = packs_named(found.fresh), packs_named(found.ops), session.content.short_packs
    for short in sorted((fresh | changed) - kept):
        if short in own:
            if short not in fresh:
                yield _kept(session, own[short].name, own[short].hash, own[short].canonical)
        elif short in brought:
            yield _kept(session, brought[short].name, brought[short].hash, brought[short].content)


def _kept(session: Session, name: str, digest: str, body: str) -> ContentPack:
    return ContentPack(id=new_id(), scope=session.place, name=name, hash=digest, body=body)


def usable_packs(file: DossierFile) -> list[Pack]:
    """The packs of a file as content. Raises `FileRefused` for text that is no pack of the name it has."""
    found, problems = [], []
    for index, pack in enumerate(file.packs):
        read = _as_content(pack)
        if read is None:
            problem = wrong.PackDiffers(name=shown(pack.name))
            problems.append(FileProblem(path=f"packs[{index}].content", problem=problem))
        else:
            found.append(read)
    if problems:
        raise FileRefused(tuple(problems[:MOST_PROBLEMS]))
    return found


def _as_content(pack: JsonPack) -> Pack | None:
    """None for anything that could not be shown later; it comes from outside, so every shape may occur."""
    try:
        read = pack_from_canonical(pack.content, pack.hash)
        whole = read.name == pack.name and len(read.items) > 0
    except (PackChanged, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return read if whole else None
