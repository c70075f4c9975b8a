"""What may not be on a paper never reaches the code that draws it: markers planted everywhere else stay behind."""

import zlib
from re import DOTALL, findall

import pytest

from app.domain import verbs
from app.domain.disclosure_json import canonical_json
from app.domain.ident import new_id
from app.domain.kinds import sensitive
from app.domain.kinds.departure import Belonging, DepartureCheck
from app.domain.kinds.dossier import Contact, Obstacle, QuickNote, Todo
from app.domain.kinds.person import ChildVoice, IdentityFact, Original, PersonNumber, Scan, School, Stay
from app.domain.kinds.talk import Talk
from app.domain.need_to_know import ALLOWED, NotForThisPaperError, fields_for
from app.domain.paper_text import paper_as_text
from app.domain.record import KINDS, Compartment, FieldType, Record
from app.services import papers
from app.services.departures import DepartureFile
from app.services.paper_prepare import _Draft, dossier_of
from app.services.paper_reading import PaperReader
from app.services.papers import RECEIPT, SHEET, Wanted
from app.services.session import Session
from tests.reports.validation import text_of
from tests.support.departure_case import made_up_family, planned
from tests.support.family import Family

MARK = "ZWIJGMIJ"
NEVER = (Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES, Compartment.EIGEN)
HANDED_ON = frozenset({"travel_condition", "medical_handover"})
"""The two kinds of health that say what must be done, not what somebody has."""


def test_no_kind_about_asylum_crime_hiding_or_own_notes_stands_in_the_table() -> None:
    named = {kind for fields in ALLOWED.values() for kind in fields}
    assert named <= KINDS.keys()
    assert not [kind for kind in named if KINDS[kind].compartment in NEVER]
    health = {kind for kind in named if KINDS[kind].compartment is Compartment.GEZONDHEID}
    assert health == HANDED_ON
    assert "v_number" not in str(ALLOWED[RECEIPT])
    assert "person_number" not in ALLOWED[RECEIPT]


def test_every_field_in_the_table_exists() -> None:
    for fields in ALLOWED.values():
        for kind, names in fields.items():
            assert names <= set(KINDS[kind].names), kind


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.compartment in NEVER], ids=lambda kind: kind.name
)
def test_the_reader_refuses_such_a_kind(session: Session, kind: object) -> None:
    with session.store.read() as conn, pytest.raises(NotForThisPaperError):
        PaperReader(conn, session, SHEET).records(getattr(kind, "cls"), "1 = 1", ())  # noqa: B009


def _marked(cls: type[Record], scope: str, **known: str) -> Record:
    """A record of which every text says MARK and where it stood."""
    kind = next(kind for kind in KINDS.values() if kind.cls is cls)
    texts = {
        field.name: f"{MARK} {kind.name} {field.name}"
        for field in kind.fields
        if field.type in (FieldType.TEXT, FieldType.NOTE) and field.name not in ("paper", "field")
    }
    return kind.make(new_id(), scope, {**texts, **known})


def _plant(session: Session, family: Family, file: DepartureFile) -> None:
    """Everything about the traveller that is no business of the paper, and everything about the son."""
    person, son, dossier, trip = family.persons[0], family.persons[1], family.dossier, file.departure.id
    about_person = (
        sensitive.HealthFact, sensitive.Decision, sensitive.Procedure, sensitive.AsylumCheck, sensitive.Measure,
        sensitive.Reporting, sensitive.DelicateFact, sensitive.SecretAddress, sensitive.HealthScan,
        sensitive.DelicateScan, Stay, Scan, School, ChildVoice, IdentityFact,
    )  # fmt: skip
    about_family = (sensitive.Alliance, sensitive.OwnNote, QuickNote, Obstacle, Todo, Contact, Talk)
    ref = session.content.ref
    records = [_marked(cls, who) for cls in about_person for who in (person, son)]
    records += [_marked(cls, dossier) for cls in about_family]
    records += [
        _marked(PersonNumber, son, kind=ref("basis", "nummer.v-nummer")),
        _marked(PersonNumber, person),
        _marked(Original, son, kind=ref("basis", "documentsoort.lp")),
        _marked(Original, person, kind=ref("basis", "documentsoort.geboorteakte"), valid_until="2099-01-01"),
        _marked(Belonging, dossier, departure=trip, person=son, kind=ref("vertrek", "bezit.koffer")),
        _marked(Belonging, dossier, departure=trip, person=person, kind=ref("vertrek", "bezit.medicijnen")),
        _marked(DepartureCheck, dossier, departure=trip, person=person, item=ref("vertrek", "C02")),
        _marked(sensitive.TravelCondition, dossier, departure=trip, person=son),
    ]
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        for record in records:
            uow.add(record)


@pytest.mark.parametrize("paper", [SHEET, RECEIPT])
def test_planted_markers_never_reach_facts_paper_or_file(session: Session, paper: str) -> None:
    family = made_up_family(session)
    file = planned(session, family)
    wanted = Wanted(
        paper=paper,
        subject=file.departure.id,
        person=family.persons[0],
        receiver="Eigen dossier",
        language="en",
    )
    before = papers.prepare(session, wanted)
    _plant(session, family, file)
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_procedure").scalar_one() == 2
        draft = _Draft(conn, session, wanted, dossier_of(conn, wanted))
        facts = canonical_json(draft.facts(draft.new_head(1, "2026-11-23T09:30:00Z")))
    found = papers.prepare(session, wanted)
    pdf = papers.pdf_of(found)
    inside = b"".join(_streams(pdf)).decode("latin-1")
    for words in (
        facts.decode(),
        repr(found.paper),
        paper_as_text(found.paper),
        text_of(pdf),
        inside,
        repr(found.gaps),
    ):
        assert MARK not in words
    assert found.paper == before.paper


def _streams(pdf: bytes) -> list[bytes]:
    """Every stream of a file, unpacked where it is packed."""
    found = []
    for stream in findall(rb"stream\r?\n(.*?)endstream", pdf, DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return found


def test_a_shielded_member_is_not_named_on_the_sheet_of_another(session: Session) -> None:
    from app.domain.kinds.departure import DeparturePerson
    from app.domain.kinds.dossier import Membership
    from app.storage.uow import read_where

    family = made_up_family(session)
    file = planned(session, family)
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        member = read_where(uow.conn, Membership, "person = ?", (family.persons[1],))[0]
        uow.save(member, member.with_values(shielded=1))
        uow.add(
            DeparturePerson(
                id=new_id(),
                scope=family.dossier,
                departure=file.departure.id,
                person=family.persons[1],
                set_number="X-9",
            )
        )
    wanted = Wanted(
        paper=SHEET, subject=file.departure.id, person=family.persons[0], receiver="Eigen dossier"
    )
    text = paper_as_text(papers.prepare(session, wanted).paper)
    assert "Narek" not in text
    assert "X-9" not in text


def test_what_is_not_named_has_no_fields() -> None:
    with pytest.raises(NotForThisPaperError):
        fields_for(SHEET, "health_fact")
