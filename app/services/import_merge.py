"""What one record of a file means for the same record here (settled rule 12), from its ops alone.

A field that differs from the state it was exported from is an edit of that state. Where the state here has
moved on meanwhile, the edit becomes a candidate: both values stand. Nothing that the file leaves out is touched,
and what somebody removed here on purpose stays removed unless the file changed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.merge import Head, RecordState, state_of
from app.domain.op import DELETED, Dot, Op
from app.domain.record import KINDS, Value
from app.files.dossier_json import JsonRecord
from app.storage.uow import heads_showing


class Skip(StrEnum):
    """Why something in a file was left aside."""

    FILLED_HERE = "filled-here"  # no state to compare with, another value here, no overwriting
    TAKEN_OUT = "taken-out"  # the value here was redacted: it does not come back
    REMOVED_HERE = "removed-here"  # the record was removed here
    NEVER_CHANGED = "never-changed"  # a kind whose records never change


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """A cell as it is here and as the file has it."""

    kind: str
    record: str
    field: str
    here: Value
    file: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What was left aside; `field` is empty for a whole record."""

    kind: str
    record: str
    field: str
    why: Skip


@dataclass(slots=True, kw_only=True)
class Merged:
    """What to write for one record; nothing where `cells` is empty. `comes_back`: an undone import done again."""

    cells: dict[str, Value] = field(default_factory=dict)
    parents: dict[str, tuple[Dot, ...]] = field(default_factory=dict)
    changed: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    comes_back: bool = False

    def put(self, name: str, value: Value, parents: Iterable[Dot]) -> None:
        """Write a cell, naming the values it replaces."""
        self.cells[name] = value
        seen = tuple(sorted(parents))
        if seen:
            self.parents[name] = seen


def merged(record: JsonRecord, ops: Sequence[Op], *, overwrite: bool, undone: frozenset[int]) -> Merged:
    """Compare a record of the file with its `ops` here; `undone` holds the actions that were undoings."""
    state, found = state_of(ops), Merged()
    if state.gone:
        if any(head.value and head.action in undone for head in state.deletes) and not _redacted(ops):
            return _back(record, state)
        if record.was is None or _redacted(ops):
            found.skipped.append(_skipped(record, "", Skip.REMOVED_HERE))
            return found
    if record.was is None:
        _fill(record, state, overwrite, found)
    else:
        _edit(record, record.was, ops, state, found)
    if state.gone and not found.cells:
        found.skipped.append(_skipped(record, "", Skip.REMOVED_HERE))
    elif (
        state.gone
    ):  # an edit that the removal had not seen: the record stands again, and the officer decides
        found.conflicts = [*found.conflicts, *found.changed]
        found.changed = []
    if KINDS[record.kind].appended and found.cells:
        return Merged(skipped=[_skipped(record, "", Skip.NEVER_CHANGED)])
    return found


def _redacted(ops: Iterable[Op]) -> bool:
    return any(op.redacted for op in ops)


def _back(record: JsonRecord, state: RecordState) -> Merged:
    """The import that brought this record was undone here; importing again brings it back as the file has it."""
    found = Merged(comes_back=True)
    for name in KINDS[record.kind].names:
        found.put(name, record.fields.get(name), (head.dot for head in state.heads.get(name, ())))
    found.put(DELETED, 0, (head.dot for head in state.deletes))
    return found


def _edit(
    record: JsonRecord, was: Mapping[str, Value], ops: Sequence[Op], state: RecordState, found: Merged
) -> None:
    shown = state.shown()
    for name, new in record.fields.items():
        old, heads = was.get(name), state.heads.get(name, ())
        if new == old or (heads and all(_holds(head, new) for head in heads)):
            continue
        seen = heads_showing(heads, old)
        if heads and not seen and _is_known(name, old, new, ops):
            continue
        found.put(name, new, seen)
        change = _change(record, name, shown.get(name))
        (found.conflicts if len(seen) < len(heads) else found.changed).append(change)


def _is_known(name: str, old: Value, new: Value, ops: Sequence[Op]) -> bool:
    """Whether this very edit, from `old` to `new`, came in before: importing a file twice changes nothing."""
    by_dot = {op.dot: op for op in ops}
    first = min(ops, key=lambda op: (op.hlc, op.dot))
    for op in ops:
        if op is not first and name in op.cells and name not in op.redacted and op.cells[name] == new:
            replaced = [by_dot[dot].cells.get(name) for dot in op.parents.get(name, ()) if dot in by_dot]
            if not replaced or old in replaced:
                return True
    return False


def _fill(record: JsonRecord, state: RecordState, overwrite: bool, found: Merged) -> None:
    """Without a state to compare with only what is empty here is filled, or overwritten where that was asked."""
    shown = state.shown()
    for name, new in record.fields.items():
        heads = state.heads.get(name, ())
        if new is None or (heads and all(_holds(head, new) for head in heads)):
            continue
        if any(head.redacted for head in heads):
            found.skipped.append(_skipped(record, name, Skip.TAKEN_OUT))
        elif all(head.value is None for head in heads):
            found.put(name, new, (head.dot for head in heads))
            found.changed.append(_change(record, name, None))
        elif overwrite:
            seen = heads_showing(heads, shown[name])
            found.put(name, new, seen)
            change = _change(record, name, shown[name])
            (found.conflicts if len(seen) < len(heads) else found.changed).append(change)
        else:
            found.skipped.append(_skipped(record, name, Skip.FILLED_HERE))


def _holds(head: Head, value: Value) -> bool:
    return not head.redacted and head.value == value


def _change(record: JsonRecord, name: str, here: Value) -> CellChange:
    return CellChange(kind=record.kind, record=record.id, field=name, here=here, file=record.fields[name])


def _skipped(record: JsonRecord, name: str, why: Skip) -> Skipped:
    return Skipped(kind=record.kind, record=record.id, field=name, why=why)
