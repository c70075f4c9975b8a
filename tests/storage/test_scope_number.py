"""Numbers of scopes in the derived tables: small, of this store alone, and none is given twice."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.storage import removal, scope_number, search
from app.storage.store import Store
from tests.support.derived_anew import derived_is_true
from tests.support.family import Family, add, register
from tests.support.scope_ids import ids_of


def known(store: Store) -> dict[str, int]:
    with store.read() as conn:
        return dict(conn.exec_driver_sql("SELECT id, no FROM d_scope").all())


def lines(store: Store) -> dict[str, int]:
    with store.read() as conn:
        return dict(conn.exec_driver_sql("SELECT membership, no FROM d_person").all())


def remove(store: Store, family: Family) -> None:
    for scope in (family.dossier, *family.persons):
        with store.removing(verbs.DROPPED) as whole:
            whole.touched += removal.remove_scope(whole.conn, scope)
            whole.gone.add(scope)


def test_a_scope_keeps_its_number_and_every_list_names_it_by_that(store: Store) -> None:
    first, second = register(store, "Abebe"), register(store, "Beridze")
    numbers, numbered = known(store), lines(store)
    assert {first.dossier, second.dossier, *first.persons, *second.persons} <= set(numbers)
    add(store, Alias(id=new_id(), scope=first.persons[0], family_name="Anders"))
    store.refresh_all()
    assert (known(store), lines(store)) == (numbers, numbered)
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT no, dossier FROM d_summary").all() == [
            (numbers[first.dossier], first.dossier),
            (numbers[second.dossier], second.dossier),
        ]


def test_a_number_that_is_gone_never_names_anything_else(store: Store) -> None:
    stays, gone = register(store, "Blijvers"), register(store, "Weggaander")
    before, numbered = known(store), lines(store)
    remove(store, gone)
    assert gone.dossier not in known(store) and gone.persons[0] not in known(store)
    after = register(store, "Nieuw")
    assert known(store)[after.dossier] > max(before.values())
    assert max(lines(store).values()) > max(numbered.values())
    with store.local() as conn:  # even when all of it is thrown away
        for table in ("d_scope", "d_person", "d_summary", "d_search_text"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
    was = max(before.values())
    store.refresh_all()
    assert set(known(store)) >= {stays.dossier, after.dossier}
    assert min(known(store).values()) > was
    assert min(lines(store).values()) > max(numbered.values())
    derived_is_true(store)


def test_made_anew_only_what_something_is_known_of_has_a_number(store: Store) -> None:
    register(store, "Blijvers")
    numbers = known(store)
    register(store, "Ongedaan")
    store.undo()
    store.refresh_all()
    assert known(store) == numbers


def test_records_of_a_scope_are_found_by_its_number_whatever_came_and_went(store: Store) -> None:
    family = register(store, "Abebe")
    made = [Alias(id=new_id(), scope=family.persons[0], family_name=f"Naam{number}") for number in range(5)]
    add(store, *made)
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(made[1])
    add(store, Alias(id=new_id(), scope=family.persons[0], family_name="Zesde"))
    number = known(store)[family.persons[0]]
    with store.read() as conn:
        places = conn.exec_driver_sql("SELECT rec, no FROM d_search_text ORDER BY no").all()
        mine = {rec: no for rec, no in places if no >> scope_number.BITS == number}
        assert mine[family.persons[0]] == number << scope_number.BITS, "its own record comes first"
        assert len(mine) == 6 and made[1].id not in mine
        for query in ("naam0", "naam4", "zesde"):
            assert ids_of(conn, search.dossiers(conn, query)) == {family.dossier}
        assert search.dossiers(conn, "naam1") == frozenset()


def test_a_scope_with_more_records_than_numbers_is_refused_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "RECORDS", 4)
    family = register(store, "Abebe")
    names = [Alias(id=new_id(), scope=family.persons[0], family_name=f"Naam{number}") for number in range(4)]
    add(store, *names[:3])
    with pytest.raises(OverflowError):
        add(store, names[3])
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(names[0])
    add(store, names[3])  # the number of the one that went
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar_one() == 3
        assert ids_of(conn, search.dossiers(conn, "naam3")) == {family.dossier}
    derived_is_true(store)
