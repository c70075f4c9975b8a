"""Works the real window as a hand would: finds parts by their names, clicks, types, waits until work has ended."""

import os
import time
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.bridge.place import Place
from ui.shell.program import Program
from ui.widgets.choice import Choice
from ui.widgets.note_edit import NoteEdit

W = TypeVar("W", bound=QWidget)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Open(Protocol):
    """Starts the program."""

    def __call__(self, laptop: str = "") -> "WindowDriver":
        """On the folder of this laptop."""


class WindowDriver:
    """`pictures`: a folder for a picture of each step that is named; REGIEMAP_JOURNEY_PICTURES gives one."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self._qtbot = program, qtbot
        self.place = Place(page="")
        program.window.place_shown.connect(self._note_place)
        folder = os.environ.get("REGIEMAP_JOURNEY_PICTURES", "")
        self._pictures = Path(folder) if folder else None
        self._taken = 0

    @property
    def window(self) -> QWidget:
        """The main window."""
        return self.program.window

    def _note_place(self, place: object) -> None:
        assert isinstance(place, Place)
        self.place = place

    def settle(self) -> None:
        """Wait until nothing is under way, twice in a row: an answer may ask the next question."""
        until, quiet = time.monotonic() + 20, 0
        while quiet < 2:
            if time.monotonic() > until:
                raise TimeoutError
            self._qtbot.wait(5)
            quiet = 0 if self.program.runner.busy else quiet + 1

    def picture(self, name: str) -> None:
        """Keep how the window looks now, when somebody asked for pictures."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self._taken += 1
            self.window.grab().save(str(self._pictures / f"{self._taken:02}-{name}.png"))

    def part(self, kind: type[W], name: str) -> W:
        """The part of this name that shows; also by the end of a name ("*_carrier")."""
        found = [each for each in self.window.findChildren(kind) if _is_called(each, name)]
        shown = [each for each in found if each.isVisible()]
        assert shown, f"{name} does not show; it is there {len(found)} times"
        return shown[0]

    def names(self, begin: str, end: str) -> list[str]:
        """The names of the buttons that show whose names begin and end so, from top to bottom."""
        found = [
            each
            for each in self.window.findChildren(QAbstractButton)
            if each.isVisible() and each.objectName().startswith(begin) and each.objectName().endswith(end)
        ]
        return [each.objectName() for each in found]

    def click(self, name: str) -> None:
        """Click a button that can be clicked, and wait for what follows."""
        button = self.part(QAbstractButton, name)
        assert button.isEnabled(), f"{name} cannot be clicked: {button.toolTip()}"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Type into a line and leave it. Letters that the test keyboard lacks come as an input method gives them."""
        line = self.part(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            line.setText(text)
            line.textEdited.emit(text)
        popup = QApplication.activePopupWidget()
        if popup is not None:  # the proposals of a completer
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        line.editingFinished.emit()

    def write(self, name: str, text: str) -> None:
        """Type into a note and hand it over."""
        note = self.part(NoteEdit, name)
        note.setFocus()
        note.selectAll()
        note.insertPlainText(text)
        note.flush()
        self.settle()

    def choose(self, name: str, code: str) -> None:
        """Choose from a list, as the arrow keys do."""
        choice = self.part(Choice, name)
        at = choice.findData(code)
        assert at >= 0, f"{name} has no {code}: {[choice.itemData(i) for i in range(choice.count())]}"
        choice.setFocus()
        choice.setCurrentIndex(at)
        choice.activated.emit(at)
        self.settle()

    def drop(self, *files: Path) -> None:
        """Let files go over the page, as a hand does that drags them from a folder."""
        page = self.program.window.current_page()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        assert page is not None and page.acceptDrops()
        enter = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
        QApplication.sendEvent(page, enter)
        assert enter.isAccepted(), "the page takes no such file"
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, left, none))
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        if not self.window.isActiveWindow():  # offscreen nobody gives it back after a popup
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window)
        focused: QWidget | None = self.window.focusWidget()  # the stubs do not say that it may be nobody
        QTest.keyClick(self.window if focused is None else focused, key, modifier)
        self.settle()

    def words(self) -> str:
        """All that the parts that show say: texts, spoken names and descriptions, and the cells of lists."""
        said: list[str] = []
        for each in self.window.findChildren(QWidget):
            if each.isVisible():
                text = getattr(each, "text", None)
                said += [each.accessibleName(), each.accessibleDescription()]
                said += [str(text())] if callable(text) else []
                said += _cells(each) if isinstance(each, QAbstractItemView) else []
        return "\n".join(said)


def _cells(view: QAbstractItemView) -> list[str]:
    model = view.model()
    places = [
        model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())
    ]
    return [str(place.data(Qt.ItemDataRole.AccessibleTextRole) or place.data() or "") for place in places]


def _is_called(widget: QWidget, name: str) -> bool:
    called = widget.objectName()
    return called.endswith(name[1:]) if name.startswith("*") else called == name
