"""The other kinds of things to clear up: what no merge can see, and what came in and is in no table.

Each is found anew from what stands, so that the same is never listed twice and is gone once it is put right.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.kinds.dossier import Dossier
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import KINDS, FieldSpec, FieldType
from app.i18n import _, ngettext
from app.services import (
    clear_up_alike,
    clear_up_arrived,
    clear_up_membership,
    clear_up_owner,
    clear_up_person,
    clear_up_removed,
    clear_up_request,
    clear_up_same,
    clear_up_state,
    record_names,
)
from app.services.families import next_number
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.reading import scopes_of_several
from app.services.request_view import in_two_states
from app.services.session import Session
from app.storage.journal import NewOp, ops_of
from app.storage.uow import UnitOfWork, read, read_where, scope_kind

PARENTS = frozenset({"talk", "request", "departure"})
RENUMBER = "renumber-"
RESTORE, REMOVE = "restore", "remove"


def all_of(conn: Connection, session: Session) -> list[Matter]:
    """Every matter of these kinds."""
    return [
        *clear_up_request.requests(conn, session),
        *clear_up_alike.persons(conn),
        *_others(conn, session),
    ]


def count(conn: Connection, session: Session) -> int:
    """`len(all_of(conn, session))`, without the words of what there may be hundreds of: requests, persons."""
    many = len(in_two_states(conn, session)) + len(clear_up_alike.open_ones(conn))
    return many + sum(1 for _each in _others(conn, session))


def standing(conn: Connection, session: Session) -> dict[str, str]:
    """What a file may bring of these kinds: what each is called, by a key that is the same as long as it is.

    Without who may be known already and what is set apart: of those a look at a file tells by itself.
    """
    pairs = in_two_states(conn, session)
    found = {f"{request}/{pair}": clear_up_request.title() for request, pair in pairs.items()}
    return found | {one.id: one.title for one in _side_by_side(conn, session)}


def _others(conn: Connection, session: Session) -> Iterator[Matter]:
    yield from _side_by_side(conn, session)
    yield from clear_up_arrived.all_of(conn)


def _side_by_side(conn: Connection, session: Session) -> Iterator[Matter]:
    """What two laptops made side by side is sought only where two laptops wrote."""
    yield from clear_up_person.persons(conn)
    yield from clear_up_same.persons(conn, session)
    yield from clear_up_membership.members_twice(conn)
    yield from clear_up_state.states(conn, session)
    yield from _numbers(conn)
    yield from orphans(conn, session, json.dumps(scopes_of_several(conn)))
    yield from clear_up_removed.families(conn)
    yield from clear_up_removed.persons(conn)
    yield from clear_up_owner.owners(conn)
    yield from clear_up_owner.offers(conn, session)


def decide(session: Session, matter: Matter, code: str) -> None:
    """Carry an answer out. Raises `NoSuchMatter` when it was put right meanwhile, and what writing raises."""
    if matter.kind == "number":
        _renumber(session, code.removeprefix(RENUMBER))
    elif matter.kind == "request":
        (clear_up_request.both if code.startswith(clear_up_request.BOTH) else clear_up_request.hold)(
            session, matter, code
        )
    elif matter.kind == "person":
        clear_up_person.decide(session, matter, code)
    elif matter.kind == "alike":
        clear_up_alike.decide(session, matter, code)
    elif matter.kind == "same":
        clear_up_same.decide(session, matter, code)
    elif matter.kind == "membership":
        clear_up_membership.decide(session, matter, code)
    elif matter.kind == "state":
        clear_up_state.decide(session, matter, code)
    elif matter.kind == "parent":
        _put_right(session, matter, code)
    elif matter.kind in clear_up_removed.KINDS_HERE:
        clear_up_removed.decide(session, matter, code)
    elif matter.kind in clear_up_owner.KINDS:
        clear_up_owner.decide(session, matter, code)
    else:
        clear_up_arrived.decide(session, matter, code)


# -- the same number twice -------------------------------------------------------------------------------------------


def _numbers(conn: Connection) -> Iterator[Matter]:
    sql = (
        "SELECT number FROM r_dossier WHERE number IS NOT NULL AND number <> '' GROUP BY number HAVING count(*) > 1"
        " ORDER BY number"
    )
    for number in conn.exec_driver_sql(sql).scalars().all():
        same = read_where(conn, Dossier, "number = ? ORDER BY id", (number,))
        yield Matter(
            id=matter_id("number", number, *(one.id for one in same)),
            kind="number",
            title=_("The same dossier number more than once"),
            about=number,
            family=same[0].title or "",
            dossier=same[0].id,
            words=", ".join(one.title or "" for one in same),
            explanation=_("One family keeps this number. Give every other a number of its own."),
            answers=tuple(
                Answer(
                    code=f"{RENUMBER}{one.id}",
                    words=_("%(family)s gets a new number", family=one.title or number),
                )
                for one in same
            ),
        )


def _renumber(session: Session, dossier: str) -> None:
    with session.store.write(verbs.FAMILY_CHANGED, dossier=dossier) as uow:
        found = read(uow.conn, Dossier, dossier)
        if found is None:
            raise NoSuchMatter
        uow.save(found, found.with_values(number=next_number(session, uow.conn)))


# -- a record whose parent was removed elsewhere -----------------------------------------------------------------------


def orphans(conn: Connection, session: Session, shared: str) -> Iterator[Matter]:
    """Records whose parent is gone, in these scopes (a JSON list)."""
    for kind in KINDS.values():
        for spec in kind.fields:
            if spec.type is FieldType.REF and spec.target in PARENTS:
                yield from _orphans_of(conn, session, shared, kind.name, spec)


def _orphans_of(
    conn: Connection, session: Session, shared: str, kind: str, spec: FieldSpec
) -> Iterator[Matter]:
    """A parent that was here and is gone: one that is not shared has no ops here."""
    field, target = spec.name, spec.target
    sql = (
        f'SELECT c."{field}", c.scope, coalesce(d.title, \'\'), group_concat(c.id) FROM "r_{kind}" c'
        f' LEFT JOIN r_dossier d ON d.id = c.scope WHERE c."{field}" IS NOT NULL'
        " AND c.scope IN (SELECT value FROM json_each(?))"
        f' AND NOT EXISTS (SELECT 1 FROM "r_{target}" t WHERE t.id = c."{field}")'
        f' AND EXISTS (SELECT 1 FROM j_op o WHERE o.rec = unhex(c."{field}"))'
        f' GROUP BY c."{field}", c.scope ORDER BY c."{field}"'
    )
    for parent, scope, title, children in conn.exec_driver_sql(sql, (shared,)).all():
        ids = sorted(children.split(","))
        which = record_names.names(conn, session, {parent: target})[parent]
        gone = f"{_(KINDS[target].title)} “{which}”" if which else _(KINDS[target].title)
        yield Matter(
            id=matter_id("parent", parent, kind, *ids),
            kind="parent",
            title=_("Belongs to something that was removed"),
            about=f"{_(KINDS[kind].title)}, {gone}",
            family=title,
            dossier=scope,
            words=ngettext("%(count)d time", "%(count)d times", len(ids), count=len(ids)),
            explanation=_("One of you removed it while the other added to it."),
            answers=(
                Answer(code=RESTORE, words=_("Bring back what was removed")),
                Answer(code=REMOVE, words=_("Remove what belonged to it too")),
            ),
            subject=(target, parent, kind, *ids),
        )


def _put_right(session: Session, matter: Matter, code: str) -> None:
    target, parent, kind, *children = matter.subject
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        if code == RESTORE:
            _bring_back(uow, target, parent)
            return
        for child in children:
            found = read(uow.conn, KINDS[kind].cls, child)
            if found is not None:
                uow.delete(found)


def _bring_back(uow: UnitOfWork, kind: str, record: str) -> None:
    """A decision to keep, which names the removals that it answers."""
    ops = ops_of(uow.conn, [record])[record]
    state = state_of(ops)
    if not state.gone:
        raise NoSuchMatter
    scope = ops[0].scope
    uow.write(
        NewOp(
            kind=kind,
            record=record,
            scope=scope,
            scope_kind=scope_kind(uow.conn, scope),
            cells={DELETED: 0},
            parents={DELETED: tuple(head.dot for head in state.deletes)},
        )
    )
