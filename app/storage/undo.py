"""Undo writes new ops, only for cells whose head is still that action's; others are named and left (settled rule 9).

Undo and redo are one thing: back to how it stood before the last step. What the new op must say for that is worked
out in `app.domain.way_back`.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.merge import state_of
from app.domain.op import DELETED, Op
from app.domain.record import KINDS
from app.domain.way_back import Inverse, unknown_fields, way_back
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
        "step = 'undo' AND undoable = 1 AND undone_by IS NULL AND no > (SELECT coalesce(max(no), 0) FROM l_group"
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
    """Put into `uow` what brings every record of an own action (done, undone or redone) back to how it stood before.

    What we did after it has been undone by now, so that what stands is what the action left, but for what others
    wrote since. Those cells are left, and returned; so are cells whose value was taken out.
    """
    turned: dict[str, list[Op]] = {}
    for op in ops_of_group(uow.conn, group):
        if not KINDS[op.kind].lasting:
            turned.setdefault(op.record, []).append(op)
    others = _others_since(uow.conn, min((op.action for ops in turned.values() for op in ops), default=0))
    left: list[Moved] = []
    for record, ops in ops_of(uow.conn, sorted(turned)).items():
        first = turned[record][0]
        written = {name for op in turned[record] for name in op.cells}
        moved = {name for op in ops if op.action in others for name in op.cells}
        now, aim = state_of(ops), state_of(op for op in ops if op.action < first.action)
        if moved and aim.absent:  # others wrote in what we made: it stays whole
            named = moved
        elif DELETED in moved:  # others removed it, or decided to keep it
            named = written
        else:
            stay = moved | unknown_fields(now, aim)
            named = stay & written
            _write(uow, first, way_back(now, aim, stay))
        left += [Moved(kind=first.kind, record=record, field=name) for name in sorted(named)]
    return tuple(left)


def _write(uow: UnitOfWork, op: Op, inverse: Inverse) -> None:
    cells, parents = inverse
    scopes = KINDS[op.kind].scopes
    if cells:
        uow.write(
            NewOp(
                kind=op.kind,
                record=op.record,
                scope=op.scope,
                scope_kind=next(iter(scopes)) if len(scopes) == 1 else scope_kind(uow.conn, op.scope),
                cells=cells,
                parents=parents,
            )
        )


def _others_since(conn: Connection, action: int) -> frozenset[int]:
    """The actions after this one that undo and redo do not walk over: what came in by file, and deeds without undo."""
    sql = (
        'SELECT a.no FROM j_action a LEFT JOIN l_group g ON g.no = a."group"'
        " WHERE a.no > ? AND coalesce(g.undoable, 0) = 0"
    )
    return frozenset(conn.exec_driver_sql(sql, (action,)).scalars())
