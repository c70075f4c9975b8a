"""Searching: by the beginning of a word, inside words, over accents, scripts and dots; never in what is delicate."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Alias, Person, PersonNumber
from app.domain.kinds.sensitive import (
    Alliance,
    Decision,
    DelicateFact,
    HealthFact,
    OwnNote,
    SecretAddress,
    TravelCondition,
)
from app.domain.record import Compartment, Record, Value, kind_of, kinds
from app.storage import search
from app.storage.store import Store
from tests.support.family import Family, add, person_of, register, save
from tests.support.scope_ids import ids_of

MARK = "Zwartemerel"


def person(**values: Value) -> Person:
    return Person(id=new_id(), scope="").with_values(**values)


@pytest.fixture
def families(store: Store) -> dict[str, Family]:
    """Four families whose names are hard in different ways."""
    made = {
        "short": register(store, "Li", person(family_name="Li", given_names="Vo")),
        "accent": register(store, "Çelik-Öztürk", person(family_name="Çelik-Öztürk", given_names="Gülşen")),
        "script": register(
            store,
            "Qurbani",
            person(family_name="Qurbani", family_name_native="قربانی", given_names_native="فیروزه"),
        ),
        "plain": register(store, "Hakobyan", person(family_name="Hakobyan", given_names="Armen")),
    }
    add(store, PersonNumber(id=new_id(), scope=made["plain"].persons[0], value="123.456.7890"))
    return made


def found(store: Store, query: str) -> set[str]:
    with store.read() as conn:
        return ids_of(conn, search.dossiers(conn, query))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Li", "short"),
        ("vo", "short"),
        ("hak", "plain"),
        ("kobya", "plain"),
        ("armen hakob", "plain"),
        ("celik", "accent"),
        ("OZTURK", "accent"),
        ("gulsen", "accent"),
        ("ürk", "accent"),
        ("قربانی", "script"),
        ("فیر", "script"),
        ("123.456.7890", "plain"),
        ("1234567890", "plain"),
        ("123 456", "plain"),
        ("56.78", "plain"),
    ],
)
def test_a_family_is_found(store: Store, families: dict[str, Family], query: str, wanted: str) -> None:
    assert found(store, query) == {families[wanted].dossier}


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "xyz", "armen li", 'a" OR "b', "NEAR(", "-"])
def test_what_fits_nothing_finds_nothing_and_never_fails(
    store: Store, families: dict[str, Family], query: str
) -> None:
    assert found(store, query) == set()


def test_every_word_must_fit_but_not_in_the_same_person(store: Store, families: dict[str, Family]) -> None:
    family = families["plain"]
    add(store, Alias(id=new_id(), scope=family.persons[0], family_name="Petrosyan"))
    assert found(store, "petros hakob") == {family.dossier}


def test_a_changed_name_is_found_by_the_new_one_only(store: Store, families: dict[str, Family]) -> None:
    armen = person_of(store, families["plain"].persons[0])
    save(store, armen, armen.with_values(given_names="Tigran"))
    assert found(store, "armen") == set() and found(store, "tigran") == {families["plain"].dossier}


def test_undoing_a_registration_takes_it_out_of_the_index(store: Store) -> None:
    register(store, "Sargsyan")
    store.undo()
    assert found(store, "sargsyan") == set()
    store.redo()
    assert len(found(store, "sargsyan")) == 1


def test_a_shielded_member_leads_to_the_dossier_that_shields_only(
    store: Store, families: dict[str, Family]
) -> None:
    left = register(store, "Elders", person(family_name="Verborgen"))
    assert found(store, "verborgen") == {left.dossier}
    add(store, Membership(id=new_id(), scope=families["plain"].dossier, person=left.persons[0], shielded=1))
    assert found(store, "verborgen") == {families["plain"].dossier}


def test_planted_marks_in_delicate_compartments_are_never_found_nor_indexed(store: Store) -> None:
    family = register(store)
    inside, outside = family.dossier, family.persons[0]
    planted: list[Record] = [
        HealthFact(id=new_id(), scope=outside, body=MARK, source=MARK),
        TravelCondition(id=new_id(), scope=inside, description=MARK),
        Decision(id=new_id(), scope=outside, authority=MARK),
        DelicateFact(id=new_id(), scope=outside, body=MARK),
        SecretAddress(id=new_id(), scope=outside, address=MARK),
        OwnNote(id=new_id(), scope=inside, body=MARK),
        Alliance(id=new_id(), scope=inside, remark=MARK),
    ]
    assert {kind_of(one).compartment for one in planted} == search.NEVER
    add(store, *planted)
    store.refresh_all()
    assert found(store, MARK) == set()
    with store.read() as conn:
        bodies = [body for (body,) in conn.exec_driver_sql("SELECT body FROM d_search_text")]
    assert not any(MARK.lower() in body.lower() for body in bodies)


def test_no_kind_of_a_delicate_compartment_declares_a_searched_field() -> None:
    delicate = {Compartment.GEZONDHEID, Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES, Compartment.EIGEN}
    assert not [
        kind.name for kind in kinds() if kind.compartment in delicate for f in kind.fields if f.searched
    ]


def test_the_index_made_anew_finds_the_same(store: Store, families: dict[str, Family]) -> None:
    before = {query: found(store, query) for query in ("hak", "celik", "قرب", "1234567890")}
    store.refresh_all()
    assert {query: found(store, query) for query in before} == before


def test_many_changes_at_once_leave_the_index_as_many_single_ones_do(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short way: the index is made anew, and afterwards follows single changes as before."""
    monkeypatch.setattr(search, "MANY", 3)
    made = [register(store, f"Oud{number}") for number in range(6)]
    with store.write(verbs.FAMILY_CHANGED) as uow:
        for number, family in enumerate(made):
            known = person_of(store, family.persons[0])
            uow.save(known, known.with_values(family_name=f"Nieuw{number}"))
    assert found(store, "nieuw4") == {made[4].dossier} and found(store, "oud4") == {made[4].dossier}
    known = person_of(store, made[4].persons[0])
    save(store, known, known.with_values(family_name="Enkel"))
    assert found(store, "nieuw4") == set() and found(store, "enkel") == {made[4].dossier}
    with store.local() as conn:
        for table in ("d_search_word", "d_search_part"):
            conn.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('integrity-check')")
        triggers = conn.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'd_search_%'"
        ).scalars()
        assert set(triggers) == set(search.TRIGGERS)
