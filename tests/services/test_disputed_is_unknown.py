"""An open difference counts as unknown everywhere: no list, count, term or proposal takes one of two values."""

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.departure import Departure, Flight
from app.domain.kinds.dossier import Owner, Phase, Todo
from app.domain.kinds.person import IdentityFact, Original
from app.domain.kinds.talk import Talk
from app.domain.record import Record
from app.services import agenda, departure_list, family_list, family_page, talk_proposal
from app.services.families import Family
from app.services.figures import figures
from app.services.session import Session
from app.storage.uow import read, read_where
from tests.support.family_case import make_difference, register_family


@pytest.fixture
def family(session: Session) -> Family:
    """One person, born in 1984."""
    return register_family(session, "Hakobyan", "1984")


def differ(session: Session, record: Record, **values: tuple[str, str]) -> None:
    """Add a record, then write both values of each field from the same reading."""
    with session.store.write(verbs.MEMBER_CHANGED, dossier=record.scope) as uow:
        uow.add(record)
    write_both(session, record, **values)


def write_both(session: Session, record: Record, **values: tuple[str, str]) -> None:
    """Both values of each field from the same reading."""
    with session.store.read() as conn:
        before = read(conn, type(record), record.id)
    assert before is not None
    for side in (0, 1):
        with session.store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(before, before.with_values(**{name: pair[side] for name, pair in values.items()}))
    with session.store.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT count(*) FROM j_conflict WHERE rec = ?", (record.id,)
        ).scalar_one()
    assert rows == len(values)


def counted(session: Session) -> dict[tuple[str, str], int | None]:
    """Figures by code and part."""
    return {(figure.code, figure.part): figure.number for figure in figures(session)}


def line(session: Session, family: Family) -> family_list.FamilyRow:
    """The family in the list."""
    (row,) = family_list.rows_of(session, [family.dossier.id])
    assert row is not None
    return row


def due(session: Session) -> list[str]:
    """What the agenda asks in the coming two months."""
    read_ = agenda.read(session, days=60)
    return [each.what for each in (*read_.late, *read_.now, *read_.ahead)]


def test_an_age_is_not_known(session: Session, family: Family) -> None:
    make_difference(session, family, "birth_date", "1984-05-01", "2015-05-01")
    found = counted(session)
    assert (found["persons.adults", ""], found["persons.children", ""], found["persons.age-unknown", ""]) == (
        0,
        0,
        1,
    )
    assert (line(session, family).adults, line(session, family).age_unknown) == (0, 1)


def test_a_nationality_is_not_known(session: Session, family: Family) -> None:
    aspect = session.content.ref("basis", "identiteit.nationaliteit")
    fact = IdentityFact(id=new_id(), scope=family.members[0].person.id, aspect=aspect)
    differ(session, fact, country=("0123456789abcdef:ARM", "0123456789abcdef:GEO"))
    parts = {
        part: number for (code, part), number in counted(session).items() if code == "persons.nationality"
    }
    assert parts == {"": 1}


def test_a_phase_is_not_known(session: Session, family: Family) -> None:
    one, other = (f"0123456789abcdef:{phase.code}" for phase in session.content.phases[:2])
    differ(session, Phase(id=new_id(), scope=family.dossier.id, from_on="2026-11-01"), phase=(one, other))
    assert not line(session, family).phase
    assert not talk_proposal.propose(session, family.dossier.id).talk.phase


def test_a_language_is_not_proposed(session: Session, family: Family) -> None:
    make_difference(session, family, "language", "Armeens", "Russisch")
    assert not talk_proposal.propose(session, family.dossier.id).talk.interpreter_language


def test_a_flight_is_not_chosen(session: Session, family: Family) -> None:
    departure = Departure(id=new_id(), scope=family.dossier.id)
    with session.store.write(verbs.DEPARTURE_PLANNED, dossier=family.dossier.id) as uow:
        uow.add(departure)
    flight = Flight(id=new_id(), scope=family.dossier.id, departure=departure.id, position=1)
    differ(
        session,
        flight,
        departs_at=("2026-12-03T10:00", "2026-12-20T10:00"),
        to_place=("Yerevan", "Tbilisi"),
    )
    (row,) = departure_list.rows(session)
    assert (row.leaves_at, row.destination) == ("", "")
    assert line(session, family).flight_on is None
    assert family_page.load(session, family.dossier.id).flight_on is None
    assert due(session) == [], "no flight, and no term counted back from one"


def test_a_day_of_leaving_is_not_counted(session: Session, family: Family) -> None:
    departure = Departure(id=new_id(), scope=family.dossier.id)
    differ(session, departure, planned_on=("2027-01-03", "2027-01-20"))
    assert counted(session)["departures.planned", ""] == 0


def test_a_day_of_an_action_or_talk_is_not_known(session: Session, family: Family) -> None:
    todo = Todo(id=new_id(), scope=family.dossier.id, what="Bellen")
    differ(session, todo, due_on=("2026-11-30", "2026-12-10"))
    talk = Talk(id=new_id(), scope=family.dossier.id)
    differ(session, talk, planned_at=("2026-12-01T10:00", "2026-12-02T10:00"))
    assert due(session) == []


@pytest.mark.parametrize("field", ["valid_until", "kind"])
def test_a_document_does_not_count(session: Session, family: Family, field: str) -> None:
    paper, other = (session.content.ref("basis", f"documentsoort.{code}") for code in ("lp", "geboorteakte"))
    original = Original(id=new_id(), scope=family.members[0].person.id, kind=paper, valid_until="2027-01-03")
    pair = ("2027-02-03", "2027-06-20") if field == "valid_until" else (other, paper)
    with session.store.write(verbs.DOCUMENT_RECORDED) as uow:
        uow.add(original.with_values(**{field: None}))
    write_both(session, original, **{field: pair})
    assert line(session, family).expires_on is None


def test_an_owner_is_not_chosen(session: Session, family: Family) -> None:
    with session.store.read() as conn:
        (owner,) = read_where(conn, Owner, "scope = ?", (family.dossier.id,))
    write_both(session, owner, officer=(new_id(), new_id()))
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT owner FROM d_summary").scalars().all() == [None]
