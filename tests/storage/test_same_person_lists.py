"""Three records of one person: whatever link comes or goes, the lists count the person as often as is said now."""

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person, SamePerson
from app.domain.record import ScopeKind
from app.storage import removal
from app.storage.store import Store
from app.storage.uow import read
from tests.support.derived_anew import derived_is_true


def three(store: Store) -> tuple[str, list[str]]:
    """A dossier with the first and the last of three persons; the one between is in no dossier."""
    with store.write(verbs.FAMILY_REGISTERED) as uow:
        dossier = uow.new_scope(ScopeKind.DOSSIER)
        uow.add(Dossier(id=dossier, scope=dossier, title="Hakobyan"))
        persons = sorted(uow.new_scope(ScopeKind.PERSON) for _ in range(3))
        for person in persons:
            uow.add(Person(id=person, scope=person, family_name="Hakobyan"))
        for person in (persons[0], persons[2]):
            uow.add(Membership(id=new_id(), scope=dossier, person=person))
    return dossier, persons


def link(store: Store, a: str, b: str) -> str:
    made = derived_id("same_person", a, b)
    with store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(SamePerson(id=made, scope=a, a=a, b=b, reason="Zelfde vingerafdrukken"))
    return made


def unknown_ages(store: Store) -> int:
    with store.read() as conn:
        return int(conn.exec_driver_sql("SELECT age_unknown FROM d_summary").scalar_one())


def test_the_last_link_of_a_class_names_nobody_of_the_dossier(store: Store) -> None:
    _dossier, (first, between, last) = three(store)
    assert unknown_ages(store) == 2
    link(store, first, between)
    made = link(store, between, last)
    assert unknown_ages(store) == 1
    with store.write(verbs.MEMBER_CHANGED) as uow:
        gone = read(uow.conn, SamePerson, made)
        assert gone is not None
        uow.delete(gone)
    assert unknown_ages(store) == 2
    store.undo()
    assert unknown_ages(store) == 1
    derived_is_true(store)


def test_who_joined_two_others_and_is_taken_off_leaves_two(store: Store) -> None:
    _dossier, (first, between, last) = three(store)
    link(store, first, between)
    link(store, between, last)
    with store.removing(verbs.DESTROYED) as whole:
        whole.touched += removal.remove_scope(whole.conn, between)
    assert unknown_ages(store) == 2
    derived_is_true(store)
