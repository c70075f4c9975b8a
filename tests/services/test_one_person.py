"""Who was registered twice shows as one, with what differs as two values; taken apart, both are back as they were."""

import pytest

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.person import Person, PersonNumber, SamePerson
from app.domain.record import Value
from app.services import (
    clear_up,
    families,
    family_list,
    family_page,
    figures,
    one_person,
    overview_sheet,
    quick_notes,
    take,
    talk_proposal,
)
from app.services.families import Family
from app.services.one_person import NotLinked
from app.services.session import Session
from app.storage import project, same_person
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read
from tests.support.family_case import register_family, with_person
from tests.support.package_case import Office


def link(session: Session, *pairs: tuple[str, str]) -> None:
    with session.store.write(verbs.RESOLVED) as uow:
        for one, other in pairs:
            a, b = sorted((one, other))
            uow.add(SamePerson(id=derived_id("same person", a, b), scope=a, a=a, b=b))


@pytest.fixture
def twins(session: Session) -> Family:
    """A parent and a child who was registered twice; a fourth record is of somebody else."""
    made = register_family(session, "Hakobyan", "1984", "2015", "2015", "2018")
    second = with_person(made, 2, given_names="Voorbeeld 2", birth_place="Gjumri", call_name="Vo")
    families.save(session, made, second)
    link(session, (made.members[1].person.id, made.members[2].person.id))
    return families.load(session, made.dossier.id)


def set_values(session: Session, person: str, **values: Value) -> None:
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        found = read(uow.conn, Person, person)
        assert found is not None
        uow.save(found, found.with_values(**values))


def test_a_class_is_of_all_who_are_linked_in_a_row(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "1985", "1986", "1987")
    a, b, c, d = (member.person.id for member in made.members)
    link(session, (a, b), (b, c))
    with session.store.read() as conn:
        assert same_person.classes(conn) == dict.fromkeys((a, b, c), tuple(sorted((a, b, c))))
        assert same_person.again(conn, [d, c, a, b]) == {a, b}
        assert same_person.groups(conn, [d, c, a, b]) == [(d,), (c, a, b)]


def test_each_person_is_shown_and_counted_once(session: Session, twins: Family) -> None:
    dossier = twins.dossier.id
    overview = family_page.load(session, dossier)
    assert [one.name.given for one in overview.members] == ["Voorbeeld 1", "Voorbeeld 2", "Voorbeeld 4"]
    assert overview.children == 2 and all(not one.disputed for one in overview.members)
    (row,) = family_list.rows_of(session, [dossier])
    assert row is not None and (row.adults, row.children, row.age_unknown) == (1, 2, 0)
    counted = {figure.code: figure.number for figure in figures.figures(session)}
    assert (counted["persons"], counted["persons.children"]) == (3, 2)
    assert [one.name for one in overview_sheet.facts(session, dossier).members] == [
        "Voorbeeld 1 Hakobyan",
        "Voorbeeld 2 Hakobyan",
        "Voorbeeld 4 Hakobyan",
    ]
    assert len(talk_proposal.propose(session, dossier).candidates) == 3
    assert len(twins.members) == 4, "the form still has both records"


def test_what_only_one_record_knows_is_known_of_the_person(session: Session, twins: Family) -> None:
    with session.store.read() as conn:
        first = read(conn, Person, twins.members[1].person.id)
        assert first is not None and first.birth_place is None
        shown = one_person.merged(conn, first)
    assert (shown.birth_place, shown.call_name, shown.id) == ("Gjumri", "Vo", first.id)


def test_what_differs_stands_twice_counts_as_unknown_and_is_cleared_up_for_both(
    session: Session, twins: Family
) -> None:
    first, second = (twins.members[place].person.id for place in (1, 2))
    set_values(session, second, birth_date="2012-04-05")
    line = family_page.load(session, twins.dossier.id).members[1]
    assert line.birth is None and line.differs("person", "birth_date") is not None
    said = overview_sheet.facts(session, twins.dossier.id)
    assert "2015" in said.members[1].born and "05-04-2012" in said.members[1].born and said.disputed
    (row,) = family_list.rows_of(session, [twins.dossier.id])
    assert row is not None and (row.children, row.age_unknown) == (2, 0), "both say: a child"
    (matter,) = clear_up.matters(session)
    assert (matter.kind, matter.title, matter.dossier) == ("same", "Geboortedatum", twins.dossier.id)
    assert clear_up.count(session) == 1
    code = next(answer.code for answer in matter.answers if answer.words == "05-04-2012")
    clear_up.answer(session, matter.id, code)
    assert clear_up.matters(session) == ()
    with session.store.read() as conn:
        for one in (first, second):
            found = read(conn, Person, one)
            assert found is not None and found.birth_date == "2012-04-05"
    assert family_page.load(session, twins.dossier.id).members[1].birth is not None


def test_taken_apart_both_are_back_and_undo_links_them_again(session: Session, twins: Family) -> None:
    second = twins.members[2].person.id
    (one,) = one_person.linked(session, twins.dossier.id)
    assert second in one.persons and one_person.linked(session, new_id()) == ()
    one_person.take_apart(session, second)
    lines = family_page.load(session, twins.dossier.id).members
    assert [line.name.given for line in lines] == ["Voorbeeld 1", "Voorbeeld 2", "Voorbeeld 2", "Voorbeeld 4"]
    (row,) = family_list.rows_of(session, [twins.dossier.id])
    assert row is not None and row.children == 3
    with pytest.raises(NotLinked):
        one_person.take_apart(session, second)
    session.store.undo()
    assert len(family_page.load(session, twins.dossier.id).members) == 3
    (row,) = family_list.rows_of(session, [twins.dossier.id])
    assert row is not None and row.children == 2
    session.store.read_only = True
    with pytest.raises(ReadOnlyStore):
        one_person.take_apart(session, second)
    session.store.read_only = False


def test_saying_that_they_are_two_is_an_answer_too(session: Session, twins: Family) -> None:
    set_values(session, twins.members[2].person.id, birth_date="2012-04-05")
    (matter,) = clear_up.matters(session)
    clear_up.answer(session, matter.id, "two-persons")
    assert clear_up.matters(session) == () and one_person.linked(session) == ()


def test_who_is_in_two_families_shows_what_the_other_family_wrote(anna: Office, bram: Office) -> None:
    one, other = anna.family("Eerste"), bram.family("Tweede")
    for office, made in ((anna, one), (bram, other)):
        with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            kind = office.session.content.ref("basis", "nummer.v-nummer")
            uow.add(PersonNumber(id=new_id(), scope=made.person, kind=kind, value="0000000001"))
    set_values(bram.session, other.person, birth_place="Gjumri", family_name="Eerste")
    take.accept(anna.session, bram.give(anna, dossiers=(other.dossier,)))
    (matter,) = clear_up.matters(anna.session)
    clear_up.answer(anna.session, matter.id, "same-person")
    assert clear_up.matters(anna.session) == (), "they agree in what both say"
    with anna.desk.store.read() as conn:
        found = read(conn, Person, one.person)
        assert found is not None and one_person.merged(conn, found).birth_place == "Gjumri"
        assert project.differences(conn) == []
    (shown,) = one_person.linked(anna.session)
    assert {title for _dossier, title in shown.dossiers} == {"Eerste", "Tweede"}
    one_person.take_apart(anna.session, one.person)
    assert [each.kind for each in clear_up.matters(anna.session)] == ["person"], (
        "both are back, and so is the question"
    )


def test_who_was_chosen_before_stays_among_the_choices(twins: Family) -> None:
    second = twins.members[2].person.id
    assert second not in {one.person.id for one in twins.once()}
    assert second in {one.person.id for one in twins.once([second])}


def test_a_quick_note_names_each_person_once(session: Session, twins: Family) -> None:
    (family,) = quick_notes.candidates(session, twins.dossier.id)
    assert [name for _person, name in family.people] == [
        "Voorbeeld 1 Hakobyan",
        "Voorbeeld 2 Hakobyan",
        "Voorbeeld 4 Hakobyan",
    ]


def test_two_values_within_one_record_are_cleared_up_there_first(session: Session, twins: Family) -> None:
    second = twins.members[2].person.id
    with session.store.read() as conn:
        before = read(conn, Person, second)
    assert before is not None
    for born in ("2012", "2013"):
        with session.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(before, before.with_values(birth_date=born))
    assert [one.kind for one in clear_up.matters(session)] == ["value"]
    clear_up.answer(session, clear_up.matters(session)[0].id, "side-1")
    assert [one.kind for one in clear_up.matters(session)] == ["same"]
