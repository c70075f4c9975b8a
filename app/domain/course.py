"""What a record would be if some own actions had not happened: the aim of every undo and redo (docs/adr/0006).

Undoing never takes an op away; it writes a new one. To know what that one must say, undone actions and the undoings
themselves are thought away, and what is left is merged. What an op had replaced passes through ops that were thought
away, so that a value which somebody replaced on purpose does not come up again.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from app.domain.merge import RecordState, reading_order, state_of
from app.domain.op import DELETED, Dot, Op
from app.domain.record import Value

Cell = tuple[Dot, str]
Reading = tuple[int, str, int]
Inverse = tuple[dict[str, Value], dict[str, tuple[Dot, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One own action in order: its group, the group that was done first, and whether it does, undoes or redoes."""

    group: int
    root: int
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Live ops per field (the shown one last), live removals, and the cells that no removal hides."""

    heads: Mapping[str, tuple[Op, ...]]
    removals: tuple[Op, ...]
    open: frozenset[Cell]

    @property
    def gone(self) -> bool:
        """Removals hide all of it."""
        return bool(self.removals) and not self.open

    def has(self, op: Op, field: str) -> bool:
        """Whether what `op` wrote in a cell is live."""
        return any(head is op for head in (*self.heads.get(field, ()), *self.removals))


class Course:
    """The ops of one record, with the own actions (`groups`: by number of the action) in the order of `turns`."""

    def __init__(self, ops: Iterable[Op], groups: Mapping[int, int], turns: Sequence[Turn]) -> None:
        self._by_dot = {op.dot: op for op in ops}
        steps = {turn.group: turn for turn in turns}
        self._turn = {op.dot: steps.get(groups.get(op.action, 0)) for op in self._by_dot.values()}
        self._stands: dict[Cell, tuple[Dot, ...]] = {}
        self._seen: dict[Dot, frozenset[Cell]] = {}
        self._removals: dict[int, list[Op]] = {}  # by the group of an insert: what undid it, in order
        self.by_group = {
            turn.group: self._by_dot[dot] for dot, turn in self._turn.items() if turn is not None
        }
        self.done: Set[int] = frozenset()
        for turn in turns:
            self.done = self.done - {turn.root} if turn.step == "undo" else self.done | {turn.root}
            op = self.by_group.get(turn.group)
            if op is not None and turn.step != "do":
                self._remember(op)
            first = self.by_group.get(turn.root)
            if op is not None and turn.step == "undo" and first is not None and first.inserts:
                self._removals.setdefault(turn.root, []).append(op)

    def _remember(self, op: Op) -> None:
        """For which ops an undoing or redoing stands: those it brought back when it was written."""
        then = self.standing(self.done, reading_order(op))
        for field, value in op.cells.items():
            heads = then.removals if field == DELETED else then.heads.get(field, ())
            self._stands[op.dot, field] = tuple(head.dot for head in heads if head.cells[field] == value)

    def standing(self, done: Set[int], until: Reading | None = None, apart: Op | None = None) -> Standing:
        """What stands if of the own actions only these are done: of what was written before `until`, without
        `apart`."""
        live = {
            dot: op for dot, op in self._by_dot.items() if op is not apart and self._counts(op, done, until)
        }
        replaced: set[Cell] = set()
        hidden: dict[Dot, set[Cell]] = {}
        for dot, op in live.items():
            for field, dots in op.parents.items():
                replaced |= self._reach(dots, field, live)
            if op.cells.get(DELETED):
                reached = (self._reach((d,), field, live, hiding=True) for d, field in self._saw(op))
                hidden[dot] = set().union(*reached)
        heads: dict[str, list[Op]] = {}
        for op in sorted(live.values(), key=reading_order):
            for field in op.cells:
                if (op.dot, field) not in replaced:
                    heads.setdefault(field, []).append(op)
        deletes = heads.pop(DELETED, [])
        removals = tuple(op for op in deletes if op.cells[DELETED])
        stands = {(op.dot, field) for field, row in heads.items() for op in row}
        stands |= {(op.dot, DELETED) for op in deletes if not op.cells[DELETED]}
        for removal in removals:
            stands -= hidden[removal.dot]
        return Standing(
            heads={field: tuple(row) for field, row in heads.items()},
            removals=removals,
            open=frozenset(stands),
        )

    def _saw(self, removal: Op) -> frozenset[Cell]:
        """The cells that a removal hid when it was written: of an op that it named, only those that were live then.

        When others wrote is not known here: what they named counts whole.
        """
        if removal.dot not in self._seen:
            named = set(removal.parents.get(DELETED, ())) & self._by_dot.keys()
            cells = {(dot, field) for dot in named for field in self._by_dot[dot].cells}
            if self._turn[removal.dot] is not None:
                earlier = (op for op in self._by_dot.values() if reading_order(op) < reading_order(removal))
                then = state_of(earlier)
                live = {(head.dot, field) for field, row in then.heads.items() for head in row}
                cells &= live | {(head.dot, DELETED) for head in then.deletes}
            self._seen[removal.dot] = frozenset(cells)
        return self._seen[removal.dot]

    def _counts(self, op: Op, done: Set[int], until: Reading | None) -> bool:
        """Whether an op is there. The undoing of an insert is a removal like any other: a later value may bring
        the record out from under it, with all that was in it."""
        turn = self._turn[op.dot]
        if until is not None and reading_order(op) >= until:
            return False
        if turn is None or op.inserts:
            return True
        if turn.step == "do":
            return turn.root in done
        removals = [
            other
            for other in self._removals.get(turn.root, ())
            if until is None or reading_order(other) < until
        ]
        return turn.root not in done and removals[-1:] == [op]

    def _reach(
        self, dots: Iterable[Dot], field: str, live: Mapping[Dot, Op], *, hiding: bool = False
    ) -> set[Cell]:
        """The live ops of a cell that were seen, straight or through ops that are thought away.

        An undoing or redoing is seen as what it stood for. Who replaced an undoing also replaced what that took
        back; who removed it (`hiding`) may have seen the removal in it only.
        """
        found: set[Cell] = set()
        waiting, met = list(dots), set(dots)
        while waiting:
            dot = waiting.pop()
            op = self._by_dot.get(dot)
            if op is None or field not in op.cells:
                continue
            if dot in live:
                found.add((dot, field))
                continue
            further = set(self._stands.get((dot, field), op.parents.get(field, ())))
            turn = self._turn[dot]
            if turn is not None and turn.step == "undo" and not hiding:
                further.add(self.by_group[turn.root].dot)
            further -= met
            met |= further
            waiting += further
        return found


def removal(now: RecordState) -> Inverse:
    """The removal of a record with everything in it; nothing to do if it is gone."""
    return ({}, {}) if now.gone else ({DELETED: 1}, {DELETED: now.live_dots()})


def way_to(aim: Standing, now: RecordState) -> Inverse:
    """The cells and parents of the one op that brings a record from `now` to `aim`; no cells: it is there already.

    A value that was taken out is not known any more: nothing is put in its place.
    """
    cells: dict[str, Value] = {}
    parents: dict[str, tuple[Dot, ...]] = {}
    for field, heads in now.heads.items():
        wanted = [op.cells[field] for op in aim.heads.get(field, ())] or [None]
        have = [head.value for head in heads]
        if set(wanted) != set(have) or wanted[-1] != (have or [None])[-1]:
            missing = [value for value in wanted if value not in have]
            cells[field] = value = (missing or wanted)[-1]
            parents[field] = tuple(h.dot for h in heads if h.value not in wanted or h.value == value)
    removing = any(head.value for head in now.deletes)
    if aim.gone:
        if cells or not now.gone:
            cells[DELETED], parents[DELETED] = 1, now.live_dots()
    elif not aim.removals:
        if removing:
            cells[DELETED], parents[DELETED] = 0, tuple(head.dot for head in now.deletes)
    elif not removing:
        cells[DELETED], parents[DELETED] = 1, _hidden(aim, now)
    elif now.gone and not cells:
        for dot, field in sorted((dot, field) for dot, field in aim.open if field != DELETED):
            cells[field] = next(op.cells[field] for op in aim.heads[field] if op.dot == dot)
            parents[field] = tuple(head.dot for head in now.heads.get(field, ()))
    return cells, {field: dots for field, dots in parents.items() if dots}


def _hidden(aim: Standing, now: RecordState) -> tuple[Dot, ...]:
    """The live dots whose values the removals of `aim` had seen."""
    stands = {
        (op.cells[field], field)
        for field, row in aim.heads.items()
        for op in row
        if (op.dot, field) in aim.open
    }
    seen = {head.dot for head in now.deletes}
    seen |= {head.dot for row in now.heads.values() for head in row}
    seen -= {head.dot for field, row in now.heads.items() for head in row if (head.value, field) in stands}
    return tuple(sorted(seen))
