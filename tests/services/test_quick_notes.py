"""A quick note with what follows from it, and the day as text."""

from datetime import date, datetime

import pytest

from app.domain.clock import moment_text
from app.domain.entry import EntryRefused
from app.domain.ident import new_id
from app.domain.kinds.dossier import QuickNote, Todo
from app.services import facts, my_day, quick_notes, recent
from app.services.families import Family
from app.services.session import DUTCH_TIME, Session
from app.storage.uow import read, read_where
from tests.support.family_case import change, register_family
from tests.support.request_start import start_request

TODAY = datetime.now(DUTCH_TIME).date()
"""The clock of the journal is that of the machine."""


def note_for(session: Session, family: Family, body: str = "Belt morgen terug.") -> QuickNote:
    return QuickNote(
        id=new_id(),
        scope=family.dossier.id,
        at=moment_text(session.now()),
        with_whom="mr. V. Proef",
        body=body,
        way=session.content.ref("basis", "contactwijze.telefoon"),
    )


def test_a_note_and_its_action_are_one_step(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    note = quick_notes.write(session, note_for(session, family), "Stuk nasturen", "2026-12-01")
    with session.store.read() as conn:
        todo = read_where(conn, Todo, "scope = ?", (family.dossier.id,))
    assert [(each.what, each.due_on, each.note) for each in todo] == [("Stuk nasturen", "2026-12-01", note)]
    session.store.undo()
    with session.store.read() as conn:
        assert read(conn, QuickNote, note) is None
        assert read_where(conn, Todo, "scope = ?", (family.dossier.id,)) == []


def test_a_note_with_a_forbidden_sign_is_refused_and_nothing_is_kept(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    with pytest.raises(EntryRefused):
        quick_notes.write(session, note_for(session, family, "Belt\x00terug"), "Bellen")
    with session.store.read() as conn:
        assert read_where(conn, Todo, "1") == []


def test_own_families_and_those_opened_lately_are_offered_the_present_one_first(session: Session) -> None:
    first, second, third = (register_family(session, name) for name in ("Abebe", "Beridze", "Celik"))
    recent.opened(session, second.dossier.id)
    found = quick_notes.candidates(session, third.dossier.id)
    assert [each.title for each in found] == ["Celik", "Beridze", "Abebe"]
    assert [name for _id, name in found[2].people] == ["Voorbeeld 1 Abebe"]
    assert first.dossier.id == found[2].dossier


def test_the_family_is_found_from_any_page_about_it(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    request = start_request(session, family)
    assert quick_notes.dossier_of(session, request) == family.dossier.id
    assert quick_notes.dossier_of(session, family.dossier.id) == family.dossier.id
    assert quick_notes.dossier_of(session, "0" * 32) == ""


def test_the_day_holds_what_was_done_and_not_what_was_undone(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    dossier, person = family.dossier.id, family.members[0].person.id
    quick_notes.write(session, note_for(session, family), "Stuk nasturen", "2026-12-01")
    decision = facts.new(session, dossier, "decision", person).with_values(
        kind=session.content.ref("basis", "besluit.asiel"), result="GEHEIM"
    )
    facts.save(session, dossier, None, decision)
    change(session, family, call_name="Weg ermee")
    session.store.undo()
    text = my_day.as_text(my_day.read(session, TODAY), TODAY)
    assert "Telefoon met mr. V. Proef: Belt morgen terug." in text
    assert "Stuk nasturen" in text
    assert "Besluit" in text and "GEHEIM" not in text
    assert "Weg ermee" not in text
    assert f"Voorbeeld ({family.dossier.number})" in text
    assert my_day.read(session, date(2020, 1, 1)) == ()


def test_notes_that_were_copied_are_marked_once(session: Session) -> None:
    family = register_family(session, "Voorbeeld")
    quick_notes.write(session, note_for(session, family))
    assert my_day.mark_copied(session, my_day.read(session, TODAY)) == 1
    assert my_day.mark_copied(session, my_day.read(session, TODAY)) == 0
    session.store.undo()
    assert my_day.mark_copied(session, my_day.read(session, TODAY)) == 1


def test_what_a_colleague_did_is_not_in_my_day(session: Session) -> None:
    register_family(session, "Voorbeeld")
    with session.store.local() as conn:  # as what came in by file stands: in none of our own groups
        conn.exec_driver_sql('UPDATE j_action SET "group" = NULL')
    assert my_day.read(session, TODAY) == ()
