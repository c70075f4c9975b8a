"""A made-up family in a store, in as few lines as a test likes to read."""

from dataclasses import dataclass, replace

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.record import Record, ScopeKind
from app.domain.verbs import Verb
from app.storage.store import Store
from app.storage.uow import Moved, read


@dataclass(frozen=True, slots=True)
class Family:
    """The scopes of a dossier and its members."""

    dossier: str
    persons: tuple[str, ...]


def register(store: Store, title: str = "Hakobyan", *members: Person) -> Family:
    """Write a dossier with these members (one, if none is given) in one action."""
    with store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier = uow.new_scope(ScopeKind.DOSSIER)
        uow.add(Dossier(id=dossier, scope=dossier, title=title, number="TEST-1"))
        persons = []
        for member in members or (Person(id=new_id(), scope="", family_name=title, given_names="Armen"),):
            person = uow.new_scope(ScopeKind.PERSON, scope=member.id)
            uow.add(replace(member, id=person, scope=person))
            uow.add(Membership(id=new_id(), scope=dossier, person=person))
            persons.append(person)
    return Family(dossier, tuple(persons))


def person_of(store: Store, record: str) -> Person:
    """A person as they stand now."""
    with store.read() as conn:
        found = read(conn, Person, record)
    assert found is not None
    return found


def save(store: Store, before: Record, after: Record, verb: Verb = verbs.MEMBER_CHANGED) -> list[Moved]:
    """Save one record; returns what had moved on."""
    with store.write(verb) as uow:
        uow.save(before, after)
    return uow.moved


def add(store: Store, *records: Record, verb: Verb = verbs.MEMBER_CHANGED) -> None:
    """Write new records in one action."""
    with store.write(verb) as uow:
        for record in records:
            uow.add(record)
