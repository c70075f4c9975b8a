"""Somebody who may be here already: found through every change, with reasons; of a shielded one only whom to ask."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Alias, SamePerson
from app.domain.person_name import PersonName
from app.domain.record import Value
from app.matching.traits import PersonTraits
from app.services import (
    derived,
    dossier_export,
    dossier_import,
    duplicates,
    facts,
    families,
    family_list,
    one_person,
    removal,
    removed_family,
)
from app.services.dossier_export import Choice
from app.services.families import Family
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.family_case import change, register_family
from tests.support.other_session import other_session
from tests.support.session_fixture import Clock

__all__ = ["other_session"]


def hakobyan(session: Session, **values: Value) -> Family:
    """A family whose first member is Armen Hakobyan, born 7 May 1984, unless said otherwise."""
    made = register_family(session, "Hakobyan", "1984-05-07", "2015-03-02")
    named: dict[str, Value] = {"family_name": "Hakobyan", "given_names": "Armen", **values}
    change(session, made, 0, **named)
    return families.load(session, made.dossier.id)


def traits(family: str, given: str, birth: str = "?", *numbers: str) -> PersonTraits:
    name = PersonName(family=family, given=given)
    return PersonTraits(names=(name,), birth=IncompleteDate.from_text(birth), numbers=numbers)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (traits("Hakobjan", "Armen", "1984-05-07"), "anders gespeld"),
        (traits("Հակոբյան", "Արմեն", "1984-05-07"), "schrift"),
        (traits("Hakobyan", "Armen", "1984-07-05"), "omgewisseld"),
    ],
)
def test_who_may_be_here_already_is_found_with_the_reason(
    session: Session, typed: PersonTraits, why: str
) -> None:
    made = hakobyan(session)
    found = duplicates.look(session, typed)
    assert [hit.person for hit in found] == [made.members[0].person.id]
    assert why in found[0].why
    assert (found[0].family, found[0].contact) == ("Hakobyan", "Robin Voorbeeld")


def test_somebody_else_is_not_found(session: Session) -> None:
    hakobyan(session)
    assert duplicates.look(session, traits("Sargsyan", "Nune", "1990-01-12")) == ()
    assert duplicates.look(session, traits("", "")) == ()


def test_a_v_number_alone_suffices_also_with_dots(session: Session) -> None:
    made = hakobyan(session)
    kind = session.content.ref("basis", "nummer.v-nummer")
    person = made.members[0].person.id
    number = facts.new(session, made.dossier.id, "person_number", person).with_values(
        kind=kind, value="289.114.7001"
    )
    facts.save(session, made.dossier.id, None, number)
    found = duplicates.look(session, traits("Anders", "Iemand", "1950", "2891147001"))
    assert [hit.person for hit in found] == [person]


def test_what_finds_somebody_follows_every_change_undo_and_alias(session: Session) -> None:
    made = hakobyan(session)
    person = made.members[0].person.id
    typed = traits("Petrosyan", "Vahe", "1984-05-07")
    assert duplicates.look(session, typed) == ()
    kind = session.content.ref("basis", "naamsoort.alias")
    alias = facts.new(session, made.dossier.id, "alias", person).with_values(
        kind=kind, family_name="Petrosyan", given_names="Vahe"
    )
    assert isinstance(alias, Alias)
    facts.save(session, made.dossier.id, None, alias)
    assert [hit.person for hit in duplicates.look(session, typed)] == [person]
    session.store.undo()
    assert duplicates.look(session, typed) == ()


def test_keys_made_anew_are_the_same_as_those_that_followed(session: Session) -> None:
    hakobyan(session)

    def kept() -> list[tuple[object, ...]]:
        with session.store.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql("SELECT * FROM d_person_key ORDER BY 1, 2")]

    before = kept()
    assert before
    with session.store.local() as conn:
        conn.exec_driver_sql("DELETE FROM d_person_key")
    session.store.refresh_all()
    assert kept() == before


def found_by(session: Session) -> set[str]:
    """The persons who can still be found by something."""
    with session.store.read() as conn:
        return set(conn.exec_driver_sql("SELECT person FROM d_person_key").scalars())


def test_of_who_is_destroyed_nothing_is_left_to_be_found_by(session: Session) -> None:
    """Keys say how a name sounds: they are of the name, and go with it."""
    gone, stays = hakobyan(session), register_family(session, "Beridze", "1990-02-01")
    assert len(found_by(session)) == 3
    persons = [each.person.id for each in gone.members]
    removal.destroy(session, gone.dossier.id, removal.reasons(session)[0], persons=persons)
    assert found_by(session) == {each.person.id for each in stays.members}


def test_of_who_is_taken_off_with_a_removed_family_nothing_is_left_to_be_found_by(session: Session) -> None:
    gone = hakobyan(session)
    removed_family.remove(session, gone.dossier.id)
    assert found_by(session) == set()
    removed_family.bring_back(session, gone.dossier.id)
    assert found_by(session) == {each.person.id for each in gone.members}


def test_who_belongs_to_no_family_any_more_is_found_by_the_name_of_now(session: Session) -> None:
    made = hakobyan(session)
    with session.store.write(verbs.DELETED_VERB) as uow:
        for membership in read_where(uow.conn, Membership, "1 = 1"):
            uow.delete(membership)
    change(session, made, 0, family_name="Beridze")
    assert duplicates.look(session, traits("Hakobyan", "Armen", "1984-05-07")) == ()
    assert [hit.person for hit in duplicates.look(session, traits("Beridze", "Armen", "1984-05-07"))] == [
        made.members[0].person.id
    ]


def test_a_person_and_who_is_linked_to_him_are_no_news(session: Session) -> None:
    first, second = hakobyan(session), hakobyan(session)
    a, b = first.members[0].person.id, second.members[0].person.id
    typed = traits("Hakobyan", "Armen", "1984-05-07")
    assert [hit.person for hit in duplicates.look(session, typed, but=(a,))] == [b]
    one_person.link(session, b, a, "Zelfde vingerafdrukken")
    assert duplicates.look(session, typed, but=(a,)) == ()
    session.store.undo()
    assert [hit.person for hit in duplicates.look(session, typed, but=(a,))] == [b]


def shield(session: Session, family: Family) -> None:
    membership = family.members[0].membership
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.save(membership, membership.with_values(shielded=1))


def test_of_somebody_shielded_a_hit_says_only_whom_to_contact(session: Session) -> None:
    made = hakobyan(session, birth_place="GEHEIM")
    shield(session, made)
    found = duplicates.look(session, traits("Hakobjan", "Armen", "1984-05-07"))
    assert found == (
        duplicates.Hit(person=made.members[0].person.id, contact="Robin Voorbeeld", is_shielded=True),
    )
    with pytest.raises(one_person.ShieldedPerson):
        one_person.link(session, made.members[0].person.id, made.members[1].person.id)


def test_two_officers_linking_crosswise_make_one_link_and_a_class_of_three_is_one(session: Session) -> None:
    people = [hakobyan(session).members[0].person.id for _number in range(3)]
    a, b, c = sorted(people)
    one_person.link(session, a, b)
    one_person.link(session, b, a)  # the other way round
    one_person.link(session, c, b)
    with session.store.read() as conn:
        links = read_where(conn, SamePerson, "1 ORDER BY a")
        assert [(link.a, link.b, link.scope) for link in links] == [(a, b, a), (b, c, b)]
        assert one_person.everybody_in(conn, (c,)) == {a, b, c}
    one_person.take_apart(session, c)
    with session.store.read() as conn:
        assert one_person.everybody_in(conn, (c,)) == {c}
        assert one_person.everybody_in(conn, (a,)) == {a}


def test_linking_rewrites_no_record(session: Session) -> None:
    first, second = hakobyan(session), hakobyan(session, given_names="Arman")
    people = [first.members[0].person, second.members[0].person]
    one_person.link(session, people[0].id, people[1].id)
    now = [families.load(session, each.dossier.id).members[0].person for each in (first, second)]
    assert now == people


def test_on_a_new_day_who_came_of_age_is_counted_as_grown_up(session: Session, clock: Clock) -> None:
    register_family(session, "Binnenkort", "1984", "2008-11-25")
    row = family_list.rows_of(session, family_list.ids(session))[0]
    assert row is not None and (row.adults, row.children) == (1, 1)
    derived.begin_day(session)
    clock.moment += timedelta(days=3)
    assert derived.begin_day(session)
    assert not derived.begin_day(session)  # once a day
    row = family_list.rows_of(session, family_list.ids(session))[0]
    assert row is not None and (row.adults, row.children, row.turns_18_on) == (2, 0, None)


def test_what_an_older_program_derived_is_made_anew_once(session: Session) -> None:
    hakobyan(session)
    with session.store.local() as conn:
        conn.exec_driver_sql("DELETE FROM d_person_key")
    assert derived.catch_up(session)
    assert not derived.catch_up(session)
    assert duplicates.look(session, traits("Hakobyan", "Armen", "1984-05-07"))


def test_making_it_anew_tells_how_far_it_is_and_begins_anew_when_it_was_stopped(session: Session) -> None:
    hakobyan(session)
    with session.store.local() as conn:
        conn.exec_driver_sql("DELETE FROM d_person_key")
    told: list[tuple[int, int]] = []

    def stopped(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        derived.catch_up(session, stopped)
    assert told == [(0, 1), (1, 1)]
    with session.store.read() as conn:
        assert not conn.exec_driver_sql("SELECT count(*) FROM d_person_key").scalar_one()
    assert derived.catch_up(session)
    assert duplicates.look(session, traits("Hakobyan", "Armen", "1984-05-07"))


def test_a_hit_in_a_closed_family_says_so(session: Session) -> None:
    made = hakobyan(session)
    closed = replace(made, dossier=made.dossier.with_values(closed_on="2025-01-01"))
    families.save(session, made, closed)
    found = duplicates.look(session, traits("Hakobyan", "Armen", "1984-05-07"))
    assert [hit.is_closed for hit in found] == [True]


def test_an_import_names_who_may_be_here_already_and_who_stands_twice_in_the_file(
    session: Session, other_session: Session, tmp_path: Path
) -> None:
    hakobyan(other_session, given_names="Arman")
    hakobyan(other_session, given_names="Armann")
    register_family(other_session, "Sargsyan", "1990-01-12")
    made = hakobyan(session)
    file = tmp_path / "dossiers.json"
    dossier_export.export_to_file(other_session, file, Choice())
    with file.open("rb") as source:
        report = dossier_import.preview_import(session, source)
    assert report.problems == ()
    by_name = {each.name: each for each in report.suspected}
    assert "Arman Hakobyan" in by_name and "Armann Hakobyan" in by_name
    assert made.members[0].person.id in {hit.person for hit in by_name["Arman Hakobyan"].hits}
    assert any(hit.in_file for each in report.suspected for hit in each.hits)
    assert not any("Sargsyan" in each.name for each in report.suspected)
    assert all(duplicates.suspicion_words(each) for each in report.suspected)
