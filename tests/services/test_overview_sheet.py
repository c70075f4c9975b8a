"""The overview for a new case officer: what it says, and what it cannot say."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.ident import new_id
from app.domain.kinds.dossier import Handover, QuickNote, Todo
from app.domain.kinds.person import PersonNumber
from app.domain.kinds.sensitive import HealthFact, OwnNote
from app.domain.kinds.talk import Agreement
from app.services import handing_over, overview_sheet
from app.services.paper_disclosure import disclosures_of
from app.services.paper_wanted import PRINTED
from app.services.session import Session
from app.storage.problem import ReadOnlyStore
from tests.reports.validation import assert_archivable, text_of
from tests.support.family import add, person_of, register, save


def test_it_says_who_the_family_is_and_what_was_agreed(session: Session, tmp_path: Path) -> None:
    family = register(session.store, "Voorbeeldian")
    add(
        session.store,
        PersonNumber(id=new_id(), scope=family.persons[0], value="2800000019"),
        Agreement(id=new_id(), scope=family.dossier, who="Armen", what="haalt foto’s", due_on="2026-12-01"),
        Todo(id=new_id(), scope=family.dossier, what="school bellen", due_on="2026-11-30"),
        HealthFact(id=new_id(), scope=family.persons[0], body="Geheimziek"),
        OwnNote(id=new_id(), scope=family.dossier, body="Geheimmerk"),
        QuickNote(id=new_id(), scope=family.dossier, body="Geheimnotitie"),
    )
    path = tmp_path / "overzicht.pdf"
    overview_sheet.save(session, family.dossier, path)
    assert_archivable(path.read_bytes())
    said = text_of(path.read_bytes())
    for words in ("Voorbeeldian", "2800000019", "haalt foto", "school bellen", "30 november 2026", "TEST-1"):
        assert words in said, words
    assert "Geheim" not in said and "CONCEPT" not in said
    assert len(disclosures_of(session, family.dossier)) == 1


def test_the_offer_stands_on_it(session: Session) -> None:
    family = register(session.store, "Voorbeeldian")
    assert overview_sheet.facts(session, family.dossier).to_officer == ""
    offer = Handover(
        id=new_id(),
        scope=family.dossier,
        step=session.content.ref("basis", handing_over.OFFERED),
        officer=session.officer,
        device="d" * 64,
        returns_on="2026-12-14",
        reason="Verlof",
    )
    add(session.store, offer)
    made = overview_sheet.facts(session, family.dossier)
    assert (made.to_officer, made.returns_on, made.note) == ("Robin Voorbeeld", "2026-12-14", "Verlof")
    assert "14 december 2026" in text_of(overview_sheet.pdf(session, family.dossier))


def test_it_is_printed_and_written_down_as_printed(session: Session) -> None:
    family = register(session.store, "Voorbeeldian")
    (page, *_more) = overview_sheet.print_pages(session, family.dossier)
    assert page.width * page.height * 3 == len(page.rgb)
    (went,) = disclosures_of(session, family.dossier)
    assert (went.way or "").endswith(PRINTED)
    session.store.read_only = True
    with pytest.raises(ReadOnlyStore):
        overview_sheet.print_pages(session, family.dossier)


def test_where_two_values_stand_it_is_a_concept_with_both(session: Session) -> None:
    family = register(session.store, "Voorbeeldian")
    before = person_of(session.store, family.persons[0])
    save(session.store, before, before.with_values(family_name="Eerste"))
    save(session.store, before, before.with_values(family_name="Tweede"))
    made = overview_sheet.facts(session, family.dossier)
    assert made.disputed and "Eerste" in made.members[0].name and "Tweede" in made.members[0].name
    said = text_of(overview_sheet.pdf(session, family.dossier))
    assert "CONCEPT" in said and "Eerste" in said and "Tweede" in said
    assert made.made_on == date(2026, 11, 23).isoformat()
