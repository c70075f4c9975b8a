"""What the report of a departure talk may receive (werkproces, sections 3 and 4)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.answer import OPEN, Answer
from app.domain.sheet_head import SheetHead


class ChecklistAnswer(StrEnum):
    """The four answers of a checklist row, in the order of their keys."""

    YES = "yes"
    NO = "no"
    NOT_DISCUSSED = "not-discussed"
    NOT_APPLICABLE = "not-applicable"


class NoteKind(StrEnum):
    """Facts, literal words, the officer's explanation and opinion are kept apart (werkproces, NG-01)."""

    FACT = "fact"
    QUOTE = "quote"
    EXPLANATION = "explanation"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone who was there."""

    name: str
    native: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkStep:
    """A step of the talk; minutes used, or None when it was not timed."""

    title: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One row of a checklist as answered; None when nobody answered."""

    text: str
    answer: ChecklistAnswer | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkNote:
    """One note; `speaker` for literal words."""

    kind: NoteKind
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """A special circumstance that must be asked in each talk; *geen* is an answer, silence is not."""

    topic: str
    answer: Answer = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkAgreement:
    """Who does what, by when."""

    who: str
    what: str
    due: Answer = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReportFacts:
    """The Dutch report of a departure talk."""

    head: SheetHead
    family: str
    kind: str
    held_on: str
    started_at: str = ""
    """`HH:MM`, local; "" when not noted."""
    ended_at: str = ""
    location: Answer = OPEN
    goal: Answer = OPEN
    phase: str | None = None
    """The officer's working mark; None keeps it off the paper, which is the rule."""
    attendees: tuple[Attendee, ...] = ()
    interpreter: Answer = OPEN
    recording: Answer = OPEN
    steps: tuple[TalkStep, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    notes: tuple[TalkNote, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    agreements: tuple[TalkAgreement, ...] = ()
    no_agreements: bool = False
    """Said in so many words that nothing was agreed."""
    next_talk: Answer = OPEN
