"""From records to what the receipt may receive: it stays abroad, so no number, no reason, nothing medical."""

from app.domain.answer import OPEN, Answer, Disputed, Known, NotApplicable
from app.domain.dated_event import bare_code
from app.domain.handover_facts import Flight
from app.domain.kinds import departure as kinds
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import MedicalHandover
from app.domain.person_name import PersonName
from app.domain.receipt_facts import ReceiptFacts
from app.domain.sheet_head import SheetHead
from app.services.handover_goods import BAGS, PAPERS, THINGS, counted
from app.services.handover_reading import flight_facts
from app.services.paper_reading import PaperReader

PAPER = "papier.ontvangstbewijs"


def receipt_facts(
    reader: PaperReader, departure: str, person: str, head: SheetHead, *, language: str, sender: str
) -> ReceiptFacts:
    """Everything the receipt may receive; `language` is "en" or "fr", `sender` the text that stands in for a name."""
    reader.answers_of(departure, person)
    trip = reader.records(kinds.Departure, "id = ?", (departure,))[0]
    who = reader.records(Person, "id = ?", (person,))[0]
    place = reader.records(kinds.DeparturePerson, "departure = ? AND person = ?", (departure, person))[0]
    flights = reader.records(kinds.Flight, "departure = ? ORDER BY position, id", (departure,))
    return ReceiptFacts(
        head=head,
        beside_language=language,
        sender=_sender(reader, departure, person, sender),
        officer=Known(head.made_by),
        phone=reader.answer("receipt.phone", trip, "contact_phone"),
        name=_name(reader, who),
        birth_date=reader.answer("receipt.birth-date", who, "birth_date"),
        language=reader.answer("receipt.language", who, "language"),
        flight=flight_facts(reader, flights[-1], "receipt.flight") if flights else Flight(),
        receiver=_receiver(reader, departure, person),
        bag_count=_count(reader, place, BAGS, "receipt.bag-count"),
        document_count=_count(reader, place, PAPERS, "receipt.document-count"),
        sealed_envelope=_envelope(reader, departure, person),
    )


def _sender(reader: PaperReader, departure: str, person: str, sender: str) -> Answer:
    """What the officer chose; a text on which two stand is never settled by the clock."""
    written = reader.text(departure, person, "receipt.sender")
    return written if isinstance(written, Disputed) else Known(sender) if sender else OPEN


def _name(reader: PaperReader, who: Person) -> Answer:
    for field in ("family_name", "given_names"):
        if reader.differs(who, field):
            return reader.claims("receipt.name", who, field, str)
    name = PersonName(
        family=who.family_name or "",
        given=who.given_names or "",
        native_family=who.family_name_native or "",
        native_given=who.given_names_native or "",
    )
    return Known(name.full, native=name.native) if name.full else OPEN


def _receiver(reader: PaperReader, departure: str, person: str) -> Answer:
    where = "departure = ? AND (person = ? OR person IS NULL) ORDER BY person IS NULL, position, id"
    parties = reader.records(kinds.Receiver, where, (departure, person))
    firsts = [each for each in parties if each.position == parties[0].position]
    if len(firsts) > 1:
        return reader.rivals("receipt.receiver", firsts, "name")
    name = reader.answer("receipt.receiver", firsts[0] if firsts else None, "name")
    if isinstance(name, Known):
        organisation = reader.plain("receipt.receiver", firsts[0], "organisation")
        return Known(", ".join(part for part in (name.text, organisation) if part))
    return name


def _count(reader: PaperReader, place: kinds.DeparturePerson, codes: frozenset[str], field: str) -> Answer:
    things = reader.records(kinds.Belonging, THINGS, (place.departure, place.person))
    mine = [thing for thing in things if bare_code(thing.kind or "") in codes and not thing.left_behind]
    for thing in things:
        if any(reader.differs(thing, name) for name in ("count", "kind", "left_behind")):
            reader.dispute(field)
    return counted(reader, place, field, sum(thing.count or 1 for thing in mine))


def _envelope(reader: PaperReader, departure: str, person: str) -> Answer:
    row = reader.one(MedicalHandover, "departure = ? AND person = ? ORDER BY id", (departure, person))
    code = "receipt.sealed-envelope"
    if row is None:
        return reader.without_value(code)
    if reader.differs(row, "made"):
        return reader.claims(code, row, "made", reader.label)
    if bare_code(row.made or "") == "gemaakt.niet-nodig":
        return NotApplicable()
    return reader.answer(code, row, "seal_number")
