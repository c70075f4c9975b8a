"""The gap rule: every required answer that is not there is named, numbered and keeps its sheet a concept.

A required field takes *onbekend* only with a reason (bijzonder-vertrek, BV-09), and a few fields not at
all, because nobody can act on the sheet without them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from app.domain.answer import (
    Answer,
    Claim,
    Disputed,
    Known,
    NotApplicable,
    NotShared,
    Open,
    Unknown,
    texts_of,
)
from app.domain.glyphs import Coverage


class GapReason(StrEnum):
    """Why a field is a gap; the wording is in the content pack under `gap.<value>`."""

    MISSING = "missing"
    NO_REASON = "no-reason"
    NOT_ACCEPTED = "not-accepted"
    DISPUTED = "disputed"
    UNPRINTABLE = "unprintable"
    TOO_OLD = "too-old"
    TOO_EARLY = "too-early"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    NOT_ARRANGED = "not-arranged"


@dataclass(frozen=True, slots=True)
class Gap:
    """A field by its code (`journey.pickup-place`), why it is a gap, and which one of several (1, 2 …; else
    0).
    """

    code: str
    reason: GapReason
    item: int = 0


class Accept(Flag):
    """Which answers other than a value do for a required field."""

    VALUE_ONLY = 0
    UNKNOWN = auto()
    NOT_APPLICABLE = auto()
    ANY = UNKNOWN | NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a sheet: its code, its answer, whether it must be answered and what counts as an answer."""

    code: str
    answer: Answer
    is_required: bool = True
    accept: Accept = Accept.ANY
    item: int = 0


def field_gaps(fields: Iterable[Field], coverage: Coverage) -> Iterator[Gap]:
    """Yield the gap of each field that has one. A dispute or a text we cannot print is one in any field."""
    for field in fields:
        reason = _reason(field)
        if reason is None and any(map(coverage.unprintable, texts_of(field.answer))):
            reason = GapReason.UNPRINTABLE
        if reason is not None:
            yield Gap(field.code, reason, field.item)


def _reason(field: Field) -> GapReason | None:
    required = field.is_required
    match field.answer:
        case Disputed(claims=(Claim(), *_)):
            return GapReason.DISPUTED
        case NotShared():
            return None
        case Known(text=text) if text.strip():
            return None
        case Unknown() if required and Accept.UNKNOWN not in field.accept:
            return GapReason.NOT_ACCEPTED
        case Unknown(reason=reason) if required and not reason.strip():
            return GapReason.NO_REASON
        case NotApplicable() if required and Accept.NOT_APPLICABLE not in field.accept:
            return GapReason.NOT_ACCEPTED
        case Known() | Open() | Disputed() if required:
            return GapReason.MISSING
        case _:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How old a fact may be, in hours; from the content pack, never from code."""

    departure_check_hours: int
    receiver_reconfirm_hours: int
    request_characters: int = 200
