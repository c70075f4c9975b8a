"""A made-up departure on which nothing is missing, so that a test may take one thing away."""

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.departure import (
    Belonging,
    DepartureKind,
    EscortPerson,
    Flight,
    Receiver,
)
from app.domain.kinds.person import Appearance, Original, Person, PersonNumber
from app.domain.kinds.sensitive import MedicalHandover, TravelCondition
from app.services import departures, papers
from app.services.departures import DepartureFile
from app.services.papers import SHEET, Wanted
from app.services.session import Session
from tests.support.family import Family, register

SURNAME, GIVEN = "Voorbeeldian", "Lusine Maria"
OTHER_SURNAME, OTHER_GIVEN = "Voorbeeldian", "Narek"
REQUEST = "Draag Lusine in de aankomsthal over aan haar zus en laat het ontvangstbewijs tekenen."
STOP = "De zus is er niet, of Lusine wordt onwel."


def made_up_family(session: Session) -> Family:
    """A mother and her son."""
    basis = session.content.ref
    mother = Person(
        id=new_id(),
        scope="",
        family_name=SURNAME,
        given_names=GIVEN,
        family_name_native="Օրինակյան",
        call_name="Lusine",
        sex=basis("basis", "geslacht.v"),
        birth_date="1990-03",
        birth_date_stated=1,
        language="Armeens (Oost)",
        interpreter=basis("basis", "tolk-nodig.ja"),
        reading=basis("basis", "lezen.goed"),
    )
    son = Person(
        id=new_id(), scope="", family_name=OTHER_SURNAME, given_names=OTHER_GIVEN, birth_date="2017-06-02"
    )
    family = register(session.store, SURNAME, mother, son)
    person = family.persons[0]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(
            PersonNumber(
                id=new_id(), scope=person, kind=basis("basis", "nummer.v-nummer"), value="2800000019"
            )
        )
        uow.add(Appearance(id=new_id(), scope=person, body="kort zwart haar, rode bril", as_of="2026-11-20"))
        uow.add(
            Original(
                id=new_id(),
                scope=person,
                kind=basis("basis", "documentsoort.lp"),
                number="N0001OI0",
                valid_until="2027-01-10",
            )
        )
    return family


def planned(session: Session, family: Family, *, kinds: tuple[str, ...] = ("MED", "BEG")) -> DepartureFile:
    """A departure of the first member that lacks nothing, saved."""
    ref, scope = session.content.ref, family.dossier
    file = departures.new_file(scope, family.persons[:1])
    trip, person = file.departure.id, family.persons[0]
    departure = file.departure.with_values(
        planned_on="2026-11-24",
        leave_from="Ingang van de locatie",
        pickup_at="2026-11-24T06:15",
        carrier="DV&O",
        escort=ref("vertrek", "begeleiding.verpleegkundige"),
        announced=ref("vertrek", "aangemeld.medif"),
        announced_on="2026-11-20",
        contact_name="Robin Voorbeeld",
        contact_phone="+31 6 00 00 00 02",
        deputy_name="Sam Voorbeeld",
        deputy_phone="+31 6 00 00 00 03",
        report_to_name="Piket Voorbeeld",
        report_to_phone="+31 70 000 00 00",
    )
    place = file.persons[0].with_values(
        health_information=ref("vertrek", "gezondheidsinformatie.ontvangen"),
        health_as_of="2026-11-20",
        belongings_known=ref("basis", "bezit-bekend.geteld"),
    )

    def condition(code: str, **more: str) -> TravelCondition:
        return TravelCondition(
            id=new_id(),
            scope=scope,
            departure=trip,
            person=person,
            condition=ref("vertrek", code),
            source="Advies over reizen",
            source_on="2026-11-01",
            arranged_by="Robin Voorbeeld",
            arranged_on="2026-11-18",
            evidence="brief, bijlage 2",
            **more,
        )

    departures.save(
        session,
        None,
        DepartureFile(
            departure=departure,
            persons=(place,),
            kinds=tuple(
                DepartureKind(
                    id=new_id(), scope=scope, departure=trip, person=person, kind=ref("vertrek", kind)
                )
                for kind in kinds
            ),
            flights=(flight(scope, trip),),
            escorts=(
                EscortPerson(
                    id=new_id(),
                    scope=scope,
                    departure=trip,
                    position=1,
                    name="A. Voorbeeld",
                    phone="06 00 00 00 01",
                ),
            ),
            receivers=(
                Receiver(
                    id=new_id(),
                    scope=scope,
                    departure=trip,
                    person=person,
                    position=1,
                    name="Anahit Voorbeeldian, zus",
                    phone_day="+374 00 000000",
                    confirmed_on="2026-11-19",
                    reconfirmed_at="2026-11-23T16:00",
                    on_call="Kliniek Voorbeeld",
                    payer="familie",
                    paid_until="2027-02-28",
                ),
                Receiver(
                    id=new_id(),
                    scope=scope,
                    departure=trip,
                    person=person,
                    position=2,
                    name="Gor Voorbeeldian, oom",
                ),
            ),
            conditions=(
                condition("voorwaarde.rolstoel"),
                condition(
                    "voorwaarde.overdracht-mantelzorg",
                    contact_name="Anahit Voorbeeldian",
                    contacted_on="2026-11-18",
                    confirmation="brief van 19 november",
                ),
            ),
            belongings=(
                thing(session, scope, trip, person, 1, "bezit.koffer", description="blauw", weight_g=21500),
                thing(session, scope, trip, person, 2, "bezit.geld", currency="EUR", amount_cents=12000),
                thing(session, scope, trip, person, 3, "bezit.document", description="geboorteakte"),
            ),
            envelopes=(
                MedicalHandover(
                    id=new_id(),
                    scope=scope,
                    departure=trip,
                    person=person,
                    made=ref("basis", "gemaakt.ja"),
                    seal_number="E-0147",
                ),
            ),
        ),
    )
    departures.record_check(
        session, person, asked_of="IND", answered_by="mevrouw Voorbeeld", outcome="mag-vertrekken.ja"
    )
    wanted = Wanted(paper=SHEET, subject=trip, person=person)
    texts = papers.load_texts(session, wanted)
    papers.write_text(session, texts["request.request"], REQUEST)
    papers.write_text(session, texts["request.stop-rule"], STOP)
    return departures.load(session, trip)


def flight(scope: str, trip: str) -> Flight:
    """One leg with all its times."""
    return Flight(
        id=new_id(),
        scope=scope,
        departure=trip,
        position=1,
        flight_number="ZZ 123",
        from_place="Amsterdam (AMS)",
        to_place="Jerevan (EVN)",
        departs_at="2026-11-24T10:50",
        departs_zone="Europe/Amsterdam",
        arrives_at="2026-11-24T18:10",
        arrives_zone="Asia/Yerevan",
    )


def thing(
    session: Session, scope: str, trip: str, person: str, position: int, code: str, **more: str | int
) -> Belonging:
    """Something that travels along."""
    made = Belonging(
        id=new_id(),
        scope=scope,
        departure=trip,
        person=person,
        position=position,
        kind=session.content.ref("vertrek", code),
        count=1,
    )
    return made.with_values(**more)


def wanted_sheet(file: DepartureFile, receiver: str = "Begeleider") -> Wanted:
    """Sheet 1 of the only traveller."""
    return Wanted(
        paper=SHEET, subject=file.departure.id, person=file.persons[0].person or "", receiver=receiver
    )
