"""What keeps a change of a family from being written, and what is asked first: days, doubles, children left behind."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from app.domain.data_rules import surely_before
from app.domain.entry import FieldProblem, NotYet, record_problems, wrong_at
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.record import Record
from app.domain.words import N_
from app.services.families import Family, Member
from app.services.reading import known
from app.services.session import Session
from app.storage.uow import read, read_where

BEGIN, END = "moment:begin", "moment:einde"
ADULT_YEARS = 18  # artikel 1:233 BW
CHILD_ROLE = "gezinsrol.kind"


class NobodyChosen(KnownProblem):
    """A change is about somebody."""

    message = N_("Choose who it is about.")


class NotAMember(KnownProblem):
    """Somebody else ended the membership meanwhile."""

    message = N_("Not everybody you chose belongs to this family any more. Open the family anew.")


class MemberAlready(KnownProblem):
    """Nobody is twice in one family."""

    message = N_("%(name)s belongs to that family already.")


class SameFamily(KnownProblem):
    """From a family to itself."""

    message = N_("Choose another family than this one.")


class BeforeTheBeginning(KnownProblem):
    """A membership does not end before it begins."""

    message = N_("This day lies before the day on which the membership began.")


class BeforeBirth(KnownProblem):
    """Nothing happens to anybody before birth."""

    message = N_("This day lies before the day of birth.")


class OnlyChildrenStay(KnownProblem):
    """No refusal but a question: the answer is in the form."""

    message = N_("Only children stay behind: %(names)s. Say whether that is right.")


class ReasonDoesNotFit(KnownProblem):
    """A reason to begin for an ending, the other way round, or one that the list does not have."""

    message = N_("This reason does not belong here. Choose one from the list.")


class StillShielded(KnownProblem):
    """Back where they may not be known."""

    message = N_("That family may not know where %(name)s is. Lift the shielding first.")


def reason(session: Session, code: str, moment: str) -> str:
    """The reference of a reason that may stand at this moment (`BEGIN`, `END`). Raises `ReasonDoesNotFit`."""
    for choice in session.content.choices("basis", "lidmaatschap"):
        moments = {trait for trait in choice.traits if trait.startswith("moment:")}
        if choice.code == code and (not moments or moment in moments):
            return session.content.ref("basis", code)
    raise ReasonDoesNotFit


def day_problems(record: Record, field: str, today: date) -> Iterable[FieldProblem]:
    """Of a day on which something happened: it has come."""
    value = getattr(record, field)
    if value and surely_before(today.isoformat(), value):
        yield wrong_at(record, field, NotYet())


def before_birth(conn: Connection, record: Record, field: str, person: str) -> Iterable[FieldProblem]:
    """Of a day in the life of somebody: it does not lie before the birth."""
    who = read(conn, Person, person)
    if who is not None and surely_before(getattr(record, field), known(conn, [who])[0].birth_date):
        yield wrong_at(record, field, BeforeBirth())


def too_early(
    conn: Connection, record: Record, field: str, person: str, memberships: Iterable[Membership]
) -> Iterable[FieldProblem]:
    """Of a day on which something happened to a member: it lies neither before the birth nor before the first of these
    memberships of theirs began. What two officers differ on counts as unknown (settled rule 10)."""
    unborn = tuple(before_birth(conn, record, field, person))
    yield from unborn
    begun = [each.from_on for each in known(conn, memberships)]
    if begun and not unborn and all(surely_before(getattr(record, field), day) for day in begun):
        yield wrong_at(record, field, BeforeTheBeginning())


def ending_problems(conn: Connection, ended: Membership, today: date) -> Iterable[FieldProblem]:
    """What is wrong with a membership that ends as `ended` says."""
    yield from record_problems(ended)
    yield from day_problems(ended, "to_on", today)
    yield from too_early(conn, ended, "to_on", ended.person or "", (ended,))


def correction_problems(
    conn: Connection, before: Membership, after: Membership, today: date
) -> Iterable[FieldProblem]:
    """What is wrong with a membership that is mended: also a day that was moved to before the birth."""
    yield from membership_problems(after, today)
    for name in ("from_on", "to_on"):
        if getattr(before, name) != getattr(after, name):
            yield from before_birth(conn, after, name, after.person or "")


def membership_problems(membership: Membership, today: date) -> Iterable[FieldProblem]:
    """What is wrong with a membership, its days among it."""
    yield from record_problems(membership)
    yield from day_problems(membership, "from_on", today)
    yield from day_problems(membership, "to_on", today)
    if surely_before(membership.to_on, membership.from_on):
        yield wrong_at(membership, "to_on", BeforeTheBeginning())


def chosen(family: Family, persons: Sequence[str]) -> tuple[Member, ...]:
    """The members meant, in the order of the family. Raises `NobodyChosen`, `NotAMember`."""
    if not persons:
        raise NobodyChosen
    found = tuple(member for member in family.members if member.person.id in persons)
    if len(found) < len(set(persons)):
        raise NotAMember
    return found


def may_be_child(member: Member, today: date) -> bool:
    """By the date of birth; where that does not say it, whoever is in the family as a child may be one."""
    born = member.person.birth_date
    ages = IncompleteDate.from_text(born).age_between(today) if born else None
    if ages is None:
        return (member.membership.role or "").endswith(f":{CHILD_ROLE}")
    return ages[0] < ADULT_YEARS


def children_left(family: Family, persons: Sequence[str], today: date) -> tuple[Member, ...]:
    """The children who would stay without an adult when these members leave; empty when an adult stays, or nobody."""
    staying = [member for member in family.members if member.person.id not in persons]
    return tuple(staying) if all(may_be_child(member, today) for member in staying) else ()


def ask_children(family: Family, persons: Sequence[str], today: date, *, sure: bool) -> None:
    """Raise `OnlyChildrenStay` unless that was answered."""
    left = children_left(family, persons, today)
    if left and not sure:
        names = [member.person.call_name or member.person.given_names or "–" for member in left]
        raise OnlyChildrenStay(names=", ".join(names))


def birth_problems(person: Person, today: date) -> Iterable[FieldProblem]:
    """What is wrong with a child who is born: it has happened."""
    yield from record_problems(person)
    yield from day_problems(person, "birth_date", today)


def death_problems(conn: Connection, person: Person, today: date) -> Iterable[FieldProblem]:
    """What is wrong with somebody who died: it has happened, and neither before birth nor before any membership that
    it ends began."""
    yield from record_problems(person)
    yield from day_problems(person, "died_on", today)
    ends: list[tuple[Membership, ...]] = [(each,) for each in running(conn, person.id)] or [()]
    found = (one for rows in ends for one in too_early(conn, person, "died_on", person.id, rows))
    yield from tuple(found)[:1]


def running(conn: Connection, person: str) -> list[Membership]:
    """The memberships of somebody that have not ended."""
    return read_where(conn, Membership, "person = ? AND to_on IS NULL ORDER BY id", (person,))


def present(conn: Connection, dossier: str, person: str) -> bool:
    """Whether somebody is a member of a dossier now."""
    where = "scope = ? AND person = ? AND to_on IS NULL"
    return bool(read_where(conn, Membership, where, (dossier, person)))
