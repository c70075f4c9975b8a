"""What sheet 1 must hold before it may be final (bijzonder-vertrek, b.3 A to F, I, J; BV-01, BV-06 to
BV-09).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from app.domain.answer import Known, NotApplicable, NotShared, Open, known_text
from app.domain.gap import Accept, Field, Gap, GapReason, Limits, field_gaps
from app.domain.glyphs import Coverage
from app.domain.handover_facts import DepartureKind, HandoverSheetFacts, ReceivingParty, TravelCondition

K = DepartureKind
RECOGNITION = frozenset({K.ESCORTED, K.MEDICAL, K.CHILD_ALONE})
STOP_RULE = frozenset({K.MEDICAL, K.CHILD_ALONE, K.ELDERLY, K.ESCORTED})
CONDITIONS = frozenset({K.MEDICAL, K.ELDERLY})
CONFIRMED_RECEIVER = frozenset({K.MEDICAL, K.CHILD_ALONE, K.ELDERLY, K.TRAFFICKING, K.ESCORTED})
SECOND_RECEIVER = CONFIRMED_RECEIVER
PAYER = CONDITIONS
MEDICAL = frozenset({K.MEDICAL})
"""For which kinds a field is required (b.3, column V/W with *soort*; a.6, C08 to C11)."""


def handover_gaps(facts: HandoverSheetFacts, limits: Limits, coverage: Coverage) -> tuple[Gap, ...]:
    """Return the gaps of sheet 1 in the order of the sheet. Empty means: this sheet may be final."""
    gaps = [*field_gaps(handover_fields(facts), coverage)]
    gaps += _request_gaps(facts, limits)
    gaps += _flight_gaps(facts)
    gaps += _departure_check_gaps(facts, limits)
    gaps += _condition_gaps(facts, coverage)
    gaps += _receiver_gaps(facts, limits)
    first: dict[tuple[str, int], Gap] = {}
    for gap in gaps:
        first.setdefault((gap.code, gap.item), gap)
    places = {section: place for place, section in enumerate(SECTIONS)}
    return tuple(sorted(first.values(), key=lambda gap: places[gap.code.partition(".")[0]]))


SECTIONS: Final = (  # of the sheet, in the order in which they stand there
    "head",
    "identity",
    "journey",
    "request",
    "condition",
    "receiver",
    "health",
    "belongings",
    "contact",
)


def handover_fields(facts: HandoverSheetFacts) -> Iterator[Field]:
    """Yield every single answer of the sheet with its rule, in the order of the sheet."""
    kinds = facts.request.kinds
    yield Field("head.valid-until", facts.head.valid_until, accept=Accept.VALUE_ONLY)
    yield Field("head.copy-for", facts.head.copy_for, accept=Accept.VALUE_ONLY)
    yield from _identity_fields(facts, bool(kinds & RECOGNITION))
    yield from _journey_fields(facts)
    request = facts.request
    stop = bool(kinds & STOP_RULE)
    yield Field("request.request", request.request, accept=Accept.VALUE_ONLY)
    yield Field("request.must-not", request.must_not, is_required=False)
    yield Field("request.stop-rule", request.stop_rule, stop, Accept.VALUE_ONLY)
    yield Field("request.report-to-name", request.report_to_name, stop, Accept.VALUE_ONLY)
    yield Field("request.report-to-phone", request.report_to_phone, stop, Accept.VALUE_ONLY)
    if not facts.conditions:
        yield Field("condition.asked", facts.conditions_asked, bool(kinds & CONDITIONS))
    yield from _receiver_fields(facts.receiver, kinds)
    yield Field("health.information", facts.health_information, accept=Accept.VALUE_ONLY)
    yield Field("health.information-on", facts.health_information_on)
    belongings = facts.belongings
    yield Field("belongings.bags-counted", belongings.bags_counted)
    yield Field("belongings.valuables", belongings.valuables)
    yield Field("belongings.documents", belongings.documents)
    yield Field("belongings.left-behind", belongings.left_behind, is_required=False)
    yield Field("contact.name", facts.contact_name, accept=Accept.VALUE_ONLY)
    yield Field("contact.phone", facts.contact_phone, accept=Accept.VALUE_ONLY)
    yield Field("contact.deputy-name", facts.deputy_name)
    yield Field("contact.deputy-phone", facts.deputy_phone)


def _identity_fields(facts: HandoverSheetFacts, recognition: bool) -> Iterator[Field]:
    who = facts.identity
    yield Field("identity.surname", who.surname)
    yield Field("identity.given-names", who.given_names)
    yield Field("identity.call-name", who.call_name, is_required=False)
    yield Field("identity.birth-date", who.birth_date)
    yield Field("identity.birth-date-self-declared", who.birth_date_self_declared, is_required=False)
    yield Field("identity.sex", who.sex)
    yield Field("identity.recognition", who.recognition, recognition)
    yield Field("identity.v-number", who.v_number)
    yield Field("identity.document-kind", who.document_kind, accept=Accept.VALUE_ONLY)
    yield Field("identity.document-number", who.document_number)
    yield Field("identity.document-valid-until", who.document_valid_until)
    yield Field("identity.language", who.language)
    yield Field("identity.interpreter", who.interpreter)
    yield Field("identity.literacy", who.literacy)
    for place, companion in enumerate(who.travels_with, start=1):
        yield Field("identity.companion", Known(companion.name), item=place)


def _journey_fields(facts: HandoverSheetFacts) -> Iterator[Field]:
    trip = facts.journey
    yield Field("journey.pickup-place", trip.pickup_place, accept=Accept.VALUE_ONLY)
    yield Field("journey.pickup-at", trip.pickup_at, accept=Accept.VALUE_ONLY)
    yield Field("journey.carrier", trip.carrier)
    yield Field("journey.escort-kind", trip.escort_kind)
    for place, escort in enumerate(trip.escorts, start=1):
        yield Field("journey.escorts", Known(escort.name), item=place)
    yield Field("journey.airline-notice", trip.airline_notice, is_required=False)
    check = trip.departure_check
    yield Field("journey.check-at", check.checked_at, accept=Accept.VALUE_ONLY)
    yield Field("journey.check-with", check.checked_with, accept=Accept.VALUE_ONLY)


def _receiver_fields(receiver: ReceivingParty, kinds: frozenset[DepartureKind]) -> Iterator[Field]:
    confirmed, medical = bool(kinds & CONFIRMED_RECEIVER), bool(kinds & MEDICAL)
    strict = Accept.VALUE_ONLY if medical else Accept.ANY
    yield Field("receiver.name", receiver.name, confirmed, strict)
    yield Field("receiver.phone", receiver.phone, confirmed, strict)
    yield Field("receiver.confirmed-on", receiver.confirmed_on, confirmed, strict)
    yield Field("receiver.reconfirmed-at", receiver.reconfirmed_at, confirmed, strict)
    yield Field("receiver.on-call", receiver.on_call, medical, strict)
    yield Field("receiver.second", receiver.second_receiver, bool(kinds & SECOND_RECEIVER), strict)
    yield Field("receiver.payer", receiver.payer, bool(kinds & PAYER), strict)
    yield Field("receiver.paid-until", receiver.paid_until, bool(kinds & PAYER), strict)


def _request_gaps(facts: HandoverSheetFacts, limits: Limits) -> Iterator[Gap]:
    if not facts.request.kinds:
        yield Gap("request.kinds", GapReason.MISSING)
    if len(known_text(facts.request.request)) > limits.request_characters:
        yield Gap("request.request", GapReason.INCOMPLETE)


def _flight_gaps(facts: HandoverSheetFacts) -> Iterator[Gap]:
    trip = facts.journey
    if not trip.flights:
        yield Gap("journey.flights", GapReason.MISSING)
    for place, flight in enumerate(trip.flights, start=1):
        if not flight.is_complete:
            yield Gap("journey.flight", GapReason.INCOMPLETE, place)
    escorted = isinstance(trip.escort_kind, Known) or K.ESCORTED in facts.request.kinds
    if escorted and not any(escort.name.strip() for escort in trip.escorts):
        yield Gap("journey.escorts", GapReason.MISSING)


def _departure_check_gaps(facts: HandoverSheetFacts, limits: Limits) -> Iterator[Gap]:
    """*Mag vertrekken* must have been asked lately and answered with yes (BV-01)."""
    check = facts.journey.departure_check
    if check.may_depart is None:
        yield Gap("journey.may-depart", GapReason.MISSING)
    elif not check.may_depart:
        yield Gap("journey.may-depart", GapReason.REFUSED)
    asked, now = _moment(known_text(check.checked_at)), _moment(facts.head.made_at_local)
    if asked is None or now is None:
        return
    age = now - asked
    if age > timedelta(hours=limits.departure_check_hours) or age < timedelta(0):
        yield Gap("journey.check-at", GapReason.TOO_OLD)


def _condition_gaps(facts: HandoverSheetFacts, coverage: Coverage) -> Iterator[Gap]:
    """Each condition is arranged, and a physical handover has been spoken of and confirmed (BV-07, BV-08)."""
    for place, each in enumerate(facts.conditions, start=1):
        if isinstance(each.source, NotShared):
            continue
        fields = _condition_fields(each, place)
        missing = next(field_gaps(fields, coverage), None)
        if missing is not None:
            reason = GapReason.NOT_ARRANGED if missing.reason is GapReason.MISSING else missing.reason
            yield Gap("condition.item", reason, place)
        elif not each.description.strip() and each.code.value == "other":
            yield Gap("condition.item", GapReason.INCOMPLETE, place)


def _condition_fields(each: TravelCondition, place: int) -> Iterator[Field]:
    required = [each.source, each.arranged_by, each.arranged_on, each.evidence]
    if each.code.is_physical_handover:
        required += (each.contact_person, each.contacted_on, each.confirmation)
    for answer in required:
        yield Field("condition.item", answer, True, Accept.VALUE_ONLY, place)


def _receiver_gaps(facts: HandoverSheetFacts, limits: Limits) -> Iterator[Gap]:
    """The receiver says again, within the last hours before departure, that the person is expected (C09,
    BV-06).
    """
    again = facts.receiver.reconfirmed_at
    if not facts.request.kinds & CONFIRMED_RECEIVER or isinstance(again, Open | NotApplicable | NotShared):
        return
    said = _moment(known_text(again))
    departs = _moment(facts.journey.flights[0].departs_at) if facts.journey.flights else None
    if said is None or departs is None:
        return
    if not timedelta(0) <= departs - said <= timedelta(hours=limits.receiver_reconfirm_hours):
        yield Gap("receiver.reconfirmed-at", GapReason.TOO_EARLY)


def _moment(text: str) -> datetime | None:
    """Read a local time `YYYY-MM-DDTHH:MM`; None for anything else, which is a gap of its own elsewhere."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - both are local to the officer
    except ValueError:
        return None
