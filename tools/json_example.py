"""The published example of the open JSON form: one made-up family with a talk, a request and a departure.

Written as another program would write it: codes by the name of their pack, no packs, no earlier state. The
records are real ones, so a field that does not exist cannot be in the example.
"""

import hashlib

from app.domain.kinds.departure import Departure, DepartureKind, DeparturePerson, Flight, Receiver
from app.domain.kinds.dossier import Contact, Dossier, Membership, Phase
from app.domain.kinds.person import IdentityFact, Person, PersonNumber
from app.domain.kinds.request import Request, RequestEvent, RequestPerson
from app.domain.kinds.talk import Agreement, Answer, Circumstance, Talk, TalkPerson
from app.domain.record import Record, ScopeKind, kind_of
from app.files.dossier_json import CARRIED, USUAL, JsonRecord, JsonScope
from app.files.dossier_json_write import written


def _id(name: str) -> str:
    """An id that is the same every time; real ones are UUIDs of version 7."""
    return hashlib.sha256(f"regiemap example {name}".encode()).hexdigest()[:32]


DOSSIER, MOTHER, CHILD = _id("dossier"), _id("mother"), _id("child")
TALK, REQUEST, DEPARTURE = _id("talk"), _id("request"), _id("departure")


def records() -> tuple[Record, ...]:
    """The records of the example, with codes by name."""
    return (*_family(), *_talk(), *_request(), *_departure())


def _family() -> tuple[Record, ...]:
    return (
        Dossier(
            id=DOSSIER,
            scope=DOSSIER,
            title="Voorbeeldjan",
            title_native="Օրինակյան",
            number="VB-2026-001",
            opened_on="2026-03-02",
            location_since="2026-03",
        ),
        Person(
            id=MOTHER,
            scope=MOTHER,
            family_name="Voorbeeldjan",
            given_names="Anahit",
            family_name_native="Օրինակյան",
            given_names_native="Անահիտ",
            sex="basis:geslacht.v",
            birth_date="~1989",
            birth_date_stated=1,
            language="Armeens",
            interpreter="basis:tolk-nodig.ja",
            interpreter_language="Armeens",
        ),
        Person(
            id=CHILD,
            scope=CHILD,
            family_name="Voorbeeldjan",
            given_names="Davit",
            sex="basis:geslacht.m",
            birth_date="2015-09",
        ),
        _member(MOTHER, "gezinsrol.ouder", 1),
        _member(CHILD, "gezinsrol.kind", 2),
        PersonNumber(id=_id("v-number"), scope=MOTHER, kind="basis:nummer.v-nummer", value="000 000 0000"),
        IdentityFact(
            id=_id("nationality"),
            scope=MOTHER,
            aspect="basis:identiteit.nationaliteit",
            standing="basis:zekerheid.gesteld",
            country="landen:AM",
            source="Eigen verklaring",
            as_of="2026-03-02",
        ),
        Contact(
            id=_id("lawyer"),
            scope=DOSSIER,
            person=MOTHER,
            role="basis:contactrol.gemachtigde",
            name="mr. V. Verzonnen",
            organisation="Advocaten Voorbeeld",
            phone="000 000 00 00",
        ),
    )


def _member(person: str, role: str, position: int) -> Membership:
    return Membership(
        id=_id(f"member {position}"),
        scope=DOSSIER,
        person=person,
        role=f"basis:{role}",
        from_on="2026-03-02",
        reason="basis:lidmaatschap.instroom",
        position=position,
    )


def _talk() -> tuple[Record, ...]:
    return (
        Phase(
            id=_id("phase"), scope=DOSSIER, phase="fasen:fase.overpeinzing", from_on="2026-04-14", talk=TALK
        ),
        Talk(
            id=TALK,
            scope=DOSSIER,
            kind="gesprek:gesprek.vervolg",
            phase="fasen:fase.overpeinzing",
            planned_at="2026-04-14T10:00",
            started_at="2026-04-14T08:05:00Z",
            finished_at="2026-04-14T09:00:00Z",
            place="Spreekkamer 2",
            interpreter="gesprek:tolk.telefonisch",
            interpreter_language="Armeens",
            goal="Samen bekijken wat terugkeer voor school betekent",
            notes="Mevrouw vertelt dat haar zoon graag voetbalt.\nZij wil eerst met haar zus bellen.",
        ),
        TalkPerson(id=_id("talk person"), scope=DOSSIER, talk=TALK, person=MOTHER),
        Answer(id=_id("answer"), scope=DOSSIER, talk=TALK, item="fasen:OP-01", answer="basis:antwoord.ja"),
        Circumstance(
            id=_id("circumstance"),
            scope=DOSSIER,
            talk=TALK,
            topic="gesprek:bijz.gezondheid",
            answer="basis:bijz-antwoord.geen",
        ),
        Agreement(
            id=_id("agreement"),
            scope=DOSSIER,
            talk=TALK,
            who="Regievoerder",
            what="Zoekt uit welke school in de buurt plaats heeft",
            due_on="2026-04-28",
        ),
    )


def _request() -> tuple[Record, ...]:
    return (
        Request(
            id=REQUEST,
            scope=DOSSIER,
            track="reisdocument:spoor.lp",
            country="landen:AM",
            purpose="reisdocument:doel.terugkeer",
            cooperation="reisdocument:medewerking.getekend",
        ),
        RequestPerson(id=_id("request mother"), scope=DOSSIER, request=REQUEST, person=MOTHER),
        RequestPerson(id=_id("request child"), scope=DOSSIER, request=REQUEST, person=CHILD),
        _event("lp.concept", "2026-05-04"),
        _event("lp.opdracht-dia", "2026-05-06"),
        _event("lp.ingediend", "2026-05-20"),
    )


def _event(code: str, on: str) -> RequestEvent:
    return RequestEvent(id=_id(code), scope=DOSSIER, request=REQUEST, event=f"reisdocument:{code}", on=on)


def _departure() -> tuple[Record, ...]:
    return (
        Departure(
            id=DEPARTURE,
            scope=DOSSIER,
            planned_on="2026-09-15",
            leave_from="Gezinslocatie Voorbeeld",
            escort="vertrek:begeleiding.geen",
        ),
        DeparturePerson(
            id=_id("departure mother"),
            scope=DOSSIER,
            departure=DEPARTURE,
            person=MOTHER,
            health_information="vertrek:gezondheidsinformatie.niet-gevraagd",
        ),
        DepartureKind(
            id=_id("departure kind"), scope=DOSSIER, departure=DEPARTURE, person=MOTHER, kind="vertrek:BEG"
        ),
        Flight(
            id=_id("flight"),
            scope=DOSSIER,
            departure=DEPARTURE,
            position=1,
            flight_number="XX 0000",
            from_place="Amsterdam",
            to_place="Jerevan",
            departs_at="2026-09-15T13:20",
            departs_zone="Europe/Amsterdam",
            arrives_at="2026-09-15T20:05",
            arrives_zone="Asia/Yerevan",
        ),
        Receiver(
            id=_id("receiver"),
            scope=DOSSIER,
            departure=DEPARTURE,
            person=MOTHER,
            position=1,
            kind="vertrek:ontvanger.familie",
            name="Lusine Voorbeeldjan",
            relation="Zus",
            phone_day="000 000 00 00",
        ),
    )


def example() -> str:
    """The text of the file."""
    order = list(CARRIED)
    items = sorted(records(), key=lambda record: order.index(kind_of(record).name))
    scopes = (
        JsonScope(DOSSIER, ScopeKind.DOSSIER),
        JsonScope(MOTHER, ScopeKind.PERSON),
        JsonScope(CHILD, ScopeKind.PERSON),
    )
    rows = (JsonRecord(kind_of(item).name, item.id, item.scope, item.values(), None) for item in items)
    return "".join(written(compartments=USUAL, scopes=scopes, records=rows, packs=()))
