"""Unlocking and first start through their real widgets, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import RunAtOnce
from tests.ui.presenters.test_unlock_presenter import _GOOD, _Gate
from ui.bridge.look import Look
from ui.views.first_start.first_start_view import FirstStartView
from ui.views.unlock.unlock_view import UnlockView


def _type(view: QWidget, name: str, text: str) -> None:
    field = view.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _shown_texts(view: QWidget) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_enter_unlocks_and_a_wrong_passphrase_stays_selected(look: Look, qtbot: QtBot) -> None:
    opened: list[object] = []
    view = UnlockView(_Gate(), RunAtOnce(), opened.append)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    _type(view, "passphrase", "fout")
    field = view.findChild(QLineEdit, "passphrase")
    assert isinstance(field, QLineEdit)
    assert field.selectedText()
    assert "Typ uw wachtzin." in _shown_texts(view)
    _type(view, "passphrase", _GOOD)
    assert opened == ["store"]


def test_the_recovery_key_can_be_used_instead(look: Look, qtbot: QtBot) -> None:
    opened: list[object] = []
    view = UnlockView(_Gate(), RunAtOnce(), opened.append)
    qtbot.addWidget(view)
    view.show()
    switch = view.findChild(QPushButton, "switch_recovery")
    assert isinstance(switch, QPushButton)
    switch.click()
    for name, text in (("new_passphrase", _GOOD), ("new_passphrase_again", _GOOD), ("recovery_key", "AAAAA")):
        _type(view, name, text)
    assert opened == [f"AAAAA {_GOOD}"]


def test_first_start_by_enter_alone(look: Look, qtbot: QtBot) -> None:
    created: list[object] = []
    view = FirstStartView(_Gate(), RunAtOnce(), created.append)
    qtbot.addWidget(view)
    view.show()
    _type(view, "officer", "J. Terpstra")
    assert "gezinslocatie" in _shown_texts(view).lower()
    _type(view, "location", "GL Noordermeer")
    _type(view, "new_passphrase", _GOOD)
    _type(view, "new_passphrase_again", _GOOD)
    groups = view.findChild(QWidget, "recovery_groups")
    assert isinstance(groups, QWidget)
    assert groups.accessibleName() == "1: A A A A A; 2: B B B B B"
    kept = view.findChild(QPushButton, "first_start_next")
    assert isinstance(kept, QPushButton)
    kept.click()
    _type(view, "typed_recovery", "AAAAA BBBBB")
    assert created == ["new store"]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (911, 512)])
def test_the_buttons_of_first_start_are_always_in_sight(
    look: Look, qtbot: QtBot, width: int, height: int
) -> None:
    view = FirstStartView(_Gate(), RunAtOnce(), list[object]().append)
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    button = view.findChild(QPushButton, "first_start_next")
    assert isinstance(button, QPushButton)
    assert view.rect().contains(button.geometry())
