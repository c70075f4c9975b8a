"""Talk mode: one current sentence, notes at hand, minutes counted, everything kept as it is given."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.talk import Agreement, Talk
from app.domain.record import Value
from app.domain.talk_course import LOOKING_BACK
from app.i18n import _, problem_text
from app.services import circumstances, talk_board, talks
from app.services.session import Session
from app.services.talk_board import TalkBoard
from ui.presenters import talk_line
from ui.presenters.family_talks_presenter import AgreementLine
from ui.presenters.gate import Runner
from ui.presenters.talk_clock import TalkClock
from ui.presenters.talk_line import ANSWER_CODES, Head, StepContent, StepLine, TopicLine
from ui.presenters.talk_notes import NotesScreen, TalkNotes
from ui.presenters.talk_words import minutes_words, saved_words


class TalkScreen(NotesScreen, Protocol):
    """What the presenter asks of talk mode."""

    def show_head(self, head: Head) -> None:
        """Who and what."""

    def show_minutes(self, words: str, lines: Sequence[StepLine]) -> None:
        """Minutes of the talk, and the steps with theirs."""

    def show_step(self, content: StepContent) -> None:
        """The sentences of the current step; the same step again only changes answers and count."""

    def show_topics(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        """The special circumstances as asked so far; `people` are those it may be about."""

    def show_agreements(self, lines: Sequence[AgreementLine], earlier: Sequence[AgreementLine]) -> None:
        """What was agreed now, and what was agreed before."""

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Who may do what is agreed."""

    def show_told(self, topic: str, told: str) -> None:
        """What lies apart, because the officer asked to see it."""


class TalkPresenter:
    """One talk at a time. `now` of the session is the clock; only whole minutes are shown."""

    def __init__(self, session: Session, runner: Runner, screen: TalkScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._board: TalkBoard | None = None
        self._talk = self._step = ""
        self.clock = TalkClock(session.now)
        self.notes = TalkNotes(session, runner, screen, self._progress, self._refuse)
        self._minute = -1

    # -- reading ---------------------------------------------------------------------------------------------------

    def open(self, talk: str) -> None:
        """Show a talk from its beginning, or where it was left."""
        self._talk, self._step, self._board = talk, "", None
        self.clock, self._minute = TalkClock(self._session.now), -1
        self.notes.open(talk)
        self.reload()

    def reload(self) -> None:
        """Read again; what is being typed stays."""
        talk, saves = self._talk, self.notes.saves
        if talk:
            self._runner.start(
                lambda: talk_board.read(self._session, talk),
                lambda board: self._show(board, saves),
                self._refuse,
            )

    def _show(self, board: TalkBoard, saves: int) -> None:
        if board.view.talk.id != self._talk:
            return
        first = self._board is None
        self._board = board
        if first:
            self._begin(board)
        self.notes.read(board, saves)
        self._screen.show_head(talk_line.head(board))
        self._screen.show_people(talk_line.people_pairs(board, self._session.officer_name))
        self._show_step()

    def _begin(self, board: TalkBoard) -> None:
        """Take up the minutes and the step, and offer notes that were not stored."""
        typed: Mapping[str, Value] = board.draft.typed if board.draft else {}
        self.clock.take_up(board.view.minutes, typed)
        steps = [each.step.code for each in board.steps]
        wanted = str(typed.get("step") or "")
        self._step = wanted if wanted in steps else steps[0]
        self.notes.begin(board)
        self.go_on()

    def _show_step(self) -> None:
        if self._board is None:
            return
        today = self._session.today
        board = self._board
        self._screen.show_step(talk_line.step_content(board, self._step))
        people = tuple((each.person, each.name.full) for each in board.present)
        self._screen.show_topics(talk_line.topic_lines(board), people)
        self._screen.show_agreements(
            talk_line.agreement_lines(board, today), talk_line.earlier_lines(board, today)
        )
        self.tick()

    # -- steps and minutes -----------------------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The current step."""
        return self._step

    def choose_step(self, step: str) -> None:
        """Go to another step of the talk."""
        if self._board is not None and step != self._step:
            self.clock.count(self._step)
            self._step = step
            self._show_step()
            self.notes.keep_draft()

    def walk(self, steps: int) -> None:
        """Go to the next or an earlier step."""
        if self._board is not None:
            codes = [each.step.code for each in self._board.steps]
            at = min(max(codes.index(self._step) + steps, 0), len(codes) - 1)
            self.choose_step(codes[at])

    def stand_still(self) -> None:
        """Minutes stop; nothing is written, since the store may be closed already."""
        self.clock.stop(self._step)

    def pause(self) -> None:
        """Minutes stop and are kept; for the cover, the lock and another page."""
        self.stand_still()
        if self._board is not None:
            self.notes.keep_draft()

    def go_on(self) -> None:
        """Minutes run again."""
        if self._board is not None:
            self.clock.run()

    def tick(self) -> None:
        """Show the minutes; called by a timer. At each whole minute the draft is kept."""
        if self._board is None:
            return
        self.clock.count(self._step)
        minute = self.clock.total()
        lines = talk_line.step_lines(self._board, self._step, self.clock.seconds)
        self._screen.show_minutes(minutes_words(minute), lines)
        if minute != self._minute:
            changed, self._minute = self._minute >= 0, minute
            if changed:
                self.notes.keep_draft()

    def _progress(self) -> dict[str, Value]:
        return {"step": self._step, **self.clock.as_draft()}

    # -- answers, circumstances, agreements --------------------------------------------------------------------------

    def answer(self, item: str, shown: str) -> None:
        """Answer a sentence; `shown` is the code of the button."""
        self._change(lambda talk: talks.answer(self._session, talk, item, ANSWER_CODES[shown]))

    def ask(self, topic: str, value: str, *, reason: str = "", told: str = "", person: str = "") -> None:
        """Record the answer on a special circumstance; one without its reason waits for it."""
        if value == circumstances.NOT_ASKED and not reason.strip():
            return
        self._change(
            lambda talk: circumstances.ask(
                self._session, talk, topic, value, reason=reason, told=told, person=person
            )
        )

    def show_apart(self, topic: str, person: str) -> None:
        """Show what lies apart about a person, because the officer wants to read or change it."""
        board = self._board
        if board is not None:
            talk = board.view.talk
            self._runner.start(
                lambda: circumstances.told_apart(self._session, talk, topic),
                lambda told: self._screen.show_told(topic, told.get(person, "")),
                self._refuse,
            )

    def agree(self, who: str, what: str, due_on: str) -> None:
        """Write down who does what by when ("" for no day)."""

        def work(talk: Talk) -> object:
            after = Agreement(
                id=new_id(), scope=talk.scope, talk=talk.id, who=who or None, what=what, due_on=due_on or None
            )
            return talks.agree(self._session, None, after)

        self._change(work, _("Agreement written down."))

    def drop_agreement(self, key: str) -> None:
        """Take an agreement of this talk back."""
        found = self._agreement(key)
        if found is not None:
            self._change(lambda _talk: talks.drop_agreement(self._session, found), _("Agreement taken back."))

    def done_agreement(self, key: str) -> None:
        """What was agreed before has been done."""
        found = self._agreement(key)
        if found is not None:
            after = found.with_values(done_on=self._session.today.isoformat())
            self._change(
                lambda _talk: talks.agree(self._session, found, after), _("Agreement marked as done.")
            )

    def _agreement(self, key: str) -> Agreement | None:
        if self._board is None:
            return None
        view = self._board.view
        return next((each for each in (*view.agreements, *view.earlier_agreements) if each.id == key), None)

    def _change(self, work: Callable[[Talk], Any], said: str = "") -> None:
        """Run a change of this talk, then say when it was kept and read again."""
        if self._board is None:
            return
        talk = self._board.view.talk

        def done(_result: object) -> None:
            self._show_saved()
            if said:
                self._screen.say(said)
            self.reload()

        self._runner.start(lambda: work(talk), done, self._refuse)

    def _show_saved(self) -> None:
        self._screen.show_saved(saved_words(self._session.now()))

    def _refuse(self, problem: KnownProblem) -> None:
        found = getattr(problem, "found", ())
        self._screen.show_problem(problem_text(found[0].problem if found else problem))

    def earlier_words(self) -> str:
        """The last open agreement of before, for the foot of the step column; "" when there is none."""
        lines = talk_line.earlier_lines(self._board, self._session.today) if self._board else ()
        return lines[0].main if lines else ""

    def to_earlier(self) -> None:
        """Go to the step that looks back on agreements."""
        self.choose_step(LOOKING_BACK)
