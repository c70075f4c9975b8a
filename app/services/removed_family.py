"""A family that was registered by mistake is removed: an ordinary change, which travels, leaves a trace and is undone.

Every record of it that can be removed goes, and so do the persons who belonged to no other family here. Nothing is
destroyed: whoever has it may bring it back. What a colleague wrote meanwhile stays and is listed (`clear_up_removed`).
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_of
from app.domain.errors import KnownProblem
from app.domain.merge import Head, RecordState, state_of
from app.domain.op import DELETED, Op
from app.domain.record import KINDS, ScopeKind
from app.domain.words import N_
from app.exchange import trust
from app.services.differences import officer_names
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.storage import knowledge, outgoing
from app.storage.journal import NewOp, ops_of
from app.storage.plain_rows import plain_rows
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden_from
from app.storage.uow import UnitOfWork, scope_kind


class NotRemoved(KnownProblem):
    """It is here, was destroyed, or never was."""

    message = N_("This family was not removed here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedFamily:
    """A family that can be brought back: its last title and number, and who removed it when."""

    dossier: str
    title: str
    number: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCheck:
    """What removing would do. `going` and `staying`: names of members; `staying` belong to another family here, too.
    `colleagues` have it: it goes there with the next file."""

    going: tuple[str, ...]
    staying: tuple[str, ...]
    colleagues: tuple[str, ...]


def remove(session: Session, dossier: str) -> None:
    """Remove a family as it stands. Raises `ReadOnlyStore`, `NoSuchDossier`."""
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.write(verbs.FAMILY_REMOVED, dossier=dossier) as uow:
        if not _here(uow.conn, dossier):
            raise NoSuchDossier
        _remove_all(uow, [dossier, *_only_here(uow.conn, dossier)])


def finish(session: Session, dossier: str) -> None:
    """Remove what still stands of a family that was removed elsewhere. Raises `ReadOnlyStore`."""
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.write(verbs.FAMILY_REMOVED, dossier=dossier) as uow:
        _remove_all(uow, [dossier, *members_ever(uow.conn, dossier, gone_only=True)])


def bring_back(session: Session, dossier: str) -> None:
    """Bring a removed family back, with everything that was removed together with it.

    Raises `ReadOnlyStore`, `NotRemoved`.
    """
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.write(verbs.FAMILY_BROUGHT_BACK, dossier=dossier) as uow:
        _bring_back(uow, dossier, [dossier, *members_ever(uow.conn, dossier)])


def bring_person_back(uow: UnitOfWork, person: str) -> None:
    """Bring a removed person back, with everything of them that was removed by the same deed. Raises `NotRemoved`."""
    _bring_back(uow, person, [person])


def removed(session: Session) -> tuple[RemovedFamily, ...]:
    """The removed families, latest first."""
    with session.store.read() as conn:
        officers = officer_names(conn)
        found = [one for scope in _by_a_deed(conn) if (one := _read(conn, scope, officers)) is not None]
    return tuple(sorted(found, key=lambda one: (one.at, one.dossier), reverse=True))


def count(session: Session) -> int:
    """How many there are."""
    with session.store.read() as conn:
        return len(_by_a_deed(conn))


_REMOVING = (
    "SELECT DISTINCT lower(hex(o.rec)) FROM j_op o JOIN j_action a ON a.no = o.action"
    f" WHERE o.rec IN (SELECT unhex(value) FROM json_each(?)) AND o.cells ->> ? = 1 AND a.verb <> '{verbs.UNDONE.code}'"
)


def _by_a_deed(conn: Connection) -> list[str]:
    """The removed dossiers, without those that are gone only because their beginning was undone: a split, a
    registration."""
    scopes = removed_scopes(conn)
    if not scopes:
        return []
    found = set(conn.exec_driver_sql(_REMOVING, (json.dumps(scopes), f"$.{DELETED}")).scalars())
    return [scope for scope in scopes if scope in found]


# -- for other services ----------------------------------------------------------------------------------------------


def removed_scopes(conn: Connection) -> tuple[str, ...]:
    """The dossiers whose own record was removed."""
    return _removed_scopes(conn, ScopeKind.DOSSIER, "r_dossier")


def removed_persons(conn: Connection) -> tuple[str, ...]:
    """The persons whose own record was removed."""
    return _removed_scopes(conn, ScopeKind.PERSON, "r_person")


def _removed_scopes(conn: Connection, kind: ScopeKind, table: str) -> tuple[str, ...]:
    """Two indexes in order, one beside the other."""
    sql = (
        f"SELECT s.scope FROM (SELECT scope FROM r_scope WHERE kind = ? EXCEPT SELECT scope FROM {table}) s"
        " WHERE EXISTS (SELECT 1 FROM j_op o WHERE o.rec = unhex(s.scope)) ORDER BY s.scope"
    )
    return tuple(conn.exec_driver_sql(sql, (str(kind),)).scalars())


def last_title(conn: Connection, dossier: str) -> str:
    """What a family is called, or was when it was removed; "" for one that was never here."""
    return last_titles(conn, [dossier])[dossier]


def last_titles(conn: Connection, dossiers: Sequence[str]) -> dict[str, str]:
    """The same of several families."""
    sql = "SELECT scope, coalesce(title, '') FROM r_dossier WHERE scope IN (SELECT value FROM json_each(?))"
    found: dict[str, str] = dict(plain_rows(conn, sql, (json.dumps(list(dossiers)),)))
    for dossier in dossiers:
        if dossier not in found:
            ops = ops_of(conn, [dossier])[dossier]
            found[dossier] = str(state_of(ops).shown().get("title") or "") if ops else ""
    return found


def members_ever(conn: Connection, dossier: str, *, gone_only: bool = False) -> tuple[str, ...]:
    """Everybody whom a membership of this dossier ever named; `gone_only`: whose person is removed."""
    sql = (
        "SELECT DISTINCT o.cells ->> '$.person' FROM j_op o JOIN j_stream s ON s.no = o.stream"
        " JOIN j_kind k ON k.no = o.kind WHERE s.scope = ? AND k.name = 'membership'"
        " AND o.cells ->> '$.person' IS NOT NULL ORDER BY 1"
    )
    found = conn.exec_driver_sql(sql, (dossier,)).scalars().all()
    if not gone_only:
        return tuple(found)
    here = set(conn.exec_driver_sql("SELECT id FROM r_person").scalars())
    return tuple(person for person in found if person not in here)


def to_follow(conn: Connection, peers: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The removed families, with the persons removed with them, that these colleagues all got and do not know gone."""
    removed = removed_scopes(conn) if peers else ()
    if not removed:
        return ()
    pairs = knowledge.shared_with(conn, peers)
    known, names = {scope for scope, _name in pairs}, sorted({name for _scope, name in pairs})
    found = []
    for dossier in known.intersection(removed):
        persons = tuple(one for one in members_ever(conn, dossier, gone_only=True) if one in known)
        scopes = [dossier, *persons]
        if outgoing.scopes_with_news(conn, scopes, names, knowledge.acknowledged(conn, peers, scopes)):
            found.append((dossier, persons))
    return tuple(sorted(found))


# -- how --------------------------------------------------------------------------------------------------------------


def check(session: Session, dossier: str) -> RemoveCheck:
    """What removing would do. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        if not _here(conn, dossier):
            raise NoSuchDossier
        going = set(_only_here(conn, dossier))
        sql = (
            "SELECT DISTINCT person FROM r_membership WHERE scope = ? AND person IS NOT NULL ORDER BY person"
        )
        silent = hidden_from(conn, dossier)
        members = [one for one in conn.exec_driver_sql(sql, (dossier,)).scalars() if one not in silent]
        peers = conn.exec_driver_sql("SELECT DISTINCT peer FROM l_shared WHERE scope = ?", (dossier,))
        return RemoveCheck(
            going=tuple(_name(conn, one) for one in members if one in going),
            staying=tuple(_name(conn, one) for one in members if one not in going),
            colleagues=tuple(
                sorted(filter(None, (trust.colleague(conn, one).name for one in peers.scalars())))
            ),
        )


def _name(conn: Connection, person: str) -> str:
    sql = "SELECT coalesce(given_names, '') || ' ' || coalesce(family_name, '') FROM r_person WHERE id = ?"
    return str(conn.exec_driver_sql(sql, (person,)).scalar() or "").strip()


def _here(conn: Connection, dossier: str) -> bool:
    return conn.exec_driver_sql("SELECT 1 FROM r_dossier WHERE scope = ?", (dossier,)).first() is not None


def _only_here(conn: Connection, dossier: str) -> tuple[str, ...]:
    """The members who never belonged to another family here."""
    sql = (
        "SELECT DISTINCT m.person FROM r_membership m JOIN r_scope s ON s.scope = m.person WHERE m.scope = ?"
        " AND NOT EXISTS (SELECT 1 FROM r_membership o WHERE o.person = m.person AND o.scope <> m.scope)"
        " ORDER BY m.person"
    )
    return tuple(conn.exec_driver_sql(sql, (dossier,)).scalars())


def _ops(conn: Connection, scopes: Collection[str]) -> Iterable[list[Op]]:
    """The ops of every record of these scopes that can be removed."""
    sql = (
        "SELECT DISTINCT lower(hex(o.rec)), k.name FROM j_op o JOIN j_stream s ON s.no = o.stream"
        f" JOIN j_kind k ON k.no = o.kind WHERE s.scope IN ({','.join('?' * len(scopes))}) ORDER BY 1"
    )
    wanted = [
        record
        for record, kind in conn.exec_driver_sql(sql, tuple(scopes))
        if kind in KINDS and not (KINDS[kind].lasting or KINDS[kind].appended)
    ]
    return [list(ops) for ops in ops_of(conn, wanted).values() if ops]


def _bring_back(uow: UnitOfWork, record: str, scopes: Collection[str]) -> None:
    """The record, and all of these scopes that the deeds that removed it removed too."""
    ops = ops_of(uow.conn, [record])[record]
    deeds = _deeds(state_of(ops)) if ops else frozenset()
    if not deeds:
        raise NotRemoved
    for kept in _ops(uow.conn, scopes):
        state = state_of(kept)
        if _deeds(state) & deeds:
            uow.write(_op(uow.conn, kept[0], 0, state.deletes))


def _remove_all(uow: UnitOfWork, scopes: Collection[str]) -> None:
    for ops in _ops(uow.conn, scopes):
        state = state_of(ops)
        if not state.absent:
            seen = [*(head for heads in state.heads.values() for head in heads), *state.deletes]
            uow.write(_op(uow.conn, ops[0], 1, seen))


def _op(conn: Connection, op: Op, value: int, heads: Iterable[Head]) -> NewOp:
    scopes = KINDS[op.kind].scopes
    return NewOp(
        kind=op.kind,
        record=op.record,
        scope=op.scope,
        scope_kind=next(iter(scopes)) if len(scopes) == 1 else scope_kind(conn, op.scope),
        cells={DELETED: value},
        parents={DELETED: tuple(sorted({head.dot for head in heads}))},
    )


def _deeds(state: RecordState) -> frozenset[tuple[int, str]]:
    """The deeds that removed a record: one deed has one reading of the clock in all its streams."""
    return frozenset((head.hlc, head.device) for head in state.deletes if head.value)


def _read(conn: Connection, scope: str, officers: dict[str, str]) -> RemovedFamily | None:
    state = state_of(ops_of(conn, [scope])[scope])
    removing = [head for head in state.deletes if head.value]
    if not removing:
        return None
    last = max(removing, key=lambda head: (head.hlc, head.device))
    author = conn.exec_driver_sql("SELECT officer FROM j_action WHERE no = ?", (last.action,)).scalar()
    shown = state.shown()
    return RemovedFamily(
        dossier=scope,
        title=str(shown.get("title") or ""),
        number=str(shown.get("number") or ""),
        officer=officers.get(str(author or ""), ""),
        at=moment_of(last.hlc),
    )
