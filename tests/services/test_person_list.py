"""The list of persons by SQL: who has a line, search, filters, order, words; made anew it says the same."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import DossierState, Membership, Outflow
from app.domain.kinds.person import IdentityFact, Person, PersonNumber, SamePerson
from app.domain.record import ScopeKind
from app.services import families, memberships, outflows, person_list
from app.services.families import Family
from app.services.family_list import TURNS_UNKNOWN
from app.services.person_list import (
    ADULT,
    AGE_UNKNOWN,
    CHILD,
    CLOSED,
    DISPUTED,
    EARLIER,
    PersonFilters,
    PersonOrder,
    PersonRow,
)
from app.services.person_standing import Gone
from app.services.session import Session
from tests.support.derived_anew import derived_is_true
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template

__all__ = ["clock", "content", "make_store_file", "session", "store", "store_file", "store_template"]


def family(session: Session, title: str, *members: tuple[str, str], native: str = "") -> Family:
    """A registered family with a member per (given name, date of birth)."""
    empty = families.new_family(session)
    made = []
    for number, (given, birth) in enumerate(members, start=1):
        member = families.new_member(session, empty.dossier.id, position=number)
        person = member.person.with_values(
            family_name=title, given_names=given, family_name_native=native or None, birth_date=birth or None
        )
        made.append(replace(member, person=person))
    saved = families.save(
        session, None, Family(dossier=empty.dossier.with_values(title=title), members=tuple(made))
    )
    return families.load(session, saved.dossier)


def shown(session: Session, query: str = "", **asked: object) -> list[PersonRow]:
    found = person_list.lines(session, query, **asked)  # type: ignore[arg-type]
    return [row for row in person_list.rows(session, found) if row is not None]


def given(session: Session, query: str = "", **asked: object) -> list[str]:
    return [row.name.given for row in shown(session, query, **asked)]


def test_everybody_has_a_line_children_too_in_the_order_of_a_reader(session: Session) -> None:
    family(session, "Öztürk", ("Azra", "2015"), ("Berk", "1984"))
    family(session, "al-Hamad", ("Çelik", "1990"))
    assert given(session) == ["Çelik", "Azra", "Berk"]
    assert given(session, descending=True) == ["Berk", "Azra", "Çelik"]


def test_birth_dates_sort_as_known_as_they_are_and_unknown_comes_last_both_ways(session: Session) -> None:
    family(session, "Abebe", ("Jaar", "1990"), ("Dag", "1990-05-01"), ("Niets", "?"), ("Oud", "1960"))
    assert given(session, order=PersonOrder.BORN) == ["Oud", "Jaar", "Dag", "Niets"]
    assert given(session, order=PersonOrder.BORN, descending=True) == ["Dag", "Jaar", "Oud", "Niets"]


@pytest.mark.parametrize(
    "query", ["siranush", "Hakób", "289.114.7071", "2891147071", "Հակոբ", "hakobyan sira", "ranush"]
)
def test_search_finds_the_person_and_nobody_else_of_the_family(session: Session, query: str) -> None:
    made = family(session, "Hakobyan", ("Siranush", "1984"), native="Հակոբյան")
    other = families.new_member(session, made.dossier.id, position=2)
    alone = replace(other, person=other.person.with_values(family_name="Petrosyan", given_names="Ani"))
    families.save(session, made, replace(made, members=(*made.members, alone)))
    number(session, made.members[0].person.id, "289.114.7071")
    assert given(session, query) == ["Siranush"]


def test_a_dossier_number_finds_its_members(session: Session) -> None:
    made = family(session, "Hakobyan", ("Siranush", "1984"), ("Ani", "2015"))
    family(session, "Beridze", ("Nino", "1984"))
    assert given(session, str(made.dossier.number).rpartition("-")[2]) == ["Ani", "Siranush"]


def test_ages_follow_the_day_without_being_made_anew(session: Session) -> None:
    """Today is 23 November 2026."""
    family(
        session, "Abebe",
        ("Groot", "1984"), ("Klein", "2015-03"), ("Wie weet", "2008"), ("Bijna", "2009-01-10"), ("Geen", "?"),
        ("Vandaag", "2008-11-23"), ("Morgen", "2008-11-24"), ("Ooit", "2099-01-01"),
    )  # fmt: skip
    by_age = {
        age: sorted(given(session, filters=PersonFilters(age=age)))
        for age in (CHILD, ADULT, AGE_UNKNOWN, "achttien.3", TURNS_UNKNOWN)
    }
    assert by_age == {
        CHILD: ["Bijna", "Klein", "Morgen"],
        ADULT: ["Groot", "Vandaag"],
        AGE_UNKNOWN: ["Geen", "Ooit", "Wie weet"],
        "achttien.3": ["Bijna", "Morgen"],
        TURNS_UNKNOWN: ["Klein"],
    }
    lines = person_list.lines(session)
    totals = person_list.totals(session, lines, "", PersonFilters())
    assert (totals.persons, totals.children, totals.age_unknown) == (8, 3, 3)
    assert person_list.totals(session, lines, "abebe", PersonFilters()) == totals


def number(session: Session, person: str, value: str) -> None:
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        kind = session.content.ref("basis", "nummer.v-nummer")
        uow.add(PersonNumber(id=new_id(), scope=person, kind=kind, value=value))


def nationality(session: Session, person: str, country: str, standing: str) -> None:
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(
            IdentityFact(
                id=new_id(),
                scope=person,
                aspect=session.content.ref("basis", "identiteit.nationaliteit"),
                standing=session.content.ref("basis", f"zekerheid.{standing}"),
                country=session.content.ref("landen", country),
            )
        )


def test_an_established_nationality_goes_before_a_stated_one(session: Session) -> None:
    person = family(session, "Abebe", ("Aster", "1984")).members[0].person.id
    nationality(session, person, "ET", "gesteld")
    (row,) = shown(session)
    assert (row.nationality, row.is_stated) == ("Ethiopië", True)
    nationality(session, person, "ER", "vastgesteld")
    (row,) = shown(session)
    assert (row.nationality, row.is_stated) == ("Eritrea", False)


def test_nationalities_stand_in_the_order_of_the_alphabet(session: Session) -> None:
    made = family(session, "Abebe", ("Z", "1984"), ("A", "1984"), ("Niets", "1984"))
    nationality(session, made.members[0].person.id, "SY", "gesteld")
    nationality(session, made.members[1].person.id, "AF", "gesteld")
    assert given(session, order=PersonOrder.NATIONALITY) == ["A", "Z", "Niets"]
    assert given(session, order=PersonOrder.NATIONALITY, descending=True) == ["Z", "A", "Niets"]


def test_two_values_count_as_unknown_and_the_line_says_so(session: Session) -> None:
    person = family(session, "Abebe", ("Aster", "1984")).members[0].person
    for birth in ("1985", "1986"):  # the second form had been open: both stand
        with session.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(person, person.with_values(birth_date=birth))
    (row,) = shown(session)
    assert row.born is None and row.disputed == 1
    assert given(session, filters=PersonFilters(other=DISPUTED)) == ["Aster"]


def test_records_of_one_person_share_a_line_and_what_they_differ_on_is_unknown(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"), ("Asteer", "1985"))
    number(session, made.members[1].person.id, "2891147071")
    a, b = sorted(member.person.id for member in made.members)
    with session.store.write(verbs.PERSONS_LINKED) as uow:
        uow.add(SamePerson(id=new_id(), scope=a, a=a, b=b))
    (row,) = shown(session)
    assert (row.name.given, row.born, row.numbers) == ("Aster", None, "2891147071")
    assert given(session, "asteer") == ["Aster"], "the other name leads to the line that is shown"


def test_who_left_the_family_is_left_out_until_asked_for(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"), ("Dawit", "1980"), ("Sara", "1990"))
    aster, dawit = (member.person.id for member in made.members[:2])
    leaving = memberships.Leaving(persons=(dawit,), on="2026-11-23", reason="lidmaatschap.vertrokken")
    memberships.leave(session, made.dossier.id, leaving)
    assert given(session) == ["Aster", "Sara"]
    (row,) = shown(session, filters=PersonFilters(other=EARLIER))
    assert (row.person, row.gone, row.standing) == (dawit, Gone.EARLIER, "Vertrokken")
    assert row.standing_on is not None and row.standing_on.earliest == date(2026, 11, 23)
    assert aster in {each.person for each in shown(session)}


def test_two_records_of_who_left_are_one_line_that_says_how(session: Session) -> None:
    """The other line says nothing any more, as if it were made anew."""
    made = family(session, "Abebe", ("Aster", "1984"), ("Asteer", "1984"), ("Sara", "1990"))
    a, b = sorted(member.person.id for member in made.members[:2])
    leaving = memberships.Leaving(persons=(a, b), on="2026-11-23", reason="lidmaatschap.vertrokken")
    memberships.leave(session, made.dossier.id, leaving)
    with session.store.write(verbs.PERSONS_LINKED) as uow:
        uow.add(SamePerson(id=new_id(), scope=a, a=a, b=b))
    (row,) = shown(session, filters=PersonFilters(other=EARLIER))
    assert (row.gone, row.standing) == (Gone.EARLIER, "Vertrokken")
    derived_is_true(session.store)


def test_a_person_in_a_closed_dossier_shows_when_asked(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"))
    families.save(session, made, replace(made, dossier=made.dossier.with_values(closed_on="2026-11-20")))
    assert given(session) == []
    assert given(session, filters=PersonFilters(other=CLOSED)) == ["Aster"]


def test_the_own_state_goes_before_that_of_the_family_and_parallel_ones_do_not_count(
    session: Session,
) -> None:
    made = family(session, "Abebe", ("Aster", "1984"), ("Dawit", "1980"))
    for code, person in (("s3", None), ("s4", made.members[0].person.id), ("s5", None)):
        with session.store.write(verbs.STATE_BEGUN) as uow:
            state = session.content.ref("basis", f"stand.{code}")
            uow.add(
                DossierState(
                    id=new_id(), scope=made.dossier.id, state=state, person=person, from_on="2026-11-01"
                )
            )
    words = {
        code: session.content.label(session.content.ref("basis", f"stand.{code}"), "nl")
        for code in ("s3", "s4")
    }
    assert session.content.case_states["stand.s5"].is_parallel
    assert [row.standing for row in shown(session)] == [words["s4"], words["s3"]]
    assert given(session, order=PersonOrder.STANDING) == ["Dawit", "Aster"]


def test_who_left_the_caseload_stays_in_the_list_with_that_word(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"), ("Dawit", "1980"))
    kind = outflows.kinds(session)[0]
    wanted = Outflow(
        id=new_id(),
        scope=made.dossier.id,
        kind=session.content.ref("basis", kind.code),
        on="2026-11-23",
    )
    outflows.record(session, wanted, [made.members[1].person.id])
    aster, dawit = shown(session)
    assert (aster.gone, dawit.gone, dawit.standing) == (Gone.HERE, Gone.LEFT, kind.label("nl"))


def test_filters_go_together_with_the_search(session: Session) -> None:
    family(session, "Abebe", ("Aster", "1984"), ("Sara", "2015"))
    family(session, "Beridze", ("Sara", "1984"))
    assert [row.family for row in shown(session, "sara", filters=PersonFilters(mine=True, age=CHILD))] == [
        "Abebe"
    ]


def test_twice_a_member_is_one_line(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"))
    person = made.members[0].person.id
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(
            Membership(id=new_id(), scope=made.dossier.id, person=person, from_on="2020", to_on="2021-01-01")
        )
    assert len(shown(session)) == 1
    assert shown(session, filters=PersonFilters(other=EARLIER)) == []


@pytest.mark.parametrize("order", list(PersonOrder))
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_holds_everybody_once(session: Session, order: PersonOrder, *, descending: bool) -> None:
    family(session, "Abebe", ("Aster", "1984"), ("Dawit", "?"))
    family(session, "Beridze", ("Nino", ""))
    assert sorted(given(session, order=order, descending=descending)) == ["Aster", "Dawit", "Nino"]


def test_made_anew_it_says_the_same(session: Session) -> None:
    made = family(session, "Abebe", ("Aster", "1984"), ("Dawit", "1980"))
    nationality(session, made.members[0].person.id, "ET", "gesteld")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        lone = uow.new_scope(ScopeKind.PERSON)
        uow.add(Person(id=lone, scope=lone, family_name="Zonder gezin"))
    before = shown(session)
    with session.store.local() as conn:
        conn.exec_driver_sql("DELETE FROM d_person")
    assert shown(session) == []
    session.store.refresh_all()
    assert shown(session) == before and len(before) == 2
