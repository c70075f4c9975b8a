"""From records to what sheet 1 may receive: who, the journey and the request. Each answer is a value, a difference,
a reason, or open. What goes along and who takes over stands in `handover_goods`."""

import json
from collections.abc import Sequence

from app.content.load import Content
from app.domain.answer import OPEN, Answer, Disputed, Known, NotApplicable
from app.domain.clock import parse_moment
from app.domain.dated_event import bare_code
from app.domain.handover_facts import (
    Companion,
    DepartureCheck,
    Escort,
    Flight,
    HandoverSheetFacts,
    Identity,
    Journey,
    Request,
)
from app.domain.handover_facts import DepartureKind as SheetKind
from app.domain.kinds import departure as kinds
from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Appearance, Original, Person, PersonNumber, RemovabilityCheck
from app.domain.person_name import PersonName
from app.domain.sheet_head import SheetHead
from app.services import handover_goods as goods
from app.services.handover_subject import Subject
from app.services.paper_reading import OF_THEM, PaperReader
from app.services.session import DUTCH_TIME

PAPER = "papier.overdrachtsblad"
MAY_LEAVE, MAY_NOT = "mag-vertrekken.ja", "mag-vertrekken.nee"
ALONE = "begeleiding.geen"


def sheet_facts(
    reader: PaperReader, content: Content, departure: str, person: str, head: SheetHead
) -> HandoverSheetFacts:
    """Everything sheet 1 may receive about one person in one departure."""
    ids = reader.ids_of(person)
    reader.answers_of(departure, ids)
    trip = reader.records(kinds.Departure, "id = ?", (departure,))[0]
    subject = Subject(
        reader=reader,
        content=content,
        departure=trip,
        ids=ids,
        people=people_of(reader, person, ids),
        places=places_of(reader, departure, person, ids),
    )
    conditions = goods.conditions(subject)
    return HandoverSheetFacts(
        head=head,
        identity=_identity(subject),
        journey=_journey(subject),
        request=_request(subject),
        conditions=conditions,
        conditions_asked=Known("yes") if conditions else reader.without_value("condition.asked"),
        receiver=goods.receiver(subject),
        health_information=goods.health_information(subject),
        health_information_on=goods.health_day(subject),
        belongings=goods.belongings(subject),
        contact_name=reader.answer("contact.name", trip, "contact_name"),
        contact_phone=reader.answer("contact.phone", trip, "contact_phone"),
        deputy_name=reader.answer("contact.deputy-name", trip, "deputy_name"),
        deputy_phone=reader.answer("contact.deputy-phone", trip, "deputy_phone"),
    )


def people_of(reader: PaperReader, person: str, ids: str) -> tuple[Person, ...]:
    """Every record of a person, the one asked for first."""
    return tuple(reader.records(Person, f"id {OF_THEM} ORDER BY id <> ?, id", (ids, person)))


def places_of(
    reader: PaperReader, departure: str, person: str, ids: str
) -> tuple[kinds.DeparturePerson, ...]:
    """Where a person stands in a departure, by every record, the one asked for first."""
    where = f"departure = ? AND person {OF_THEM} ORDER BY person <> ?, id"
    return tuple(reader.records(kinds.DeparturePerson, where, (departure, ids, person)))


def _identity(subject: Subject) -> Identity:
    reader, who = subject.reader, subject.people
    paper = _document(subject)
    return Identity(
        surname=_name(reader, who, "family_name", "identity.surname"),
        given_names=_name(reader, who, "given_names", "identity.given-names"),
        call_name=reader.of_one("identity.call-name", who, "call_name"),
        birth_date=reader.of_one("identity.birth-date", who, "birth_date"),
        birth_date_self_declared=_self_declared(subject),
        sex=reader.of_one("identity.sex", who, "sex", reader.label),
        recognition=_recognition(subject),
        v_number=reader.of_one("identity.v-number", _v_numbers(subject), "value"),
        document_kind=_from_document(subject, paper, "kind", reader.label),
        document_number=_from_document(subject, paper, "number"),
        document_valid_until=_from_document(subject, paper, "valid_until"),
        language=reader.of_one("identity.language", who, "language"),
        interpreter=reader.of_one("identity.interpreter", who, "interpreter", reader.label),
        literacy=reader.of_one("identity.literacy", who, "reading", reader.label),
        travels_with=_companions(subject),
    )


def _v_numbers(subject: Subject) -> list[PersonNumber]:
    """The first V-number of each record of the person."""
    where = "scope = ? AND kind LIKE '%:nummer.v-nummer' ORDER BY id"
    found = (subject.reader.one(PersonNumber, where, (each.id,)) for each in subject.people)
    return [each for each in found if each is not None]


def _name(reader: PaperReader, who: Sequence[Person], field: str, code: str) -> Answer:
    """A name as in the travel document. A single name is no gap: the register's point says that there is no other."""
    native = reader.of_one(code, who, f"{field}_native")
    if isinstance(native, Disputed):
        return native
    return reader.of_one(code, who, field, native=native.text if isinstance(native, Known) else "")


def _self_declared(subject: Subject) -> Answer:
    said = subject.reader.of_one("identity.birth-date-self-declared", subject.people, "birth_date_stated")
    if isinstance(said, Known):
        return Known("yes") if said.text == "1" else OPEN
    return said if isinstance(said, Disputed) else OPEN


def _recognition(subject: Subject) -> Answer:
    reader = subject.reader
    looks = reader.one(Appearance, f"scope {OF_THEM} ORDER BY as_of DESC, id DESC", (subject.ids,))
    said = reader.answer("identity.recognition", looks, "body", as_of=(looks.as_of or "") if looks else "")
    if looks is None or not looks.height_cm or not isinstance(said, Known):
        return said
    height = reader.plain("identity.recognition", looks, "height_cm")
    return Known(f"{height} cm, {said.text}", as_of=said.as_of)


def _document(subject: Subject) -> Original | None:
    """The paper chosen for the journey, else the travel document here that is valid longest."""
    reader = subject.reader
    chosen = next((each.document for each in subject.places if each.document), None)
    if chosen:
        return reader.one(Original, "id = ?", (chosen,))
    travel = [
        each.code for each in subject.content.choices("basis", "documentsoort") if "travel" in each.traits
    ]
    held = reader.records(
        Original,
        f"scope {OF_THEM} AND returned_on IS NULL ORDER BY valid_until DESC, id DESC",
        (subject.ids,),
    )
    return next((paper for paper in held if bare_code(paper.kind or "") in travel), None)


def _from_document(subject: Subject, paper: Original | None, field: str, words: goods.Words = str) -> Answer:
    """A detail of the travel document; where two papers stand against each other, that of both."""
    reader = subject.reader
    codes = {"kind": "identity.document-kind", "number": "identity.document-number"}
    code = codes.get(field, "identity.document-valid-until")

    def of(document: str) -> str:
        other = reader.one(Original, "id = ?", (document,))
        value = getattr(other, field) if other is not None else None
        return words(value) if value else "–"

    chosen = reader.of_one(code, subject.places, "document", of)
    return chosen if isinstance(chosen, Disputed) else reader.answer(code, paper, field, words)


def _companions(subject: Subject) -> tuple[Companion, ...]:
    reader = subject.reader
    where = f"departure = ? AND person NOT {OF_THEM} ORDER BY set_number, id"
    found: list[Companion] = []
    hidden = reader.hidden_from(subject.departure.scope)
    named: set[str] = set()
    for other in reader.records(kinds.DeparturePerson, where, subject.key):
        person = reader.one(Person, "id = ?", (other.person,))
        where = "person = ? AND scope = ? AND to_on IS NULL"
        member = reader.one(Membership, where, (other.person, subject.departure.scope))
        if person is None or person.id in hidden | named or (member is not None and member.shielded):
            continue
        place, ids = len(found) + 1, reader.ids_of(person.id)
        named.update(json.loads(ids))
        people = people_of(reader, person.id, ids)
        family, given = (
            reader.plain_of_one("identity.companion", people, name, item=place)
            for name in ("family_name", "given_names")
        )
        found.append(
            Companion(
                name=PersonName(family=family, given=given).full,
                relation=reader.plain("identity.companion", member, "role", reader.label, place)
                if member
                else "",
                set_number=reader.plain("identity.companion", other, "set_number", item=place),
            )
        )
    return tuple(found)


def _journey(subject: Subject) -> Journey:
    reader, trip = subject.reader, subject.departure
    flights = reader.records(kinds.Flight, "departure = ? ORDER BY position, id", (trip.id,))
    escorts = reader.records(kinds.EscortPerson, "departure = ? ORDER BY position, id", (trip.id,))
    escort_kind = reader.answer("journey.escort-kind", trip, "escort", reader.label)
    if isinstance(escort_kind, Known) and bare_code(trip.escort or "") == ALONE:
        escort_kind = NotApplicable()
    return Journey(
        pickup_place=reader.answer("journey.pickup-place", trip, "leave_from"),
        pickup_at=reader.answer("journey.pickup-at", trip, "pickup_at"),
        carrier=reader.answer("journey.carrier", trip, "carrier"),
        flights=tuple(
            flight_facts(reader, each, "journey.flight", place) for place, each in enumerate(flights, 1)
        ),
        escort_kind=escort_kind,
        escorts=tuple(_escort(reader, each, place) for place, each in enumerate(escorts, 1)),
        airline_notice=reader.answer(
            "journey.airline-notice", trip, "announced", reader.label, as_of=trip.announced_on or ""
        ),
        departure_check=_departure_check(subject),
    )


def _escort(reader: PaperReader, escort: kinds.EscortPerson, place: int) -> Escort:
    code = "journey.escorts"
    name, organisation, phone = (
        reader.plain(code, escort, field, item=place) for field in ("name", "organisation", "phone")
    )
    return Escort(name=name, organisation=organisation, phone=phone)


def flight_facts(reader: PaperReader, flight: kinds.Flight, code: str, item: int = 0) -> Flight:
    """One leg as a paper prints it; a detail on which two values stand is printed with both."""

    def said(field: str) -> str:
        return reader.plain(code, flight, field, item=item)

    return Flight(
        number=said("flight_number"),
        departs_from=said("from_place"),
        departs_at=said("departs_at"),
        departs_zone=said("departs_zone"),
        arrives_in=said("to_place"),
        arrives_at=said("arrives_at"),
        arrives_zone=said("arrives_zone"),
    )


def _departure_check(subject: Subject) -> DepartureCheck:
    """The latest answer on *mag vertrekken*; only the outcome, never its grounds (BV-01, c-01)."""
    reader = subject.reader
    where = f"scope {OF_THEM} AND answered_at IS NOT NULL ORDER BY answered_at DESC, id DESC"
    last = reader.one(RemovabilityCheck, where, (subject.ids,))
    with_whom = reader.answer("journey.check-with", last, "asked_of")
    outcome = bare_code(last.outcome or "") if last is not None else ""
    if last is not None and isinstance(with_whom, Known):
        parts = [with_whom.text, reader.plain("journey.check-with", last, "answered_by")]
        if reader.differs(last, "outcome"):
            outcome = ""
            parts.append(reader.plain("journey.may-depart", last, "outcome", reader.label))
        with_whom = Known(", ".join(part for part in parts if part))
    return DepartureCheck(
        checked_at=reader.answer("journey.check-at", last, "answered_at", local_text),
        checked_with=with_whom,
        may_depart={MAY_LEAVE: True, MAY_NOT: False}.get(outcome),
    )


def local_text(moment: str) -> str:
    """A moment in UTC as the clock in the Netherlands shows it: `YYYY-MM-DDTHH:MM`."""
    return parse_moment(moment).astimezone(DUTCH_TIME).strftime("%Y-%m-%dT%H:%M")


def _request(subject: Subject) -> Request:
    reader, trip = subject.reader, subject.departure
    rows = reader.records(kinds.DepartureKind, f"departure = ? AND person {OF_THEM} ORDER BY id", subject.key)
    codes: set[str] = set()
    for row in rows:
        codes.add(bare_code(row.kind or ""))
        if reader.differs(row, "kind"):  # what either of two kinds asks for is asked until one is chosen
            both: Disputed = reader.claims("request.kinds", row, "kind", bare_code)
            codes.update(claim.text for claim in both.claims)
    return Request(
        kinds=frozenset(kind for kind in SheetKind if kind.value in codes),
        request=reader.text(*subject.key, "request.request"),
        must_not=reader.text(*subject.key, "request.must-not"),
        stop_rule=reader.text(*subject.key, "request.stop-rule"),
        report_to_name=reader.answer("request.report-to-name", trip, "report_to_name"),
        report_to_phone=reader.answer("request.report-to-phone", trip, "report_to_phone"),
    )
