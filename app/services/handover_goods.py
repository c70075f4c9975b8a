"""From records to what sheet 1 says about conditions, who takes over, health information and belongings."""

from collections.abc import Callable, Sequence

from app.domain.answer import Answer, Disputed, Known, NotApplicable
from app.domain.dated_event import bare_code
from app.domain.handover_facts import Bag, Belongings, ConditionCode, ReceivingParty, TravelCondition
from app.domain.kinds import departure as kinds
from app.domain.kinds.sensitive import TravelCondition as ConditionRecord
from app.services.handover_subject import Subject
from app.services.paper_reading import OF_THEM, PaperReader

Words = Callable[[str], str]
HEALTH_WORDS = {
    "gezondheidsinformatie.ontvangen": "received",
    "gezondheidsinformatie.niet-gedeeld": "withheld",
    "gezondheidsinformatie.niet-gevraagd": "not-asked",
}
BAGS = frozenset(
    {"bezit.koffer", "bezit.handbagage", "bezit.tas", "bezit.doos", "bezit.kinderwagen", "bezit.hulpmiddel"}
)
PAPERS = frozenset({"bezit.document"})
NO_MEDICINES = "coalesce(kind, '') NOT LIKE '%:bezit.medicijnen'"
"""Medicines go in the sealed envelope; sheet 1 and the receipt have no word about them (b.2)."""
THINGS = f"departure = ? AND (person {OF_THEM} OR person IS NULL) AND {NO_MEDICINES} ORDER BY position, id"
COUNTED, NONE = "bezit-bekend.geteld", "bezit-bekend.geen"


def conditions(subject: Subject) -> tuple[TravelCondition, ...]:
    """Each travel condition apart, in the order in which they were written down."""
    found = subject.reader.records(
        ConditionRecord, f"departure = ? AND person {OF_THEM} ORDER BY id", subject.key
    )
    return tuple(_condition(subject, each, place) for place, each in enumerate(found, 1))


def _condition(subject: Subject, record: ConditionRecord, place: int) -> TravelCondition:
    reader = subject.reader
    known = {each.code: each.paper_code for each in subject.content.travel_conditions}
    code = ConditionCode(known.get(bare_code(record.condition or ""), ConditionCode.OTHER.value))
    description = reader.plain("condition.item", record, "description", item=place)
    if reader.differs(record, "condition"):
        both = reader.plain("condition.item", record, "condition", reader.label, place)
        code, description = ConditionCode.OTHER, ", ".join(part for part in (both, description) if part)

    def said(field: str, as_of: str = "") -> Answer:
        answer = reader.answer(f"condition.{field.replace('_', '-')}", record, field, as_of=as_of)
        if reader.differs(record, field):
            reader.dispute("condition.item", place)
        return answer

    return TravelCondition(
        code=code,
        description=description,
        source=said("source", as_of=record.source_on or ""),
        arranged_by=said("arranged_by"),
        arranged_on=said("arranged_on"),
        evidence=said("evidence"),
        contact_person=said("contact_name"),
        contacted_on=said("contacted_on"),
        confirmation=said("confirmation"),
    )


def receiver(subject: Subject) -> ReceivingParty:
    """The first receiver and the reserve. Two in the same place stand against each other: none is picked."""
    reader = subject.reader
    parties = reader.records(
        kinds.Receiver,
        f"departure = ? AND (person {OF_THEM} OR person IS NULL) ORDER BY person IS NULL, position, id",
        subject.key,
    )
    places = sorted({each.position or 0 for each in parties})
    by_place = [[each for each in parties if (each.position or 0) == place] for place in places]
    firsts, seconds = (by_place[at] if len(by_place) > at else [] for at in (0, 1))
    first = firsts[0] if firsts else None
    rival = reader.rivals("receiver.name", firsts, "name") if len(firsts) > 1 else None
    return ReceivingParty(
        name=rival or _party_name(reader, first),
        phone=_phone(reader, first),
        confirmed_on=reader.answer("receiver.confirmed-on", first, "confirmed_on"),
        reconfirmed_at=reader.answer("receiver.reconfirmed-at", first, "reconfirmed_at"),
        on_call=reader.answer("receiver.on-call", first, "on_call"),
        second_receiver=reader.rivals("receiver.second", seconds, "name")
        if len(seconds) > 1
        else reader.answer("receiver.second", seconds[0] if seconds else None, "name"),
        payer=reader.answer("receiver.payer", first, "payer"),
        paid_until=reader.answer("receiver.paid-until", first, "paid_until"),
    )


def _party_name(reader: PaperReader, party: kinds.Receiver | None) -> Answer:
    name = reader.answer("receiver.name", party, "name")
    if isinstance(name, Known) and party is not None:
        organisation = reader.plain("receiver.name", party, "organisation")
        return Known(", ".join(part for part in (name.text, organisation) if part))
    return name


def _phone(reader: PaperReader, party: kinds.Receiver | None) -> Answer:
    """By day and at night: who arrives late must reach somebody."""
    by_day = reader.answer("receiver.phone", party, "phone_day")
    if isinstance(by_day, Known) and party is not None:
        at_night = reader.plain("receiver.phone", party, "phone_night")
        return Known(f"{by_day.text} / {at_night}" if at_night and at_night != by_day.text else by_day.text)
    return (
        by_day
        if party is None or not party.phone_night
        else reader.answer("receiver.phone", party, "phone_night")
    )


def health_information(subject: Subject) -> Answer:
    """Only whether information was received, withheld or not asked (b.3 F, last row)."""
    return subject.reader.of_one(
        "health.information",
        subject.places,
        "health_information",
        lambda text: HEALTH_WORDS.get(bare_code(text), text),
    )


def health_day(subject: Subject) -> Answer:
    """The day of what was received; where nothing was received there is no such day."""
    reader, places = subject.reader, subject.places
    states = {HEALTH_WORDS.get(bare_code(each.health_information or "")) for each in places}
    if states <= {"withheld", "not-asked"} and not any(
        each.health_as_of or reader.differs(each, "health_as_of") for each in places
    ):
        return NotApplicable()
    return reader.of_one("health.information-on", places, "health_as_of")


def belongings(subject: Subject) -> Belongings:
    """Bags with weight and label, valuables, papers, and what stays behind."""
    reader = subject.reader
    things = reader.records(kinds.Belonging, THINGS, subject.key)
    left = [thing for thing in things if thing.left_behind]
    along = [thing for thing in things if not thing.left_behind]
    bags = [thing for thing in along if bare_code(thing.kind or "") in BAGS]
    papers = [thing for thing in along if bare_code(thing.kind or "") in PAPERS]
    rest = [thing for thing in along if thing not in bags and thing not in papers]
    return Belongings(
        bags=tuple(_bag(reader, thing) for thing in bags),
        bags_counted=counted(reader, subject.places, "belongings.bags-counted", None),
        valuables=_listed(subject, "belongings.valuables", rest),
        documents=_listed(subject, "belongings.documents", papers),
        left_behind=_listed(subject, "belongings.left-behind", left),
    )


def counted(
    reader: PaperReader, places: Sequence[kinds.DeparturePerson], code: str, number: int | None
) -> Answer:
    """Known once the belongings were counted: `number`, or without one the day on which that was written down.

    Nothing to count does not apply; belongings that nobody asked about stay open.
    """
    known = reader.of_one(code, places, "belongings_known", reader.label)
    if isinstance(known, Disputed):
        return known
    place = next((each for each in places if each.belongings_known), places[0])
    said = bare_code(place.belongings_known or "")
    if said == NONE:
        return NotApplicable() if number is None else Known("0")
    if said == COUNTED:
        return Known(reader.written_on(place, "belongings_known") if number is None else str(number))
    return reader.without_value(code)


def _bag(reader: PaperReader, thing: kinds.Belonging) -> Bag:
    code = "belongings.bags-counted"
    if reader.differs(thing, "weight_g") or reader.differs(thing, "left_behind"):
        reader.dispute(code)
    count = f"{thing.count} × " if thing.count and thing.count > 1 else ""
    return Bag(
        description=f"{count}{reader.plain(code, thing, 'kind', reader.label)}",
        mark=reader.plain(code, thing, "description"),
        weight_g=thing.weight_g,
        label=reader.plain(code, thing, "label_number"),
    )


def _listed(subject: Subject, code: str, things: Sequence[kinds.Belonging]) -> Answer:
    """The things in one line; with everything counted and nothing of this kind, it does not apply."""
    reader = subject.reader
    if things:
        return Known(", ".join(_thing(reader, thing, code) for thing in things))
    said = reader.without_value(code)
    answers = {bare_code(each.belongings_known or "") for each in subject.places} - {""}
    unsure = len(answers) > 1 or any(reader.differs(each, "belongings_known") for each in subject.places)
    settled = bool(answers & {COUNTED, NONE}) and not unsure
    return NotApplicable() if settled and not isinstance(said, NotApplicable) else said


def _thing(reader: PaperReader, thing: kinds.Belonging, code: str) -> str:
    words = reader.plain(code, thing, "description") or reader.plain(code, thing, "kind", reader.label)
    if (
        reader.differs(thing, "count")
        or reader.differs(thing, "amount_cents")
        or reader.differs(thing, "left_behind")
    ):
        reader.dispute(code)
    if thing.amount_cents is not None:
        whole, cents = divmod(thing.amount_cents, 100)
        return " ".join(part for part in (f"{words}:", thing.currency or "", f"{whole},{cents:02d}") if part)
    return f"{thing.count} × {words}" if thing.count and thing.count > 1 else words
