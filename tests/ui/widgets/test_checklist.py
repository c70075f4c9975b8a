"""The checklist by keyboard: J N B V answer and move on, arrows walk, typing with Ctrl is left to the program."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.bridge.look import Look
from ui.widgets.checklist_view import ChecklistItem, ChecklistView, ItemAnswered


def _items(count: int) -> list[ChecklistItem]:
    return [
        ChecklistItem(key=f"OP-{at:02d}", code=f"OP-{at:02d}", sentence=f"Zin {at}.") for at in range(count)
    ]


@pytest.fixture
def view(look: Look, qtbot: QtBot) -> ChecklistView:
    made = ChecklistView(name="checklist", words="Verdieping")
    qtbot.addWidget(made)
    made.set_items(_items(12))
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.take_focus()
    return made


def _press(
    view: ChecklistView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    # The stubs do not say that there may be no focus.
    focused: QWidget | None = view.focusWidget()
    QTest.keyClick(view if focused is None else focused, key, modifier)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (Qt.Key.Key_J, "yes"),
        (Qt.Key.Key_N, "no"),
        (Qt.Key.Key_B, "not_discussed"),
        (Qt.Key.Key_V, "not_applicable"),
    ],
)
def test_a_letter_answers_and_moves_on(view: ChecklistView, key: Qt.Key, code: str) -> None:
    told: list[object] = []
    view.answered.connect(told.append)
    _press(view, key)
    assert told == [ItemAnswered(key="OP-00", answer=code)]
    assert view.current() == "OP-01"


def test_arrows_walk_without_answering(view: ChecklistView) -> None:
    told: list[object] = []
    view.answered.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right):
        _press(view, key)
    assert view.current() == "OP-01"
    assert told == []


def test_arrows_beside_a_given_answer_do_not_change_it(view: ChecklistView) -> None:
    view.set_answer("OP-00", "yes")
    view.take_focus()
    told: list[object] = []
    view.answered.connect(told.append)
    _press(view, Qt.Key.Key_Right)
    assert told == []


def test_a_letter_with_ctrl_is_no_answer(view: ChecklistView) -> None:
    _press(view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert view.current() == "OP-00"


def test_the_current_row_is_kept_in_the_middle_third(view: ChecklistView, qtbot: QtBot) -> None:
    for _time in range(6):
        _press(view, Qt.Key.Key_J)
    qtbot.wait(20)
    row = view.findChild(QPushButton, "answer_OP-06_yes")
    assert isinstance(row, QPushButton)
    middle = row.mapTo(view.viewport(), QPoint(0, 0)).y()
    assert view.viewport().height() // 4 < middle < 3 * view.viewport().height() // 4


def test_the_end_is_told(view: ChecklistView) -> None:
    ended: list[bool] = []
    view.end_reached.connect(lambda: ended.append(True))
    for _time in range(12):
        _press(view, Qt.Key.Key_J)
    assert ended == [True]
    assert view.current() == "OP-11"


def test_the_answers_look_alike_and_are_named(view: ChecklistView) -> None:
    buttons = [
        button for button in view.findChildren(QPushButton) if button.objectName().startswith("answer_OP-03")
    ]
    assert len({button.property("kind") for button in buttons}) == 1
    assert [button.accessibleName() for button in buttons] == [
        f"{word}, Zin 3." for word in ("Ja", "Nee", "Niet besproken", "N.v.t.")
    ]
