"""Register and change a family: dossier, members, their numbers and nationality, all in one form and one action."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.data_rules import surely_before
from app.domain.entry import FieldProblem, record_problems, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Inflow, Membership, Owner
from app.domain.kinds.person import IdentityFact, Person, PersonNumber
from app.domain.person_name import PersonName
from app.domain.record import Record, ScopeKind
from app.domain.verbs import Verb
from app.domain.words import N_
from app.services.happened import happened_problems
from app.services.session import Session
from app.storage import same_person
from app.storage.shielding import hidden
from app.storage.uow import Moved, UnitOfWork, read, read_where

_SHOWN = f"NOT {hidden('r_membership.person', 'r_membership.scope')}"
PRESENT = f"scope = ? AND to_on IS NULL AND {_SHOWN} ORDER BY position, id"
"""The memberships of a dossier without an end, of all who may show with it."""


class FamilyNameMissing(KnownProblem):
    """A dossier needs a name to be found by."""

    message = N_("Fill in the name of the family. You do not know it? Write what the family is called here.")


class NoSuchDossier(KnownProblem):
    """The dossier is not in this store."""

    message = N_("This dossier is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member as a form holds it. Number and nationality are records of their own, made when first filled."""

    person: Person
    membership: Membership
    v_number: PersonNumber
    nationality: IdentityFact

    @property
    def records(self) -> tuple[Record, ...]:
        """Everything that belongs to this member."""
        return (self.person, self.membership, self.v_number, self.nationality)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A dossier with its present members in order: what the form was opened with, or what is wanted.

    `again`: ids of members who were said to be the same person as a member before them.
    `inflow`: how it came in, asked at registering only; later it is changed by itself (`closing.save_inflow`).
    """

    dossier: Dossier
    members: tuple[Member, ...]
    inflow: Inflow | None = None
    again: frozenset[str] = frozenset()

    def once(self, keep: Collection[str] = ()) -> tuple[Member, ...]:
        """The members to choose from: each person once, and those to `keep` because they were chosen already."""
        return tuple(one for one in self.members if one.person.id not in self.again or one.person.id in keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The dossier, and cells that somebody else had changed meanwhile: both values stand."""

    dossier: str
    moved: tuple[Moved, ...]


def name_of(person: Person) -> PersonName:
    """The name of a person as its record has it."""
    return PersonName(
        family=person.family_name or "",
        given=person.given_names or "",
        call=person.call_name or "",
        native_family=person.family_name_native or "",
        native_given=person.given_names_native or "",
    )


def new_family(session: Session) -> Family:
    """An empty form for a family that comes in today."""
    scope = new_id()
    dossier = Dossier(id=scope, scope=scope, opened_on=session.today.isoformat())
    return Family(
        dossier=dossier,
        members=(new_member(session, scope, position=1),),
        inflow=Inflow(id=new_id(), scope=scope, on=session.today.isoformat()),
    )


def new_member(session: Session, dossier: str, *, position: int) -> Member:
    """An empty line for a member of `dossier`."""
    person, content = new_id(), session.content
    return Member(
        person=Person(id=person, scope=person),
        membership=Membership(
            id=new_id(),
            scope=dossier,
            person=person,
            from_on=session.today.isoformat(),
            reason=content.ref("basis", "lidmaatschap.instroom"),
            position=position,
        ),
        v_number=PersonNumber(id=new_id(), scope=person, kind=content.ref("basis", "nummer.v-nummer")),
        nationality=IdentityFact(
            id=new_id(),
            scope=person,
            aspect=content.ref("basis", "identiteit.nationaliteit"),
            standing=content.ref("basis", "zekerheid.gesteld"),
        ),
    )


def load(session: Session, dossier: str) -> Family:
    """The family as it stands. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        return load_in(conn, session, dossier)


def load_in(conn: Connection, session: Session, dossier: str) -> Family:
    """`load` within a transaction of the caller."""
    found = read(conn, Dossier, dossier)
    if found is None:
        raise NoSuchDossier
    here = read_where(conn, Membership, PRESENT, (dossier,))
    members = (_member(conn, session, membership) for membership in here)
    known = tuple(member for member in members if member is not None)
    return Family(
        dossier=found, members=known, again=same_person.again(conn, [member.person.id for member in known])
    )


def _member(conn: Connection, session: Session, membership: Membership) -> Member | None:
    person = read(conn, Person, membership.person or "")
    if person is None:
        return None
    empty = new_member(session, membership.scope, position=0)
    numbers = read_where(
        conn, PersonNumber, "scope = ? AND kind LIKE '%:nummer.v-nummer' ORDER BY id", (person.id,)
    )
    facts = read_where(
        conn,
        IdentityFact,
        "scope = ? AND aspect LIKE '%:identiteit.nationaliteit' AND standing LIKE '%:zekerheid.gesteld' ORDER BY id",
        (person.id,),
    )
    return Member(
        person=person,
        membership=membership,
        v_number=numbers[0] if numbers else replace(empty.v_number, scope=person.id),
        nationality=facts[0] if facts else replace(empty.nationality, scope=person.id),
    )


def save(session: Session, before: Family | None, after: Family) -> Saved:
    """Register (`before` is None) or change a family. Members no longer in `after` end their membership today.

    Raises `EntryRefused` with all that is wrong, `FamilyNameMissing` among it.
    """
    family = after if (after.dossier.title or "").strip() else replace(after, dossier=_named(after))
    refuse(problems(session, family))
    with session.store.write(_verb(before, family), dossier=family.dossier.id) as uow:
        if before is None:
            _register(session, uow, family)
        else:
            _change(session, uow, before, family)
    return Saved(dossier=family.dossier.id, moved=tuple(uow.moved))


def problems(session: Session, family: Family) -> Iterator[FieldProblem]:
    """Everything that keeps a family from being written as it is."""
    if not family.dossier.title:
        yield wrong_at(family.dossier, "title", FamilyNameMissing())
    for record in (family.dossier, *(record for member in family.members for record in member.records)):
        yield from record_problems(record)
    if family.inflow is not None:
        yield from happened_problems(session, family.inflow, "on")


def _named(family: Family) -> Dossier:
    """Without a name of its own the family is found under that of its first member, in both scripts."""
    people = [member.person for member in family.members if member.person.family_name]
    if not people:
        return family.dossier.with_values(title=None)
    native = family.dossier.title_native or people[0].family_name_native
    return family.dossier.with_values(title=people[0].family_name, title_native=native)


def _verb(before: Family | None, after: Family) -> Verb:
    if before is None:
        return verbs.FAMILY_REGISTERED
    known = {member.person.id for member in before.members}
    return (
        verbs.MEMBER_ADDED if any(m.person.id not in known for m in after.members) else verbs.FAMILY_CHANGED
    )


def _register(session: Session, uow: UnitOfWork, family: Family) -> None:
    uow.new_scope(ScopeKind.DOSSIER, scope=family.dossier.id)
    number = family.dossier.number or next_number(session, uow.conn)
    uow.add(family.dossier.with_values(number=number))
    owner = Owner(
        id=new_id(), scope=family.dossier.id, officer=session.officer, from_on=session.today.isoformat()
    )
    uow.add(owner)
    came_in = family.inflow.on if family.inflow is not None else None
    if family.inflow is not None and any(family.inflow.values().values()):
        uow.add(family.inflow)
    for member in family.members:
        add_member(uow, _came_in(member, came_in) if came_in is not None else member)


def _came_in(member: Member, on: str) -> Member:
    """Who came in with the file belongs to the family since that day, not since it was typed."""
    begun = belongs_from(on, member.person.birth_date)
    earlier = begun < (member.membership.from_on or "")
    return replace(member, membership=member.membership.with_values(from_on=begun)) if earlier else member


def belongs_from(came_in: str, born: str | None) -> str:
    """Since when a member belongs to a family that came in on a day: a child born later since its birth."""
    return born if born is not None and surely_before(came_in, born) else came_in


def add_member(uow: UnitOfWork, member: Member) -> None:
    """A person of their own, with the membership and what was filled in."""
    uow.new_scope(ScopeKind.PERSON, scope=member.person.id)
    uow.add(member.person)
    uow.add(member.membership)
    for extra in filled(member):
        uow.add(extra)


def filled(member: Member) -> Iterable[Record]:
    """Number and nationality, as far as something stands in them."""
    if member.v_number.value:
        yield member.v_number
    if member.nationality.country or member.nationality.value:
        yield member.nationality


def _change(session: Session, uow: UnitOfWork, before: Family, after: Family) -> None:
    uow.save(before.dossier, after.dossier)
    old = {member.person.id: member for member in before.members}
    for member in after.members:
        known = old.pop(member.person.id, None)
        if known is None:
            add_member(uow, member)
            continue
        uow.save(known.person, member.person)
        uow.save(known.membership, member.membership)
        stood = {record.id for record in filled(known)}
        for was, now in ((known.v_number, member.v_number), (known.nationality, member.nationality)):
            if was.id in stood or now.id in {record.id for record in filled(member)}:
                uow.save(was if was.id in stood else None, now)
    for gone in old.values():
        uow.save(gone.membership, gone.membership.with_values(to_on=session.today.isoformat()))


def next_number(session: Session, conn: Connection) -> str:
    """A dossier number with this device's prefix, so that numbers made on two laptops cannot meet."""
    start = f"{session.number_prefix}-"
    sql = "SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM r_dossier WHERE number LIKE ? || '%'"
    last = conn.exec_driver_sql(sql, (len(start) + 1, start)).scalar()
    return f"{start}{(last or 0) + 1:04d}"
