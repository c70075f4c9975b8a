"""Departures through their real forms: plan, fill, read, make final, save, change; and the keys on the way."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.paper import PaperStatus
from app.services import departures, papers
from app.services.session import Session
from tests.reports.validation import assert_archivable
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import store, store_file, store_template
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.look import Look
from ui.bridge.place import Notice, Place
from ui.bridge.task import TaskRunner
from ui.views.departures.departure_view import DeparturePage
from ui.views.departures.list_view import DeparturesPage
from ui.views.departures.sheet_view import SheetPage
from ui.views.departures.tab import FamilyDepartures, FamilyPapers
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.dialog import Question
from ui.widgets.note_edit import NoteEdit

__all__ = ["clock", "content", "session", "store", "store_file", "store_template"]


@pytest.fixture
def desk(look: Look, qtbot: QtBot, session: Session) -> Iterator[Desk]:
    runner = TaskRunner()
    bugs: list[object] = []
    runner.bug_met.connect(bugs.append)
    made = Desk(runner=runner, feed=ChangeFeed(), session=session)
    session.store.listen(made.feed.publish)
    yield made
    runner.stop()
    assert bugs == []


def _settle(desk: Desk, qtbot: QtBot) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        qtbot.wait(5)
        if not desk.runner.busy:
            qtbot.wait(5)
            if not desk.runner.busy:
                return
    raise TimeoutError


def _shown(page: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1150, 690)
    page.show()


def _click(page: QWidget, name: str) -> None:
    button = page.findChild(Button, name)
    assert isinstance(button, Button), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(page: QWidget, ending: str, text: str) -> None:
    """Type into the first line whose name ends so, and leave it."""
    editor = next(each for each in page.findChildren(QLineEdit) if each.objectName().endswith(ending))
    editor.setFocus()
    editor.setText(text)
    editor.textEdited.emit(text)
    editor.editingFinished.emit()


def test_a_departure_is_planned_in_the_form_and_found_in_the_list(desk: Desk, qtbot: QtBot) -> None:
    family = made_up_family(desk.session)
    page = DeparturePage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="departure", subject=family.dossier, part="new"))
    _settle(desk, qtbot)
    said: list[Notice] = []
    page.said.connect(said.append)
    _type(page, "_planned_on", "9-12-2026")
    _type(page, "_carrier", "DV&O")
    _click(page, "add_flight")
    _type(page, "_flight_number", "ZZ 123")
    _type(page, "_departs_at_day", "9-12-2026")
    _type(page, "_departs_at_time", "1050")
    _click(page, "departure_save")
    _settle(desk, qtbot)
    assert [notice.undoable for notice in said] == [True]
    file = departures.load(desk.session, page.presenter.departure)
    assert (file.departure.planned_on, file.departure.carrier) == ("2026-12-09", "DV&O")
    assert (file.flights[0].flight_number, file.flights[0].departs_at) == ("ZZ 123", "2026-12-09T10:50")
    assert len(file.persons) == 2
    assert len(file.appearances) == 1, "nothing is kept of fields that nobody filled"
    listed = DeparturesPage(desk)
    _shown(listed, qtbot)
    listed.open_place(Place(page="departures"))
    _settle(desk, qtbot)
    went: list[Place] = []
    listed.go_requested.connect(went.append)
    listed.table.setFocus()
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    assert went == [Place(page="departure", subject=file.departure.id)]


def test_what_cannot_be_read_stays_and_stops_the_saving(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    page = DeparturePage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="departure", subject=file.departure.id))
    _settle(desk, qtbot)
    _type(page, "_planned_on", "31-11-2026")
    _type(page, "_weight_g", "zwaar")
    _click(page, "departure_save")
    _settle(desk, qtbot)
    wrong = [each for each in page.findChildren(QLineEdit) if each.property("error")]
    assert {each.text() for each in wrong} == {"31-11-2026", "zwaar"}
    assert departures.load(desk.session, file.departure.id) == file


def test_a_draft_is_kept_and_offered_again(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    page = DeparturePage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="departure", subject=file.departure.id))
    _settle(desk, qtbot)
    _type(page, "_carrier", "iets anders")
    page.leave()
    _settle(desk, qtbot)
    other = DeparturePage(desk)
    _shown(other, qtbot)
    other.open_place(Place(page="departure", subject=file.departure.id))
    _settle(desk, qtbot)
    _click(other, "departure_take_draft")
    _click(other, "departure_save")
    _settle(desk, qtbot)
    assert departures.load(desk.session, file.departure.id).departure.carrier == "iets anders"


def test_the_checklist_keeps_each_answer_at_once(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    page = DeparturePage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="departure", subject=file.departure.id, part="checks"))
    _settle(desk, qtbot)
    choice = page.findChild(Choice, "check_C01")
    assert isinstance(choice, Choice)
    choice.set_code("antwoord-check.geregeld")
    choice.code_chosen.emit("antwoord-check.geregeld")
    _settle(desk, qtbot)
    assert len(departures.load(desk.session, file.departure.id).checks) == 1
    late = page.findChild(Choice, "check_C05")
    assert isinstance(late, Choice)
    late.set_code("antwoord-check.niet-nodig")
    late.code_chosen.emit("antwoord-check.niet-nodig")
    _settle(desk, qtbot)
    assert len(departures.load(desk.session, file.departure.id).checks) == 1, (
        "an answer that needs a reason waits for it"
    )
    _type(page, "check_reason_C05", "arts vraagt dit niet")
    _settle(desk, qtbot)
    assert len(departures.load(desk.session, file.departure.id).checks) == 2


def test_from_concept_to_final_to_file_through_the_sheet(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    page = SheetPage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="sheet", subject=file.departure.id))
    _settle(desk, qtbot)
    final = page.findChild(Button, "sheet_final")
    assert isinstance(final, Button)
    assert not final.isEnabled(), "the own text has not been read"
    _click(page, "sheet_missing_link_0")
    editor = page.findChild(NoteEdit, "own_text_request.request")
    assert isinstance(editor, NoteEdit)
    assert editor.isVisible()
    editor.setPlainText("Zij komt uit het azc.")
    editor.flush()
    _settle(desk, qtbot)
    read = page.findChild(Button, "own_text_read")
    assert isinstance(read, Button)
    assert not read.isEnabled(), "a word that may not stand there"
    editor.setPlainText("Draag Lusine over aan haar zus.")
    editor.flush()
    _settle(desk, qtbot)
    _click(page, "own_text_read")
    _settle(desk, qtbot)
    monkeypatch.setattr(Question, "ask", lambda *_args: True)
    _click(page, "sheet_final")
    _settle(desk, qtbot)
    assert papers.prepare(desk.session, wanted_sheet(file)).paper.status is PaperStatus.FINAL
    target = tmp_path / "blad.pdf"
    page.save_to(target)
    _settle(desk, qtbot)
    assert_archivable(target.read_bytes())
    line = papers.disclosures_of(desk.session, file.departure.scope)[0]
    assert (line.receiver, line.status) == ("Begeleider", "final")
    now = departures.load(desk.session, file.departure.id)
    departures.save(
        desk.session, now, departures.changed(now, departure=now.departure.with_values(carrier="Bus"))
    )
    _settle(desk, qtbot)
    assert papers.prepare(desk.session, wanted_sheet(file)).version == 2


def test_a_gap_leads_to_its_field(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    without = departures.changed(file, departure=file.departure.with_values(deputy_phone=None))
    departures.save(desk.session, file, without)
    page = SheetPage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="sheet", subject=file.departure.id))
    _settle(desk, qtbot)
    went: list[Place] = []
    page.go_requested.connect(went.append)
    _click(page, "sheet_missing_link_0")
    person = file.persons[0].person
    assert went == [Place(page="departure", subject=file.departure.id, part=f"contact.deputy-phone@{person}")]
    form = DeparturePage(desk)
    _shown(form, qtbot)
    form.activateWindow()
    form.open_place(went[0])
    _settle(desk, qtbot)
    focused = form.focusWidget()
    assert focused is not None
    assert focused.objectName().endswith("_deputy_phone")


def test_a_field_that_is_led_to_is_in_sight_at_once(desk: Desk, qtbot: QtBot) -> None:
    """A window that becomes active just then gives the focus of a hidden field away."""
    file = planned(desk.session, made_up_family(desk.session))
    form = DeparturePage(desk)
    _shown(form, qtbot)
    place = Place(page="departure", subject=file.departure.id)
    form.open_place(place)
    _settle(desk, qtbot)
    _type(form, "_carrier", "Bus")
    form.open_place(replace(place, part="contact.deputy-phone"))
    focused = form.focusWidget()
    assert focused.objectName().endswith("_deputy_phone")
    assert focused.isVisible()


def test_a_second_program_can_neither_print_nor_save(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    desk.session.store.read_only = True
    desk.read_only = True
    page = SheetPage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="sheet", subject=file.departure.id))
    _settle(desk, qtbot)
    for name in ("sheet_print", "sheet_save", "sheet_final"):
        button = page.findChild(Button, name)
        assert isinstance(button, Button)
        assert not button.isEnabled()
    desk.session.store.read_only = False


def test_the_tabs_of_a_family_show_departures_and_papers(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    wanted = wanted_sheet(file)
    papers.mark_read(desk.session, wanted)
    papers.disclose(
        desk.session, papers.make_final(desk.session, wanted), way=papers.PRINTED, purpose="doel.overdracht"
    )
    tab, out = FamilyDepartures(desk), FamilyPapers(desk)
    for part in (tab, out):
        _shown(part, qtbot)
        part.open_dossier(file.departure.scope)
    _settle(desk, qtbot)
    assert tab.table.model().rowCount() == 1
    assert out.sheets.model().rowCount() == out.handed.model().rowCount() == 1
    went: list[Place] = []
    out.go_requested.connect(went.append)
    QTest.keyClick(out.sheets, Qt.Key.Key_Return)
    person = file.persons[0].person
    assert went == [Place(page="sheet", subject=file.departure.id, part=f"{person}/sheet")]


def test_that_no_condition_was_set_is_an_answer_too(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    departures.save(desk.session, file, departures.changed(file, conditions=()))
    assert [gap.code for gap in papers.prepare(desk.session, wanted_sheet(file)).gaps] == ["condition.asked"]
    page = DeparturePage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="departure", subject=file.departure.id, part="receiving"))
    _settle(desk, qtbot)
    person = (file.persons[0].person or "")[-6:]
    choice = page.findChild(Choice, f"no_condition_{person}_answer")
    assert isinstance(choice, Choice)
    choice.set_code("not-applicable")
    choice.code_chosen.emit("not-applicable")
    _click(page, "departure_save")
    _settle(desk, qtbot)
    assert papers.prepare(desk.session, wanted_sheet(file)).gaps == ()


def test_the_sheet_of_a_departure_that_is_off_says_why_it_is_not_made_final(desk: Desk, qtbot: QtBot) -> None:
    file = planned(desk.session, made_up_family(desk.session))
    papers.mark_read(desk.session, wanted_sheet(file))
    page = SheetPage(desk)
    _shown(page, qtbot)
    page.open_place(Place(page="sheet", subject=file.departure.id))
    _settle(desk, qtbot)
    final = page.findChild(Button, "sheet_final")
    assert isinstance(final, Button)
    assert final.isEnabled()
    departures.cancel(desk.session, file.departure.id, "Ticket vervallen")
    _settle(desk, qtbot)
    assert not final.isEnabled()
    assert "gaat niet door" in final.accessibleDescription()
    desk.session.store.undo()
    _settle(desk, qtbot)
    assert final.isEnabled()
