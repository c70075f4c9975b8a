"""The quick note and the day through their real pages, and the key that opens a note from anywhere."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.kinds.dossier import QuickNote, Todo
from app.services.session import DUTCH_TIME, Session
from app.storage.uow import read_where
from tests.support.family_case import register_family
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.quick_note_presenter import QuickNotePresenter, place_from
from ui.shell.window import Window
from ui.views.ask.ask_view import AskPage
from ui.views.family import pages as family_pages
from ui.views.notes import pages as notes_pages
from ui.views.notes.my_day_view import MyDayPage
from ui.widgets.note_edit import NoteEdit

Settle = Callable[[], None]


def test_f8_opens_a_note_about_the_family_that_shows_and_saving_goes_back_there(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    window = Window((*family_pages.page_specs(desk), *notes_pages.page_specs(desk)))
    qtbot.addWidget(window)
    window.show_work(Place(page="family", subject=family.dossier.id))
    window.show()
    settle()
    QTest.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: isinstance(window.current_page(), AskPage))
    settle()
    page = window.current_page()
    assert isinstance(page, AskPage)
    QTest.keyClick(window, Qt.Key.Key_F8)  # again: nothing happens to the note
    note = page.findChild(NoteEdit, "ask_body")
    assert note is not None
    note.set_value("Belt morgen terug.")
    follow = page.findChild(QLineEdit, "ask_follow_up")
    assert follow is not None
    follow.setText("Terugbellen")
    save = page.findChild(QPushButton, "quick_note_save")
    assert save is not None
    save.click()
    settle()
    assert window._history.current() == Place(page="family", subject=family.dossier.id)
    with session.store.read() as conn:
        notes = read_where(conn, QuickNote, "scope = ?", (family.dossier.id,))
        todo = read_where(conn, Todo, "scope = ?", (family.dossier.id,))
    assert [each.body for each in notes] == ["Belt morgen terug."]
    assert [(each.what, each.note) for each in todo] == [("Terugbellen", notes[0].id)]
    window.close()


def test_a_note_without_text_is_refused_at_its_field_and_kept_as_draft(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    family = register_family(session, "Voorbeeld")
    page = AskPage(desk, QuickNotePresenter)
    qtbot.addWidget(page)
    page.show()
    place = place_from(Place(page="today"), family.dossier.id)
    page.open_place(place)
    settle()
    follow = page.findChild(QLineEdit, "ask_follow_up")
    save = page.findChild(QPushButton, "quick_note_save")
    assert follow is not None and save is not None
    follow.setText("Terugbellen")
    save.click()
    settle()
    with session.store.read() as conn:
        assert read_where(conn, QuickNote, "1") == []
    page.leave()
    settle()
    page.open_place(place_from(Place(page="dossiers"), ""))  # from elsewhere the same draft is offered
    settle()
    take = next(each for each in page.findChildren(QPushButton) if each.objectName().endswith("take_draft"))
    assert take.isVisible()
    take.click()
    settle()
    again = page.findChild(QLineEdit, "ask_follow_up")
    assert again is not None and again.text() == "Terugbellen"


def test_the_day_is_copied_as_text_and_earlier_days_can_be_seen(
    desk: Desk, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    page = MyDayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_place(Place(page="my_day"))
    settle()
    assert page.empty.isVisible()
    assert not page.later.isEnabled()
    register_family(session, "Voorbeeld")
    page.presenter.open(datetime.now(DUTCH_TIME).date())  # the clock of the journal is the machine's
    settle()
    assert "Voorbeeld" in page.text.value()
    said: list[Notice] = []
    page.said.connect(said.append)
    page.copy.click()
    settle()
    assert "Voorbeeld" in QGuiApplication.clipboard().text()
    assert len(said) == 1
    page.presenter.open()
    settle()
    page.earlier.click()
    settle()
    assert page.later.isEnabled()
    page.later.click()
    settle()
    assert not page.later.isEnabled()
