"""The gap rules of the receipt and of the report of a talk; sheet 1 has its own file."""

from collections.abc import Iterator

from app.domain.answer import Known
from app.domain.gap import Accept, Field, Gap, GapReason, field_gaps
from app.domain.glyphs import Coverage
from app.domain.receipt_facts import ReceiptFacts
from app.domain.talk_facts import TalkReportFacts


def receipt_gaps(facts: ReceiptFacts, coverage: Coverage) -> tuple[Gap, ...]:
    """Return what a receipt lacks before it may be signed (bijzonder-vertrek, b.3 K)."""
    gaps = [*field_gaps(_receipt_fields(facts), coverage)]
    if not facts.flight.is_complete:
        gaps.append(Gap("receipt.flight", GapReason.INCOMPLETE))
    return tuple(gaps)


def talk_gaps(facts: TalkReportFacts, coverage: Coverage) -> tuple[Gap, ...]:
    """Return what a report lacks: who was there, special circumstances (*geen* counts, silence does not),
    and agreements or the word that there are none (werkproces, NG-01, NG-02, TG-07)."""
    gaps = [*field_gaps(_talk_fields(facts), coverage)]
    if not facts.attendees:
        gaps.append(Gap("talk.attendees", GapReason.MISSING))
    if not facts.notes:
        gaps.append(Gap("talk.notes", GapReason.MISSING))
    if not facts.circumstances:
        gaps.append(Gap("talk.circumstances", GapReason.MISSING))
    if not facts.agreements and not facts.no_agreements:
        gaps.append(Gap("talk.agreements", GapReason.MISSING))
    return tuple(gaps)


def _receipt_fields(facts: ReceiptFacts) -> Iterator[Field]:
    yield Field("receipt.sender", facts.sender, accept=Accept.VALUE_ONLY)
    yield Field("receipt.officer", facts.officer, accept=Accept.VALUE_ONLY)
    yield Field("receipt.phone", facts.phone, accept=Accept.VALUE_ONLY)
    yield Field("receipt.name", facts.name, accept=Accept.VALUE_ONLY)
    yield Field("receipt.birth-date", facts.birth_date)
    yield Field("receipt.language", facts.language)
    yield Field("receipt.receiver", facts.receiver)
    yield Field("receipt.bag-count", facts.bag_count)
    yield Field("receipt.document-count", facts.document_count)
    yield Field("receipt.sealed-envelope", facts.sealed_envelope)


def _talk_fields(facts: TalkReportFacts) -> Iterator[Field]:
    yield Field("talk.family", Known(facts.family))
    yield Field("talk.location", facts.location)
    yield Field("talk.goal", facts.goal, is_required=False)
    for place, attendee in enumerate(facts.attendees, start=1):
        yield Field("talk.attendees", Known(attendee.name), item=place)
    yield Field("talk.interpreter", facts.interpreter)
    yield Field("talk.recording", facts.recording)
    for place, note in enumerate(facts.notes, start=1):
        yield Field("talk.note", Known(note.text), item=place)
    for place, each in enumerate(facts.circumstances, start=1):
        yield Field("talk.circumstance", each.answer, item=place)
    for place, agreement in enumerate(facts.agreements, start=1):
        yield Field("talk.agreements", Known(f"{agreement.who}: {agreement.what}"), item=place)
        yield Field("talk.agreement-due", agreement.due, is_required=False, item=place)
    yield Field("talk.next-talk", facts.next_talk)
