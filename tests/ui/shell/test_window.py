"""The frame: navigation, the way back, cover and lock, all by keyboard, at every size."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from ui.bridge.look import Look
from ui.bridge.place import Notice, Place
from ui.shell.history import History
from ui.shell.page_spec import PageSpec
from ui.shell.rail import RailLine
from ui.shell.window import Window
from ui.views.page import Page
from ui.widgets.text_field import TextField


class _Page(Page):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("Voorbeeld", name="example", parent=parent)
        self.done: list[str] = []
        self.field = TextField(name="field")
        self.field.setAccessibleName("Veld")
        self.set_content(self.field)

    @override
    def open_place(self, place: Place) -> None:
        self.done.append(f"open {place.subject}")

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.field,)

    @override
    def act(self, command: str) -> bool:
        self.done.append(command)
        return True

    @override
    def leave(self) -> None:
        self.done.append("leave")


_KEYS = ("today", "dossiers", "talks")


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> Window:
    specs = [PageSpec(key=key, icon=f"nav.{key}", title=key, build=_Page) for key in _KEYS]
    family = PageSpec(
        key="family", icon="nav.dossiers", title="family", build=_Page, in_rail=False, belongs_to="dossiers"
    )
    made = Window((*specs, family))
    qtbot.addWidget(made)
    made.show()
    made.show_work(Place(page="today"))
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def _page(window: Window) -> _Page:
    page = window.current_page()
    assert isinstance(page, _Page)
    return page


def _checked(window: Window) -> list[str]:
    return [item.key for item in window.parts.rail._items.values() if item.isChecked()]


def test_keys_go_to_pages_and_back(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert _checked(window) == ["dossiers"]
    window.go(Place(page="family", subject="f1"))
    assert _checked(window) == ["dossiers"]
    assert _page(window).done == ["open f1"]
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _checked(window) == ["today"]
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert _checked(window) == ["dossiers"]


def test_an_open_family_is_marked_in_its_own_line(window: Window) -> None:
    window.parts.rail.set_recent([RailLine(words="Voorbeeldgezin", place=Place(page="family", subject="f1"))])
    window.go(Place(page="family", subject="f1"))
    assert _checked(window) == []


def test_commands_reach_the_page(window: Window) -> None:
    for key in (Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_P):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert _page(window).done == ["open ", "new", "filter", "print"]


def test_f6_walks_rail_and_page(window: Window) -> None:
    assert window.focusWidget() is _page(window).field
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget() is window.parts.rail.first_item()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget() is _page(window).field


def test_the_pause_hides_everything_and_gives_the_focus_back(window: Window) -> None:
    field = _page(window).field
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not field.isVisible()
    assert _page(window).done[-1] == "leave"
    assert not window.parts.menu.actions["find"].isEnabled()
    assert window.parts.menu.actions["lock"].isEnabled()
    resume = window.findChild(QPushButton, "cover_resume")
    assert isinstance(resume, QPushButton)
    resume.click()
    assert field.isVisible()
    assert window.focusWidget() is field


def test_the_lock_lets_go_of_all_pages_and_comes_back_to_the_place(window: Window) -> None:
    window.go(Place(page="family", subject="f1"))
    gone: list[bool] = []
    _page(window).destroyed.connect(lambda: gone.append(True))
    window.show_gate(QLineEdit())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == [True]
    assert window.current_page() is None
    window.show_work(Place(page="today"))
    assert _page(window).done == ["open f1"]


def test_wishes_are_passed_on(window: Window, qtbot: QtBot) -> None:
    wishes = (
        (Qt.Key.Key_L, window.lock_requested),
        (Qt.Key.Key_K, window.find_requested),
        (Qt.Key.Key_Plus, window.size_step_requested),
    )
    for key, wish in wishes:
        with qtbot.waitSignal(wish, timeout=500):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_the_menu_names_what_would_be_undone(window: Window) -> None:
    window.parts.menu.set_undo_words("gezin gesloten", "")
    assert window.parts.menu.actions["undo"].text() == "Ongedaan maken: gezin gesloten"
    assert not window.parts.menu.actions["redo"].isEnabled()


def test_a_notice_is_shown_at_the_foot(window: Window) -> None:
    window.say(Notice(sentence="Gezin gesloten."))
    assert window.parts.notice.isVisible()
    assert window.parts.notice.accessibleName() == "Gezin gesloten."


@pytest.mark.parametrize(("width", "height", "rail"), [(1366, 768, 216), (911, 512, 52), (1000, 580, 216)])
def test_the_rail_fits_the_window(window: Window, width: int, height: int, rail: int) -> None:
    window.resize(width, height)
    assert (window.width(), window.height()) == (width, height)
    assert window.parts.rail.width() == rail


def test_every_interactive_part_has_a_name(window: Window) -> None:
    for kind in (QPushButton, QLineEdit):
        for widget in window.findChildren(kind):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


def test_history_forgets_what_lay_ahead() -> None:
    history, places = History(), [Place(page=key) for key in "abc"]
    for place in places[:2]:
        history.visit(place)
    assert history.back() == places[0]
    history.visit(places[2])
    assert history.forward() is None
    assert history.back() == places[0]
    assert history.back() is None


def test_a_window_that_does_not_fit_takes_the_whole_screen(window: Window) -> None:
    room = window.screen().availableSize()
    window.hide()
    window.setMinimumSize(0, 0)
    window.resize(room.width() // 2, room.height() // 2)
    window.show_fitting()
    assert not window.isMaximized()
    window.hide()
    window.resize(room.width(), room.height() // 2)
    window.show_fitting()
    assert window.isMaximized()
