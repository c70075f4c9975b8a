"""What no merge of cells can see: a request in two states, and one V-number on two persons."""

from datetime import date

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import PersonNumber
from app.domain.kinds.request import Request, RequestEvent
from app.services import clear_up, overview_sheet, request_list, requests, take
from app.services.matter import Matter
from app.storage import project
from app.storage.uow import read_where
from tests.support.package_case import MadeFamily, Office


def over(sender: Office, receiver: Office, *dossiers: str) -> None:
    """A file with what is new."""
    take.accept(receiver.session, sender.give(receiver, dossiers=dossiers))


def both_ways(one: Office, other: Office, *dossiers: str) -> None:
    """Until both have the same."""
    for _round in range(2):
        over(one, other, *dossiers)
        over(other, one, *dossiers)


def step(office: Office, request: str, code: str, on: str) -> str:
    """Write a state down, as the page does."""
    scope = requests.load(office.session, request).request.scope
    kind = office.session.content.ref("reisdocument", code)
    made = RequestEvent(
        id=new_id(),
        scope=scope,
        request=request,
        event=kind,
        on=on,
        reason="Verzonnen",
        remark="Verzonnen",
        held_by="Verzonnen",
    )
    return requests.record_step(office.session, made).record


def open_on(office: Office) -> list[Matter]:
    return list(clear_up.matters(office.session))


@pytest.fixture
def family(anna: Office) -> MadeFamily:
    return anna.family()


@pytest.fixture
def request_id(anna: Office, bram: Office, family: MadeFamily) -> str:
    """A request of Anna's, at *concept*, that Bram has too."""
    content = anna.session.content
    made = Request(
        id=new_id(),
        scope=family.dossier,
        track=content.ref("reisdocument", "spoor.lp"),
        country=content.ref("landen", "AM"),
        purpose=content.ref("reisdocument", "doel.terugkeer"),
        representation="Den Haag",
        cooperation=content.ref("reisdocument", "medewerking.getekend"),
    )
    found = requests.start(anna.session, made, [family.person], on=date(2026, 9, 1)).record
    over(anna, bram, family.dossier)
    return found


def state(office: Office, request: str) -> str:
    """The present state; "" when it counts as unknown."""
    found = requests.load(office.session, request).position.state
    return found.code if found else ""


def test_states_side_by_side_count_as_unknown_until_one_is_chosen_for_everybody(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    holds = step(bram, request_id, "lp.vervallen", "2026-09-03")
    assert open_on(anna) == open_on(bram) == []
    both_ways(anna, bram, family.dossier)
    for office in (anna, bram):
        (one,) = open_on(office)
        assert (one.kind, one.family, len(one.answers)) == ("request", "Verzonnen", 2)
        assert state(office, request_id) == ""
    assert open_on(anna)[0].id == open_on(bram)[0].id, "the same on every laptop"
    notes = [answer.note for answer in open_on(anna)[0].answers]
    assert "hier geschreven" in notes[0] and "bestand van Bram" in notes[1]
    both_ways(anna, bram, family.dossier)
    assert len(open_on(anna)) == 1, "exchanging again multiplies nothing"
    clear_up.answer(bram.session, open_on(bram)[0].id, f"holds-{holds}")
    both_ways(anna, bram, family.dossier)
    for office in (anna, bram):
        assert open_on(office) == []
        assert state(office, request_id) == "lp.vervallen"
        with office.desk.store.read() as conn:
            assert project.differences(conn) == []


def test_no_list_or_paper_chooses_a_state(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    step(bram, request_id, "lp.vervallen", "2026-09-03")
    both_ways(anna, bram, family.dossier)
    (row,) = request_list.rows(anna.session, [request_id])
    assert row is not None and row.disputed and row.state_words == "" and not row.ended
    assert request_list.ids(anna.session, state=request_list.UNKNOWN) == (request_id,)
    assert request_list.ids(anna.session, state=request_list.ENDED) == ()
    found = overview_sheet.facts(anna.session, family.dossier)
    said = found.requests[0].state
    assert "Vervallen, volgens Bram" in said and "Opdracht bij DIA, volgens Anna" in said
    assert found.requests[0].on == "" and found.disputed
    clear_up.answer(anna.session, open_on(anna)[0].id, open_on(anna)[0].answers[1].code)
    assert request_list.ids(anna.session, state=request_list.ENDED) == (request_id,)
    assert overview_sheet.facts(anna.session, family.dossier).requests[0].state == "Vervallen"


def test_a_state_written_twice_is_one_too_many(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    for office, day in ((anna, "2026-09-02"), (bram, "2026-09-04")):
        step(office, request_id, "lp.opdracht-dia", day)
    both_ways(anna, bram, family.dossier)
    assert [one.kind for one in open_on(anna)] == ["request"]


def test_states_in_a_row_of_two_officers_are_no_matter(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    over(anna, bram, family.dossier)
    step(bram, request_id, "lp.teruggestuurd", "2026-09-03")
    over(bram, anna, family.dossier)
    assert open_on(anna) == open_on(bram) == []
    assert state(anna, request_id) == "lp.teruggestuurd"


def test_a_next_state_settles_it(anna: Office, bram: Office, family: MadeFamily, request_id: str) -> None:
    for office, day in ((anna, "2026-09-02"), (bram, "2026-09-04")):
        step(office, request_id, "lp.opdracht-dia", day)
    both_ways(anna, bram, family.dossier)
    step(anna, request_id, "lp.teruggestuurd", "2026-09-05")
    both_ways(anna, bram, family.dossier)
    assert open_on(anna) == open_on(bram) == []
    assert state(bram, request_id) == "lp.teruggestuurd"


def test_a_step_that_one_officer_wrote_out_of_order_is_no_matter(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    first = requests.load(anna.session, request_id).events[0]
    requests.correct_step(anna.session, first, first.with_values(on="2026-09-04"))
    both_ways(anna, bram, family.dossier)
    assert not requests.load(anna.session, request_id).position.steps[-1].is_foreseen
    assert open_on(anna) == open_on(bram) == []


@pytest.mark.parametrize(("day", "left"), [("2026-09-03", None), ("2026-09-04", "2026-09-04")])
def test_both_happened_in_the_order_that_the_track_allows(
    anna: Office, bram: Office, family: MadeFamily, request_id: str, day: str, left: str | None
) -> None:
    """Withdrawn is the last of the two; on another day before the other, its day is not known any more."""
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    over(anna, bram, family.dossier)
    step(anna, request_id, "lp.ingetrokken", day)
    first = step(bram, request_id, "lp.teruggestuurd", "2026-09-04")
    both_ways(anna, bram, family.dossier)
    (one,) = open_on(bram)
    assert [answer.code for answer in one.answers][2:] == [f"both-{first}"]
    assert one.answers[2].words == "Beide gebeurden: eerst Teruggestuurd, onvolledig, dan Ingetrokken"
    assert bool(one.answers[2].note) is (left is None)
    assert state(bram, request_id) == ""
    clear_up.answer(bram.session, one.id, f"both-{first}")
    both_ways(anna, bram, family.dossier)
    for office in (anna, bram):
        assert open_on(office) == [] and state(office, request_id) == "lp.ingetrokken"
        events = requests.load(office.session, request_id).events
        assert [event.on for event in events][-2:] == ["2026-09-04", left]
        with office.desk.store.read() as conn:
            assert project.differences(conn) == []


def test_both_is_no_answer_where_the_track_does_not_know_that_order(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    step(bram, request_id, "lp.vervallen", "2026-09-03")
    both_ways(anna, bram, family.dossier)
    assert {answer.code.partition("-")[0] for answer in open_on(anna)[0].answers} == {"holds"}


def test_states_that_the_track_foresees_one_after_the_other_are_one_course(
    anna: Office, bram: Office, family: MadeFamily, request_id: str
) -> None:
    """Neither knew of the other, and both are true: nobody is asked to choose."""
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    over(anna, bram, family.dossier)
    step(anna, request_id, "lp.aangehouden", "2026-09-03")
    step(bram, request_id, "lp.ingetrokken", "2026-09-05")
    both_ways(anna, bram, family.dossier)
    for office in (anna, bram):
        assert open_on(office) == [] and state(office, request_id) == "lp.ingetrokken"


@pytest.fixture
def twins(anna: Office, bram: Office) -> tuple[MadeFamily, MadeFamily]:
    """Two families, each of one officer, with a person who has one V-number."""
    made = anna.family("Eerste"), bram.family("Tweede")
    for office, one in zip((anna, bram), made, strict=True):
        kind = office.session.content.ref("basis", "nummer.v-nummer")
        with office.desk.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.add(PersonNumber(id=new_id(), scope=one.person, kind=kind, value="0000000001"))
    over(anna, bram, made[0].dossier)
    over(bram, anna, made[1].dossier)
    return made


def numbers(office: Office) -> int:
    with office.desk.store.read() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM r_person_number").scalar_one())


@pytest.mark.parametrize(("answer", "left"), [(0, 1), (2, 2)])
def test_one_v_number_on_two_persons(
    anna: Office, bram: Office, twins: tuple[MadeFamily, MadeFamily], answer: int, left: int
) -> None:
    (matter,) = open_on(anna)
    assert (matter.kind, matter.about, len(matter.answers)) == ("person", "0000000001", 3)
    assert open_on(bram)[0].id == matter.id
    clear_up.answer(anna.session, matter.id, matter.answers[answer].code)
    both_ways(anna, bram, *(one.dossier for one in twins))
    for office in (anna, bram):
        # of one person the two names that stand are the next question
        assert [one.kind for one in open_on(office)] == ["same"] * (answer == 2)
        assert numbers(office) == left


def test_a_look_at_a_file_says_what_there_will_be_to_clear_up(
    anna: Office, bram: Office, twins: tuple[MadeFamily, MadeFamily], request_id: str
) -> None:
    """The V-number that stands twice already is no news; one that stands twice in the file itself is."""
    kind = anna.session.content.ref("basis", "nummer.v-nummer")
    others = [anna.family(f"Gezin {number}") for number in range(6)]
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        for number, other in enumerate(others):
            value = f"000000010{number // 2}"
            uow.add(PersonNumber(id=new_id(), scope=other.person, kind=kind, value=value))
    step(anna, request_id, "lp.opdracht-dia", "2026-09-02")
    step(bram, request_id, "lp.vervallen", "2026-09-03")
    with anna.desk.store.read() as conn:
        (dossier,) = conn.exec_driver_sql("SELECT scope FROM r_request").scalars()
    file = anna.give(bram, dossiers=(dossier, *(each.dossier for each in others)))
    before, tables = {one.id for one in open_on(bram)}, bram.tables()
    seen = take.look(bram.session, file)
    assert bram.tables() == tables, "a look leaves nothing"
    assert seen.to_clear_up == (
        ("Hetzelfde V-nummer bij 2 personen", 3),
        ("Een aanvraag in twee standen", 1),
    )
    take.accept(bram.session, file)
    came = [one.title for one in open_on(bram) if one.id not in before and one.kind != "alike"]
    assert sorted(came) == sorted(name for name, count in seen.to_clear_up for _each in range(count))
    assert take.look(bram.session, file).to_clear_up == ()


def test_as_many_persons_are_named_as_have_the_number(
    anna: Office, bram: Office, twins: tuple[MadeFamily, MadeFamily]
) -> None:
    assert open_on(anna)[0].title == "Hetzelfde V-nummer bij 2 personen"
    third = anna.family("Derde")
    kind = anna.session.content.ref("basis", "nummer.v-nummer")
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(PersonNumber(id=new_id(), scope=third.person, kind=kind, value="0000000001"))
    (matter,) = open_on(anna)
    assert matter.title == "Hetzelfde V-nummer bij 3 personen"
    assert len(matter.words.split(" / ")) == 3


def test_both_say_that_they_are_one_person(
    anna: Office, bram: Office, twins: tuple[MadeFamily, MadeFamily]
) -> None:
    for office in (anna, bram):
        clear_up.answer(office.session, open_on(office)[0].id, "same-person")
    both_ways(anna, bram, *(one.dossier for one in twins))
    for office in (anna, bram):
        (left,) = open_on(office)
        assert (left.kind, left.title) == ("same", "Achternaam")
    clear_up.answer(bram.session, open_on(bram)[0].id, "side-1")
    both_ways(anna, bram, *(one.dossier for one in twins))
    assert open_on(anna) == open_on(bram) == []


def test_who_is_shielded_is_not_linked_by_one_answer(
    anna: Office, twins: tuple[MadeFamily, MadeFamily]
) -> None:
    with anna.desk.store.write(verbs.MEMBER_CHANGED) as uow:
        (member,) = read_where(uow.conn, Membership, "person = ?", (twins[0].person,))
        uow.save(member, member.with_values(shielded=1))
    (matter,) = open_on(anna)
    assert "same-person" not in {answer.code for answer in matter.answers}
