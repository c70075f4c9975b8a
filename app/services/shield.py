"""Shields members: on their own in a dossier that the other family does not know of (settled rule 4, ADR 0017).

The other dossier keeps what happened in it, without who they are; where they are now stands in a secret address only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import SecretAddress
from app.domain.record import KINDS, FieldType, ScopeKind
from app.domain.words import N_
from app.services import membership_rules as rules
from app.services import memberships
from app.services.memberships import Changed, Leaving, NewFamily
from app.services.session import Session
from app.storage import draft, same_person, shielding
from app.storage.shielding import NEUTRAL_REASON
from app.storage.uow import UnitOfWork, read, read_where

SHORTEST_NAME = 3


class NobodyShielded(KnownProblem):
    """There is nothing to lift."""

    message = N_("Nobody in this family is shielded.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """Whom, from which day, and what only `veilig-adres` holds: where they are, through whom they are reached, why."""

    persons: tuple[str, ...]
    on: str
    address: str = ""
    contact: str = ""
    why: str = ""
    title: str = ""
    custody: Mapping[str, str] | None = None
    requests: tuple[str, ...] = ()
    sure: bool = False


def shield(session: Session, dossier: str, wanted: Shield) -> Changed:
    """They go on in a dossier of their own, and from now on nothing of them shows with another.

    Every membership of another dossier held here, past ones too, then says no more than that it was changed. Raises
    what `memberships.leave` raises.
    """
    leaving = Leaving(persons=wanted.persons, on=wanted.on, reason=NEUTRAL_REASON, sure=wanted.sure)
    new = NewFamily(title=wanted.title, custody=wanted.custody, requests=wanted.requests, same_location=False)
    with session.store.write(verbs.SHIELDED) as uow:
        family, members = memberships.leaving_from(session, uow, dossier, leaving)
        made = memberships.begin_dossier(session, uow, family, members, new)
        memberships.go_over(
            session,
            uow,
            members,
            made,
            leaving,
            begins=memberships.SPLIT_OFF,
            custody=new.custody,
            shielded=True,
        )
        known = same_person.classes(uow.conn)
        for person in leaving.persons:
            for record in known.get(person, (person,)):
                _silence(session, uow, dossier, record, wanted.on, leaving.persons)
            address = SecretAddress(
                id=new_id(),
                scope=person,
                address=wanted.address.strip() or None,
                contact=wanted.contact.strip() or None,
                reason=wanted.why.strip() or None,
                from_on=session.today.isoformat(),
            )
            check(address)
            uow.add(address)
        draft.drop_about(uow.conn, (dossier, *wanted.persons))
    emptied = dossier if len(members) == len(family.members) else ""
    return Changed(dossier=made, emptied=emptied, moved=tuple(uow.moved))


def _silence(
    session: Session, uow: UnitOfWork, dossier: str, person: str, on: str, leaving: Sequence[str]
) -> None:
    """The memberships of all other dossiers, of every record of the person: ended, under the neutral code, and
    shielding nothing themselves. Those of `leaving` in `dossier` are ended by the deed itself."""
    neutral = session.content.ref("basis", NEUTRAL_REASON)
    for each in read_where(uow.conn, Membership, "person = ? ORDER BY id", (person,)):
        if each.scope == dossier and each.to_on is None and person in leaving:
            continue
        uow.save(each, each.with_values(to_on=each.to_on or on, reason=neutral, shielded=None))


def shielded_in(session: Session, dossier: str) -> tuple[Person, ...]:
    """The members whom this dossier shields."""
    with session.store.read() as conn:
        rows = read_where(conn, Membership, "scope = ? AND to_on IS NULL AND shielded = 1 ORDER BY position, id",
                          (dossier,))  # fmt: skip
        found = (read(conn, Person, row.person or "") for row in rows)
        return tuple(person for person in found if person is not None)


def lift(session: Session, dossier: str, persons: Sequence[str], reason: str) -> Changed:
    """They need no shielding any more: earlier families may show again that they belonged to them.

    `reason` (bare code) takes the place of the neutral code there. Raises `NobodyShielded`.
    """
    with session.store.write(verbs.SHIELD_LIFTED, dossier=dossier) as uow:
        lifted = 0
        said = rules.reason(session, reason, rules.END)
        known = same_person.classes(uow.conn)
        for person in dict.fromkeys(one for each in persons for one in known.get(each, (each,))):
            for each in read_where(uow.conn, Membership, "person = ? ORDER BY id", (person,)):
                after = each.with_values(shielded=0) if each.shielded else each
                lifted += after is not each
                if each.scope != dossier and (each.reason or "").endswith(f":{NEUTRAL_REASON}"):
                    after = after.with_values(reason=said)
                uow.save(each, after)
            for address in read_where(uow.conn, SecretAddress, "scope = ? AND to_on IS NULL", (person,)):
                uow.save(address, address.with_values(to_on=session.today.isoformat()))
        if not lifted:
            raise NobodyShielded
    return Changed(dossier=dossier, moved=tuple(uow.moved))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingText:
    """A record that stays with a dossier and has a name in what was typed in it; `text` is all that was typed."""

    record: str
    kind: str
    text: str


def texts_naming(session: Session, dossier: str, persons: Sequence[str]) -> dict[str, frozenset[NamingText]]:
    """The records of a dossier with typed texts that name each of these persons, but for those about them: no program
    can tell what else such a text says. Whom an agreement is with is typed too."""
    found: dict[str, set[NamingText]] = {person: set() for person in persons}
    with session.store.read() as conn:
        people = [person for person in (read(conn, Person, each) for each in persons) if person is not None]
        names = {person.id: tuple(name.casefold() for name in _names(person)) for person in people}
        silent = {each: shielding.records_about(conn, dossier, frozenset((each,))) for each in names}
        for each in _typed(conn, dossier):
            text = each.text.casefold()
            for person, known in names.items():
                if each.record not in silent[person] and any(name in text for name in known):
                    found[person].add(each)
    return {person: frozenset(records) for person, records in found.items()}


def _typed(conn: Connection, dossier: str) -> Iterator[NamingText]:
    """Each record of a dossier with all that was typed in it; the title of the family is no such text."""
    for kind in KINDS.values():
        fields = [each.name for each in kind.fields if each.type in (FieldType.TEXT, FieldType.NOTE)]
        if ScopeKind.DOSSIER in kind.scopes and fields and kind.name != "dossier":
            for row in read_where(conn, kind.cls, "scope = ? ORDER BY id", (dossier,)):
                said = (str(getattr(row, name)) for name in fields if getattr(row, name))
                yield NamingText(record=row.id, kind=kind.name, text=": ".join(said))


def _names(person: Person) -> list[str]:
    said = (person.given_names, person.call_name, person.given_names_native)
    return [word for name in said for word in (name or "").split() if len(word) >= SHORTEST_NAME]
