"""The common case of a merge, worked out without building its whole state: one insert, and changes that each replaced
the only value that stood. Anything else is left to `app.domain.merge`, which says the same of these (tested)."""

from collections.abc import Sequence
from typing import Any

from app.domain.op import DELETED
from app.domain.record import Kind, Value
from app.storage.compact_json import read_json
from app.storage.journal import BareOp


def straight(kind: Kind | None, ops: Sequence[BareOp], *, whole: bool) -> dict[str, Value] | None:
    """The values of a record whose ops follow on each other in one line; None: it must be merged.

    Without `whole`, those of the cells that were changed since it was inserted.
    """
    insert: BareOp | None = None
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
    if insert is None or kind is None:
        return None
    values: dict[str, Value] = read_json(insert.cells) if whole else {}
    return _with(values, kind, insert, later) if later else values


def _with(
    values: dict[str, Value], kind: Kind, insert: BareOp, later: Sequence[BareOp]
) -> dict[str, Value] | None:
    replaced: set[tuple[Any, ...]] = set()
    written: dict[str, list[tuple[int, int, Value]]] = {}
    for op in later:
        cells = read_json(op.cells)
        if DELETED in cells:
            return None
        for name, value in cells.items():
            written.setdefault(name, []).append((op.stream, op.seq, value))
        if op.parents is not None:
            for name, dots in read_json(op.parents).items():
                replaced.update([(name, stream, seq) for stream, seq in dots])
    covered = kind.names[: insert.fields]
    for name, rows in written.items():
        live = [value for stream, seq, value in rows if (name, stream, seq) not in replaced]
        begun = name in covered and (name, insert.stream, insert.seq) not in replaced
        if len(live) != 1 or begun:
            return None
        values[name] = live[0]
    return values
