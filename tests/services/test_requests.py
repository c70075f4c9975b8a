"""The whole course of a request on a real store: every step a dated event, terms and gates derived from them."""

from datetime import date

import pytest

from app.domain.entry import EntryRefused
from app.domain.ident import new_id
from app.domain.kinds.person import Original
from app.domain.kinds.request import Request, RequestEvent, SetTerm
from app.domain.request_track import DetailsMissing, GateClosed, GateStatus, StepNotForeseen
from app.domain.term import TermStatus
from app.services import requests
from app.services.requests import Step
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.family import Family, register
from tests.support.session_fixture import Clock


def at(session: Session, day: str, clock: Clock) -> None:
    """Let it be ten o'clock on `day`."""
    wanted = date.fromisoformat(day)
    clock.forward(days=(wanted - session.today).days)


@pytest.fixture
def family(session: Session) -> Family:
    return register(session.store, "Hakobyan")


@pytest.fixture
def request_id(session: Session, family: Family) -> str:
    request = Request(
        id=new_id(),
        scope=family.dossier,
        track=session.content.ref("reisdocument", "spoor.lp"),
        country=session.content.ref("landen", "AM"),
        purpose=session.content.ref("reisdocument", "doel.terugkeer"),
        representation="Den Haag",
        cooperation=session.content.ref("reisdocument", "medewerking.getekend"),
    )
    return requests.start(session, request, family.persons, on=date(2026, 9, 1)).record


def event(session: Session, request: str, code: str, on: str, **fields: str | int) -> RequestEvent:
    """A step as a form makes it."""
    scope = requests.load(session, request).request.scope
    made = RequestEvent(
        id=new_id(), scope=scope, request=request, event=session.content.ref("reisdocument", code), on=on
    )
    return made.with_values(**fields)


def step(session: Session, request: str, code: str, on: str, **fields: str | int) -> str:
    return requests.record_step(session, event(session, request, code, on, **fields)).record


def filed(session: Session, request: str, family: Family) -> None:
    """Bring a request to the state *ingediend* on 10 September."""
    step(session, request, "lp.opdracht-dia", "2026-09-02")
    requests.record_asylum_check(session, family.persons, "antwoord.nee", date(2026, 9, 1), "IND")
    step(session, request, "lp.ingediend", "2026-09-10", way="koerier")


def status_of(session: Session, request: str, code: str) -> TermStatus | None:
    found = {each.code: each.status for each in requests.load(session, request).terms}
    return found.get(code)


def test_a_new_request_begins_at_the_first_state_of_its_track(session: Session, request_id: str) -> None:
    view = requests.load(session, request_id)
    assert view.position.raw_code == "lp.concept"
    assert view.position.since == date(2026, 9, 1)
    assert [each.on for each in view.events] == ["2026-09-01"]


def test_nobody_and_nothing_said_is_refused(session: Session, family: Family) -> None:
    empty = Request(id=new_id(), scope=family.dossier, track=session.content.ref("reisdocument", "spoor.lp"))
    with pytest.raises(requests.NobodyNamed):
        requests.start(session, empty, (), on=date(2026, 9, 1))
    with pytest.raises(DetailsMissing) as caught:
        requests.start(session, empty, family.persons, on=date(2026, 9, 1))
    assert "Land" in str(caught.value.params["fields"])


def test_filing_waits_until_it_is_known_that_no_asylum_application_runs(
    session: Session, request_id: str, family: Family
) -> None:
    step(session, request_id, "lp.opdracht-dia", "2026-09-02")
    with pytest.raises(GateClosed) as caught:
        step(session, request_id, "lp.ingediend", "2026-09-10", way="koerier")
    assert "Vraag het na bij de IND" in str(caught.value.params["reason"])
    requests.record_asylum_check(session, family.persons, "antwoord.ja", date(2026, 9, 3), "IND")
    with pytest.raises(GateClosed) as caught:
        step(session, request_id, "lp.ingediend", "2026-09-10", way="koerier")
    assert "staan stil" in str(caught.value.params["reason"])
    requests.record_asylum_check(session, family.persons, "antwoord.nee", date(2026, 9, 5), "IND")
    step(session, request_id, "lp.ingediend", "2026-09-10", way="koerier")
    view = requests.load(session, request_id)
    assert view.gates_before("lp.ingediend") == ()
    assert [gate.on for gate in view.gates if gate.status is GateStatus.OPEN] == [date(2026, 9, 5)]


def test_one_person_of_whom_it_is_not_known_keeps_the_gate_shut(session: Session) -> None:
    from app.domain.kinds.person import Person

    two = register(
        session.store, "Hakobyan", *(Person(id=new_id(), scope="", family_name="H") for _n in range(2))
    )
    requests.record_asylum_check(session, two.persons[0], "antwoord.nee", date(2026, 9, 1), "IND")
    (fact,) = requests.asylum_facts(session, two.persons).values()
    assert fact.answer == ""
    assert set(requests.asylum_checks(session, two.persons)) == {two.persons[0]}


def test_a_return_is_a_new_event_and_no_date_is_overwritten(
    session: Session, request_id: str, family: Family
) -> None:
    filed(session, request_id, family)
    planned = {"planned_at": "2026-10-20T10:30", "place": "Den Haag"}
    kind = {"kind": session.content.ref("reisdocument", "presentatie.fysiek")}
    step(session, request_id, "lp.presentatie-gepland", "2026-09-20", **planned, **kind)
    cause = session.content.ref("reisdocument", "oorzaak.vervoer")
    step(session, request_id, "lp.presentatie-niet-doorgegaan", "2026-10-20", cause=cause)
    again = {"planned_at": "2026-12-01T09:00", "place": "Den Haag"}
    step(session, request_id, "lp.presentatie-gepland", "2026-10-22", **again, **kind)
    view = requests.load(session, request_id)
    assert [each.planned_at for each in view.events if each.planned_at] == [
        "2026-10-20T10:30",
        "2026-12-01T09:00",
    ]
    assert view.present_event is not None and view.present_event.planned_at == "2026-12-01T09:00"
    step(session, request_id, "lp.kopie-gegeven", "2026-10-25")
    assert requests.load(session, request_id).present_event == view.present_event


def test_not_appearing_asks_for_the_reason_and_whether_it_is_excusable(
    session: Session, request_id: str, family: Family
) -> None:
    filed(session, request_id, family)
    step(
        session, request_id, "lp.presentatie-gepland", "2026-09-20", planned_at="2026-10-20T10:30",
        unknown_fields="kind,place",
    )  # fmt: skip
    cause = session.content.ref("reisdocument", "oorzaak.niet-verschenen")
    with pytest.raises(DetailsMissing) as caught:
        step(session, request_id, "lp.presentatie-niet-doorgegaan", "2026-10-20", cause=cause)
    assert caught.value.params["fields"] == "Reden, Verschoonbaar"
    step(
        session, request_id, "lp.presentatie-niet-doorgegaan", "2026-10-20", cause=cause,
        unknown_fields="reason,excusable",
    )  # fmt: skip


def test_on_hold_every_term_stands_still_except_the_check_again(
    session: Session, request_id: str, family: Family
) -> None:
    filed(session, request_id, family)
    assert status_of(session, request_id, "termijn.lp-rappel") is TermStatus.RUNNING
    step(session, request_id, "lp.aangehouden", "2026-10-01", reason="nieuwe aanvraag")
    assert status_of(session, request_id, "termijn.lp-rappel") is TermStatus.PAUSED
    assert status_of(session, request_id, "termijn.lp-hercontrole") is TermStatus.RUNNING


def test_twelve_months_without_answer_only_warn(
    session: Session, request_id: str, family: Family, clock: Clock
) -> None:
    filed(session, request_id, family)
    at(session, "2027-10-01", clock)
    view = requests.load(session, request_id)
    (waiting,) = [each for each in view.terms if each.code == "termijn.lp-geen-antwoord"]
    assert waiting.due_on == date(2027, 9, 10)
    assert waiting.is_late(session.today)
    assert view.position.raw_code == "lp.ingediend"
    step(session, request_id, "lp.rappel", "2027-09-20", way="e-mail")
    (still,) = [each for each in requests.load(session, request_id).terms if each.code == waiting.code]
    assert still.due_on == waiting.due_on


def test_a_step_the_track_does_not_know_is_refused_with_both_names(session: Session, request_id: str) -> None:
    with pytest.raises(StepNotForeseen) as caught:
        step(session, request_id, "lp.afgegeven", "2026-09-03")
    assert caught.value.params == {"here": "Concept-opdracht", "there": "Afgegeven"}


def test_what_happened_lies_neither_ahead_nor_before_the_present_state(
    session: Session, request_id: str
) -> None:
    for day in ("2026-11-24", "2026-08-31"):
        with pytest.raises(EntryRefused) as caught:
            step(session, request_id, "lp.opdracht-dia", day)
        assert [found.field for found in caught.value.found] == ["on"]


def test_an_issued_document_is_registered_with_each_person(session: Session, clock: Clock) -> None:
    from app.domain.kinds.person import Person

    two = register(
        session.store, "Hakobyan", *(Person(id=new_id(), scope="", family_name="H") for _n in range(2))
    )
    request = Request(
        id=new_id(),
        scope=two.dossier,
        track=session.content.ref("reisdocument", "spoor.lp"),
        country=session.content.ref("landen", "AM"),
        purpose=session.content.ref("reisdocument", "doel.terugkeer"),
        unknown_fields="representation,cooperation",
    )
    made = requests.start(session, request, two.persons, on=date(2026, 9, 1)).record
    filed(session, made, two)
    step(session, made, "lp.toegezegd", "2026-10-01", unknown_fields="in_writing,conditions")
    issued = event(
        session, made, "lp.afgegeven", "2026-11-01", document_number="A1, A2", issued_on="2026-10-30",
        valid_until="2027-02-01", unknown_fields="kind,held_by",
    )  # fmt: skip
    requests.record_step(session, Step(event=issued, numbers={two.persons[0]: "A1", two.persons[1]: "A2"}))
    with session.store.read() as conn:
        papers = read_where(conn, Original, "request = ? ORDER BY number", (made,))
    assert [(paper.scope, paper.number, paper.valid_until) for paper in papers] == [
        (two.persons[0], "A1", "2027-02-01"),
        (two.persons[1], "A2", "2027-02-01"),
    ]
    session.store.undo()
    with session.store.read() as conn:
        assert read_where(conn, Original, "request = ?", (made,)) == []
    assert requests.load(session, made).position.raw_code == "lp.toegezegd"


def test_consent_with_a_last_day_is_no_document(session: Session, family: Family) -> None:
    request = Request(
        id=new_id(),
        scope=family.dossier,
        track=session.content.ref("reisdocument", "spoor.to"),
        country=session.content.ref("landen", "AM"),
    )
    made = requests.start(
        session, request, family.persons, on=date(2026, 9, 1), agreement="EU–Armenië"
    ).record
    step(session, made, "to.bij-dia", "2026-09-02")
    step(session, made, "to.ingediend", "2026-09-03", issued_on="2026-09-05", unknown_fields="kind")
    (answer,) = [each for each in requests.load(session, made).terms if each.code == "termijn.to-antwoord"]
    assert answer.due_on == date(2026, 9, 17)
    step(session, made, "to.akkoord", "2026-09-15", valid_until="2026-12-15", unknown_fields="conditions")
    with session.store.read() as conn:
        assert read_where(conn, Original, "1 = 1") == []


def test_a_step_may_complete_the_request_itself(session: Session, request_id: str, family: Family) -> None:
    before = requests.load(session, request_id).request
    requests.change(session, before, before.with_values(representation=None))
    step(session, request_id, "lp.opdracht-dia", "2026-09-02")
    requests.record_asylum_check(session, family.persons, "antwoord.nee", date(2026, 9, 1), "IND")
    made = event(session, request_id, "lp.ingediend", "2026-09-10", way="koerier")
    with pytest.raises(DetailsMissing):
        requests.record_step(session, made)
    now = requests.load(session, request_id).request
    requests.record_step(session, Step(event=made, request=now.with_values(representation="Brussel")))
    assert requests.load(session, request_id).request.representation == "Brussel"
    session.store.undo()
    view = requests.load(session, request_id)
    assert (view.request.representation, view.position.raw_code) == (None, "lp.opdracht-dia")


def test_a_day_set_by_hand_stands_above_the_rule_and_can_be_taken_back(
    session: Session, request_id: str, family: Family
) -> None:
    filed(session, request_id, family)
    request = requests.load(session, request_id).request
    with pytest.raises(EntryRefused):
        requests.set_term(session, request, "termijn.lp-presentatie", date(2026, 12, 1), " ")
    requests.set_term(session, request, "termijn.lp-presentatie", date(2026, 12, 1), "afspraak met de consul")
    requests.set_term(session, request, "termijn.lp-presentatie", date(2026, 12, 8), "verschoven")
    (moved,) = [
        each for each in requests.load(session, request_id).terms if each.code == "termijn.lp-presentatie"
    ]
    assert (moved.due_on, moved.computed_on) == (date(2026, 12, 8), date(2026, 11, 10))
    with session.store.read() as conn:
        assert len(read_where(conn, SetTerm, "about = ?", (request_id,))) == 1
    requests.drop_term(session, request, "termijn.lp-presentatie")
    (ruled,) = [
        each for each in requests.load(session, request_id).terms if each.code == "termijn.lp-presentatie"
    ]
    assert (ruled.due_on, ruled.manual) == (date(2026, 11, 10), None)


def test_a_mistake_is_mended_and_the_journal_keeps_both(
    session: Session, request_id: str, family: Family
) -> None:
    filed(session, request_id, family)
    before = requests.load(session, request_id).events[-1]
    requests.correct_step(session, before, before.with_values(on="2026-09-09"))
    assert requests.load(session, request_id).position.since == date(2026, 9, 9)
    session.store.undo()
    assert requests.load(session, request_id).position.since == date(2026, 9, 10)
