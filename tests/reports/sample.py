"""Made-up facts for the tests of documents. Names and numbers belong to nobody."""

from app.config.paths import RESOURCES
from app.content.load import load
from app.domain.answer import Known, NotApplicable, Unknown
from app.domain.disclosure import RecoverySheetFacts
from app.domain.gap import Limits
from app.domain.handover_facts import (
    Bag,
    Belongings,
    Companion,
    ConditionCode,
    DepartureCheck,
    DepartureKind,
    Escort,
    Flight,
    HandoverSheetFacts,
    Identity,
    Journey,
    ReceivingParty,
    Request,
    TravelCondition,
)
from app.domain.receipt_facts import ReceiptFacts
from app.domain.sheet_head import AskedStatus, SheetHead
from app.domain.talk_facts import (
    Attendee,
    ChecklistAnswer,
    ChecklistItem,
    Circumstance,
    NoteKind,
    TalkAgreement,
    TalkNote,
    TalkReportFacts,
    TalkStep,
)
from app.reports.wording import PaperTexts

TEXTS: PaperTexts = load(RESOURCES / "content").paper_texts
LIMITS = Limits(departure_check_hours=168, receiver_reconfirm_hours=24)

HEAD = SheetHead(
    set_number="2026-0147",
    version=3,
    asked_status=AskedStatus.FINAL,
    made_at="2026-12-07T15:10:00Z",
    made_at_local="2026-12-07T16:10",
    made_by="J. Terpstra",
    made_by_role="regievoerder",
    valid_until=Known("2026-12-09T12:00"),
    copy_for=Known("begeleiders, vervoer en grenscontrole"),
)

FLIGHTS = (
    Flight(
        number="VB 1954",
        departs_from="Amsterdam Schiphol",
        departs_at="2026-12-08T10:50",
        departs_zone="Europe/Amsterdam",
        arrives_in="Istanbul",
        arrives_at="2026-12-08T16:25",
        arrives_zone="Europe/Istanbul",
    ),
    Flight(
        number="VB 0164",
        departs_from="Istanbul",
        departs_at="2026-12-08T19:05",
        departs_zone="Europe/Istanbul",
        arrives_in="Hanoi",
        arrives_at="2026-12-09T10:40",
        arrives_zone="Asia/Ho_Chi_Minh",
    ),
)

SHEET = HandoverSheetFacts(
    head=HEAD,
    identity=Identity(
        surname=Known("Nguyễn"),
        given_names=Known("Thị Lan"),
        call_name=Known("Lan"),
        birth_date=Known("1991-06-08", source="paspoort", as_of="2026-11-02"),
        birth_date_self_declared=Known("yes"),
        sex=Known("vrouw"),
        recognition=Known("1,58 m, kort zwart haar, bril met rood montuur"),
        v_number=Known("2800000019"),
        document_kind=Known("laissez-passer"),
        document_number=Known("N0001OI0"),
        document_valid_until=Known("2027-01-10"),
        language=Known("Vietnamees, leest Vietnamees"),
        interpreter=Known("tolk nodig, telefonisch"),
        literacy=Known("leest en schrijft"),
        travels_with=(Companion(name="Nguyễn Minh (8)", relation="zoon", set_number="2026-0148"),),
    ),
    journey=Journey(
        pickup_place=Known("GL Noordermeer, hoofdingang"),
        pickup_at=Known("2026-12-08T06:15"),
        carrier=Known("DV&O"),
        flights=FLIGHTS,
        escort_kind=Known("1 verpleegkundige"),
        escorts=(
            Escort(name="A. Voorbeeld", organisation="Reisbegeleiding Voorbeeld", phone="06 00 00 00 01"),
        ),
        airline_notice=Known("MEDIF, 4 december 2026"),
        departure_check=DepartureCheck(
            checked_at=Known("2026-12-07T15:30"), checked_with=Known("IND, dienst vertrek"), may_depart=True
        ),
    ),
    request=Request(
        kinds=frozenset({DepartureKind.MEDICAL, DepartureKind.FAMILY}),
        request=Known(
            "Draag Lan en Minh in de aankomsthal over aan haar broer, laat hem blad 7 tekenen "
            "en geef de tas met hulpmiddel mee."
        ),
        must_not=Known("Lan en Minh niet apart laten zitten of wachten"),
        stop_rule=Known("geen ontvanger in de aankomsthal, of de arts aan boord raadt de reis af"),
        report_to_name=Known("Piket bijzonder vertrek"),
        report_to_phone=Known("070 000 00 00"),
    ),
    conditions=(
        TravelCondition(
            code=ConditionCode.WHEELCHAIR,
            source=Known("advies", as_of="2026-11-12"),
            arranged_by=Known("J. Terpstra"),
            arranged_on=Known("2026-12-01"),
            evidence=Known("bevestiging maatschappij, bijlage 2"),
        ),
        TravelCondition(
            code=ConditionCode.HANDOVER_CARER,
            source=Known("advies", as_of="2026-11-12"),
            arranged_by=Known("J. Terpstra"),
            arranged_on=Known("2026-12-03"),
            evidence=Known("brief van de broer, bijlage 3"),
            contact_person=Known("Nguyễn Văn Bình"),
            contacted_on=Known("2026-12-02"),
            confirmation=Known("bijlage 3"),
        ),
    ),
    receiver=ReceivingParty(
        name=Known("Nguyễn Văn Bình, broer"),
        phone=Known("+84 000 000 000"),
        confirmed_on=Known("2026-12-03"),
        reconfirmed_at=Known("2026-12-07T15:00"),
        on_call=Known("Kliniek Voorbeeld, afdeling opvang"),
        second_receiver=Known("Trần Thị Hoa, tante"),
        payer=Known("niet nodig voor thuiszorg door familie"),
        paid_until=Known("2027-03-31"),
    ),
    health_information=Known("received"),
    health_information_on=Known("2026-12-01"),
    belongings=Belongings(
        bags=(
            Bag(description="koffer", mark="blauw, wit lint", weight_g=21500, label="0147-1"),
            Bag(description="rugzak van Minh", mark="groen", weight_g=4200, label="0147-2"),
        ),
        bags_counted=Known("2026-12-07"),
        valuables=Known("telefoon, 2 ringen, 120 euro"),
        documents=Known("geboorteakte Minh, schoolrapport"),
        left_behind=NotApplicable(),
    ),
    contact_name=Known("J. Terpstra"),
    contact_phone=Known("06 00 00 00 02"),
    deputy_name=Known("M. de Wit"),
    deputy_phone=Known("06 00 00 00 03"),
)

RECEIPT = ReceiptFacts(
    head=HEAD,
    sender=Known("Ministerie, J. Terpstra"),
    officer=Known("J. Terpstra"),
    phone=Known("+31 6 00 00 00 02"),
    name=Known("Nguyễn Thị Lan"),
    birth_date=Known("1991-06-08"),
    language=Known("Tiếng Việt"),
    flight=FLIGHTS[1],
    receiver=Known("Nguyễn Văn Bình"),
    bag_count=Known("2"),
    document_count=Known("2"),
    sealed_envelope=Known("E-0147"),
)

TALK = TalkReportFacts(
    head=HEAD,
    family="gezin Hakobyan (2026-0093)",
    kind="Vervolggesprek",
    held_on="2026-11-23",
    started_at="10:00",
    ended_at="10:55",
    location=Known("GL Noordermeer, spreekkamer 2"),
    goal=Known("Samen bepalen welke papieren het gezin zelf kan opvragen."),
    attendees=(
        Attendee(name="Armen Hakobyan", native="Արմեն Հակոբյան", role="vader"),
        Attendee(name="Nune Hakobyan", native="Նունե Հակոբյան", role="moeder"),
        Attendee(name="J. Terpstra", role="regievoerder"),
    ),
    interpreter=Known("Armeens (Oost), telefonisch, begrepen"),
    recording=NotApplicable("niet gevraagd"),
    steps=(
        TalkStep(title="Opening", minutes=5),
        TalkStep(title="Terugkijken", minutes=8),
        TalkStep(title="Hun agenda", minutes=20),
        TalkStep(title="Onze agenda"),
    ),
    checklist=(
        ChecklistItem(text="Rol, doel, duur en verslag uitgelegd.", answer=ChecklistAnswer.YES),
        ChecklistItem(
            text="Begrepen? Laten terugvertellen in eigen woorden.",
            answer=ChecklistAnswer.NOT_DISCUSSED,
            note="volgende keer",
        ),
    ),
    notes=(
        TalkNote(
            kind=NoteKind.FACT,
            text="De heer Hakobyan heeft op 9 november gebeld.\nHij kreeg geen antwoord.",
        ),
        TalkNote(
            kind=NoteKind.QUOTE,
            text="Wij willen eerst dat onze dochter haar schooljaar afmaakt.",
            speaker="mevrouw Hakobyan",
        ),
        TalkNote(kind=NoteKind.EXPLANATION, text="Verteld wat een laissez-passer is en wie erover beslist."),
    ),
    circumstances=(
        Circumstance(topic="Gezondheid", answer=Known("geen")),
        Circumstance(topic="Mensenhandel", answer=Known("geen signalen")),
        Circumstance(topic="Kinderen", answer=Known("dochter slaapt slecht; school weet ervan")),
        Circumstance(topic="Veiligheid thuis", answer=Unknown("niet alleen kunnen spreken")),
    ),
    agreements=(
        TalkAgreement(
            who="Armen Hakobyan", what="belt opnieuw met de burgerlijke stand", due=Known("2026-11-30")
        ),
        TalkAgreement(
            who="J. Terpstra",
            what="vraagt na of school een rapport in het Engels geeft",
            due=Known("2026-12-04"),
        ),
    ),
    next_talk=Known("2026-12-14T10:00"),
)

RECOVERY = RecoverySheetFacts(
    store_name="Noordermeer",
    location="GL Noordermeer",
    officer="J. Terpstra",
    made_at="2026-11-23T09:00:00Z",
    made_on="2026-11-23",
    key_groups=("K7Q2M", "0XPI4", "T9RWZ", "B3C8D", "F6GHJ", "N5LVY", "S1E0U", "A2KQ7"),
)
