"""Fields keep what was typed, say what is wrong in place, and are named for who cannot see them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.errors import KnownProblem
from ui.bridge.look import Look
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.incomplete_date_field import IncompleteDateField
from ui.widgets.note_edit import NoteEdit
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField, read_time


def test_an_error_takes_the_place_of_the_hint_and_goes_on_mending(look: Look, qtbot: QtBot) -> None:
    field = Field("Geldig tot", DateField(name="valid"), hint="dag, maand, jaar", required=True)
    qtbot.addWidget(field)
    field.editor.setText("31-11-2026")
    assert not field.check()
    assert field.editor.text() == "31-11-2026"
    assert "30-11-2026" in field.editor.accessibleDescription()
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert not field.has_error
    assert field.editor.accessibleDescription() == "dag, maand, jaar"


def test_the_label_is_the_buddy_and_says_required(look: Look, qtbot: QtBot) -> None:
    field = Field("Naam", TextField(name="name"), required=True)
    qtbot.addWidget(field)
    label = field.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.buddy() is field.editor
    assert field.editor.accessibleName() == "Naam (verplicht)"


def test_a_value_is_told_once_when_the_field_is_left(look: Look, qtbot: QtBot) -> None:
    editor = DateField(name="day")
    qtbot.addWidget(editor)
    told: list[object] = []
    editor.value_typed.connect(told.append)
    editor.setText("24 nov 2026")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told == ["24-11-2026"]
    assert editor.value() == "2026-11-24"


def test_a_date_may_be_empty_but_not_half(look: Look, qtbot: QtBot) -> None:
    editor = DateField(name="day")
    qtbot.addWidget(editor)
    assert editor.value() == ""
    editor.setText("03-1990")
    with pytest.raises(KnownProblem):
        editor.value()


@pytest.mark.parametrize("stored", ["1990-03-14", "1990-03", "1990", "~1989", "?", ""])
def test_an_incomplete_date_comes_back_as_it_was(look: Look, qtbot: QtBot, stored: str) -> None:
    editor = IncompleteDateField(name="birth")
    qtbot.addWidget(editor)
    editor.set_value(stored)
    assert editor.value() == stored


def test_what_was_typed_of_an_incomplete_date_stays(look: Look, qtbot: QtBot) -> None:
    editor = IncompleteDateField(name="birth")
    qtbot.addWidget(editor)
    editor.setText("?? mei 1988")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "?? mei 1988"
    assert editor.value() == "1988-05"
    assert "1988" in editor.meaning()


@pytest.mark.parametrize(("typed", "value"), [("9", "09:00"), ("930", "09:30"), ("10.05", "10:05"), ("", "")])
def test_times(typed: str, value: str) -> None:
    assert read_time(typed) == value


@pytest.mark.parametrize("typed", ["25:00", "10:61", "straks"])
def test_no_times(look: Look, qtbot: QtBot, typed: str) -> None:
    editor = TimeField(name="time")
    qtbot.addWidget(editor)
    editor.setText(typed)
    assert "10:30" in editor.problem()


def test_a_capital_without_shift_betrays_caps_lock(look: Look, qtbot: QtBot) -> None:
    editor = PassphraseField(name="passphrase")
    qtbot.addWidget(editor)
    seen: list[object] = []
    editor.caps_lock_seen.connect(seen.append)
    QTest.keyClicks(editor, "ab")
    assert seen == []
    QTest.keyEvent(QTest.KeyAction.Press, editor, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    QTest.sendKeyEvent(QTest.KeyAction.Press, editor, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier)
    assert seen[-1] is True


def test_a_taken_passphrase_is_nowhere_on_screen(look: Look, qtbot: QtBot) -> None:
    editor = PassphraseField(name="passphrase")
    qtbot.addWidget(editor)
    editor.setText("vier losse woorden hier")
    editor.setEchoMode(QLineEdit.EchoMode.Normal)
    assert editor.take() == "vier losse woorden hier"
    assert editor.text() == ""
    assert editor.echoMode() == QLineEdit.EchoMode.Password


def test_notes_are_offered_on_leaving_and_markup_stays_text(look: Look, qtbot: QtBot) -> None:
    note = NoteEdit(name="note")
    qtbot.addWidget(note)
    told: list[object] = []
    note.value_typed.connect(told.append)
    note.set_value("oud")
    note.flush()
    note.setPlainText("<b>nieuw</b>")
    note.flush()
    note.flush()
    assert told == ["<b>nieuw</b>"]


def test_a_choice_invents_no_value(look: Look, qtbot: QtBot) -> None:
    choice = Choice((("a", "Eerste"), ("b", "Tweede")), name="choice")
    qtbot.addWidget(choice)
    assert choice.code() == ""
    choice.set_code("b")
    choice.set_pairs((("b", "Tweede"), ("c", "Derde")))
    assert choice.code() == "b"
    choice.set_code("weg")
    assert choice.code() == ""
