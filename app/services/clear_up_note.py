"""A proposal for a note that two people changed: from the text that both had read."""

from sqlalchemy import Connection

from app.domain.merge import reading_order
from app.domain.op import DELETED, Dot, Op
from app.domain.record import KINDS, FieldType
from app.domain.text_difference import merged
from app.services.differences import Difference
from app.storage.journal import ops_of

TWO = 2


def proposal(conn: Connection, each: Difference) -> str:
    """Both texts put together; "" for what is no note, or where nobody knows from which text both came."""
    if each.field == DELETED or len(each.sides) != TWO:
        return ""
    spec = next(field for field in KINDS[each.kind].fields if field.name == each.field)
    one, other = (side.value for side in each.sides)
    if spec.type is not FieldType.NOTE or not isinstance(one, str) or not isinstance(other, str):
        return ""
    ops = {op.dot: op for op in ops_of(conn, [each.record])[each.record]}
    base = _common(ops, each.field, each.seen)
    return "" if base is None else merged(base, one, other).text


def _common(ops: dict[Dot, Op], field: str, heads: tuple[Dot, ...]) -> str | None:
    """The nearest text that all heads came from (of several equally near, any); None when there is none, or it was
    taken out."""
    shared: set[Dot] | None = None
    for head in heads:
        before = _before(ops, field, head)
        shared = before if shared is None else shared & before
    earlier = {before for dot in shared or () for before in _before(ops, field, dot)}
    nearest = [
        ops[dot] for dot in (shared or set()) - earlier if dot in ops and field not in ops[dot].redacted
    ]
    if not nearest:
        return None
    return str(max(nearest, key=reading_order).cells.get(field) or "")


def _before(ops: dict[Dot, Op], field: str, head: Dot) -> set[Dot]:
    found: set[Dot] = set()
    todo = [head]
    while todo:
        op = ops.get(todo.pop())
        for dot in op.parents.get(field, ()) if op is not None else ():
            if dot not in found:
                found.add(dot)
                todo.append(dot)
    return found
