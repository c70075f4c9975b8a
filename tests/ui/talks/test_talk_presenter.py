"""Talk mode without a window: minutes, steps, notes as drafts and as changes, what waits for its reason."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.services import circumstances, drafts, talk_view, talks
from app.services.session import Session
from app.services.talk_board import DRAFT
from tests.support.session_fixture import Clock
from tests.support.talk_case import TalkCase, begin_talk, talk_of
from tests.ui.conftest import RunAtOnce
from ui.presenters.talk_clock import TalkClock
from ui.presenters.talk_form_presenter import TalkFormPresenter
from ui.presenters.talk_line import Head, StepContent, StepLine, TopicLine
from ui.presenters.talk_presenter import TalkPresenter


class _Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.notes = self.draft = self.saved = self.problem = self.minutes = ""
        self.touched = False
        self.head: Head | None = None
        self.content: StepContent | None = None
        self.steps: Sequence[StepLine] = ()
        self.topics: Sequence[TopicLine] = ()
        self.agreements: list[str] = []
        self.told: dict[str, str] = {}
        self.said: list[str] = []

    def show_head(self, head: Head) -> None:
        self.head = head

    def show_minutes(self, words: str, lines: Sequence[StepLine]) -> None:
        self.minutes, self.steps = words, lines

    def show_step(self, content: StepContent) -> None:
        self.content = content

    def show_topics(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        self.topics = lines

    def show_agreements(self, lines: Sequence[Any], earlier: Sequence[Any]) -> None:
        self.agreements = [line.main for line in lines]

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.people = pairs

    def show_notes(self, notes: str) -> None:
        self.notes = notes

    def notes_are_touched(self) -> bool:
        return self.touched

    def show_draft(self, sentence: str) -> None:
        self.draft = sentence

    def show_saved(self, words: str) -> None:
        self.saved = words

    def show_problem(self, sentence: str) -> None:
        self.problem = sentence

    def show_told(self, topic: str, told: str) -> None:
        self.told[topic] = told

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def case(session: Session) -> TalkCase:
    return begin_talk(session)


@pytest.fixture
def screen() -> _Screen:
    return _Screen()


@pytest.fixture
def presenter(session: Session, case: TalkCase, screen: _Screen, run_at_once: RunAtOnce) -> TalkPresenter:
    made = TalkPresenter(session, run_at_once, screen)
    made.open(case.talk)
    return made


def _stored(session: Session, case: TalkCase) -> str:
    return talk_of(session, case).notes or ""


def test_the_head_names_people_and_kind(presenter: TalkPresenter, screen: _Screen) -> None:
    assert screen.head is not None
    assert screen.head.title == "Voorbeeld en Voorbeeld Voorbeeld"
    assert screen.head.quiet == "Eerste gesprek, fase Overpeinzing, geen tolk nodig"
    assert presenter.step == "stap.opening"


def test_minutes_are_counted_per_step_and_stand_still_in_a_pause(
    presenter: TalkPresenter, screen: _Screen, clock: Clock
) -> None:
    clock.forward(minutes=4, seconds=10)
    presenter.walk(1)
    clock.forward(minutes=2)
    presenter.pause()
    clock.forward(hours=3)
    presenter.go_on()
    clock.forward(seconds=50)
    presenter.tick()
    assert screen.minutes == "7 min"
    assert [(line.minutes, line.state) for line in screen.steps[:3]] == [
        ("4 min", "done"), ("2 van 5", "now"), ("15 min", "to_come"),
    ]  # fmt: skip


def test_a_clock_set_back_counts_nothing(clock: Clock) -> None:
    made = TalkClock(clock)
    made.run()
    clock.forward(hours=-1)
    made.count("a")
    assert made.total() == 0
    assert made.minutes() == {}


def test_a_pause_in_typing_keeps_a_draft_and_no_change(
    presenter: TalkPresenter, session: Session, case: TalkCase
) -> None:
    presenter.notes.typed("half woord")
    draft = drafts.find(session, DRAFT, case.talk)
    assert draft is not None and draft.typed["notes"] == "half woord"
    assert _stored(session, case) == ""


def test_leaving_the_notes_writes_one_change_and_frees_the_draft(
    presenter: TalkPresenter, screen: _Screen, session: Session, case: TalkCase
) -> None:
    before = session.store.next_undo()
    presenter.notes.typed("eerste")
    presenter.notes.left("eerste zin")
    assert _stored(session, case) == "eerste zin"
    draft = drafts.find(session, DRAFT, case.talk)
    assert draft is not None and "notes" not in draft.typed
    assert screen.saved == "Bewaard om 10:30:00"
    first = session.store.next_undo()
    presenter.notes.left("eerste zin")
    assert session.store.next_undo() == first != before


def test_saving_twice_in_a_row_is_no_difference_with_oneself(
    presenter: TalkPresenter, screen: _Screen, session: Session, case: TalkCase
) -> None:
    presenter.notes.left("een")
    presenter.notes.left("een twee")
    assert _stored(session, case) == "een twee"
    assert screen.said == []


def test_a_colleagues_notes_are_not_lost(
    presenter: TalkPresenter, screen: _Screen, session: Session, case: TalkCase
) -> None:
    read = talk_of(session, case)
    talks.save(session, read, read.with_values(notes="van een collega"))
    screen.touched = True
    presenter.reload()
    presenter.notes.left("van mij")
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT field FROM j_conflict").scalars().all() == ["notes"]
    assert "Beide teksten" in screen.said[-1]


def test_notes_of_before_a_crash_are_offered_and_wait_for_an_answer(
    presenter: TalkPresenter, session: Session, case: TalkCase, run_at_once: RunAtOnce
) -> None:
    presenter.notes.typed("wat er was")
    again = _Screen()
    after = TalkPresenter(session, run_at_once, again)
    after.open(case.talk)
    assert "niet bewaard" in again.draft
    after.notes.typed("nieuw getypt")  # the offer is not answered yet
    third = _Screen()
    last = TalkPresenter(session, run_at_once, third)
    last.open(case.talk)
    last.notes.take_offer()
    assert _stored(session, case) == "wat er was\n\nnieuw getypt"
    assert third.draft == ""


def test_thrown_away_notes_are_not_offered_again(
    presenter: TalkPresenter, session: Session, case: TalkCase, run_at_once: RunAtOnce
) -> None:
    presenter.notes.typed("weg hiermee")
    again = _Screen()
    after = TalkPresenter(session, run_at_once, again)
    after.open(case.talk)
    after.notes.drop_offer()
    third = _Screen()
    TalkPresenter(session, run_at_once, third).open(case.talk)
    assert (third.draft, third.notes) == ("", "")


def test_minutes_and_step_are_taken_up_after_a_crash(
    presenter: TalkPresenter, session: Session, case: TalkCase, clock: Clock, run_at_once: RunAtOnce
) -> None:
    clock.forward(minutes=3)
    presenter.choose_step("stap.afspraken")
    screen = _Screen()
    after = TalkPresenter(session, run_at_once, screen)
    after.open(case.talk)
    assert (after.step, screen.minutes) == ("stap.afspraken", "3 min")


def test_not_asked_waits_for_its_reason(
    presenter: TalkPresenter, session: Session, case: TalkCase, screen: _Screen
) -> None:
    presenter.choose_step("stap.bijzonderheden")
    assert screen.content is not None and screen.content.count == "0 van 5 beantwoord"
    presenter.ask("bijz.veiligheid", circumstances.NOT_ASKED)
    assert talk_view.load(session, case.talk).circumstances == {}
    presenter.ask("bijz.veiligheid", circumstances.NOT_ASKED, reason="partner zat erbij")
    assert screen.content.count == "1 van 5 beantwoord"


def test_what_lies_apart_is_shown_only_when_asked_for(
    presenter: TalkPresenter, case: TalkCase, screen: _Screen
) -> None:
    person = case.persons[1]
    presenter.ask("bijz.gezondheid", circumstances.YES, told="rolstoel nodig", person=person)
    line = next(line for line in screen.topics if line.key == "bijz.gezondheid")
    assert (line.apart, line.has_apart, line.told) == (True, True, "")
    assert screen.told == {}
    presenter.show_apart("bijz.gezondheid", person)
    assert screen.told == {"bijz.gezondheid": "rolstoel nodig"}


def test_an_agreement_is_added_and_taken_back(
    presenter: TalkPresenter, screen: _Screen, session: Session
) -> None:
    presenter.agree("Voorbeeld", "belt de school", "2026-11-27")
    assert screen.agreements == ["Voorbeeld: belt de school"]
    session.store.undo()
    presenter.reload()
    assert screen.agreements == []


def test_what_cannot_be_kept_is_said_and_stays_a_draft(
    presenter: TalkPresenter, screen: _Screen, session: Session, case: TalkCase
) -> None:
    presenter.notes.left("a\x00b")
    assert screen.problem
    assert _stored(session, case) == ""
    draft = drafts.find(session, DRAFT, case.talk)
    assert draft is not None and draft.typed["notes"] == "a\x00b"


class _FormScreen:
    def __init__(self) -> None:
        self.typed: Any = None
        self.draft = self.hint = self.talk = ""
        self.problems: dict[str, str] = {}

    def show_form(self, form: object, typed: Any, phase_hint: str) -> None:
        self.typed, self.hint = typed, phase_hint

    def show_draft(self, sentence: str) -> None:
        self.draft = sentence

    def show_problems(self, problems: Any) -> None:
        self.problems = dict(problems)

    def leave_to_talk(self, talk: str) -> None:
        self.talk = talk

    def leave_to_family(self, dossier: str, sentence: str) -> None:
        self.talk = sentence


def test_the_form_of_a_talk_keeps_a_draft_and_says_what_is_wrong(
    session: Session, case: TalkCase, run_at_once: RunAtOnce
) -> None:
    screen = _FormScreen()
    made = TalkFormPresenter(session, run_at_once, screen)
    made.open(case.dossier)
    values = {**screen.typed.values, "goal": "Weten wat school betekent."}
    typed = type(screen.typed)(values=values, persons=(), answers={"VG-01": "antwoord.ja"}, later=False)
    made.store(typed)
    assert set(screen.problems) == {"persons"}
    made.keep_draft(typed)
    again = _FormScreen()
    other = TalkFormPresenter(session, run_at_once, again)
    other.open(case.dossier)
    assert "niet bewaard" in again.draft
    other.take_draft()
    assert (again.typed.values["goal"], again.typed.answers) == (values["goal"], {"VG-01": "antwoord.ja"})
    other.store(type(typed)(values=values, persons=case.persons, answers=typed.answers, later=False))
    assert set(talk_view.load(session, again.talk).answers) == {"VG-01"}
    assert drafts.find(session, "talk_form", case.dossier) is None


def test_a_form_left_as_it_was_keeps_no_draft(
    session: Session, case: TalkCase, run_at_once: RunAtOnce
) -> None:
    screen = _FormScreen()
    made = TalkFormPresenter(session, run_at_once, screen)
    made.open(case.dossier)
    made.keep_draft(screen.typed)
    assert drafts.find(session, "talk_form", case.dossier) is None
