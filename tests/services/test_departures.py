"""Departures on a real store: planning, changing with undo, the checklist, the list, drafts back word for word."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.departure import EscortPerson
from app.services import departure_checks, departure_edit, departure_list, departures
from app.services.departure_checks import ReasonWanted
from app.services.departure_list import DepartureState
from app.services.session import Session
from tests.support.departure_case import made_up_family, planned, thing
from tests.support.session_fixture import Clock


def test_each_member_gets_a_set_of_their_own_and_numbers_run_on(session: Session) -> None:
    family = made_up_family(session)
    first = departures.save(session, None, departures.new_file(family.dossier, family.persons))
    second = departures.save(session, None, departures.new_file(family.dossier, family.persons[:1]))
    numbers = [
        each.set_number
        for trip in (first, second)
        for each in departures.load(session, trip.departure).persons
    ]
    assert sorted(numbers, key=str) == ["2026-TEST-0001", "2026-TEST-0002", "2026-TEST-0003"]


def test_a_departure_of_nobody_is_refused(session: Session) -> None:
    family = made_up_family(session)
    with pytest.raises(departures.NobodyTravels):
        departures.save(session, None, departures.new_file(family.dossier, ()))


def test_a_change_is_one_step_and_can_be_undone(session: Session) -> None:
    file = planned(session, made_up_family(session))
    escort = EscortPerson(
        id=new_id(), scope=file.departure.scope, departure=file.departure.id, position=2, name="B."
    )
    after = departures.changed(
        file, escorts=(*file.escorts, escort), flights=(), departure=file.departure.with_values(carrier="x")
    )
    departures.save(session, file, after)
    assert departures.load(session, file.departure.id).flights == ()
    session.store.undo()
    assert departures.load(session, file.departure.id) == file


def test_a_draft_brings_everything_back(session: Session) -> None:
    family = made_up_family(session)
    file = planned(session, family)
    bag = thing(
        session, family.dossier, file.departure.id, family.persons[0], 9, "bezit.tas", description="groen"
    )
    wanted = departure_edit.edit(file, file.flights[0].id, "flight_number", "ZZ 9")
    wanted = departure_edit.add(departure_edit.remove(wanted, file.escorts[0].id), bag)
    typed = departure_edit.typed_of(file, wanted)
    assert departure_edit.with_typed(file, typed) == wanted
    assert departure_edit.typed_of(file, file) == {}


def test_every_required_line_is_answered_with_its_reason(session: Session) -> None:
    file = planned(session, made_up_family(session), kinds=("MED",))
    trip, person = file.departure.id, file.persons[0].person or ""
    found = departure_checks.read_checklist(session, file, person)
    required = [line.code for line in found.lines if line.required]
    assert {"C01", "C12", "C39"} <= set(required)
    assert "C18" not in required, "only if it applies"
    with pytest.raises(ReasonWanted):
        departure_checks.answer_line(session, trip, person, "C05", "antwoord-check.niet-nodig")
    for code in required:
        departure_checks.answer_line(session, trip, person, code, "antwoord-check.geregeld")
    after = departure_checks.read_checklist(session, departures.load(session, trip), person)
    assert after.completeness.is_complete
    departure_checks.answer_line(
        session, trip, person, "C05", "antwoord-check.niet-nodig", "arts vraagt dit niet"
    )
    departure_checks.answer_line(session, trip, person, "C01", "")
    last = departure_checks.read_checklist(session, departures.load(session, trip), person)
    assert [line.code for line in last.completeness.open_lines] == ["C01"]


def test_the_list_has_the_next_one_first_and_counts_what_is_missing(session: Session, clock: Clock) -> None:
    family = made_up_family(session)
    file = planned(session, family)
    empty = departures.save(session, None, departures.new_file(family.dossier, family.persons[1:]))
    rows = departure_list.rows(session)
    assert [row.departure for row in rows] == [file.departure.id, empty.departure]
    assert rows[0].kinds == ("MED", "BEG")
    assert (rows[0].leaves_at, rows[0].destination) == ("2026-11-24T10:50", "Jerevan (EVN)")
    counted = departure_list.gaps(session, rows)
    assert counted[file.departure.id] == 0
    assert counted[empty.departure] > 10
    clock.forward(days=3)
    assert departure_list.rows(session)[0].state is DepartureState.OVERDUE
    departures.cancel(session, file.departure.id, "geen vlucht")
    step = session.store.next_undo()
    assert step is not None and step.verb == verbs.DEPARTURE_CALLED_OFF.code
    assert [row.departure for row in departure_list.rows(session)] == [empty.departure]
    assert [row.state for row in departure_list.rows(session, everything=True)][
        -1
    ] is DepartureState.CANCELLED
