"""An open difference counts as unknown: both values are printed with their writer, and the sheet stays a concept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain import verbs
from app.domain.gap import GapReason
from app.domain.ident import new_id
from app.domain.kinds.departure import Receiver
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.paper import PaperStatus
from app.domain.paper_text import paper_as_text
from app.domain.record import ScopeKind, Value
from app.services import departure_list, departures, one_person, papers, sheet_subject
from app.services.departures import DepartureFile
from app.services.session import Session
from tests.support.departure_case import GIVEN, SURNAME, made_up_family, planned, wanted_sheet

Change = Callable[[DepartureFile, str], DepartureFile]


def _flight(file: DepartureFile, value: str) -> DepartureFile:
    return departures.changed(file, flights=(file.flights[0].with_values(flight_number=value),))


def _phone(file: DepartureFile, value: str) -> DepartureFile:
    return departures.changed(file, departure=file.departure.with_values(contact_phone=value))


def _receiver(file: DepartureFile, value: str) -> DepartureFile:
    return departures.changed(file, receivers=(file.receivers[0].with_values(name=value), file.receivers[1]))


def _condition(file: DepartureFile, value: str) -> DepartureFile:
    first = file.conditions[0].with_values(description=value)
    return departures.changed(file, conditions=(first, file.conditions[1]))


def _escort(file: DepartureFile, value: str) -> DepartureFile:
    return departures.changed(file, escorts=(file.escorts[0].with_values(name=value),))


def _name(file: DepartureFile, value: str) -> DepartureFile:
    return departures.changed(file, people=(file.people[0].with_values(given_names=value),))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_flight, "journey.flight"),
        (_phone, "contact.phone"),
        (_receiver, "receiver.name"),
        (_condition, "condition.item"),
        (_escort, "journey.escorts"),
        (_name, "identity.given-names"),
    ],
)
def test_both_values_stand_on_the_concept(session: Session, change: Change, code: str) -> None:
    file = planned(session, made_up_family(session))
    wanted = wanted_sheet(file)
    papers.mark_read(session, wanted)
    papers.make_final(session, wanted)
    departures.save(session, file, change(file, "eerste waarde"))
    moved = departures.save(session, file, change(file, "tweede waarde")).moved
    assert moved
    found = papers.prepare(session, wanted)
    assert found.paper.status is PaperStatus.CONCEPT
    assert [(gap.code, gap.reason) for gap in found.gaps] == [(code, GapReason.DISPUTED)]
    text = paper_as_text(found.paper)
    for value in ("eerste waarde", "tweede waarde"):
        assert f"{value}, volgens Robin Voorbeeld" in text
    with pytest.raises(papers.GapsOpen):
        papers.make_final(session, wanted)


def test_two_first_receivers_are_both_printed_and_none_is_picked(session: Session) -> None:
    file = planned(session, made_up_family(session))
    first = file.receivers[0]
    rival = Receiver(
        id=new_id(),
        scope=first.scope,
        departure=first.departure,
        person=first.person,
        position=1,
        name="Iemand anders",
    )
    departures.save(session, file, departures.changed(file, receivers=(*file.receivers, rival)))
    found = papers.prepare(session, wanted_sheet(file))
    assert ("receiver.name", GapReason.DISPUTED) in [(gap.code, gap.reason) for gap in found.gaps]
    text = paper_as_text(found.paper)
    assert "Anahit Voorbeeldian, zus, volgens" in text
    assert "Iemand anders, volgens" in text


def test_a_flight_that_one_took_away_and_another_changed_is_a_difference(session: Session) -> None:
    file = planned(session, made_up_family(session))
    departures.save(session, file, _flight(file, "ZZ 999"))
    departures.save(session, file, departures.changed(file, flights=()))
    found = papers.prepare(session, wanted_sheet(file))
    assert ("journey.flight", GapReason.DISPUTED) in [(gap.code, gap.reason) for gap in found.gaps]


def registered_again(session: Session, file: DepartureFile, **values: Value) -> tuple[DepartureFile, str]:
    """The first traveller once more, as another person who travels along, and said to be the same."""
    first = file.people[0]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        person = uow.new_scope(ScopeKind.PERSON)
        names = {"family_name": first.family_name, "given_names": first.given_names}
        uow.add(Person(id=person, scope=person, **{**names, **values}))  # type: ignore[arg-type]
        uow.add(Membership(id=new_id(), scope=file.departure.scope, person=person))
    place = departures.new_file(file.departure.scope, (person,)).persons[0]
    again = place.with_values(departure=file.departure.id)
    departures.save(session, file, departures.changed(file, persons=(*file.persons, again)))
    one_person.link(session, first.id, person)
    return departures.load(session, file.departure.id), person


def test_who_was_registered_twice_has_one_sheet_and_is_no_companion(session: Session) -> None:
    family = made_up_family(session)
    alone = planned(session, family)
    (place,) = departures.new_file(family.dossier, family.persons[1:]).persons
    both = (*alone.persons, place.with_values(departure=alone.departure.id))
    departures.save(session, alone, departures.changed(alone, persons=both))
    file, again = registered_again(session, departures.load(session, alone.departure.id))
    wanted, son = wanted_sheet(file), family.persons[1]
    (row,) = departure_list.rows(session)
    assert len(file.persons) == 3 and row.persons == (wanted.person, son)
    assert departure_list.stands_for(session, row, again) == wanted.person
    found = papers.prepare(session, wanted)
    assert found.gaps == (), "the records say the same, or one of them says nothing"
    text = paper_as_text(found.paper)
    assert "Narek" in text and f"{GIVEN} {SURNAME}" not in text, "nobody travels with himself"
    assert sheet_subject.find(session, file.departure.scope, GIVEN).person == wanted.person
    beside = paper_as_text(papers.prepare(session, replace(wanted, person=son)).paper)
    assert beside.count(f"{GIVEN} {SURNAME}") == 1, "a companion once"


def test_where_two_records_of_one_person_differ_both_stand_until_one_holds(session: Session) -> None:
    file, again = registered_again(
        session, planned(session, made_up_family(session)), birth_date="1991-03-04", language="Russisch"
    )
    wanted = wanted_sheet(file)
    found = papers.prepare(session, wanted)
    assert found.paper.status is PaperStatus.CONCEPT
    assert {(gap.code, gap.reason) for gap in found.gaps} == {
        ("identity.birth-date", GapReason.DISPUTED),
        ("identity.language", GapReason.DISPUTED),
    }
    text = paper_as_text(found.paper)
    assert "Russisch, volgens Robin Voorbeeld" in text and "Armeens (Oost), volgens Robin Voorbeeld" in text
    papers.mark_read(session, wanted)
    with pytest.raises(papers.GapsOpen):
        papers.make_final(session, wanted)
    receipt = papers.prepare(session, replace(wanted, paper=papers.RECEIPT, language="en"))
    assert ("receipt.birth-date", GapReason.DISPUTED) in {(gap.code, gap.reason) for gap in receipt.gaps}
    for field, value in (("birth_date", "1990-03"), ("language", "Russisch")):
        one_person.let_hold(session, (wanted.person, again), field, value)
    assert papers.prepare(session, wanted).gaps == ()


def test_a_condition_written_with_the_other_record_is_on_the_sheet(session: Session) -> None:
    file, again = registered_again(session, planned(session, made_up_family(session)))
    first = file.conditions[0]
    more = replace(first.with_values(person=again, description="Rolstoel tot aan de deur"), id=new_id())
    departures.save(session, file, departures.changed(file, conditions=(*file.conditions, more)))
    assert "Rolstoel tot aan de deur" in paper_as_text(papers.prepare(session, wanted_sheet(file)).paper)
