"""An open difference counts as unknown: both values are printed with their writer, and the sheet stays a concept."""

from collections.abc import Callable

import pytest

from app.domain.gap import GapReason
from app.domain.ident import new_id
from app.domain.kinds.departure import Receiver
from app.domain.paper import PaperStatus
from app.domain.paper_text import paper_as_text
from app.services import departures, papers
from app.services.departures import DepartureFile
from app.services.session import Session
from tests.support.departure_case import made_up_family, planned, wanted_sheet

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
