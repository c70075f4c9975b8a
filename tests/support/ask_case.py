"""A form page that is driven by the names of its fields, as a person would: typed, chosen, pressed, saved."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.views.ask.ask_editor import ChoiceEditor, DayEditor, IncompleteEditor, NoteEditor, TextEditor
from ui.views.ask.ask_view import AnyPresenter, AskPage
from ui.widgets.choice import Choice
from ui.widgets.field import Field

Settle = Callable[[], None]
W = TypeVar("W", bound=QWidget)


def part(page: QWidget, kind: type[W], name: str) -> W:
    """A widget of a page by its name."""
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


class Form:
    """A form page that is driven by names."""

    def __init__(self, qtbot: QtBot, settle: Settle, desk: Desk, kind: type[AnyPresenter]) -> None:
        self.page = AskPage(desk, kind)
        self.kind, self.settle = kind, settle
        self.places: list[Place] = []
        self.said: list[Notice] = []
        self.page.go_requested.connect(self.places.append)
        self.page.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 700)
        self.page.show()

    def open(self, subject: str, of: str = "") -> "Form":
        self.page.open_place(Place(page=self.kind.form, subject=subject, part=of))
        self.settle()
        return self

    def type(self, name: str, text: str) -> None:
        line = part(self.page, QLineEdit, f"ask_{name}")
        line.setText(text)
        line.textEdited.emit(text)
        line.editingFinished.emit()

    def choose(self, name: str, code: str) -> None:
        choice = part(self.page, Choice, f"ask_{name}")
        choice.set_code(code)
        choice.code_chosen.emit(code)

    def press(self, name: str) -> None:
        part(self.page, QPushButton, name).click()

    def save(self) -> None:
        self.press(f"{self.kind.form}_save")
        self.settle()

    def break_all(self) -> list[str]:
        """Leave everything empty that must be answered, and type something wrong in every other line, text and day;
        the names of these fields."""
        broken = []
        for field in self.page.findChildren(Field):
            editor = field.editor
            if isinstance(editor, ChoiceEditor) and editor.text():
                continue  # nobody can choose nothing any more
            if editor.accessibleName().endswith("(verplicht)"):
                editor.put("")
            elif isinstance(editor, DayEditor | IncompleteEditor):
                self.type(editor.name, "31 april 2026")
            elif isinstance(editor, TextEditor):
                self.type(editor.name, "x" * 500)  # no number, and too long for a line
            elif isinstance(editor, NoteEditor):
                editor.put("een\x07teken")
            else:
                continue
            broken.append(editor.name)
        return broken

    def unmarked(self, names: list[str]) -> list[str]:
        """Those of these fields beside which no error stands."""
        return [name for name in names if not self.error(name)]

    def error(self, name: str) -> str:
        field = next(field for field in self.page.findChildren(QWidget) if getattr(field, "name", "") == name)
        return field.accessibleDescription() if field.property("error") else ""
