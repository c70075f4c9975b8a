"""From records to what sheet 1 may receive: who, the journey and the request. Each answer is a value, a difference,
a reason, or open. What goes along and who takes over stands in `handover_goods`."""

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
from app.services.paper_reading import PaperReader
from app.services.session import DUTCH_TIME

PAPER = "papier.overdrachtsblad"
MAY_LEAVE, MAY_NOT = "mag-vertrekken.ja", "mag-vertrekken.nee"
ALONE = "begeleiding.geen"


def sheet_facts(
    reader: PaperReader, content: Content, departure: str, person: str, head: SheetHead
) -> HandoverSheetFacts:
    """Everything sheet 1 may receive about one person in one departure."""
    reader.answers_of(departure, person)
    trip = reader.records(kinds.Departure, "id = ?", (departure,))[0]
    subject = Subject(
        reader=reader,
        content=content,
        departure=trip,
        person=reader.records(Person, "id = ?", (person,))[0],
        place=reader.records(kinds.DeparturePerson, "departure = ? AND person = ?", (departure, person))[0],
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


def _identity(subject: Subject) -> Identity:
    reader, who = subject.reader, subject.person
    number = reader.one(PersonNumber, "scope = ? AND kind LIKE '%:nummer.v-nummer' ORDER BY id", (who.id,))
    paper = _document(subject)
    return Identity(
        surname=_name(reader, who, "family_name", "identity.surname", who.family_name_native),
        given_names=_name(reader, who, "given_names", "identity.given-names", who.given_names_native),
        call_name=reader.answer("identity.call-name", who, "call_name"),
        birth_date=reader.answer("identity.birth-date", who, "birth_date"),
        birth_date_self_declared=_self_declared(subject),
        sex=reader.answer("identity.sex", who, "sex", reader.label),
        recognition=_recognition(subject),
        v_number=reader.answer("identity.v-number", number, "value"),
        document_kind=_from_document(subject, paper, "kind", reader.label),
        document_number=_from_document(subject, paper, "number"),
        document_valid_until=_from_document(subject, paper, "valid_until"),
        language=reader.answer("identity.language", who, "language"),
        interpreter=reader.answer("identity.interpreter", who, "interpreter", reader.label),
        literacy=reader.answer("identity.literacy", who, "reading", reader.label),
        travels_with=_companions(subject),
    )


def _name(reader: PaperReader, who: Person, field: str, code: str, native: str | None) -> Answer:
    """A name as in the travel document. A single name is no gap: the register's point says that there is no other."""
    if reader.differs(who, f"{field}_native"):
        return reader.claims(code, who, f"{field}_native", str)
    return reader.answer(code, who, field, native=native or "")


def _self_declared(subject: Subject) -> Answer:
    reader, who = subject.reader, subject.person
    if reader.differs(who, "birth_date_stated"):
        return reader.claims("identity.birth-date-self-declared", who, "birth_date_stated", str)
    return Known("yes") if who.birth_date_stated else OPEN


def _recognition(subject: Subject) -> Answer:
    reader = subject.reader
    looks = reader.one(Appearance, "scope = ? ORDER BY as_of DESC, id DESC", (subject.person.id,))
    said = reader.answer("identity.recognition", looks, "body", as_of=(looks.as_of or "") if looks else "")
    if looks is None or not looks.height_cm or not isinstance(said, Known):
        return said
    height = reader.plain("identity.recognition", looks, "height_cm")
    return Known(f"{height} cm, {said.text}", as_of=said.as_of)


def _document(subject: Subject) -> Original | None:
    """The paper chosen for the journey, else the travel document here that is valid longest."""
    reader = subject.reader
    if subject.place.document:
        return reader.one(Original, "id = ?", (subject.place.document,))
    travel = [
        each.code for each in subject.content.choices("basis", "documentsoort") if "travel" in each.traits
    ]
    held = reader.records(
        Original, "scope = ? AND returned_on IS NULL ORDER BY valid_until DESC, id DESC", (subject.person.id,)
    )
    return next((paper for paper in held if bare_code(paper.kind or "") in travel), None)


def _from_document(subject: Subject, paper: Original | None, field: str, words: goods.Words = str) -> Answer:
    """A detail of the travel document; where two papers stand against each other, that of both."""
    reader = subject.reader
    codes = {"kind": "identity.document-kind", "number": "identity.document-number"}
    code = codes.get(field, "identity.document-valid-until")
    if not reader.differs(subject.place, "document"):
        return reader.answer(code, paper, field, words)

    def of(document: str) -> str:
        other = reader.one(Original, "id = ?", (document,))
        value = getattr(other, field) if other is not None else None
        return words(value) if value else "–"

    return reader.claims(code, subject.place, "document", of)


def _companions(subject: Subject) -> tuple[Companion, ...]:
    reader = subject.reader
    where = "departure = ? AND person <> ? ORDER BY set_number, id"
    found: list[Companion] = []
    hidden = reader.hidden_from(subject.departure.scope)
    for other in reader.records(kinds.DeparturePerson, where, subject.key):
        person = reader.one(Person, "id = ?", (other.person,))
        where = "person = ? AND scope = ? AND to_on IS NULL"
        member = reader.one(Membership, where, (other.person, subject.departure.scope))
        if person is None or person.id in hidden or (member is not None and member.shielded):
            continue
        place = len(found) + 1
        family, given = (
            reader.plain("identity.companion", person, name, item=place)
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
    where = "scope = ? AND answered_at IS NOT NULL ORDER BY answered_at DESC, id DESC"
    last = reader.one(RemovabilityCheck, where, (subject.person.id,))
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
    rows = reader.records(kinds.DepartureKind, "departure = ? AND person = ? ORDER BY id", subject.key)
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
