"""What stands on *Vandaag*: each kind of line from real records, late, today and ahead."""

from datetime import date

import pytest

from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, Flight, Receiver
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Original, Person
from app.domain.kinds.request import Request, RequestEvent
from app.domain.kinds.talk import Agreement, Talk, TalkPerson
from app.domain.record import Record
from app.services import agenda, counts, requests, words
from app.services.agenda import AgendaLine
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.family import Family, add, register, save
from tests.support.session_fixture import Clock


@pytest.fixture
def family(session: Session) -> Family:
    members = (
        Person(id=new_id(), scope="", family_name="Hakobyan", given_names=name)
        for name in ("Lusine", "Narek")
    )
    return register(session.store, "Hakobyan", *members)


def lines(session: Session) -> list[AgendaLine]:
    """Every line that shows, by day."""
    found = agenda.read(session)
    return [*found.late, *found.now, *found.ahead]


def ref(session: Session, pack: str, code: str) -> str:
    return session.content.ref(pack, code)


def paper(session: Session, person: str, valid_until: str, kind: str = "paspoort", **more: str) -> Original:
    made = Original(id=new_id(), scope=person, valid_until=valid_until)
    return made.with_values(kind=ref(session, "basis", f"documentsoort.{kind}"), **more)


def test_a_document_asks_attention_thirty_days_before_it_ends(
    session: Session, family: Family, clock: Clock
) -> None:
    add(session.store, paper(session, family.persons[1], "2026-12-24"))
    assert lines(session) == []
    clock.forward(days=1)
    (line,) = agenda.read(session).ahead
    assert (line.what, line.due_on, line.warn_on) == (agenda.EXPIRY, date(2026, 12, 24), date(2026, 11, 24))
    assert line.people == ("Narek",)
    assert words.step_words(session, line.what, line.detail) == "Paspoort verloopt"


def test_only_the_document_that_ends_last_counts_and_papers_without_travel_do_not(
    session: Session, family: Family
) -> None:
    person = family.persons[0]
    add(
        session.store,
        paper(session, person, "2026-11-25"),
        paper(session, person, "2028-01-01", "lp"),
        paper(session, family.persons[1], "2026-11-25", "geboorteakte"),
        paper(session, family.persons[1], "2026-11-25", "paspoort", returned_on="2026-11-01"),
    )
    assert lines(session) == []


def test_a_document_that_expired_long_ago_waits_for_nobody(
    session: Session, family: Family, clock: Clock
) -> None:
    add(session.store, paper(session, family.persons[0], "2026-11-20"))
    assert [line.days_late for line in lines(session)] == [3]
    assert counts.count(session).late == 1
    clock.forward(days=28)
    assert lines(session) == []
    assert counts.count(session).late == 0


def test_the_report_of_a_talk_is_due_two_working_days_later(
    session: Session, family: Family, clock: Clock
) -> None:
    kind = ref(session, "gesprek", "gesprek.eerste")
    talk = Talk(id=new_id(), scope=family.dossier, kind=kind, started_at="2026-11-20T09:00:00Z")
    present = TalkPerson(id=new_id(), scope=family.dossier, talk=talk.id, person=family.persons[0])
    add(session.store, talk, present)
    (line,) = agenda.read(session).ahead
    assert (line.what, line.due_on) == (agenda.REPORT, date(2026, 11, 24))
    assert line.people == ("Lusine",)
    clock.forward(days=2)
    assert [line.days_late for line in agenda.read(session).late] == [1]
    save(session.store, talk, talk.with_values(finished_at="2026-11-25T10:00:00Z"))
    assert lines(session) == []


def test_a_planned_talk_and_an_agreement_stand_on_their_day(session: Session, family: Family) -> None:
    talk = Talk(id=new_id(), scope=family.dossier, planned_at="2026-11-23T10:00")
    agreement = Agreement(
        id=new_id(), scope=family.dossier, talk=talk.id, what="Foto’s meenemen", due_on="2026-11-20"
    )
    add(session.store, talk.with_values(kind=ref(session, "gesprek", "gesprek.eerste")), agreement)
    found = agenda.read(session)
    assert [(line.what, line.at_time) for line in found.now] == [(agenda.TALK, "10:00")]
    assert [(line.detail, line.days_late) for line in found.late] == [("Foto’s meenemen", 3)]


def test_forty_eight_hours_before_the_flight_and_the_receiver_a_day_before(
    session: Session, family: Family
) -> None:
    departure = Departure(id=new_id(), scope=family.dossier)
    records: list[Record] = [
        departure,
        Flight(
            id=new_id(),
            scope=family.dossier,
            departure=departure.id,
            position=1,
            departs_at="2026-11-26T13:30",
        ),
        Flight(
            id=new_id(),
            scope=family.dossier,
            departure=departure.id,
            position=2,
            departs_at="2026-11-26T19:00",
        ),
    ]
    receiver = Receiver(id=new_id(), scope=family.dossier, departure=departure.id, position=1, name="Zus")
    add(session.store, *records, receiver)
    said = [(line.what, line.detail, line.due_on, line.at_time) for line in lines(session)]
    assert said == [
        (agenda.DEPARTURE_TERM, "termijn.vertrek-48", date(2026, 11, 24), "13:30"),
        (agenda.DEPARTURE_TERM, "termijn.vertrek-ontvanger", date(2026, 11, 25), "13:30"),
        (agenda.FLIGHT, "", date(2026, 11, 26), "13:30"),
    ]
    save(session.store, receiver, receiver.with_values(reconfirmed_at="2026-11-23T09:00"))
    assert "termijn.vertrek-ontvanger" not in [line.detail for line in lines(session)]
    checked = departure.with_values(checked_on="2026-11-23")
    save(session.store, departure, checked)
    assert [line.what for line in lines(session)] == [agenda.FLIGHT]
    save(session.store, checked, checked.with_values(departed_on="2026-11-26"))
    assert lines(session) == []


def test_the_presentation_stays_when_a_deed_follows_and_goes_on_hold(
    session: Session, family: Family
) -> None:
    request = Request(
        id=new_id(),
        scope=family.dossier,
        track=ref(session, "reisdocument", "spoor.lp"),
        country=ref(session, "landen", "AM"),
        purpose=ref(session, "reisdocument", "doel.terugkeer"),
        representation="Brussel",
        cooperation=ref(session, "reisdocument", "medewerking.getekend"),
    )
    made = requests.start(session, request, family.persons[1:], on=date(2026, 10, 1)).record
    requests.record_asylum_check(session, family.persons, "antwoord.nee", date(2026, 10, 1), "IND")

    def step(code: str, on: str, **fields: str) -> None:
        event = RequestEvent(
            id=new_id(), scope=family.dossier, request=made, event=ref(session, "reisdocument", code)
        )
        requests.record_step(session, event.with_values(on=on, **fields))

    step("lp.opdracht-dia", "2026-10-02")
    step("lp.ingediend", "2026-10-05", way="koerier")
    step(
        "lp.presentatie-gepland",
        "2026-11-01",
        planned_at="2026-11-27T10:30",
        place="Brussel",
        unknown_fields="kind",
    )
    step("lp.kopie-gegeven", "2026-11-02")
    (shown,) = [line for line in lines(session) if line.what == agenda.PRESENTATION]
    assert (shown.due_on, shown.at_time, shown.people) == (date(2026, 11, 27), "10:30", ("Narek",))
    with session.store.read() as conn:
        (summary,) = conn.exec_driver_sql("SELECT request_state, next_what FROM d_summary").all()
    assert agenda.state_code(summary[0]) == ("spoor.lp", "lp.presentatie-gepland")
    step("lp.aangehouden", "2026-11-20", reason="aanvraag loopt")
    assert [line.detail for line in lines(session)] == []
    session.store.undo()
    assert agenda.PRESENTATION in [line.what for line in lines(session)]


def test_a_closed_dossier_asks_nothing(session: Session, family: Family) -> None:
    add(session.store, paper(session, family.persons[0], "2026-11-25"))
    assert len(lines(session)) == 1
    with session.store.read() as conn:
        (dossier,) = read_where(conn, Dossier, "id = ?", (family.dossier,))
    save(session.store, dossier, dossier.with_values(closed_on="2026-11-22"))
    assert lines(session) == []


def test_days_are_said_in_words() -> None:
    assert [words.days_words(left) for left in (19, 1, 0, -1, -3)] == [
        "nog 19 dagen", "nog 1 dag", "vandaag", "1 dag te laat", "3 dagen te laat",
    ]  # fmt: skip
