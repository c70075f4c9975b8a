"""From records to what the receipt may receive: it stays abroad, so no number, no reason, nothing medical."""

from collections.abc import Sequence

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
from app.services.handover_reading import flight_facts, people_of, places_of
from app.services.paper_reading import OF_THEM, PaperReader

PAPER = "papier.ontvangstbewijs"


def receipt_facts(
    reader: PaperReader, departure: str, person: str, head: SheetHead, *, language: str, sender: str
) -> ReceiptFacts:
    """Everything the receipt may receive; `language` is "en" or "fr", `sender` the text that stands in for a name."""
    ids = reader.ids_of(person)
    reader.answers_of(departure, ids)
    trip = reader.records(kinds.Departure, "id = ?", (departure,))[0]
    who = people_of(reader, person, ids)
    places = places_of(reader, departure, person, ids)
    flights = reader.records(kinds.Flight, "departure = ? ORDER BY position, id", (departure,))
    return ReceiptFacts(
        head=head,
        beside_language=language,
        sender=_sender(reader, departure, ids, sender),
        officer=Known(head.made_by),
        phone=reader.answer("receipt.phone", trip, "contact_phone"),
        name=_name(reader, who),
        birth_date=reader.of_one("receipt.birth-date", who, "birth_date"),
        language=reader.of_one("receipt.language", who, "language"),
        flight=flight_facts(reader, flights[-1], "receipt.flight") if flights else Flight(),
        receiver=_receiver(reader, departure, ids),
        bag_count=_count(reader, places, ids, BAGS, "receipt.bag-count"),
        document_count=_count(reader, places, ids, PAPERS, "receipt.document-count"),
        sealed_envelope=_envelope(reader, departure, ids),
    )


def _sender(reader: PaperReader, departure: str, ids: str, sender: str) -> Answer:
    """What the officer chose; a text on which two stand is never settled by the clock."""
    written = reader.text(departure, ids, "receipt.sender")
    return written if isinstance(written, Disputed) else Known(sender) if sender else OPEN


def _name(reader: PaperReader, who: Sequence[Person]) -> Answer:
    said: dict[str, str] = {}
    for field in ("family_name", "given_names", "family_name_native", "given_names_native"):
        answer = reader.of_one("receipt.name", who, field)
        if isinstance(answer, Disputed):
            return answer
        said[field] = answer.text if isinstance(answer, Known) else ""
    name = PersonName(
        family=said["family_name"],
        given=said["given_names"],
        native_family=said["family_name_native"],
        native_given=said["given_names_native"],
    )
    return Known(name.full, native=name.native) if name.full else OPEN


def _receiver(reader: PaperReader, departure: str, ids: str) -> Answer:
    where = f"departure = ? AND (person {OF_THEM} OR person IS NULL) ORDER BY person IS NULL, position, id"
    parties = reader.records(kinds.Receiver, where, (departure, ids))
    firsts = [each for each in parties if each.position == parties[0].position]
    if len(firsts) > 1:
        return reader.rivals("receipt.receiver", firsts, "name")
    name = reader.answer("receipt.receiver", firsts[0] if firsts else None, "name")
    if isinstance(name, Known):
        organisation = reader.plain("receipt.receiver", firsts[0], "organisation")
        return Known(", ".join(part for part in (name.text, organisation) if part))
    return name


def _count(
    reader: PaperReader,
    places: Sequence[kinds.DeparturePerson],
    ids: str,
    codes: frozenset[str],
    field: str,
) -> Answer:
    things = reader.records(kinds.Belonging, THINGS, (places[0].departure, ids))
    mine = [thing for thing in things if bare_code(thing.kind or "") in codes and not thing.left_behind]
    for thing in things:
        if any(reader.differs(thing, name) for name in ("count", "kind", "left_behind")):
            reader.dispute(field)
    return counted(reader, places, field, sum(thing.count or 1 for thing in mine))


def _envelope(reader: PaperReader, departure: str, ids: str) -> Answer:
    where = f"departure = ? AND person {OF_THEM} ORDER BY id"
    rows = reader.records(MedicalHandover, where, (departure, ids))
    code = "receipt.sealed-envelope"
    made = reader.of_one(code, rows, "made", reader.label)
    if isinstance(made, Disputed):
        return made
    if any(bare_code(row.made or "") == "gemaakt.niet-nodig" for row in rows):
        return NotApplicable()
    return reader.of_one(code, rows, "seal_number")
