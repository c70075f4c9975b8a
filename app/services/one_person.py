"""Two records of one person: shown as one, with what differs as two values; and taken apart again (settled rule 6)."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_of
from app.domain.errors import KnownProblem
from app.domain.ident import derived_id
from app.domain.kinds.person import Person, SamePerson
from app.domain.merge import state_of
from app.domain.op import DELETED
from app.domain.record import FieldSpec, FieldType, ScopeKind, Value, kind_of
from app.domain.words import N_
from app.services.differences import Difference, Side, officer_names
from app.services.reading import by_id, disputed
from app.services.record_names import persons as names_of
from app.services.session import Session
from app.services.value_words import value_words
from app.storage import same_person
from app.storage.journal import NewOp, ops_of
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden, hidden_from, shielded_among
from app.storage.uow import UnitOfWork, read, read_where

_FIELDS = tuple(spec for spec in kind_of(Person).fields if spec.type is not FieldType.REF)


class ShieldedPerson(KnownProblem):
    """One of the two is shielded: the named contact has to agree first (settled rule 6)."""

    message = N_("This can only be done together with the colleague who is named here.")


class AreOne(KnownProblem):
    """Somebody said meanwhile that they are one."""

    message = N_("These two are shown as one person. Take them apart first.")


class NotLinked(KnownProblem):
    """Nobody said that this person is another too."""

    message = N_("This person is not linked with another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """A class of linked persons: their ids in order, their names by id, and the dossiers they belong to."""

    persons: tuple[str, ...]
    names: tuple[str, ...]
    dossiers: tuple[tuple[str, str], ...]


def linked(session: Session, dossier: str = "") -> tuple[OnePerson, ...]:
    """The persons who were said to be one; with `dossier` those of whom one belongs to it."""
    with session.store.read() as conn:
        silent = hidden_from(conn, dossier) if dossier else frozenset()
        found = [
            _one(conn, each)
            for each in dict.fromkeys(same_person.classes(conn).values())
            if not silent & set(each)
        ]
    return tuple(one for one in found if not dossier or dossier in dict(one.dossiers))


def link_id(a: str, b: str) -> str:
    """The id of the link of two persons, whoever makes it (settled rule 6)."""
    return derived_id("same person", *sorted((a, b)))


def add_link(uow: UnitOfWork, a: str, b: str, reason: str = "") -> None:
    """Say that two records are one person, as a part of an action."""
    first, second = sorted((a, b))
    link_ = link_id(a, b)
    if read(uow.conn, SamePerson, link_) is None:
        uow.add(SamePerson(id=link_, scope=first, a=first, b=second, reason=reason or None))


def link(session: Session, a: str, b: str, reason: str = "", *, dossier: str = "") -> None:
    """Say that two records are one person; it can be undone, and taken apart later. Raises `ShieldedPerson`."""
    with session.store.write(verbs.PERSONS_LINKED, dossier=dossier) as uow:
        if shielded_among(uow.conn, (a, b)):
            raise ShieldedPerson
        add_link(uow, a, b, reason)


def everybody_in(conn: Connection, persons: Collection[str]) -> frozenset[str]:
    """These persons and all who are linked with any of them."""
    known = same_person.classes(conn) if persons else {}
    return frozenset(one for person in persons for one in known.get(person, (person,)))


def take_apart(session: Session, person: str) -> None:
    """They are not one: every link of the class of this person goes, and each shows by itself again.

    Raises `ReadOnlyStore`, `NotLinked`.
    """
    if session.store.read_only:
        raise ReadOnlyStore
    with session.store.write(verbs.PERSONS_TAKEN_APART) as uow:
        known = same_person.classes(uow.conn).get(person)
        if known is None:
            raise NotLinked
        marks = ",".join("?" * len(known))
        for link in read_where(uow.conn, SamePerson, f"a IN ({marks}) OR b IN ({marks})", (*known, *known)):
            uow.delete(link)


def say_two(session: Session, a: str, b: str, *, dossier: str = "") -> None:
    """Say that two records are two persons: the link of this pair (its id is the same for everybody) as removed.

    It travels like any removal; who said meanwhile that they are one makes it a difference to clear up. Raises
    `ShieldedPerson`, `AreOne`.
    """
    first, second = sorted((a, b))
    with session.store.write(verbs.PERSONS_ARE_TWO, dossier=dossier) as uow:
        if shielded_among(uow.conn, (a, b)):
            raise ShieldedPerson
        state = state_of(ops_of(uow.conn, [link_id(a, b)])[link_id(a, b)])
        if not state.absent:
            raise AreOne
        uow.write(
            NewOp(
                kind=kind_of(SamePerson).name,
                record=link_id(a, b),
                scope=first,
                scope_kind=ScopeKind.PERSON,
                cells={DELETED: 1} if state.heads else {"a": first, "b": second, DELETED: 1},
                parents={DELETED: state.live_dots()},
            )
        )


_TWO = (
    "SELECT DISTINCT lower(hex(o.rec)) FROM j_op o JOIN j_action a ON a.no = o.action"
    " WHERE o.rec IN (SELECT unhex(value) FROM json_each(?)) AND o.cells ->> ? = 1"
    f" AND a.verb IN ('{verbs.PERSONS_ARE_TWO.code}', '{verbs.PERSONS_TAKEN_APART.code}')"
)


def said_to_be_two(conn: Connection, pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of these pairs of whom somebody said that they are two, or who were taken apart, and are not one since."""
    links = {link_id(*pair): pair for pair in pairs}
    if not links:
        return frozenset()
    found = conn.exec_driver_sql(_TWO, (json.dumps(list(links)), f"$.{DELETED}")).scalars().all()
    again = by_id(conn, SamePerson, found)
    return frozenset(links[link] for link in found if link not in again)


def let_hold(session: Session, persons: Sequence[str], field: str, value: Value) -> None:
    """Write a value into every record of a person. Raises what writing raises."""
    with session.store.write(verbs.RESOLVED) as uow:
        for one in by_id(uow.conn, Person, persons).values():
            uow.save(one, one.with_values(**{field: value}))


# -- as it is shown ---------------------------------------------------------------------------------------------------


def merged(conn: Connection, person: Person) -> Person:
    """The person with what only another of the class knows; where they differ the first value stands."""
    found = _records(conn, person.id)
    filled = {
        spec.name: next(
            (value for one in found if (value := getattr(one, spec.name)) not in (None, "")), None
        )
        for spec in _FIELDS
    }
    own = {name: value for name, value in person.values().items() if value not in (None, "")}
    return replace(person, **(filled | own)) if len(found) > 1 else person  # type: ignore[arg-type]


def differing(conn: Connection, session: Session, person: str) -> tuple[Difference, ...]:
    """Where the records of a class say different things: a difference each, with a side for every record."""
    found = _records(conn, person)
    if len(found) < 2:
        return ()
    unsure = disputed(conn, [one.id for one in found])
    return tuple(
        _difference(conn, session, found, spec)
        for spec in _FIELDS
        if len({getattr(one, spec.name) for one in found} - {None, ""}) > 1
        and not any(spec.name in unsure.get(one.id, ()) for one in found)
    )


def _records(conn: Connection, person: str) -> list[Person]:
    known = same_person.classes(conn).get(person, (person,))
    found = by_id(conn, Person, known)
    return [found[one] for one in known if one in found]


def _difference(conn: Connection, session: Session, found: Sequence[Person], spec: FieldSpec) -> Difference:
    first, kind = found[0], kind_of(Person)
    title, dossier = _home(conn, [one.id for one in found])
    return Difference(
        record=first.id,
        kind=kind.name,
        field=spec.name,
        scope=first.id,
        dossier=dossier,
        family=title,
        about=names_of(conn, [first.id]).get(first.id, ""),
        kind_title=kind.title,
        title=spec.title,
        sides=tuple(_sides(conn, session, found, spec)),
        seen=(),
    )


def _sides(conn: Connection, session: Session, found: Sequence[Person], spec: FieldSpec) -> Iterator[Side]:
    officers, told = officer_names(conn), set()
    for one in found:
        value: Value = getattr(one, spec.name)
        if value in (None, "") or value in told:
            continue
        told.add(value)
        heads = state_of(ops_of(conn, [one.id])[one.id]).heads.get(spec.name, ())
        head = next(head for head in reversed(heads) if head.value == value)
        author = conn.exec_driver_sql("SELECT officer FROM j_action WHERE no = ?", (head.action,)).scalar()
        yield Side(
            value=value,
            words=value_words(session, spec, value),
            officer=officers.get(str(author or ""), ""),
            at=moment_of(head.hlc),
            action=head.action,
        )


def _one(conn: Connection, persons: tuple[str, ...]) -> OnePerson:
    names = names_of(conn, list(persons))
    sql = (
        "SELECT DISTINCT d.scope, coalesce(d.title, '') FROM r_membership m JOIN r_dossier d ON d.scope = m.scope"
        f" WHERE m.person IN ({','.join('?' * len(persons))}) AND NOT {hidden('m.person', 'm.scope')}"
        " ORDER BY d.scope"
    )
    rows = conn.exec_driver_sql(sql, persons).all()
    return OnePerson(
        persons=persons,
        names=tuple(names.get(one, "") for one in persons),
        dossiers=tuple((scope, title) for scope, title in rows),
    )


def _home(conn: Connection, persons: Sequence[str]) -> tuple[str, str]:
    found = _one(conn, tuple(persons)).dossiers
    return (found[0][1], found[0][0]) if found else ("", "")
