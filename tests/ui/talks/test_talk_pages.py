"""The screens of a talk on a real store: single keys, notes that survive a kill, the way from list to report."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.dated_event import bare_code
from app.services import circumstances, paper_disclosure, talk_view, talks
from app.services.session import Session
from app.services.talk_list import Part
from tests.support.session_fixture import Clock
from tests.support.store_fixture import StoreFile
from tests.support.talk_case import TalkCase, answer_all_topics, begin_talk, talk_of
from ui.bridge.change_feed import ChangeFeed
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.bridge.task import TaskRunner
from ui.views.page import Page
from ui.views.talks.finish_view import TalkFinishPage
from ui.views.talks.form_view import TalkFormPage
from ui.views.talks.list_view import TalksPage
from ui.views.talks.mode_view import TalkModePage
from ui.views.talks.report_view import TalkReportPage
from ui.views.talks.tab import FamilyTalks
from ui.views.talks.talk_page import TalkPage

Settle = Callable[[], None]


@pytest.fixture
def case(session: Session) -> TalkCase:
    return begin_talk(session)


def _shown(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()


@pytest.fixture
def page(desk: Desk, case: TalkCase, qtbot: QtBot, settle: Settle) -> TalkPage:
    made = TalkPage(desk)
    _shown(qtbot, made)
    made.open_place(Place(page="talk", subject=case.talk))
    settle()
    return made


def _press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or widget, key)


def test_letters_answer_the_sentences_of_the_phase(
    page: TalkPage, session: Session, case: TalkCase, settle: Settle
) -> None:
    page.mode.presenter.choose_step("stap.verdieping")
    page.mode.take_focus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_N, Qt.Key.Key_B, Qt.Key.Key_V):
        _press(page, key)
    settle()
    answers = talk_view.load(session, case.talk).answers
    assert {code: bare_code(row.answer or "") for code, row in answers.items()} == {
        "OP-01": "antwoord.ja", "OP-02": "antwoord.nee", "OP-03": "antwoord.niet-besproken", "OP-04": "antwoord.nvt",
    }  # fmt: skip
    assert page.mode.parts.count.text() == "4 van 9 beantwoord"
    assert page.mode.parts.checklist.current() == "OP-05"


def test_undo_takes_an_answer_from_the_screen_and_the_focus_stays(
    page: TalkPage, session: Session, settle: Settle
) -> None:
    page.mode.presenter.choose_step("stap.verdieping")
    page.mode.take_focus()
    _press(page, Qt.Key.Key_J)
    settle()
    focused = QApplication.focusWidget()
    session.store.undo()
    QApplication.processEvents()
    settle()
    button = page.findChild(QPushButton, "answer_OP-01_yes")
    assert isinstance(button, QPushButton) and not button.isChecked()
    assert QApplication.focusWidget() is focused


def test_leaving_the_notes_saves_them(
    page: TalkPage, session: Session, case: TalkCase, settle: Settle
) -> None:
    notes = page.mode.parts.notes
    notes.setFocus()
    QTest.keyClicks(notes, "Lusine is stil.")
    page.mode.parts.steps.setFocus()
    settle()
    assert talk_of(session, case).notes == "Lusine is stil."
    assert page.mode.parts.saved.text() == "Bewaard om 10:30:00"


def test_a_page_that_is_left_hands_over_what_is_typed(
    page: TalkPage, session: Session, case: TalkCase, settle: Settle
) -> None:
    page.mode.parts.notes.setPlainText("net getypt")
    page.leave()
    settle()
    assert talk_of(session, case).notes == "net getypt"


def test_notes_survive_a_kill_in_the_middle_of_typing(
    page: TalkPage,
    session: Session,
    case: TalkCase,
    store_file: StoreFile,
    tmp_path: Path,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    page.mode.parts.notes.setPlainText("Armen: “eerst de school”")
    qtbot.wait(1_200)  # the pause in typing
    settle()
    killed = tmp_path / "killed.db"
    for ending in ("", "-wal"):  # what lies on the disk when the power goes; nothing was closed
        if Path(f"{store_file.path}{ending}").exists():
            shutil.copy(f"{store_file.path}{ending}", f"{killed}{ending}")
    store = StoreFile(killed).open()
    store.packs, store.derive = session.store.packs, session.store.derive
    runner = TaskRunner()
    again = Desk(session=replace(session, store=store), runner=runner, feed=ChangeFeed(runner))
    reopened = TalkPage(again)
    _shown(qtbot, reopened)
    reopened.open_place(Place(page="talk", subject=case.talk))
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    assert reopened.mode.parts.offer.isVisible()
    assert reopened.mode.parts.notes.value() == ""
    reopened.mode.parts.take.click()
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    assert talk_of(again.session, case).notes == "Armen: “eerst de school”"
    assert not reopened.mode.parts.offer.isVisible()
    runner.stop()
    store.close()


def test_special_circumstances_are_asked_and_the_reading_eye_sees_no_topic(
    page: TalkPage, session: Session, case: TalkCase, settle: Settle
) -> None:
    page.mode.presenter.choose_step("stap.bijzonderheden")
    settle()
    form = page.mode.parts.topics.form("bijz.mensenhandel")
    assert form is not None
    form.buttons[circumstances.YES].click()
    settle()
    assert form.findChild(QWidget, "topic_bijz.mensenhandel_told") is not None
    told = page.mode.findChild(QWidget, "topic_bijz.mensenhandel_told")
    assert told is not None and told.isVisible()
    words = [
        label.text() for label in page.mode.findChildren(type(page.mode.parts.hint)) if label.isVisible()
    ]
    assert not any("ensenhandel" in text for text in words)
    other = page.mode.parts.topics.form("bijz.veiligheid")
    assert other is not None
    other.buttons[circumstances.NOT_ASKED].click()
    settle()
    assert set(talk_view.load(session, case.talk).circumstances) == {"bijz.mensenhandel"}


def test_an_agreement_by_keyboard(page: TalkPage, session: Session, case: TalkCase, settle: Settle) -> None:
    QTest.keyClick(page.mode.parts.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    quick = page.mode.parts.quick
    assert quick.isVisible()
    _press(page, Qt.Key.Key_Return)
    assert quick.what.has_error
    quick.what.editor.setText("belt de school")
    quick.due.editor.setText("27-11-2026")
    _press(page, Qt.Key.Key_Return)
    settle()
    (made,) = talk_view.load(session, case.talk).agreements
    assert (made.what, made.due_on) == ("belt de school", "2026-11-27")
    assert not quick.isVisible()


def test_finishing_names_what_is_open_and_ends_in_the_report(
    desk: Desk, page: TalkPage, session: Session, case: TalkCase, settle: Settle
) -> None:
    went: list[object] = []
    page.go_requested.connect(went.append)
    page.mode.parts.finish.click()
    assert went == [Place(page="talk", subject=case.talk, part="finish")]
    page.open_place(Place(page="talk", subject=case.talk, part="finish"))
    settle()
    finish = page.current()
    assert isinstance(finish, TalkFinishPage)
    finish.parts.summary.editor.setPlainText("“Wij denken na.”")
    finish.parts.finish.click()
    settle()
    assert "Gezondheid" in finish.parts.problem.text()
    answer_all_topics(session, case)
    QApplication.processEvents()
    settle()
    assert not finish.parts.topics.isVisible()
    finish.parts.finish.click()
    settle()
    assert went[-1] == Place(page="talk", subject=case.talk, part="report")
    page.open_place(Place(page="talk", subject=case.talk, part="report"))
    settle()
    report = page.current()
    assert isinstance(report, TalkReportPage)
    assert talk_of(session, case).summary == "“Wij denken na.”"
    assert report.parts.transfer.isVisible()


def test_copying_the_report_is_written_down_first(
    desk: Desk, session: Session, case: TalkCase, qtbot: QtBot, settle: Settle
) -> None:
    answer_all_topics(session, case)
    talk = talk_of(session, case)
    talks.finish(session, talk, talk.with_values(notes="Gesproken."))
    page = TalkReportPage(desk)
    _shown(qtbot, page)
    page.open_place(Place(page="talk", subject=case.talk))
    settle()
    page.parts.copy.click()
    settle()
    (line,) = paper_disclosure.disclosures_of(session, case.dossier)
    assert (bare_code(line.way or ""), line.about) == ("manier.gekopieerd", case.talk)
    assert "Gesproken." in QApplication.clipboard().text()
    page.parts.transfer.click()
    settle()
    assert talk_of(session, case).transferred_at is not None


def test_the_lists_and_the_tab_open_a_talk(
    desk: Desk, case: TalkCase, qtbot: QtBot, settle: Settle, clock: Clock
) -> None:
    clock.forward(days=1)
    listed, tab = TalksPage(desk), FamilyTalks(desk)
    for page in (listed, tab):
        went: list[object] = []
        page.go_requested.connect(went.append)
        _shown(qtbot, page)
        if isinstance(page, Page):
            page.open_place(Place(page="talks"))
        else:
            page.open_dossier(case.dossier)
        settle()
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert went == [Place(page="talk", subject=case.talk)]
    assert listed.presenter.part is Part.OPEN
    assert tab.act("new")


def test_a_new_talk_begins_from_the_form(
    desk: Desk, case: TalkCase, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    page = TalkFormPage(desk)
    went: list[Place] = []
    page.go_requested.connect(went.append)
    _shown(qtbot, page)
    page.open_place(Place(page="talk_new", subject=case.dossier))
    settle()
    assert [box.isChecked() for box in page.parts.persons.values()] == [True, True, False]
    page.parts.goal.editor.setText("Weten wat school betekent.")
    page.parts.store.click()
    settle()
    assert went[0].page == "talk"
    view = talk_view.load(session, went[0].subject)
    assert (view.talk.goal, view.persons) == ("Weten wat school betekent.", case.persons)


def test_a_talk_for_later_needs_a_day_that_can_be_read(
    desk: Desk, case: TalkCase, qtbot: QtBot, settle: Settle
) -> None:
    page = TalkFormPage(desk)
    _shown(qtbot, page)
    page.open_place(Place(page="talk_new", subject=case.dossier, part="later"))
    settle()
    page.parts.store.click()
    settle()
    assert page.parts.day.has_error
    page.parts.day.editor.setText("31-11-2026")
    page.parts.store.click()
    assert page.parts.day.has_error
    assert page.parts.day.editor.text() == "31-11-2026"


def test_everything_that_is_wrong_with_a_talk_for_later_is_told_at_once(
    desk: Desk, case: TalkCase, qtbot: QtBot, settle: Settle
) -> None:
    page = TalkFormPage(desk)
    _shown(qtbot, page)
    page.open_place(Place(page="talk_new", subject=case.dossier, part="later"))
    settle()
    parts = page.parts
    for box in parts.persons.values():
        box.setChecked(False)
    parts.day.editor.setText("31-11-2026")
    parts.time.editor.setText("25:00")
    parts.goal.editor.setText("x" * 500)
    parts.store.click()
    settle()
    assert parts.day.has_error and parts.time.has_error and parts.goal.has_error
    assert parts.persons_error.isVisible()


def test_talk_mode_takes_the_whole_window_while_it_shows(desk: Desk, case: TalkCase, qtbot: QtBot) -> None:
    page = TalkModePage(desk)
    told: list[bool] = []
    page.whole_window_wanted.connect(told.append)
    _shown(qtbot, page)
    page.hide()
    assert told == [True, False]


def test_a_talk_that_is_gone_is_said(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = TalkPage(desk)
    _shown(qtbot, page)
    page.open_place(Place(page="talk", subject="0" * 32))
    settle()
    assert page.current() is None
