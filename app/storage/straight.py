"""The common case of a merge, worked out without building its whole state: one insert, and changes that each replaced
the only value that stood. Anything else is left to `app.domain.merge`, which says the same of these (tested)."""

import json
from collections.abc import Sequence
from typing import Any

from app.domain.op import DELETED
from app.domain.record import KINDS, Value
from app.storage.journal import RawOp


def straight(ops: Sequence[RawOp]) -> dict[str, Value] | None:
    """The values of a record whose ops follow on each other in one line; None: it must be merged."""
    insert: RawOp | None = None
    later = []
    for op in ops:
        if op.kept is not None:
            return None
        if op.fields is None:
            later.append(op)
        elif insert is None:
            insert = op
        else:
            return None
    if insert is None or insert.kind not in KINDS:
        return None
    values: dict[str, Value] = json.loads(insert.cells)
    return _with(values, insert, later) if later else values


def _with(values: dict[str, Value], insert: RawOp, later: Sequence[RawOp]) -> dict[str, Value] | None:
    covered = frozenset(KINDS[insert.kind].names[: insert.fields])
    replaced: set[tuple[Any, ...]] = set()
    written: dict[str, list[tuple[int, int, Value]]] = {}
    for op in later:
        cells = json.loads(op.cells)
        if DELETED in cells:
            return None
        for name, value in cells.items():
            written.setdefault(name, []).append((op.stream, op.seq, value))
        if op.parents is not None:
            for name, dots in json.loads(op.parents).items():
                replaced.update((name, stream, seq) for stream, seq in dots)
    for name, rows in written.items():
        live = [value for stream, seq, value in rows if (name, stream, seq) not in replaced]
        begun = name in covered and (name, insert.stream, insert.seq) not in replaced
        if len(live) != 1 or begun:
            return None
        values[name] = live[0]
    return values
