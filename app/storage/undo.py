"""Undo writes new ops, only for cells whose head is still that action's; others are named and left (settled rule 9).

What a new op must say is worked out in `app.domain.course`: the record as it would be without the undone actions.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.course import Course, Inverse, Turn, removal, way_to
from app.domain.merge import state_of
from app.domain.op import DELETED, Op
from app.domain.record import KINDS
from app.storage.journal import NewOp, ops_of, ops_of_group
from app.storage.uow import Moved, UnitOfWork, scope_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An own action that can be undone or redone: its number, the verb code of what was done first, its dossier
    (may be empty)."""

    group: int
    verb: str
    dossier: str


def next_undo(conn: Connection) -> Step | None:
    """The latest own action that is still done and can be undone."""
    where = "undoable = 1 AND undone_by IS NULL AND step IN ('do', 'redo') ORDER BY no DESC LIMIT 1"
    return _step(conn, where)


def next_redo(conn: Connection) -> Step | None:
    """The latest undoing, unless something new was done since."""
    where = (
        "step = 'undo' AND undone_by IS NULL AND no > (SELECT coalesce(max(no), 0) FROM l_group"
        " WHERE step = 'do' AND undoable = 1) ORDER BY no DESC LIMIT 1"
    )
    return _step(conn, where)


def _step(conn: Connection, where: str) -> Step | None:
    group = conn.exec_driver_sql(f"SELECT no FROM l_group WHERE {where}").scalar()
    if group is None:
        return None
    sql = "SELECT verb, coalesce(dossier, '') FROM l_group WHERE no = ?"
    verb, dossier = conn.exec_driver_sql(sql, (_root(conn, group),)).one()
    return Step(group=group, verb=verb, dossier=dossier)


def _root(conn: Connection, group: int) -> int:
    """What was done first, behind undoings and redoings."""
    sql = "SELECT undoes FROM l_group WHERE no = ?"
    while (undoes := conn.exec_driver_sql(sql, (group,)).scalar_one()) is not None:
        group = undoes
    return group


def write_turn(uow: UnitOfWork, group: int) -> tuple[Moved, ...]:
    """Put into `uow` what takes one own action back, or does it again if it is undone now.

    Returns the cells that were left: others changed them since, or their value was taken out.
    """
    root = _root(uow.conn, group)
    ops = {op.record: op for op in ops_of_group(uow.conn, root) if not KINDS[op.kind].lasting}
    left: list[Moved] = []
    for record, members in ops_of(uow.conn, sorted(ops)).items():
        op, kind = ops[record], KINDS[ops[record].kind]
        cells, parents = _turned(uow.conn, op, members, root, left)
        if cells:
            uow.write(
                NewOp(
                    kind=op.kind,
                    record=record,
                    scope=op.scope,
                    scope_kind=next(iter(kind.scopes))
                    if len(kind.scopes) == 1
                    else scope_kind(uow.conn, op.scope),
                    cells=cells,
                    parents=parents,
                )
            )
    return tuple(left)


def _turned(conn: Connection, op: Op, members: list[Op], root: int, left: list[Moved]) -> Inverse:
    """The inverse of one op of an action that is done, or the op once more if the action is undone."""
    course = Course(members, *_turns(conn, op.record))
    undoes, written = root in course.done, course.by_group[root]
    if undoes and written.inserts:
        others = course.standing(course.done, apart=written)
        left.extend(Moved(kind=op.kind, record=op.record, field=name) for name in others.heads)
        return ({}, {}) if others.heads else removal(state_of(members))
    now, aim = course.standing(course.done), course.standing(course.done ^ {root})
    with_it = now if undoes else aim
    fields = [name for name in written.cells if name in written.redacted or not with_it.has(written, name)]
    left.extend(Moved(kind=op.kind, record=op.record, field=name) for name in fields if name != DELETED)
    return way_to(aim, state_of(members))


_TURNS = (
    "WITH RECURSIVE turn(no, root, step, next) AS (SELECT no, no, step, undone_by FROM l_group"
    " WHERE step = 'do' AND no IN (SELECT a.\"group\" FROM j_op o JOIN j_action a ON a.no = o.action WHERE o.rec = ?)"
    " UNION ALL SELECT g.no, t.root, g.step, g.undone_by FROM l_group g JOIN turn t ON g.no = t.next)"
    " SELECT no, root, step FROM turn ORDER BY no"
)


def _turns(conn: Connection, record: str) -> tuple[dict[int, int], list[Turn]]:
    """The group of each of our actions on a record, and all that was done, undone and redone with them, in order."""
    rec = bytes.fromhex(record)
    sql = 'SELECT a.no, a."group" FROM j_op o JOIN j_action a ON a.no = o.action WHERE o.rec = ? AND a."group" > 0'
    groups = {row[0]: row[1] for row in conn.exec_driver_sql(sql, (rec,))}
    turns = [Turn(group=no, root=root, step=step) for no, root, step in conn.exec_driver_sql(_TURNS, (rec,))]
    return groups, turns
