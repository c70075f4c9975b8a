"""The states of a dossier: parallel tracks, what makes way, what is always possible, and that a deed can be undone."""

from datetime import date

import pytest

from app.content.load import Content
from app.domain import case_state
from app.domain.entry import EntryRefused, NotYet
from app.domain.guidance import Mark
from app.domain.ident import new_id
from app.domain.kinds.departure import Departure
from app.domain.kinds.dossier import Owner
from app.services import case_states, state_proposals
from app.services.case_states import BeforeItsPredecessor, NewState, OutflowFirst, StandsAlready
from app.services.session import Session
from tests.support.family import add, register
from tests.support.request_case import begin_request

DAY = date(2026, 10, 1)


def begin(session: Session, dossier: str, code: str, on: date = DAY, **more: object) -> None:
    wish = NewState(dossier=dossier, code=f"stand.{code}", on=on, **more)  # type: ignore[arg-type]
    case_states.begin(session, wish)


def standing(session: Session, dossier: str, person: str = "") -> set[str]:
    found = case_states.of_dossier(session, dossier)
    return {code.removeprefix("stand.") for code in case_states.standing_codes(found, person)}


def problem_of(refused: pytest.ExceptionInfo[EntryRefused]) -> object:
    return refused.value.found[0].problem


def test_the_table_of_transitions_is_content_with_its_mark_and_sources(content: Content) -> None:
    assert list(content.case_states) == [f"stand.s{number}" for number in range(12)]
    for state in content.case_states.values():
        assert state.rule.mark is Mark.ASSUMPTION
        assert state.rule.sources
        assert state.enters.nl and state.leaves.en
    assert [code for code, state in content.case_states.items() if state.is_parallel] == [
        "stand.s5", "stand.s6", "stand.s7",
    ]  # fmt: skip


def test_back_and_forth_suspension_and_outflow_are_always_offered_near(content: Content) -> None:
    for code in content.case_states:
        offered = case_state.offered(content.case_states, [code])
        near = {state.code for state in (*offered.first, *offered.always)}
        assert {"stand.s7", "stand.s10"} - {code} <= near, code
        assert {state.code for state in offered.all} == set(content.case_states) - {code}
    assert "stand.s4" in [s.code for s in case_state.offered(content.case_states, ["stand.s3"]).first]
    assert "stand.s3" in [s.code for s in case_state.offered(content.case_states, ["stand.s4"]).first]


def test_what_lies_at_hand_follows_the_main_course_and_not_what_stands_beside_it(content: Content) -> None:
    near = case_state.offered(content.case_states, ["stand.s6", "stand.s2"]).first
    assert [state.code for state in near] == ["stand.s3", "stand.s4", "stand.s9"]
    alone = case_state.offered(content.case_states, ["stand.s6"]).first
    assert [state.code for state in alone] == ["stand.s8"]


def test_an_empty_dossier_is_offered_its_first_state(content: Content) -> None:
    assert [state.code for state in case_state.offered(content.case_states, []).first] == ["stand.s0"]


def test_a_state_of_the_main_course_ends_the_one_before_and_leaves_parallel_ones(session: Session) -> None:
    dossier = register(session.store).dossier
    for code in ("s3", "s5", "s7"):
        begin(session, dossier, code)
    begin(session, dossier, "s4", date(2026, 10, 9), reason="Hulp niet aangenomen")
    assert standing(session, dossier) == {"s4", "s5", "s7"}
    ended = next(each for each in case_states.of_dossier(session, dossier) if each.code == "stand.s3")
    assert ended.record.to_on == "2026-10-09"
    assert session.store.undo() is not None
    assert standing(session, dossier) == {"s3", "s5", "s7"}


def test_detention_proposes_to_end_the_measure_and_does_so_when_told(session: Session) -> None:
    dossier = register(session.store).dossier
    begin(session, dossier, "s4")
    begin(session, dossier, "s6")
    found = case_states.of_dossier(session, dossier)
    must, mostly = case_states.makes_way(session, found, "stand.s8")
    assert ([each.code for each in must], [each.code for each in mostly]) == (["stand.s4"], ["stand.s6"])
    begin(session, dossier, "s8", also_ends=("stand.s6",))
    assert standing(session, dossier) == {"s8"}


def test_a_member_has_a_course_of_their_own(session: Session) -> None:
    family = register(session.store)
    begin(session, family.dossier, "s3")
    begin(session, family.dossier, "s8", person=family.persons[0])
    assert standing(session, family.dossier) == {"s3"}
    assert standing(session, family.dossier, family.persons[0]) == {"s8"}


def test_what_is_refused(session: Session) -> None:
    dossier = register(session.store).dossier
    begin(session, dossier, "s3")
    with pytest.raises(EntryRefused) as twice:
        begin(session, dossier, "s3", date(2026, 10, 9))
    assert isinstance(problem_of(twice), StandsAlready)
    with pytest.raises(EntryRefused) as backwards:
        begin(session, dossier, "s4", date(2026, 9, 30))
    assert isinstance(problem_of(backwards), BeforeItsPredecessor)
    with pytest.raises(EntryRefused) as early:
        begin(session, dossier, "s4", date(2027, 1, 1))
    assert isinstance(problem_of(early), NotYet)
    with pytest.raises(EntryRefused) as gone:
        begin(session, dossier, "s10")
    assert isinstance(problem_of(gone), OutflowFirst)
    assert standing(session, dossier) == {"s3"}


def test_ending_a_parallel_state_and_mending_its_days(session: Session) -> None:
    dossier = register(session.store).dossier
    begin(session, dossier, "s7")
    record = case_states.of_dossier(session, dossier)[0].record
    with pytest.raises(EntryRefused):
        case_states.mend(session, record, record.with_values(to_on="2026-09-01"))
    case_states.mend(session, record, record.with_values(to_on="2026-11-01"))
    assert standing(session, dossier) == set()
    case_states.remove(session, record.id)
    assert case_states.of_dossier(session, dossier) == ()


def proposed(session: Session, dossier: str) -> dict[str, str]:
    found = state_proposals.standing_proposals(session, dossier)
    return {each.state.code.removeprefix("stand."): "ends" if each.ends else "begins" for each in found}


def test_a_running_request_and_a_planned_departure_propose_their_states(session: Session) -> None:
    case = begin_request(session)
    assert proposed(session, case.dossier) == {"s5": "begins"}
    plan = Departure(id=new_id(), scope=case.dossier, planned_on="2026-12-24")
    owner = Owner(id=new_id(), scope=case.dossier, officer=session.officer, from_on="2026-09-01")
    add(session.store, plan, owner)
    assert proposed(session, case.dossier) == {"s1": "begins", "s5": "begins", "s9": "begins"}
    begin(session, case.dossier, "s3")
    begin(session, case.dossier, "s5")
    assert proposed(session, case.dossier) == {"s9": "begins"}
    begin(session, case.dossier, "s9")
    assert proposed(session, case.dossier) == {}


def test_a_state_whose_fact_is_over_is_proposed_to_end(session: Session) -> None:
    dossier = register(session.store).dossier
    begin(session, dossier, "s5")
    begin(session, dossier, "s9")
    assert proposed(session, dossier) == {"s5": "ends", "s9": "ends"}


def test_what_ended_does_not_stand_again_beside_what_came_after_it(session: Session) -> None:
    family = register(session.store)
    begin(session, family.dossier, "s1")
    begin(session, family.dossier, "s5")
    begin(session, family.dossier, "s2", date(2026, 10, 5))
    ended = next(
        each for each in case_states.of_dossier(session, family.dossier) if each.code == "stand.s1"
    ).record
    with pytest.raises(EntryRefused) as refused:
        case_states.mend(session, ended, ended.with_values(to_on=None))
    assert isinstance(problem_of(refused), case_states.StandsBeside)
    case_states.mend(session, ended, ended.with_values(to_on="2026-10-04"))
    after = case_states.of_dossier(session, family.dossier)
    parallel = next(each for each in after if each.code == "stand.s5").record
    done = parallel.with_values(to_on="2026-10-06")
    case_states.mend(session, parallel, done)
    case_states.mend(session, done, parallel)
    assert standing(session, family.dossier) == {"s2", "s5"}
