"""Departures, above all special ones: travel, receivers, belongings, arrangements and the sheets made of them."""

from app.domain.record import (
    CENTS,
    GRAMS,
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    flag,
    local_time,
    moment,
    note,
    number,
    record,
    ref,
    text,
)
from app.domain.words import N_

KERN, WERKWIJZE = Compartment.KERN, Compartment.WERKWIJZE
DOSSIER = ScopeKind.DOSSIER


@record("departure", N_("Departure"), scope=DOSSIER, compartment=KERN)
class Departure(Record):
    """A planned departure of one or more members."""

    planned_on: str | None = date(N_("Planned on"))
    leave_from: str | None = text(N_("Leaves from"))
    pickup_at: str | None = local_time(N_("Picked up at"))
    carrier: str | None = text(N_("Carried by"))
    escort: str | None = code(N_("Escort"), "vertrek")
    announced: str | None = code(N_("Announced to the airline as"), "vertrek")
    announced_on: str | None = date(N_("Announced on"))
    contact_name: str | None = text(N_("To be reached day and night"))
    contact_phone: str | None = text(N_("Phone"))
    deputy_name: str | None = text(N_("Deputy"))
    deputy_phone: str | None = text(N_("Phone of the deputy"))
    report_to_name: str | None = text(N_("Report back to"))
    report_to_phone: str | None = text(N_("Phone for reporting back"))
    departed_on: str | None = date(N_("Departed on"))
    cancelled_on: str | None = date(N_("Cancelled on"))
    cancel_reason: str | None = text(N_("Reason"))
    checked_on: str | None = date(N_("Check before the flight done on"))


@record("departure_person", N_("Person in the departure"), scope=DOSSIER, compartment=KERN)
class DeparturePerson(Record):
    """One person's set in a departure; a family gets one set per member."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    set_number: str | None = text(N_("Set number"))
    document: str | None = ref(N_("Travel document"), "original")
    health_information: str | None = code(N_("Information about health"), "vertrek")
    health_as_of: str | None = date(N_("As of"))
    belongings_known: str | None = code(N_("Belongings listed"), "basis")


@record("escort", N_("Escort"), scope=DOSSIER, compartment=KERN)
class EscortPerson(Record):
    """Somebody who travels along to hand over."""

    departure: str | None = ref(N_("Departure"), "departure")
    position: int | None = number(N_("Place in the list"), inner=True)
    name: str | None = text(N_("Name"))
    organisation: str | None = text(N_("Organisation"))
    phone: str | None = text(N_("Phone"))


@record("field_answer", N_("Answer without a value"), scope=DOSSIER, compartment=KERN)
class FieldAnswer(Record):
    """That a field of a sheet is unknown or does not apply, with the reason; a value takes its place."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    field: str | None = text(N_("Field"))
    answer: str | None = text(N_("Answer"))  # unknown or not-applicable
    reason: str | None = text(N_("Reason"))


@record("departure_kind", N_("Kind of special departure"), scope=DOSSIER, compartment=KERN)
class DepartureKind(Record):
    """A kind of special departure that holds for a person; several may."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    kind: str | None = code(N_("Kind"), "vertrek")


@record("flight", N_("Flight"), scope=DOSSIER, compartment=KERN)
class Flight(Record):
    """One flight as it stands on the ticket: local times, each with its zone."""

    departure: str | None = ref(N_("Departure"), "departure")
    position: int | None = number(N_("Place in the list"), inner=True)
    flight_number: str | None = text(N_("Flight number"))
    from_place: str | None = text(N_("From"))
    to_place: str | None = text(N_("To"))
    departs_at: str | None = local_time(N_("Departs at"))
    departs_zone: str | None = text(N_("Time zone of departure"))
    arrives_at: str | None = local_time(N_("Arrives at"))
    arrives_zone: str | None = text(N_("Time zone of arrival"))


@record("receiver", N_("Receiver"), scope=DOSSIER, compartment=KERN)
class Receiver(Record):
    """Who takes a person over on arrival; the second one is the reserve."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    position: int | None = number(N_("Place in the list"), inner=True)
    kind: str | None = code(N_("Kind"), "vertrek")
    name: str | None = text(N_("Name"))
    organisation: str | None = text(N_("Organisation"))
    address: str | None = note(N_("Address"))
    phone_day: str | None = text(N_("Phone by day"))
    phone_night: str | None = text(N_("Phone at night"))
    relation: str | None = text(N_("Relation"))
    relation_shown_by: str | None = text(N_("Shown by"))
    confirmed_on: str | None = date(N_("Confirmed in writing on"))
    confirmed_by: str | None = text(N_("Confirmed by"))
    reconfirmed_at: str | None = local_time(N_("Confirmed again at"))
    on_call: str | None = text(N_("On call there"))
    payer: str | None = text(N_("Who pays"))
    paid_until: str | None = date(N_("Paid until"))


@record("belonging", N_("Belonging"), scope=DOSSIER, compartment=KERN)
class Belonging(Record):
    """Luggage, money and papers that travel along or stay behind."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    kind: str | None = code(N_("Kind"), "vertrek")
    description: str | None = text(N_("Description"))
    count: int | None = number(N_("How many"))
    weight_g: int | None = number(N_("Weight"), unit=GRAMS)
    label_number: str | None = text(N_("Label number"))
    currency: str | None = text(N_("Currency"))
    amount_cents: int | None = number(N_("Amount"), unit=CENTS)
    left_behind: int | None = flag(N_("Left behind or sent later"))
    position: int | None = number(N_("Place in the list"), inner=True)


@record("arrangement", N_("Arrangement"), scope=DOSSIER, compartment=KERN)
class Arrangement(Record):
    """Who does what, from when until when, and whether that is allowed and confirmed by both."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    what: str | None = text(N_("What"))
    who: str | None = text(N_("Who"))
    from_at: str | None = local_time(N_("From"))
    to_at: str | None = local_time(N_("Until"))
    allowed: str | None = code(N_("Allowed"), "basis")
    decided_by: str | None = text(N_("Decided by"))
    confirmed_on: str | None = date(N_("Confirmed by both on"))


@record("departure_check", N_("Check"), scope=DOSSIER, compartment=WERKWIJZE)
class DepartureCheck(Record):
    """The answer to one line of the checklist for special departures."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    item: str | None = code(N_("Item"), "vertrek")
    answer: str | None = code(N_("Answer"), "vertrek")
    reason: str | None = text(N_("Reason"))
    on: str | None = date(N_("On"))


@record("paper_text", N_("Text for a paper"), scope=DOSSIER, compartment=KERN)
class PaperText(Record):
    """Free text written for one paper and no other; checked, and read by the officer before it is printed."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    paper: str | None = code(N_("Paper"), "papieren")
    field: str | None = text(N_("Field"))
    body: str | None = note(N_("Text"))
    unknown_reason: str | None = text(N_("Unknown, because"))
    read_at: str | None = moment(N_("Read at"))
    read_by: str | None = text(N_("Read by"))


@record("sheet", N_("Sheet"), scope=DOSSIER, compartment=KERN)
class Sheet(Record):
    """A sheet that was made final: which version of which set, its control value and until when it holds."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    paper: str | None = code(N_("Paper"), "papieren")
    set_number: str | None = text(N_("Set number"))
    version: int | None = number(N_("Version"))
    receiver: str | None = text(N_("Receiver"))
    made_at: str | None = moment(N_("Made at"))
    made_by: str | None = text(N_("Made by"))
    valid_until: str | None = moment(N_("Valid until"))
    control_value: str | None = text(N_("Control value"))


@record("handover_outcome", N_("Outcome of the handover"), scope=DOSSIER, compartment=KERN)
class HandoverOutcome(Record):
    """What came back on the receipt: taken over, refused, by whom and when."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    outcome: str | None = code(N_("Outcome"), "vertrek")
    taken_by: str | None = text(N_("Taken over by"))
    at: str | None = local_time(N_("At"))
    belongings_complete: str | None = code(N_("Belongings complete"), "basis")
    reason: str | None = text(N_("Reason"))
