"""Talk mode: one current sentence, notes at hand, minutes counted, everything kept as it is given.

Notes follow settled rule 11: a draft at every pause in typing, one change of the record when the field is left. What
was read stays the base of the next change, so that two officers' texts both survive.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.talk import Agreement, Talk
from app.domain.record import Value
from app.domain.talk_course import LOOKING_BACK
from app.i18n import _, formats, problem_text
from app.services import circumstances, drafts, talk_board, talks
from app.services.session import Session
from app.services.talk_board import DRAFT, TalkBoard
from ui.presenters import talk_line
from ui.presenters.family_talks_presenter import AgreementLine
from ui.presenters.gate import Runner
from ui.presenters.talk_clock import TalkClock
from ui.presenters.talk_line import ANSWER_CODES, Head, StepContent, StepLine, TopicLine
from ui.presenters.talk_words import minutes_words, saved_words


class TalkScreen(Protocol):
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

    def show_notes(self, notes: str) -> None:
        """The stored notes; left alone while somebody has typed something else."""

    def notes_are_touched(self) -> bool:
        """Whether something was typed that is not stored."""

    def show_draft(self, sentence: str) -> None:
        """Offer notes of before a crash; "" when there are none."""

    def show_saved(self, words: str) -> None:
        """When the last change was kept."""

    def show_problem(self, sentence: str) -> None:
        """What could not be kept, beside the notes; "" takes it away."""

    def show_told(self, topic: str, told: str) -> None:
        """What lies apart, because the officer asked to see it."""

    def say(self, sentence: str) -> None:
        """What was done; it can be undone."""


@dataclass(slots=True)
class _Base:
    """The talk as it was read for the screen; changed by the database thread after each of our own saves."""

    talk: Talk


class TalkPresenter:
    """One talk at a time. `now` of the session is the clock; only whole minutes are shown."""

    def __init__(self, session: Session, runner: Runner, screen: TalkScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._board: TalkBoard | None = None
        self._base: _Base | None = None
        self._talk, self._step, self._typed, self._offered = "", "", "", ""
        self.clock = TalkClock(session.now)
        self._minute = -1
        self._saves = 0

    # -- reading ---------------------------------------------------------------------------------------------------

    def open(self, talk: str) -> None:
        """Show a talk from its beginning, or where it was left."""
        self._talk, self._step, self._board, self._base = talk, "", None, None
        self.clock, self._minute = TalkClock(self._session.now), -1
        self._typed = self._offered = ""
        self.reload()

    def reload(self) -> None:
        """Read again; what is being typed stays."""
        talk, saves = self._talk, self._saves
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
        if first or (saves == self._saves and not self._screen.notes_are_touched()):
            self._base = _Base(board.view.talk)
            self._screen.show_notes(board.view.talk.notes or "")
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
        self._offered = _unsaved(typed, board.view.talk.notes or "")
        said = (
            _("Notes of %(moment)s were not saved.", moment=formats.deed(board.draft.at))
            if board.draft
            else ""
        )
        self._screen.show_draft(said if self._offered else "")
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
            self._keep_draft()

    def walk(self, steps: int) -> None:
        """Go to the next or an earlier step."""
        if self._board is not None:
            codes = [each.step.code for each in self._board.steps]
            at = min(max(codes.index(self._step) + steps, 0), len(codes) - 1)
            self.choose_step(codes[at])

    def pause(self) -> None:
        """Minutes stop; for the cover, the lock and another page."""
        self.clock.stop(self._step)
        if self._board is not None:
            self._keep_draft()

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
                self._keep_draft()

    # -- notes -----------------------------------------------------------------------------------------------------

    def note_draft(self, text: str) -> None:
        """A pause in typing."""
        self._keep_draft(text)

    def note_left(self, text: str) -> None:
        """The notes were left: one change of the record."""
        base = self._base
        if base is None:
            return
        self._saves += 1
        typed = self._progress()
        session, talk = self._session, self._talk

        def work() -> bool:
            before = base.talk
            after = before.with_values(notes=text or None)
            if after == before:
                return False
            moved = talks.save(session, before, after).moved
            base.talk = after
            drafts.keep(session, DRAFT, talk, typed)
            return bool(moved)

        self._runner.start(work, self._note_kept, self._refuse)

    def _note_kept(self, moved: bool) -> None:
        self._typed = ""
        self._screen.show_problem("")
        self._show_saved()
        if moved:
            self._screen.say(_("A colleague changed the notes too. Both texts stand."))

    def take_draft(self) -> None:
        """Put the notes of before the crash back, below what stands there now, as if they were typed and left."""
        base, offered = self._base, self._offered
        if base is None or not offered:
            return
        self._offered = ""
        self._screen.show_draft("")
        stored = base.talk.notes or ""
        notes = offered if offered.startswith(stored) else f"{stored}\n\n{offered}"
        self._screen.show_notes(notes)
        self.note_left(notes)

    def drop_draft(self) -> None:
        """Leave the notes as they are stored."""
        self._offered = ""
        self._screen.show_draft("")
        self._keep_draft()

    def _keep_draft(self, notes: str | None = None) -> None:
        """Keep step, seconds and, while they are not stored, the notes; an offer that waits is kept beside them."""
        if notes is not None:
            self._typed = notes
        typed, unsaved, base = self._progress(), self._typed, self._base
        session, talk = self._session, self._talk

        def work() -> None:
            stored = (base.talk.notes or "") if base else ""
            kept = {**typed, "notes": unsaved} if unsaved and unsaved != stored else typed
            drafts.keep(session, DRAFT, talk, kept, {"notes": stored})

        self._runner.start(work, _nothing)

    def _progress(self) -> dict[str, Value]:
        offered = {"offered": self._offered} if self._offered else {}
        return {"step": self._step, **offered, **self.clock.as_draft()}

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


def _unsaved(typed: Mapping[str, Value], stored: str) -> str:
    """What a draft holds of notes that are not in the record: typed last, and an offer that was not answered."""
    texts = [str(typed.get(name) or "") for name in ("offered", "notes")]
    return "\n\n".join(text for text in dict.fromkeys(texts) if text and text != stored)


def _nothing(_result: object) -> None:
    """Nobody waits for this outcome."""
