"""The state of a record as a pure function of the set of its ops: order, duplicates and files cannot matter.

A write replaces exactly the values its writer had seen. What nobody who saw it has replaced stays a candidate;
clocks only choose which candidate is shown first. A delete wins only over what its writer had seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.op import DELETED, Dot, Op
from app.domain.record import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A live value of a cell: nobody who saw it has replaced it."""

    dot: Dot
    value: Value
    hlc: int
    device: str
    action: int
    redacted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """Heads per field (the shown one last), whether the record is gone, and what is open between writers.

    `deletes` are live removals (1) and decisions to keep (0); `seen` is what the live removals cover.
    """

    heads: Mapping[str, tuple[Head, ...]]
    deletes: tuple[Head, ...]
    seen: frozenset[Dot]
    gone: bool
    disputed: frozenset[str]
    deleted_while_edited: bool

    @property
    def absent(self) -> bool:
        """Nothing is there: removed, or not yet written."""
        return self.gone or not self.heads

    def standing(self) -> tuple[tuple[str, Head], ...]:
        """What a removal must cover for the record to be gone: every live value, and every decision to keep it."""
        values = [(field, head) for field, row in self.heads.items() for head in row]
        return (*values, *((DELETED, head) for head in self.deletes if not head.value))

    def shown(self) -> dict[str, Value]:
        """The value shown per field: the head with the latest reading, ties by device."""
        return {field: heads[-1].value for field, heads in self.heads.items() if heads}

    def live_dots(self) -> tuple[Dot, ...]:
        """The dots of every live head, deletes and keep decisions included: what a delete must have seen."""
        heads = [head for row in self.heads.values() for head in row] + list(self.deletes)
        return tuple(sorted({head.dot for head in heads}))


def state_of(ops: Iterable[Op]) -> RecordState:
    """Merge all ops of one record; the same op twice counts once."""
    replaced: dict[str, set[Dot]] = defaultdict(set)
    written: dict[str, list[Op]] = defaultdict(list)
    for op in {op.dot: op for op in ops}.values():
        for field in op.cells:
            written[field].append(op)
        for field, dots in op.parents.items():
            replaced[field].update(dots)
    heads: dict[str, tuple[Head, ...]] = {}
    for field, writers in written.items():
        live = writers
        if len(writers) > 1:
            gone = replaced.get(field, set())
            live = sorted((op for op in writers if op.dot not in gone), key=reading_order)
        heads[field] = tuple(
            Head(
                dot=op.dot,
                value=op.cells[field],
                hlc=op.hlc,
                device=op.device,
                action=op.action,
                redacted=field in op.redacted,
            )
            for op in live
        )
    deletes = heads.pop(DELETED, ())
    seen: set[Dot] = set()
    for op in written.get(DELETED, ()):
        if op.cells[DELETED] and any(head.dot == op.dot for head in deletes):
            seen.update(op.parents.get(DELETED, ()), (op.dot,))  # and whatever it wrote itself
    deleting = any(head.value for head in deletes)
    standing = [head for row in heads.values() for head in row] + [head for head in deletes if not head.value]
    gone_ = deleting and all(head.dot in seen for head in standing)
    disputed = frozenset(
        () if gone_ else (field for field, row in heads.items() if len({value_key(head) for head in row}) > 1)
    )
    return RecordState(
        heads=heads,
        deletes=deletes,
        seen=frozenset(seen),
        gone=gone_,
        disputed=disputed,
        deleted_while_edited=deleting and not gone_,
    )


def reading_order(op: Op) -> tuple[int, str, int]:
    """By reading, device, number: the same on every laptop (a dot's stream number is local to one)."""
    return op.hlc, op.device, op.dot.seq


def value_key(head: Head) -> tuple[object, Value]:
    """Equal values collapse by themselves; a redacted value equals nothing but itself."""
    return (head.dot, None) if head.redacted else (type(head.value), head.value)
