"""Undo and redo: by name, only what is still that action's, and all the way back."""

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Alias, Person
from app.domain.kinds.place import Access, Officer
from app.domain.merge import state_of
from app.domain.record import ScopeKind
from app.storage import project
from app.storage.journal import NewOp, ops_of
from app.storage.store import Store
from app.storage.uow import Moved, read, read_where
from tests.support.family import add, person_of, register, save
from tests.support.store_fixture import OFFICER


def open_fields(store: Store) -> list[str]:
    with store.read() as conn:
        return list(conn.exec_driver_sql("SELECT field FROM j_conflict").scalars())


def test_undo_and_redo_name_what_was_done_first(store: Store) -> None:
    family = register(store)
    for _ in range(2):
        step = store.next_undo()
        assert step is not None and step.verb == verbs.FAMILY_REGISTERED.code
        change = store.undo()
        assert change is not None and family.dossier in change.dossiers
        step = store.next_redo()
        assert step is not None and step.verb == verbs.FAMILY_REGISTERED.code
        store.redo()


def test_undoing_a_registration_takes_dossier_members_and_persons_away(store: Store) -> None:
    register(store)
    store.undo()
    with store.read() as conn:
        for cls in (Dossier, Membership, Person):
            assert read_where(conn, cls, "1") == []
        assert len(read_where(conn, Access, "1")) == 3  # scopes stay: their streams hold what happened


def test_undoing_a_save_puts_the_earlier_value_back(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro", language="Armeens"))
    store.undo()
    assert person_of(store, person.id) == person
    store.redo()
    assert person_of(store, person.id).call_name == "Aro"


def test_something_new_ends_redoing(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    store.undo()
    save(store, person, person.with_values(language="Armeens"))
    assert store.next_redo() is None and store.redo() is None


def test_what_has_no_undo_is_stepped_over_and_does_not_end_redoing(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    store.undo()
    with store.read() as conn:
        officer = read(conn, Officer, OFFICER)
    assert officer is not None
    save(store, officer, officer.with_values(phone="000"), verbs.DISCLOSED)
    step = store.next_redo()
    assert step is not None and step.verb == verbs.MEMBER_CHANGED.code


def test_lasting_records_of_an_undoable_action_stay(store: Store) -> None:
    with store.read() as conn:
        officer = read(conn, Officer, OFFICER)
    assert officer is not None
    save(store, officer, officer.with_values(phone="111"))
    assert store.undo() is None or True
    with store.read() as conn:
        again = read(conn, Officer, OFFICER)
    assert again is not None and again.phone == "111"


def test_a_value_put_beside_another_goes_and_the_other_stays(store: Store) -> None:
    early = person_of(store, register(store).persons[0])
    save(store, early, early.with_values(call_name="Aro"))
    save(store, early, early.with_values(call_name="Armo"))
    assert open_fields(store) == ["call_name"]
    store.undo()
    assert open_fields(store) == [] and person_of(store, early.id).call_name == "Aro"
    store.redo()
    assert open_fields(store) == ["call_name"]
    store.undo()
    store.undo()
    assert person_of(store, early.id).call_name is None and open_fields(store) == []


def test_a_cell_that_somebody_else_changed_since_is_named_and_left(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro", language="Armeens"))
    now = person_of(store, person.id)
    save(
        store, now, now.with_values(call_name="Armo"), verbs.RESOLVED
    )  # a deed without undo, as an import is
    change = store.undo()
    assert change is not None and change.left == (Moved(kind="person", record=person.id, field="call_name"),)
    now = person_of(store, person.id)
    assert (now.call_name, now.language) == ("Armo", None)


def test_an_inserted_record_with_values_of_others_is_left_whole(store: Store) -> None:
    alias = Alias(id=new_id(), scope=register(store).persons[0], family_name="Hakobian")
    add(store, alias)
    save(store, alias, alias.with_values(source="akte"), verbs.RESOLVED)
    change = store.undo()
    assert change is not None and [moved.field for moved in change.left] == ["source"]
    with store.read() as conn:
        assert [(one.family_name, one.source) for one in read_where(conn, Alias, "1")] == [
            ("Hakobian", "akte")
        ]


def test_undoing_a_removal_brings_the_record_back(store: Store) -> None:
    alias = Alias(id=new_id(), scope=register(store).persons[0], family_name="Hakobian")
    add(store, alias)
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    store.undo()
    with store.read() as conn:
        assert read_where(conn, Alias, "1") == [alias]
    store.redo()
    with store.read() as conn:
        assert read_where(conn, Alias, "1") == []


def test_a_removal_of_part_of_what_was_there_comes_back_as_it_was(store: Store) -> None:
    alias = Alias(id=new_id(), scope=register(store).persons[0], family_name="Hakobian")
    add(store, alias)
    save(store, alias, alias.with_values(source="akte"))
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    assert open_fields(store) == ["_del"]
    store.undo()
    assert open_fields(store) == []
    store.redo()
    assert open_fields(store) == ["_del"]


def test_undo_after_a_restart_goes_on(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    for name in ("Aro", "Armo", "Armenak"):
        now = person_of(store, person.id)
        save(store, now, now.with_values(call_name=name))
    seen = []
    while store.undo():
        with store.read() as conn:
            seen += [one.call_name for one in read_where(conn, Person, "1")]
            assert project.differences(conn) == []
    assert seen == ["Armo", "Aro", None]


def test_a_record_that_others_removed_since_is_left_whole(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    alias = Alias(id=new_id(), scope=person.id, family_name="Hakobian")
    add(store, alias)
    save(store, alias, alias.with_values(source="akte"))
    with store.read() as conn:
        (now,) = read_where(conn, Alias, "1")
    with store.write(verbs.RESOLVED) as uow:
        uow.delete(now)
    change = store.undo()
    assert change is not None and [moved.field for moved in change.left] == ["source"]
    with store.read() as conn:
        assert read_where(conn, Alias, "1") == []


def test_more_values_than_one_come_back_into_a_cell(store: Store) -> None:
    """Three values in one cell, and one put in the place of all: undoing that is one step for the officer."""
    alias = Alias(id=new_id(), scope=register(store).persons[0], family_name="Hakobian")
    add(store, alias)
    for name in ("Hakobyan", "Akopian", "Akopjan"):
        save(store, alias, alias.with_values(family_name=name))
    three = values_of(store, alias.id)
    assert len(three) == 3
    with store.write(verbs.MEMBER_CHANGED) as uow:
        heads = state_of(ops_of(uow.conn, [alias.id])[alias.id]).heads["family_name"]
        uow.write(
            NewOp(
                kind="alias",
                record=alias.id,
                scope=alias.scope,
                scope_kind=ScopeKind.PERSON,
                cells={"family_name": "Hakobjan"},
                parents={"family_name": tuple(head.dot for head in heads)},
            )
        )
    for _ in range(2):
        change = store.undo()
        assert change is not None and change.left == ()
        assert values_of(store, alias.id) == three and open_fields(store) == ["family_name"]
        store.redo()
        assert values_of(store, alias.id) == {"Hakobjan"} and open_fields(store) == []


def values_of(store: Store, record: str) -> set[object]:
    """All values that stand in the family name of an alias."""
    with store.read() as conn:
        heads = state_of(ops_of(conn, [record])[record]).heads
    return {head.value for head in heads["family_name"]}
