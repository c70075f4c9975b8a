"""One user action: what was read and what is wanted go in, ops come out, in one transaction.

`save(before, after)` writes only the cells that differ between the two, and names as parents the heads that
held what the form showed (settled rule 2). If a cell moved on meanwhile, both values stand and `moved` says so.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, TypeVar

from sqlalchemy import Connection

from app.domain.ident import new_id
from app.domain.kinds.place import Access, Scope
from app.domain.merge import Head, RecordState, state_of
from app.domain.op import DELETED, Dot
from app.domain.record import KINDS, Kind, Record, ScopeKind, Value, kind_of
from app.storage.journal import Bind, NewOp, bound_here, known, ops_of
from app.storage.plain_rows import all_rows, plain_rows
from app.storage.store_given import FoundBy, nobody_found_yet

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A cell that somebody else changed while it was being edited: both values now stand."""

    kind: str
    record: str
    field: str


class _Wish(NamedTuple):
    before: Record | None
    after: Record | None


class UnitOfWork:
    """Collects what one action wants. `conn` reads within the same transaction."""

    def __init__(self, conn: Connection, device_id: str, now: str) -> None:
        self.conn = conn
        self._device_id, self._now = device_id, now
        self._wishes: dict[str, _Wish] = {}
        self._raw: list[NewOp] = []
        self._inserts: list[NewOp] = []
        self._scopes: dict[str, ScopeKind] = {}
        self.fresh: list[NewOp] = []
        self.merged: list[NewOp] = []
        self.moved: list[Moved] = []
        self.bind: Bind = bound_here
        self.found_by: FoundBy = nobody_found_yet

    # -- what an action may ask ------------------------------------------------------------------------------------

    def new_scope(self, kind: ScopeKind, *, scope: str = "", key: str = "") -> str:
        """Begin a scope: its `scope` record and this device's access. Returns the id of scope and main record."""
        made = scope or new_id()
        self.new_scopes([(made, kind)], key=key)
        return made

    def new_scopes(self, scopes: Iterable[tuple[str, ScopeKind]], *, key: str = "") -> None:
        """`new_scope` for many, by id."""
        begun, allowed = kind_of(Scope), kind_of(Access)
        access = {"device": self._device_id, "from_at": self._now}
        for scope, kind in scopes:
            self._scopes[scope] = kind
            values = {"kind": str(kind), "made_by": self._device_id, "key": key or _scope_key()}
            self._inserts.append(inserting(begun, new_id(), scope, kind, values))
            self._inserts.append(inserting(allowed, new_id(), scope, kind, access))

    def add(self, record: R) -> R:
        """A new record."""
        return self._wish(None, record) or record

    def save(self, before: R | None, after: R) -> R:
        """`before` is what was read (None: new), `after` what is wanted."""
        return self._wish(before, after) or after

    def delete(self, before: Record) -> None:
        """Remove a record as it was read; what its reader had not seen survives."""
        self._wish(before, None)

    def write(self, new: NewOp) -> None:
        """An op with its parents already named: undo, resolving and import make their own."""
        self._raw.append(new)

    def insert(self, inserts: Iterable[NewOp]) -> None:
        """Records of which the caller saw, in this transaction, that nothing is here; see `inserting`."""
        self._inserts += inserts

    def named_packs(self) -> set[str]:
        """The short hashes of the content packs that new values name."""
        wanted = [wish.after for wish in self._wishes.values() if wish.after is not None]
        return packs_named(self._inserts) | _packs_in((kind_of(one), one.values()) for one in wanted)

    # -- what it becomes -------------------------------------------------------------------------------------------

    def _wish(self, before: R | None, after: R | None) -> R | None:
        record = after if after is not None else before
        assert record is not None
        earlier = self._wishes.pop(record.id, None)
        if earlier is not None:
            before = earlier.before  # type: ignore[assignment]
        if before is not None and after is not None and (before.id, before.scope) != (after.id, after.scope):
            raise ValueError("a record never changes its id or scope")
        if before is None and after is None:
            return None
        self._wishes[record.id] = _Wish(before, after)
        return after

    def settle(self) -> tuple[NewOp, ...]:
        """Turn the wishes into ops: `fresh` ones need no merge, the others do."""
        self._ask_scopes()
        new = {id_: wish.after for id_, wish in self._wishes.items() if wish.before is None and wish.after}
        old = [wish for wish in self._wishes.values() if wish.before is not None]
        again = known(self.conn, list(new))
        states = self._states([*again, *(wish.before.id for wish in old if wish.before is not None)])
        self.fresh = [self._insert(record) for id_, record in new.items() if id_ not in again]
        self.fresh += self._inserts
        if len({op.record for op in self.fresh}) < len(self.fresh):
            raise ValueError("within an action a record is inserted once")
        self.merged = [self._insert_again(new[id_], states[id_]) for id_ in sorted(again)]
        for wish in old:
            assert wish.before is not None
            state = states[wish.before.id]
            if not state.heads:
                raise ValueError(
                    f"a {kind_of(wish.before).name} that was never written cannot have been read"
                )
            made = self._delete(wish.before, state) if wish.after is None else self._change(wish, state)
            if made is not None:
                self.merged.append(made)
        self.merged += self._raw
        if len({op.record for op in self.merged}) < len(self.merged):
            raise ValueError("within an action a record has at most one op")
        return (*self.fresh, *self.merged)

    def let_go(self) -> None:
        """Of what is written now. Of a large action that is more memory than what follows from it may take."""
        self._wishes, self._raw, self._inserts, self.fresh, self.merged = {}, [], [], [], []

    def _ask_scopes(self) -> None:
        """What the scopes are about of whose records that does not follow from the kind: of many at once."""
        records = (wish.after or wish.before for wish in self._wishes.values())
        wanted = {record.scope for record in records if record and len(kind_of(record).scopes) > 1}
        wanted.difference_update(self._scopes)
        if len(wanted) > 1:
            found = scope_kinds(self.conn, sorted(wanted))
            self._scopes.update({scope: ScopeKind(kind) for scope, kind in found})

    def _states(self, records: list[str]) -> dict[str, RecordState]:
        return {record: state_of(ops) for record, ops in ops_of(self.conn, records).items()}

    def _insert(self, record: Record) -> NewOp:
        kind = kind_of(record)
        scope_kind = self._scope_kind(record.scope, kind)
        return inserting(kind, record.id, record.scope, scope_kind, kind.values_of(record))

    def _insert_again(self, record: Record, state: RecordState) -> NewOp:
        """A removed record comes back under its id: what its remover had not seen stays a candidate."""
        kind = kind_of(record)
        if not state.gone:
            raise ValueError(f"this {kind.name} is here already")
        parents = {name: tuple(head.dot for head in heads) for name, heads in state.heads.items()}
        parents[DELETED] = tuple(head.dot for head in state.deletes)
        return self._op(record, {**checked(kind, record.values()), DELETED: 0}, parents)

    def _change(self, wish: _Wish, state: RecordState) -> NewOp | None:
        before, after = wish.before, wish.after
        assert before is not None and after is not None
        kind = kind_of(after)
        if kind.appended:
            raise ValueError(f"a {kind.name} is never changed")
        read, wanted = before.values(), after.values()
        cells = {name: wanted[name] for name in kind.names if wanted[name] != read[name]}
        if not cells:
            return None
        parents = {}
        for name in cells:
            seen = heads_showing(state.heads.get(name, ()), read[name])
            parents[name] = seen
            if len(seen) < len(state.heads.get(name, ())):
                self.moved.append(Moved(kind=kind.name, record=after.id, field=name))
        if state.gone:
            self.moved.append(Moved(kind=kind.name, record=after.id, field=DELETED))
        return self._op(after, checked(kind, cells), {name: dots for name, dots in parents.items() if dots})

    def _delete(self, before: Record, state: RecordState) -> NewOp | None:
        kind = kind_of(before)
        if kind.appended:
            raise ValueError(f"a {kind.name} is never removed")
        if state.gone:
            return None
        read = before.values()
        seen = {head.dot for head in state.deletes}
        unseen: set[Dot] = set()
        for name, heads in state.heads.items():
            dots = heads_showing(heads, read.get(name))
            seen.update(dots)
            unseen.update(head.dot for head in heads if head.dot not in dots)
        for name, heads in state.heads.items():
            if any(head.dot in unseen for head in heads):
                self.moved.append(Moved(kind=kind.name, record=before.id, field=name))
        return self._op(before, {DELETED: 1}, {DELETED: tuple(sorted(seen - unseen))})

    def _op(
        self,
        record: Record,
        cells: Mapping[str, Value],
        parents: Mapping[str, tuple[Dot, ...]],
    ) -> NewOp:
        kind = kind_of(record)
        return NewOp(
            kind=kind.name,
            record=record.id,
            scope=record.scope,
            scope_kind=self._scope_kind(record.scope, kind),
            cells=cells,
            parents=parents,
        )

    def _scope_kind(self, scope: str, kind: Kind) -> ScopeKind:
        if len(kind.scopes) == 1:
            return next(iter(kind.scopes))
        if scope not in self._scopes:
            self._scopes[scope] = scope_kind(self.conn, scope)
        return self._scopes[scope]


def inserting(
    kind: Kind, record: str, scope: str, scope_kind: ScopeKind, values: Mapping[str, Value]
) -> NewOp:
    """The op that begins a record: it names every field, those without a value too."""
    names = kind.names
    cells = _nothing(kind.name) | checked(kind, values)
    if len(cells) > len(names):
        cells = {name: cells[name] for name in names}
    return NewOp(
        kind=kind.name, record=record, scope=scope, scope_kind=scope_kind, cells=cells, fields=len(names)
    )


@cache
def _nothing(kind: str) -> dict[str, Value]:
    """Every field of a kind, in order, without a value."""
    return dict.fromkeys(KINDS[kind].names)


def packs_named(ops: Iterable[NewOp]) -> set[str]:
    """The short hashes of the content packs that the cells of these ops name."""
    return _packs_in((KINDS[new.kind], new.cells) for new in ops)


def _packs_in(written: Iterable[tuple[Kind, Mapping[str, Value]]]) -> set[str]:
    return {
        value.partition(":")[0]
        for kind, cells in written
        for name in kind.codes
        if isinstance(value := cells.get(name), str) and ":" in value
    }


def scope_kind(conn: Connection, scope: str) -> ScopeKind:
    """What a scope is about; two who made it from one JSON file said the same (`app.exchange.scope_check`)."""
    found = conn.exec_driver_sql("SELECT DISTINCT kind FROM r_scope WHERE scope = ?", (scope,)).scalar_one()
    return ScopeKind(found)


def scope_kinds(conn: Connection, scopes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each of these scopes that is here, with what its records say that it is about."""
    sql = "SELECT scope, kind FROM r_scope WHERE scope IN (SELECT value FROM json_each(?))"
    return plain_rows(conn, sql, (json.dumps(list(scopes)),))


def heads_showing(heads: Iterable[Head], value: Value) -> tuple[Dot, ...]:
    """The heads that hold the value somebody had on screen; one that was taken out shows as nothing."""
    return tuple(head.dot for head in heads if head.value == value)


_TEXT_OR_NOTHING: Final = frozenset((str, type(None)))


def checked(kind: Kind, cells: Mapping[str, Value]) -> dict[str, Value]:
    """The same cells with True and False as 1 and 0. Raises TypeError where a value does not fit its field:
    SQLite would turn it into something else, and the table would no longer say what the journal says."""
    if not kind.whole_numbers and _TEXT_OR_NOTHING.issuperset(map(type, cells.values())):
        return dict(cells)
    made: dict[str, Value] = {}
    for name, value in cells.items():
        whole = name in kind.whole_numbers
        if value is not None and not isinstance(value, int if whole else str):
            raise TypeError(f"{kind.name}.{name} is {'a whole number' if whole else 'text'}")
        made[name] = int(value) if isinstance(value, bool) else value
    return made


def _scope_key() -> str:
    """A random key of 32 bytes, in hex: it names scans without saying what is in them (settled rule 14)."""
    return secrets.token_hex(32)


def read(conn: Connection, cls: type[R], record: str) -> R | None:
    """One record as it is now, or None."""
    found = read_where(conn, cls, "id = ?", (record,))
    return found[0] if found else None


def read_where(conn: Connection, cls: type[R], where: str, params: tuple[Value, ...] = ()) -> list[R]:
    """Records of a kind that meet an SQL condition over their own columns; may end in ORDER BY."""
    kind = kind_of(cls)
    columns = ", ".join(f'"{name}"' for name in kind.names)
    rows = all_rows(conn, f'SELECT id, scope, {columns} FROM "r_{kind.name}" WHERE {where}', params)
    names = kind.names
    return [cls(id=row[0], scope=row[1], **dict(zip(names, row[2:], strict=True))) for row in rows]
