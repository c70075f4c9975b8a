"""A family over time: who is born, dies, moves, splits off, comes back or leaves (settled rule 4).

Each deed is one action that can be undone. It ends memberships and begins others; no record ever changes its id or
scope, and what a person is and was goes along by itself. Shielding is in `shielding`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.entry import check, record_problems, refuse
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.kinds.person import Person
from app.domain.record import ScopeKind
from app.domain.verbs import Verb
from app.services import families, follow_request
from app.services import membership_rules as rules
from app.services.families import Family, Member, NoSuchDossier
from app.services.session import Session
from app.storage.shielding import NEUTRAL_REASON, hidden_from
from app.storage.uow import Moved, UnitOfWork, read

BORN, DIED = "lidmaatschap.geboorte", "lidmaatschap.overleden"
SPLIT, SPLIT_OFF = "lidmaatschap.gesplitst", "lidmaatschap.afgesplitst"
MOVED, MOVED_HERE = "lidmaatschap.verhuisd", "lidmaatschap.verhuisd-hierheen"
WENT_BACK, REUNITED = "lidmaatschap.herenigd", "lidmaatschap.samengevoegd"
NEUTRAL = NEUTRAL_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What came of it: the dossier where the persons are now (or were), whether that left `emptied` without anybody,
    and cells that somebody else had changed meanwhile. Nothing closes by itself."""

    dossier: str
    emptied: str = ""
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Members who leave, on which day (parts may be unknown) and why (bare code of the list `lidmaatschap`).

    `sure`: that only children stay behind is right.
    """

    persons: tuple[str, ...]
    on: str
    reason: str
    sure: bool = False


def newborn(session: Session, dossier: str) -> Member:
    """An empty line for a child who is born into a family."""
    made = families.new_member(session, dossier, position=0)
    content = session.content
    return replace(
        made,
        membership=made.membership.with_values(
            role=content.ref("basis", rules.CHILD_ROLE), reason=content.ref("basis", BORN), from_on=None
        ),
    )


def born(session: Session, member: Member) -> Changed:
    """A child is born: a person of its own, a member from the day of birth. Raises `EntryRefused`, `NoSuchDossier`."""
    dossier = member.membership.scope
    begun = member.membership.with_values(from_on=member.person.birth_date)
    made = replace(member, membership=begun)
    others = (
        each for record in made.records if record is not made.person for each in record_problems(record)
    )
    refuse((*rules.birth_problems(made.person, session.today), *others))
    with session.store.write(verbs.MEMBER_BORN, dossier=dossier) as uow:
        placed = begun.with_values(position=_last_position(uow.conn, dossier) + 1)
        families.add_member(uow, replace(made, membership=placed))
    return Changed(dossier=dossier, moved=tuple(uow.moved))


def died(session: Session, dossier: str, person: str, on: str, *, sure: bool = False) -> Changed:
    """Somebody died: it stands with the person, and ends every membership held here.

    Raises `EntryRefused`, `NotAMember`, `OnlyChildrenStay`.
    """
    with session.store.write(verbs.MEMBER_DIED, dossier=dossier) as uow:
        family = families.load_in(uow.conn, session, dossier)
        member = rules.chosen(family, (person,))[0]
        after = member.person.with_values(died_on=on)
        refuse(rules.death_problems(uow.conn, after, session.today))
        rules.ask_children(family, (person,), session.today, sure=sure)
        uow.save(member.person, after)
        for each in rules.running(uow.conn, person):
            _end(session, uow, each, on, DIED)
        emptied = dossier if len(family.members) == 1 else ""
    return Changed(dossier=dossier, emptied=emptied, moved=tuple(uow.moved))


def leave(session: Session, dossier: str, leaving: Leaving) -> Changed:
    """A membership ends otherwise, with its reason. Raises `EntryRefused`, `NotAMember`, `OnlyChildrenStay`."""
    with session.store.write(verbs.MEMBER_LEFT, dossier=dossier) as uow:
        family, members = leaving_from(session, uow, dossier, leaving)
        for member in members:
            _end(session, uow, member.membership, leaving.on, leaving.reason)
    return Changed(dossier=dossier, emptied=_emptied(family, members), moved=tuple(uow.moved))


def move(
    session: Session,
    dossier: str,
    leaving: Leaving,
    into: str,
    *,
    begins: str = MOVED_HERE,
    verb: Verb = verbs.MEMBER_MOVED,
) -> Changed:
    """Members go over to another family that is here, under the same persons.

    Raises what `leave` raises, `NoSuchDossier`, `SameFamily`, `MemberAlready` and `StillShielded`.
    """
    if into == dossier:
        raise rules.SameFamily
    with session.store.write(verb, dossier=into) as uow:
        family, members = leaving_from(session, uow, dossier, leaving)
        if read(uow.conn, Dossier, into) is None:
            raise NoSuchDossier
        for member in members:
            name = families.name_of(member.person).full
            if rules.present(uow.conn, into, member.person.id):
                raise rules.MemberAlready(name=name)
            if member.membership.shielded and member.person.id in hidden_from(uow.conn, into):
                raise rules.StillShielded(name=name)
        go_over(session, uow, members, into, leaving, begins=begins)
    return Changed(dossier=into, emptied=_emptied(family, members), moved=tuple(uow.moved))


def reunite(session: Session, dossier: str, leaving: Leaving, into: str) -> Changed:
    """Members go back to the family they came from; the dossier that is empty then is the officer's to close."""
    return move(session, dossier, leaving, into, begins=REUNITED, verb=verbs.FAMILY_REUNITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFamily:
    """The dossier that begins: its name, who has custody (bare codes of the list `gezag` by person), and which requests
    go on in it. `same_location`: they stay where the family is."""

    title: str
    native: str = ""
    custody: Mapping[str, str] | None = None
    requests: tuple[str, ...] = ()
    same_location: bool = True


def split(session: Session, dossier: str, leaving: Leaving, new: NewFamily) -> Changed:
    """Members go on as a family of their own, with a number and an owner. Raises what `leave` raises.

    Each request of `new.requests` goes on as one that follows it, for those who go along (settled rule 4).
    """
    with session.store.write(verbs.FAMILY_SPLIT, dossier=dossier) as uow:
        family, members = leaving_from(session, uow, dossier, leaving)
        made = begin_dossier(session, uow, family, members, new)
        go_over(session, uow, members, made, leaving, begins=SPLIT_OFF, custody=new.custody)
    return Changed(dossier=made, emptied=_emptied(family, members), moved=tuple(uow.moved))


def correct(session: Session, before: Membership, after: Membership) -> Changed:
    """What stands in a membership was wrong: days, role, custody, lives elsewhere, another status.

    Raises `EntryRefused`, and `MemberAlready` when ending is taken back while a later membership runs.
    """
    with session.store.write(verbs.MEMBERSHIP_CORRECTED, dossier=after.scope) as uow:
        refuse(rules.correction_problems(uow.conn, before, after, session.today))
        if before.to_on and not after.to_on and rules.present(uow.conn, after.scope, after.person or ""):
            person = read(uow.conn, Person, after.person or "")
            raise rules.MemberAlready(name=families.name_of(person).full if person is not None else "")
        uow.save(before, after)
    return Changed(dossier=after.scope, moved=tuple(uow.moved))


# -- what the deeds share ----------------------------------------------------------------------------------------------


def leaving_from(
    session: Session, uow: UnitOfWork, dossier: str, leaving: Leaving
) -> tuple[Family, tuple[Member, ...]]:
    """The family as it stands and those who leave. Raises what keeps them from leaving."""
    family = families.load_in(uow.conn, session, dossier)
    members = rules.chosen(family, leaving.persons)
    ended = [member.membership.with_values(to_on=leaving.on) for member in members]
    refuse(problem for each in ended for problem in rules.ending_problems(uow.conn, each, session.today))
    rules.ask_children(family, leaving.persons, session.today, sure=leaving.sure)
    return family, members


def _emptied(family: Family, members: Sequence[Member]) -> str:
    return family.dossier.id if len(members) == len(family.members) else ""


def _end(session: Session, uow: UnitOfWork, membership: Membership, on: str, reason: str) -> None:
    ended = membership.with_values(to_on=on, reason=rules.reason(session, reason, rules.END))
    uow.save(membership, ended)


def begin_dossier(
    session: Session, uow: UnitOfWork, family: Family, members: Sequence[Member], new: NewFamily
) -> str:
    """A dossier of their own for these members, with number and owner; the requests that go on begin in it."""
    made = uow.new_scope(ScopeKind.DOSSIER)
    first = members[0].person
    dossier = Dossier(
        id=made,
        scope=made,
        title=new.title.strip() or first.family_name or family.dossier.title,
        title_native=new.native.strip() or first.family_name_native,
        number=families.next_number(session, uow.conn),
        opened_on=session.today.isoformat(),
        location_since=family.dossier.location_since if new.same_location else None,
    )
    owner = Owner(id=new_id(), scope=made, officer=session.officer, from_on=session.today.isoformat())
    check(dossier, owner)
    uow.add(dossier)
    uow.add(owner)
    persons = [member.person.id for member in members]
    for request in new.requests:
        follow_request.begin(uow, request, made, persons)
    return made


def go_over(
    session: Session,
    uow: UnitOfWork,
    members: Sequence[Member],
    into: str,
    leaving: Leaving,
    *,
    begins: str,
    custody: Mapping[str, str] | None = None,
    shielded: bool = False,
) -> None:
    """End these memberships and begin those in another dossier, with what was known of them."""
    position = _last_position(uow.conn, into)
    for place, member in enumerate(members, start=position + 1):
        was = member.membership
        code = (custody or {}).get(member.person.id)
        _end(session, uow, was, leaving.on, leaving.reason)
        uow.add(
            Membership(
                id=new_id(),
                scope=into,
                person=was.person,
                role=was.role,
                from_on=leaving.on,
                reason=rules.reason(session, begins, rules.BEGIN),
                custody=session.content.ref("basis", code) if code else was.custody,
                other_status=was.other_status,
                shielded=1 if shielded else was.shielded,
                position=place,
            )
        )


def _last_position(conn: Connection, dossier: str) -> int:
    sql = "SELECT coalesce(max(position), 0) FROM r_membership WHERE scope = ?"
    return int(conn.exec_driver_sql(sql, (dossier,)).scalar_one())
