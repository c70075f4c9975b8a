"""The line of a dossier in lists: it follows every change and never counts an age that is not known."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership, Phase
from app.domain.kinds.person import Person
from app.storage.store import Store
from app.storage.uow import read, read_where
from tests.support.family import add, person_of, register, save


def line(store: Store, *columns: str) -> tuple[object, ...]:
    with store.read() as conn:
        return tuple(conn.exec_driver_sql(f"SELECT {', '.join(columns)} FROM d_summary").one())


@pytest.mark.parametrize(
    ("birth_date", "counts"),
    [
        ("1984-05-02", (1, 0, 0)),
        ("2015-05-02", (0, 1, 0)),
        ("1990", (1, 0, 0)),
        ("2007", (1, 0, 0)),
        ("2008", (0, 0, 1)),  # 17 or 18 on 23 November 2026, depending on the day
        ("2009", (0, 1, 0)),
        ("2008-11-23", (1, 0, 0)),  # eighteen today
        ("2008-11-24", (0, 1, 0)),
        (None, (0, 0, 1)),
    ],
)
def test_an_incomplete_date_counts_only_if_it_is_enough_to_know(
    store: Store, birth_date: str | None, counts: tuple[int, int, int]
) -> None:
    register(store, "Li", Person(id=new_id(), scope="", birth_date=birth_date))
    assert line(store, "adults", "children", "age_unknown") == counts


def test_who_left_is_not_counted_and_nobody_is_counted_twice(store: Store) -> None:
    family = register(store)
    with store.read() as conn:
        member = read_where(conn, Membership, "1")[0]
    add(store, Membership(id=new_id(), scope=family.dossier, person=family.persons[0]))
    assert line(store, "adults + children + age_unknown") == (1,)
    save(store, member, member.with_values(to_on="2026-11-01"))
    assert line(store, "adults + children + age_unknown") == (1,)
    with store.read() as conn:
        other = read_where(conn, Membership, "to_on IS NULL")[0]
    save(store, other, other.with_values(to_on="2026-11-02"))
    assert line(store, "adults + children + age_unknown") == (0,)


def test_a_change_of_a_person_reaches_the_line_of_the_dossier(store: Store) -> None:
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(birth_date="2020-01-01"))
    assert line(store, "children", "age_unknown") == (1, 0)


def test_the_latest_phase_of_the_family_is_shown(store: Store) -> None:
    dossier = register(store).dossier
    for phase, day in (("aa:1", "2026-01-01"), ("aa:2", "2026-02-01")):
        add(store, Phase(id=new_id(), scope=dossier, phase=phase, from_on=day))
    add(store, Phase(id=new_id(), scope=dossier, phase="aa:7", from_on="2026-03-01", person=new_id()))
    assert line(store, "phase") == ("aa:2",)


def test_a_dossier_that_is_gone_loses_its_line_and_gets_it_back(store: Store) -> None:
    family = register(store)
    with store.read() as conn:
        dossier = read(conn, Dossier, family.dossier)
    assert dossier is not None
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(dossier)
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM d_summary").scalar_one() == 0
    store.undo()
    assert line(store, "title") == ("Hakobyan",)


def test_everything_made_anew_is_the_same(store: Store) -> None:
    for title in ("Li", "Çelik", "قربانی"):
        register(store, title)
    with store.read() as conn:
        before = conn.exec_driver_sql("SELECT * FROM d_summary ORDER BY dossier").all()
    store.refresh_all()
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT * FROM d_summary ORDER BY dossier").all() == before


def test_a_dossier_of_an_own_script_has_a_key_to_sort_by(store: Store) -> None:
    register(store, "قربانی")
    assert line(store, "sort_key") != ("",)


@pytest.mark.parametrize(
    ("births", "turns"),
    [
        (("1984-05-02",), None),
        (("1984-05-02", "2015-05-02", "2012-02-29"), "2033-05-02"),
        (("2012-02-29",), "2030-03-01"),  # no 29 February in 2030
        (("2015-05-02", "2016"), "?"),
        ((None,), None),  # not in the family as a child
        (("2008",), "?"),
    ],
)
def test_the_line_says_when_the_last_child_comes_of_age(
    store: Store, births: tuple[str | None, ...], turns: str | None
) -> None:
    register(store, "Li", *(Person(id=new_id(), scope="", birth_date=birth) for birth in births))
    assert line(store, "turns_18_on") == (turns,)


@pytest.mark.parametrize("birth", ["2099-01-01", "2099"])
def test_nobody_comes_of_age_by_a_date_of_birth_that_lies_ahead(store: Store, birth: str) -> None:
    register(store, "Li", Person(id=new_id(), scope="", birth_date=birth))
    assert line(store, "turns_18_on") == (None,)
    with store.read() as conn:
        member = read_where(conn, Membership, "1")[0]
    save(store, member, member.with_values(role="0123456789abcdef:gezinsrol.kind"))
    assert line(store, "turns_18_on") == ("?",)


def test_somebody_without_a_date_of_birth_who_is_in_the_family_as_a_child_makes_it_unknown(
    store: Store,
) -> None:
    register(store, "Li", Person(id=new_id(), scope="", birth_date=None))
    with store.read() as conn:
        member = read_where(conn, Membership, "1")[0]
    save(store, member, member.with_values(role="0123456789abcdef:gezinsrol.kind"))
    assert line(store, "turns_18_on") == ("?",)
