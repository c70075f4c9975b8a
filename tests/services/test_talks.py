"""A talk through its services on a real store: planned, begun, answered, agreed, finished; silence is no answer."""

import pytest

from app.domain.entry import EntryRefused
from app.domain.ident import new_id
from app.domain.kinds.dossier import Phase
from app.domain.kinds.talk import Agreement
from app.services import (
    circumstances,
    talk_agreements,
    talk_board,
    talk_list,
    talk_proposal,
    talk_view,
    talks,
)
from app.services.circumstances import CircumstancesOpen, ReasonMissing
from app.services.session import Session
from app.services.talk_list import Part, State
from app.services.talk_view import NoSuchTalk
from app.services.talks import NobodyPresent, NoMoment, PhaseReasonMissing
from tests.support.family_case import register_family
from tests.support.session_fixture import Clock
from tests.support.talk_case import TalkCase, answer_all_topics, begin_again, begin_talk, talk_of


def _mark(session: Session, case: TalkCase, reason: str | None = "Stelt zelf vragen.") -> Phase:
    phase = session.content.ref("fasen", "fase.besluitvorming")
    return Phase(
        id=new_id(),
        scope=case.dossier,
        person=case.persons[0],
        phase=phase,
        from_on="2026-11-23",
        reason=reason,
    )


def _agree(session: Session, case: TalkCase, what: str, due_on: str | None = None) -> Agreement:
    made = Agreement(
        id=new_id(), scope=case.dossier, talk=case.talk, who="Voorbeeld", what=what, due_on=due_on
    )
    talks.agree(session, None, made)
    return made


def test_a_first_talk_is_proposed_with_the_adults(session: Session) -> None:
    family = register_family(session, "Voorbeeld", "1984", "1986", "2015", "?")
    form = talk_proposal.propose(session, family.dossier.id)
    assert session.content.label(form.talk.kind) == "Eerste gesprek"
    assert form.talk.phase is None
    assert [each.is_child for each in form.candidates] == [False, False, True, None]
    assert form.persons == tuple(each.person for each in form.candidates if each.is_child is not True)


def test_the_next_talk_is_proposed_from_what_came_before(session: Session, clock: Clock) -> None:
    case = begin_talk(session)
    answer_all_topics(session, case)
    before = talk_of(session, case)
    talks.finish(session, before, before, phases=[_mark(session, case)])
    clock.forward(days=7)
    form = talk_proposal.propose(session, case.dossier)
    assert session.content.label(form.talk.kind) == "Vervolggesprek"
    assert session.content.label(form.talk.phase) == "Besluitvorming"
    assert form.last_phase is not None and form.last_phase.reason == "Stelt zelf vragen."
    assert (form.talk.place, form.talk.interpreter) == (before.place, before.interpreter)


def test_a_talk_is_with_somebody_and_a_planned_one_has_a_day(session: Session) -> None:
    form = talk_proposal.propose(session, register_family(session, "Voorbeeld").dossier.id)
    with pytest.raises(EntryRefused) as refused:
        talks.plan(session, form.talk.with_values(goal="a\x00b"), ())
    found = {each.field: type(each.problem) for each in refused.value.found}
    assert (found["persons"], found["planned_at"]) == (NobodyPresent, NoMoment)
    assert "goal" in found, "all at once"
    with pytest.raises(EntryRefused):
        talks.begin(session, form.talk, ())
    with pytest.raises(EntryRefused):
        talks.begin(session, form.talk.with_values(goal="a\x00b"), form.persons)
    assert talk_list.counts(session) == {Part.OPEN: 0, Part.PLANNED: 0, Part.HELD: 0}


def test_a_planned_talk_is_prepared_and_begun_in_one_step(session: Session) -> None:
    family = register_family(session, "Voorbeeld", "1984", "1986")
    form = talk_proposal.propose(session, family.dossier.id)
    talk = form.talk.with_values(planned_at="2026-11-24T10:00")
    talks.plan(session, talk, form.persons, {"VG-01": "antwoord.ja"})
    assert talk_list.ids(session, Part.PLANNED) == (talk.id,)
    again = talk_proposal.open_planned(session, talk.id)
    assert again.answers == {"VG-01": "antwoord.ja"}
    assert again.before is not None
    answers = {"VG-01": "", "VG-02": "antwoord.nee"}
    talks.prepare(session, again.before, again.talk, form.persons[:1], answers, begin=True)
    view = talk_view.load(session, talk.id)
    assert view.talk.started_at
    assert view.persons == form.persons[:1]
    assert set(view.answers) == {"VG-02"}
    assert session.store.undo() is not None
    assert set(talk_view.load(session, talk.id).answers) == {"VG-01"}
    assert talk_view.load(session, talk.id).talk.started_at is None


def test_an_answer_can_be_changed_and_taken_back(session: Session) -> None:
    case = begin_talk(session)
    talk = talk_of(session, case)
    talks.answer(session, talk, "OP-01", "antwoord.ja")
    talks.answer(session, talk, "OP-01", "antwoord.nee")
    (answer,) = talk_view.load(session, case.talk).answers.values()
    assert answer.answer == session.content.ref("basis", "antwoord.nee")
    assert answer.item == session.content.ref("fasen", "OP-01")
    session.store.undo()
    assert talk_view.load(session, case.talk).answers["OP-01"].answer == session.content.ref(
        "basis", "antwoord.ja"
    )
    talks.answer(session, talk, "OP-01", "")
    assert talk_view.load(session, case.talk).answers == {}


def test_notes_of_two_writers_both_stand(session: Session) -> None:
    case = begin_talk(session)
    read = talk_of(session, case)
    talks.save(session, read, read.with_values(notes="van mij"))
    moved = talks.save(session, read, read.with_values(notes="van een collega")).moved
    assert [cell.field for cell in moved] == ["notes"]


def test_agreements_stay_open_over_talks_until_they_are_done(session: Session, clock: Clock) -> None:
    case = begin_talk(session)
    late, later = (
        _agree(session, case, "belt de school"),
        _agree(session, case, "zoekt de akte", "2026-11-27"),
    )
    assert talk_agreements.open_agreements(session, case.dossier) == (later, late)
    clock.forward(days=4)
    second = begin_again(session, case.dossier)
    assert len(talk_view.load(session, second.talk).earlier_agreements) == 2
    talks.agree(session, later, later.with_values(done_on="2026-11-27"))
    talks.drop_agreement(session, late)
    assert talk_view.load(session, second.talk).earlier_agreements == ()


def test_silence_keeps_a_talk_from_being_finished_and_none_does_not(session: Session) -> None:
    case = begin_talk(session)
    before = talk_of(session, case)
    with pytest.raises(CircumstancesOpen) as refused:
        talks.finish(session, before, before)
    assert "Gezondheid" in str(refused.value.params["topics"])
    answer_all_topics(session, case)
    talks.finish(session, before, before)
    assert talk_list.ids(session, Part.HELD) == (case.talk,)


def test_not_asked_needs_its_reason(session: Session) -> None:
    case = begin_talk(session)
    talk = talk_of(session, case)
    with pytest.raises(ReasonMissing):
        circumstances.ask(session, talk, "bijz.veiligheid", circumstances.NOT_ASKED, reason="  ")
    circumstances.ask(session, talk, "bijz.veiligheid", circumstances.NOT_ASKED, reason="partner zat erbij")
    row = talk_view.load(session, case.talk).circumstances["bijz.veiligheid"]
    assert row.reason == "partner zat erbij"


def test_a_phase_needs_its_reason_and_is_kept_with_the_minutes(session: Session) -> None:
    case = begin_talk(session)
    answer_all_topics(session, case)
    before = talk_of(session, case)
    with pytest.raises(PhaseReasonMissing):
        talks.finish(session, before, before, phases=[_mark(session, case, None)])
    talks.finish(
        session,
        before,
        before,
        phases=[_mark(session, case)],
        minutes={"stap.opening": 4, "stap.afspraken": 0},
    )
    assert talk_view.load(session, case.talk).minutes == {"stap.opening": 4}
    marks = {mark.person: mark.last for mark in talk_board.read(session, case.talk).marks}
    last = marks[case.persons[0]]
    assert last is not None and last.reason == "Stelt zelf vragen."
    assert marks[""] is None


def test_the_board_counts_talks_and_hides_no_open_topic(session: Session, clock: Clock) -> None:
    case = begin_talk(session)
    clock.forward(hours=1)
    second = begin_again(session, case.dossier)
    board = talk_board.read(session, second.talk)
    assert (board.number, board.state, board.phase) == (2, State.RUNNING, "Overpeinzing")
    assert board.open_topics == session.content.topics
    steps = {each.step.code: [item.code for item in each.items] for each in board.steps}
    assert len(board.steps) == 8
    assert [code for code in steps["stap.verdieping"] if code.startswith("OP-")] == [
        f"OP-0{at}" for at in range(1, 10)
    ]
    assert steps["stap.bijzonderheden"] == []
    assert board.after[0].code == "TG-05"


def test_every_item_of_every_kind_has_exactly_one_place(session: Session) -> None:
    case = begin_talk(session)
    content = session.content
    during = [item.code for item in content.talk_items if item.part == "moment.tijdens"]
    for code, kind in content.talk_kinds.items():
        talk = talk_of(session, case)
        talks.save(session, talk, talk.with_values(kind=content.ref("gesprek", code)))
        board = talk_board.read(session, case.talk)
        placed = [item.code for each in board.steps for item in each.items] + ["TG-05"]
        phase = [item.code for item in content.phases[1].items] if kind.has_phase_checklist else []
        assert sorted(placed) == sorted([*during, *phase, *(item.code for item in kind.items)])


def test_the_lists_follow_a_talk(session: Session, clock: Clock) -> None:
    case = begin_talk(session)
    clock.forward(days=2)
    assert talk_list.ids(session, Part.OPEN) == (case.talk,)
    row = talk_list.rows(session, [case.talk, new_id()])[case.talk]
    assert (row.family, row.state, row.days_late, row.at) == ("Voorbeeld", State.RUNNING, 2, "10:30")
    answer_all_topics(session, case)
    before = talk_of(session, case)
    talks.finish(session, before, before)
    talks.mark_transferred(session, talk_of(session, case))
    assert talk_list.of_dossier(session, case.dossier)[0].transferred
    with pytest.raises(NoSuchTalk):
        talk_board.read(session, new_id())


def test_a_cancelled_talk_leaves_the_agenda_and_stays_in_the_dossier(session: Session) -> None:
    form = talk_proposal.propose(session, register_family(session, "Voorbeeld").dossier.id)
    talks.plan(session, form.talk.with_values(planned_at="2026-11-24"), form.persons)
    talks.cancel(session, talk_view.load(session, form.talk.id).talk, "ziek")
    assert talk_list.ids(session, Part.PLANNED) == ()
    assert [row.state for row in talk_list.of_dossier(session, form.talk.scope)] == [State.CANCELLED]
