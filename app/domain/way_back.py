"""The op that brings a record back to how it stood before: the whole of undo and redo (docs/adr/0006).

Undoing never takes an op away; it writes one more. What counts is what the officer sees: which values stand in each
field, whether the record is there, and whether a removal and an edit stand side by side. Values inside a record that
is gone are not seen; they are brought back by the undoing that brings back the record.
"""

from collections.abc import Iterable, Mapping, Set

from app.domain.merge import Head, RecordState, value_key
from app.domain.op import DELETED, Dot
from app.domain.record import Value

Inverse = tuple[dict[str, Value], dict[str, tuple[Dot, ...]]]
_NOTHING = (type(None), None)


def unknown_fields(now: RecordState, aim: RecordState) -> frozenset[str]:
    """Fields that cannot go back, because a value that was taken out stood in them then or stands in them now; none
    when the whole record is to go."""
    if aim.absent:
        return frozenset()
    return frozenset(
        field
        for field in (*now.heads, *aim.heads)
        if any(head.redacted for head in (*now.heads.get(field, ()), *aim.heads.get(field, ())))
        and _keys(now, field) != _keys(aim, field)
    )


def way_back(now: RecordState, aim: RecordState, stay: Set[str] = frozenset()) -> Inverse:
    """Cells and parents of an op that leads from `now` towards `aim`; no cells: it is there. Fields in `stay` stay.

    A cell takes one value: where more than one is to come back, it takes as many ops, one after the other.
    """
    if aim.absent:
        return ({}, {}) if now.absent else ({DELETED: 1}, {DELETED: now.live_dots()})
    cells: dict[str, Value] = {}
    parents: dict[str, tuple[Dot, ...]] = {}
    for field in sorted({*now.heads, *aim.heads} - stay):
        have, want = _keys(now, field), _keys(aim, field)
        if have == want:
            continue
        heads = now.heads.get(field, ())
        missing = [key for key in want if key not in have]
        # no clock chooses: which one is written once more says what others may find beside it
        cells[field] = value = max(missing or want, key=repr)[1]
        parents[field] = tuple(
            head.dot for head in heads if value_key(head) not in want or head.value == value
        )
    removing = any(head.value for head in now.deletes)
    if not aim.deleted_while_edited:
        if removing:
            cells[DELETED], parents[DELETED] = 0, tuple(head.dot for head in now.deletes)
    elif not removing or (now.gone and not cells):
        replaced = {dot for dots in parents.values() for dot in dots}
        standing = [(field, head) for field, head in now.standing() if head.dot not in replaced]
        cells[DELETED], parents[DELETED] = 1, _hidden(now, aim, standing)
    return cells, {field: dots for field, dots in parents.items() if dots}


def _keys(state: RecordState, field: str) -> Mapping[tuple[object, Value], None]:
    """The values of a field, in reading order; a field that nothing was written in holds nothing."""
    return dict.fromkeys(map(value_key, state.heads.get(field, ()))) or {_NOTHING: None}


def _hidden(now: RecordState, aim: RecordState, standing: Iterable[tuple[str, Head]]) -> tuple[Dot, ...]:
    """What a removal has to have seen so that the record stands half removed again: what the one before had seen,
    and never all that is left `standing`."""
    seen_then = {(field, value_key(head)) for field, head in aim.standing() if head.dot in aim.seen}
    removals = {head.dot for head in now.deletes if head.value}
    kept = {head.dot for head in now.deletes if not head.value}
    hidden = {head.dot for field, head in standing if (field, value_key(head)) in seen_then}
    left = {head.dot for _field, head in standing}
    for seen in (removals | hidden | kept, removals | hidden):
        if left - seen:
            return tuple(sorted(seen))
    return tuple(sorted(removals))
