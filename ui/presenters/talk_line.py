"""What talk mode shows, as plain data made from a talk that was read: steps, sentences, topics, agreements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.dated_event import bare_code
from app.domain.guidance import ChecklistItem
from app.domain.kinds.talk import Answer, Circumstance
from app.domain.talk_course import AGREEMENTS, CIRCUMSTANCES, DEEPENING, LOOKING_BACK, CourseStep
from app.i18n import _, language, ngettext
from app.services.circumstances import APART
from app.services.talk_board import TalkBoard
from ui.presenters.family_talks_presenter import AgreementLine, agreement_line
from ui.presenters.talk_clock import MINUTE_S
from ui.presenters.talk_words import minutes_words, people_words

ANSWER_CODES: Final = {
    "yes": "antwoord.ja",
    "no": "antwoord.nee",
    "not_discussed": "antwoord.niet-besproken",
    "not_applicable": "antwoord.nvt",
}
"""From the buttons on screen to the codes of the records."""
_SHOWN: Final = {code: shown for shown, code in ANSWER_CODES.items()}
_FIRST_NUMBERED = 2


class StepPart(StrEnum):
    """What a step has besides its sentences."""

    ITEMS = "items"
    EARLIER = "earlier"
    TOPICS = "topics"
    AGREEMENTS = "agreements"


_PARTS = {LOOKING_BACK: StepPart.EARLIER, CIRCUMSTANCES: StepPart.TOPICS, AGREEMENTS: StepPart.AGREEMENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of the step column; `state` is "done", "now" or "to_come"."""

    key: str
    words: str
    minutes: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One sentence with its answer as the buttons know it, "" for none."""

    key: str
    sentence: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """One special circumstance: only its question shows, since somebody may read along; `label` is for the report.

    `answer` is a bare code. `told` is "" for what lies apart; `has_apart` says that something lies there.
    """

    key: str
    question: str
    label: str
    answer: str
    reason: str
    told: str
    apart: bool
    has_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContent:
    """The middle of talk mode for one step."""

    key: str
    title: str
    hint: str
    count: str
    part: StepPart
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Who takes part, and what kind of talk it is."""

    title: str
    native: str
    quiet: str


def head(board: TalkBoard) -> Head:
    """The head of a talk: names, kind with its number, phase, interpreter."""
    names = [each.name for each in board.present]
    numbered = board.number >= _FIRST_NUMBERED
    kind = _("%(kind)s %(number)d", kind=board.kind, number=board.number) if numbered else board.kind
    phase = _("phase %(phase)s", phase=board.phase) if board.phase else ""
    mode = f"{board.interpreter[:1].lower()}{board.interpreter[1:]}"
    quiet = ", ".join(part for part in (kind, phase, mode) if part)
    return Head(title=people_words(names) or board.family, native="" if names else board.native, quiet=quiet)


def step_lines(board: TalkBoard, current: str, seconds: Mapping[str, int]) -> tuple[StepLine, ...]:
    """The steps: a step with time spent is done, the one being worked on is now."""
    lines = []
    for each in board.steps:
        code, used = each.step.code, seconds.get(each.step.code, 0) // MINUTE_S
        spent = bool(seconds.get(code)) and code != current
        lines.append(
            StepLine(
                key=code,
                words=each.step.label(language()),
                minutes=_minutes(used, each.step.minutes, now=code == current, spent=spent),
                state="now" if code == current else "done" if spent else "to_come",
            )
        )
    return tuple(lines)


def _minutes(used: int, planned: int, *, now: bool, spent: bool) -> str:
    if now:
        return _("%(used)d of %(planned)d", used=used, planned=planned)
    return minutes_words(used if spent else planned)


def step_content(board: TalkBoard, step: str) -> StepContent:
    """What the middle shows for a step."""
    found = _step(board, step)
    label = found.step.label(language())
    title = f"{label}: {board.phase}" if step == DEEPENING and board.phase else label
    items = item_lines(found.items, board.view.answers)
    return StepContent(
        key=step,
        title=title,
        hint=found.step.hint.text(language()),
        count=_count(board, step, items),
        part=_PARTS.get(step, StepPart.ITEMS),
        items=items,
    )


def _step(board: TalkBoard, step: str) -> CourseStep:
    return next(each for each in board.steps if each.step.code == step)


def item_lines(items: tuple[ChecklistItem, ...], answers: Mapping[str, Answer]) -> tuple[ItemLine, ...]:
    """Sentences with their answers."""
    return tuple(
        ItemLine(key=item.code, sentence=item.label(language()), answer=shown_answer(answers.get(item.code)))
        for item in items
    )


def shown_answer(answer: Answer | None) -> str:
    """The code of the buttons for a stored answer, "" for none."""
    return _SHOWN.get(bare_code(answer.answer or ""), "") if answer is not None else ""


def _count(board: TalkBoard, step: str, items: tuple[ItemLine, ...]) -> str:
    if step != CIRCUMSTANCES:
        return count_words(items)
    return (
        answered_words(len(board.topics) - len(board.open_topics), len(board.topics)) if board.topics else ""
    )


def count_words(items: tuple[ItemLine, ...]) -> str:
    """ "3 of 9 answered"; "" where there is nothing to answer."""
    if not items:
        return ""
    return answered_words(sum(1 for item in items if item.answer), len(items))


def answered_words(done: int, count: int) -> str:
    """ "3 of 9 answered"."""
    return ngettext(
        "%(done)d of %(count)d answered", "%(done)d of %(count)d answered", count, done=done, count=count
    )


def topic_lines(board: TalkBoard) -> tuple[TopicLine, ...]:
    """The special circumstances of this talk, as asked so far."""
    return tuple(
        _topic(topic.code, topic.question.text(language()), topic.label(language()), board)
        for topic in board.topics
    )


def _topic(code: str, question: str, label: str, board: TalkBoard) -> TopicLine:
    row: Circumstance | None = board.view.circumstances.get(code)
    return TopicLine(
        key=code,
        question=question,
        label=label,
        answer=bare_code(row.answer or "") if row else "",
        reason=(row.reason or "") if row else "",
        told=(row.body or "") if row else "",
        apart=code in APART,
        has_apart=code in board.apart,
    )


def agreement_lines(board: TalkBoard, today: date) -> tuple[AgreementLine, ...]:
    """What was agreed in this talk."""
    return tuple(agreement_line(each, today) for each in board.view.agreements)


def earlier_lines(board: TalkBoard, today: date) -> tuple[AgreementLine, ...]:
    """What was agreed before and is not done."""
    return tuple(agreement_line(each, today) for each in board.view.earlier_agreements)


def people_pairs(board: TalkBoard, officer: str) -> tuple[tuple[str, str], ...]:
    """Who may do what was agreed: those present, the officer, or somebody else (written down)."""
    names = [each.name.full for each in board.present] + [officer]
    return (*((name, name) for name in dict.fromkeys(names) if name), ("", _("Somebody else")))
