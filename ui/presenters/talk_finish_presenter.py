"""Finishing a talk: the checklist after it, the summary, the next appointment and where each stands; then the report.

A phase is the officer's working mark with one sentence why. What still lacks an answer is named, not asked away.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Phase
from app.domain.kinds.talk import Talk
from app.domain.record import Value
from app.i18n import _, formats, language, ngettext
from app.services import circumstances, drafts, talk_board, talks
from app.services.drafts import Draft
from app.services.session import Session
from app.services.talk_board import TalkBoard
from ui.presenters import talk_line
from ui.presenters.ask import problems_of
from ui.presenters.gate import Runner
from ui.presenters.talk_clock import TalkClock
from ui.presenters.talk_line import ANSWER_CODES, Head, ItemLine, TopicLine
from ui.presenters.talk_words import saved_words

FORM: Final = "talk_finish"
_MARK, _WHY = "phase.", "why."


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """Whose phase can be recorded ("" is the family), what stands now in words, and what was recorded last."""

    person: str
    name: str
    now: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is typed: summary, next appointment (`YYYY-MM-DDTHH:MM`, a day, or ""), and per mark phase and reason."""

    summary: str = ""
    next_at: str = ""
    phases: Mapping[str, str]
    reasons: Mapping[str, str]


class TalkFinishScreen(Protocol):
    """What the presenter asks of the screen."""

    def show_head(self, head: Head) -> None:
        """Who and what."""

    def show_items(self, items: Sequence[ItemLine], count: str) -> None:
        """The checklist after the talk; the same items again only change answers."""

    def show_topics(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        """The special circumstances without an answer; none takes the part away."""

    def show_marks(self, marks: Sequence[MarkLine], phases: Sequence[tuple[str, str]]) -> None:
        """Whose phase may be recorded."""

    def show_ending(self, ending: Ending) -> None:
        """Fill summary, appointment and marks."""

    def show_missing(self, lines: Sequence[str]) -> None:
        """What the report will lack, in words."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside a field ("" for the page as a whole)."""

    def show_saved(self, words: str) -> None:
        """When the last change was kept."""

    def leave_to_report(self, talk: str) -> None:
        """The talk is finished."""


class TalkFinishPresenter:
    """One talk at a time."""

    def __init__(self, session: Session, runner: Runner, screen: TalkFinishScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._board: TalkBoard | None = None
        self._before: Talk | None = None
        self._talk = ""

    def open(self, talk: str) -> None:
        """Show a talk that is to be finished."""
        self._talk, self._board, self._before = talk, None, None
        self.reload()

    def reload(self) -> None:
        """Read again; what is typed stays."""
        talk, session = self._talk, self._session
        if not talk:
            return

        def work() -> tuple[TalkBoard, Draft | None]:
            return talk_board.read(session, talk), drafts.find(session, FORM, talk)

        self._runner.start(work, self._show, self._refuse)

    def _show(self, found: tuple[TalkBoard, Draft | None]) -> None:
        board, draft = found
        if board.view.talk.id != self._talk:
            return
        first, self._board = self._board is None, board
        self._screen.show_head(talk_line.head(board))
        items = talk_line.item_lines(board.after, board.view.answers)
        self._screen.show_items(items, talk_line.count_words(items))
        open_ = {topic.code for topic in board.open_topics}
        people = tuple((each.person, each.name.full) for each in board.present)
        self._screen.show_topics([line for line in talk_line.topic_lines(board) if line.key in open_], people)
        if first:
            self._before = board.view.talk
            self._screen.show_marks(self._marks(board), self._phases())
            self._screen.show_ending(_ending(board.view.talk, draft))
        self._screen.show_missing(self._missing(board))

    def _marks(self, board: TalkBoard) -> tuple[MarkLine, ...]:
        today, content = self._session.today, self._session.content
        lines = []
        for mark in board.marks:
            now = content.label(mark.last.phase, language()) if mark.last else ""
            since = formats.day(mark.last.on, today) if mark.last and mark.last.on else ""
            hint = _("Now: %(phase)s, since %(day)s", phase=now, day=since) if now and since else now
            name = mark.name if mark.person else _("The family as a whole")
            lines.append(
                MarkLine(person=mark.person, name=name, now=now, hint=hint or _("Nothing recorded yet"))
            )
        return tuple(lines)

    def _phases(self) -> tuple[tuple[str, str], ...]:
        """Leaving the mark as it is comes first: nobody has to move."""
        content = self._session.content
        phases = tuple(
            (content.ref("fasen", phase.code), phase.label(language())) for phase in content.phases
        )
        return (("", _("Leave as it is")), *phases)

    def _missing(self, board: TalkBoard) -> tuple[str, ...]:
        view, found = board.view, []
        if board.open_topics:
            found.append(
                ngettext(
                    "%(count)d special circumstance has no answer. “None” is an answer too.",
                    "%(count)d special circumstances have no answer. “None” is an answer too.",
                    len(board.open_topics),
                    count=len(board.open_topics),
                )
            )
        if not view.talk.notes:
            found.append(_("There are no notes yet."))
        if not view.agreements:
            found.append(_("No agreements: the report will say that nothing was agreed."))
        if not view.talk.place:
            found.append(_("The place of the talk is not filled in."))
        if not view.talk.interpreter:
            found.append(_("How the interpreter took part is not filled in."))
        return tuple(found)

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

    def _change(self, work: Callable[[Talk], object]) -> None:
        if self._board is not None:
            talk = self._board.view.talk
            self._runner.start(lambda: work(talk), lambda _result: self._changed(), self._refuse)

    def _changed(self) -> None:
        self._screen.show_saved(saved_words(self._session.now()))
        self.reload()

    def keep_draft(self, ending: Ending) -> None:
        """Keep what is typed."""
        if self._before is None or ending == _ending(self._before, None):
            return
        session, talk, typed = self._session, self._talk, _flat(ending)
        self._runner.start(lambda: drafts.keep(session, FORM, talk, typed), _nothing)

    def finish(self, ending: Ending) -> None:
        """Finish the talk with what is typed."""
        board, before = self._board, self._before
        if board is None or before is None:
            return
        session = self._session
        after = before.with_values(summary=ending.summary or None, next_at=ending.next_at or None)
        marks = [self._phase(board, person, ending) for person, phase in ending.phases.items() if phase]
        missing = {f"{_WHY}{mark.person or ''}" for mark in marks if not (mark.reason or "").strip()}
        if missing:
            self._screen.show_problems({field: _("Write in one sentence why.") for field in missing})
            return
        clock = TalkClock(session.now)
        clock.take_up(board.view.minutes, board.draft.typed if board.draft else {})

        def work() -> None:
            talks.finish(session, before, after, phases=marks, minutes=clock.minutes())
            drafts.drop(session, FORM, before.id)
            drafts.drop(session, talk_board.DRAFT, before.id)

        def done(_result: None) -> None:
            self._before = None
            self._screen.leave_to_report(before.id)

        self._runner.start(work, done, self._refuse)

    def _phase(self, board: TalkBoard, person: str, ending: Ending) -> Phase:
        talk = board.view.talk
        return Phase(
            id=new_id(),
            scope=talk.scope,
            person=person or None,
            phase=ending.phases[person],
            from_on=self._session.today.isoformat(),
            reason=ending.reasons.get(person) or None,
            observed_by=self._session.officer_name,
            talk=talk.id,
        )

    def _refuse(self, problem: KnownProblem) -> None:
        self._screen.show_problems(problems_of(problem))


def _ending(talk: Talk, draft: Draft | None) -> Ending:
    typed = {name: str(value or "") for name, value in draft.typed.items()} if draft else {}
    return Ending(
        summary=typed.get("summary", talk.summary or ""),
        next_at=typed.get("next_at", talk.next_at or ""),
        phases={
            name.removeprefix(_MARK): value
            for name, value in typed.items()
            if name.startswith(_MARK) and value
        },
        reasons={
            name.removeprefix(_WHY): value for name, value in typed.items() if name.startswith(_WHY) and value
        },
    )


def _flat(ending: Ending) -> dict[str, Value]:
    return {
        "summary": ending.summary,
        "next_at": ending.next_at,
        **{f"{_MARK}{person}": phase for person, phase in ending.phases.items()},
        **{f"{_WHY}{person}": reason for person, reason in ending.reasons.items()},
    }


def _nothing(_result: object) -> None:
    """Nobody waits for this outcome."""
