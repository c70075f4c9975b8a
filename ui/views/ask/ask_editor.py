"""One question with the editor that suits it, and *onbekend* beside it where that may be the answer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from ui.bridge import theme
from ui.presenters.ask import UNKNOWN, Ask, AskKind
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.incomplete_date_field import IncompleteDateField
from ui.widgets.note_edit import NoteEdit
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField, typed_moment

_MOST_BUTTONS = 3
_ONE_COLUMN = 4
_MOST_LETTERS = 24


class AskEditor(QWidget):
    """`answered` comes after an answer that other questions may hang on. The value is a text as records have it."""

    answered = Signal()

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = ask.name
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.gap(1))
        self._unknown: Button | None = None

    def value(self) -> str:
        """The answer, "" for none. Raises KnownProblem when it cannot be read."""
        raise NotImplementedError

    def put(self, value: str) -> None:
        """Show an answer."""
        raise NotImplementedError

    def parts(self) -> Sequence[QWidget]:
        """What takes the focus, the first first."""
        raise NotImplementedError

    def text(self) -> str:
        """The answer, or what was typed when it cannot be read."""
        try:
            return self.value()
        except KnownProblem:
            return self._typed()

    def problem(self) -> str:
        """The sentence that says why it cannot be read, "" when it can."""
        try:
            self.value()
        except KnownProblem as known:
            return problem_text(known)
        return ""

    def _typed(self) -> str:
        return ""

    def _tell(self, _value: object = None) -> None:
        self.answered.emit()


class TextEditor(AskEditor):
    """A line or a note; its choices are proposals."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        self._line = TextField(name=f"ask_{ask.name}", number=ask.kind is AskKind.NUMBER)
        self._row.addWidget(self._line, 1)
        if ask.choices:
            completer = QCompleter([words for _code, words in ask.choices], self._line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._line.setCompleter(completer)
        if ask.unknown:
            self._unknown = unknown_button(ask)
            self._unknown.clicked.connect(self._say_unknown)
            self._row.addWidget(self._unknown)
        self._line.textEdited.connect(self._forget_unknown)
        self._line.value_typed.connect(self._tell)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """The text without spaces around it."""
        return (
            UNKNOWN if self._unknown is not None and self._unknown.isChecked() else self._line.text().strip()
        )

    @override
    def put(self, value: str) -> None:
        """Show a text."""
        unknown = value == UNKNOWN and self._unknown is not None
        self._line.setText("" if unknown else value)
        self._mark(unknown)

    @override
    def parts(self) -> Sequence[QWidget]:
        """The line."""
        return (self._line,)

    def _say_unknown(self) -> None:
        if self._unknown is not None and self._unknown.isChecked():
            self._line.clear()
        self._mark(self._unknown is not None and self._unknown.isChecked())
        self._tell()

    def _forget_unknown(self, _text: str) -> None:
        self._mark(False)

    def _mark(self, unknown: bool) -> None:
        if self._unknown is not None:
            self._unknown.setChecked(unknown)
            self._line.setPlaceholderText(_("unknown") if unknown else "")


class NoteEditor(AskEditor):
    """Plain text in own words."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        self._note = NoteEdit(name=f"ask_{ask.name}", rows=3)
        self._note.setFixedHeight(self._note.sizeHint().height())
        self._row.addWidget(self._note, 1)
        if ask.unknown:
            self._unknown = unknown_button(ask)
            self._unknown.clicked.connect(self._say_unknown)
            self._row.addWidget(self._unknown, 0, Qt.AlignmentFlag.AlignTop)
        self._note.textChanged.connect(self._forget_unknown)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """The text."""
        return UNKNOWN if self._unknown is not None and self._unknown.isChecked() else self._note.value()

    @override
    def put(self, value: str) -> None:
        """Show a text."""
        unknown = value == UNKNOWN and self._unknown is not None
        self._note.set_value("" if unknown else value)
        if self._unknown is not None:
            self._unknown.setChecked(unknown)

    @override
    def parts(self) -> Sequence[QWidget]:
        """The text."""
        return (self._note,)

    def _say_unknown(self) -> None:
        if self._unknown is not None and self._unknown.isChecked():
            self._note.set_value("")
            self._unknown.setChecked(True)

    def _forget_unknown(self) -> None:
        if self._unknown is not None and self._note.value():
            self._unknown.setChecked(False)


class DayEditor(AskEditor):
    """A day, and for a moment a time of day beside it that may stay empty."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        self._day = DateField(name=f"ask_{ask.name}")
        self._row.addWidget(self._day, 3)
        self._time: TimeField | None = None
        if ask.kind is AskKind.MOMENT:
            self._time = TimeField(name=f"ask_{ask.name}_time")
            self._time.setAccessibleName(_("%(label)s: time", label=ask.label))
            self._row.addWidget(self._time, 2)
        if ask.unknown:
            self._unknown = unknown_button(ask)
            self._unknown.clicked.connect(self._say_unknown)
            self._row.addWidget(self._unknown)
        self._day.textEdited.connect(self._forget_unknown)
        self._day.value_typed.connect(self._tell)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """`YYYY-MM-DD`, with `THH:MM` behind it when the time is known."""
        if self._unknown is not None and self._unknown.isChecked():
            return UNKNOWN
        return typed_moment(self._day, self._time)

    @override
    def put(self, value: str) -> None:
        """Show a day as the records have it, or a text as it was typed."""
        unknown = value == UNKNOWN and self._unknown is not None
        day, _t, time = ("" if unknown else value).partition("T")
        iso = len(day) == 10 and day[4:5] == "-"
        if iso or not day:
            self._day.set_value(day)
        else:
            self._day.setText(value)
        if self._time is not None:
            self._time.set_value(time if iso else "")
        self._mark(unknown)

    @override
    def parts(self) -> Sequence[QWidget]:
        """Day and time."""
        return (self._day, self._time) if self._time is not None else (self._day,)

    @override
    def _typed(self) -> str:
        return self._day.text()

    def _say_unknown(self) -> None:
        unknown = self._unknown is not None and self._unknown.isChecked()
        if unknown:
            self._day.clear()
            if self._time is not None:
                self._time.clear()
        self._mark(unknown)

    def _forget_unknown(self, _text: str) -> None:
        self._mark(False)

    def _mark(self, unknown: bool) -> None:
        if self._unknown is not None:
            self._unknown.setChecked(unknown)
            self._day.setPlaceholderText(_("unknown") if unknown else _("dd-mm-yyyy"))


class IncompleteEditor(AskEditor):
    """A date of which parts may be unknown; what was typed stays as it was typed."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        self._date = IncompleteDateField(name=f"ask_{ask.name}")
        self._row.addWidget(self._date, 1)
        self._date.value_typed.connect(self._tell)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """The text form of the records, "" for nothing."""
        return self._date.value()

    @override
    def put(self, value: str) -> None:
        """Show a date as the records have it, or a text as it was typed."""
        try:
            self._date.set_value(value)
        except ValueError:
            self._date.setText(value)

    @override
    def parts(self) -> Sequence[QWidget]:
        """The field."""
        return (self._date,)

    @override
    def _typed(self) -> str:
        return self._date.text()


class ChoiceEditor(AskEditor):
    """One of a list; few short answers stand side by side, and none is the good one."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        pairs = with_unknown(ask)
        few = len(pairs) <= _MOST_BUTTONS and sum(len(words) for _code, words in pairs) <= _MOST_LETTERS
        self._list: Choice | None = None
        self._buttons: dict[str, Button] = {}
        if few:
            for code, words in pairs:
                button = Button(words, "answer", name=f"ask_{ask.name}_{code}")
                button.setAccessibleName(f"{ask.label}: {words}")
                button.setProperty("code", code)
                button.clicked.connect(self._press)
                self._buttons[code] = button
                self._row.addWidget(button)
            self._row.addStretch(1)
        else:
            self._list = Choice(pairs, name=f"ask_{ask.name}")
            self._list.setPlaceholderText(_("Choose …"))
            self._list.code_chosen.connect(self._tell)
            self._row.addWidget(self._list, 1)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """The code, "" when nothing is chosen."""
        if self._list is not None:
            return self._list.code()
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    @override
    def put(self, value: str) -> None:
        """Choose by code."""
        if self._list is not None:
            self._list.set_code(value)
        for code, button in self._buttons.items():
            button.setChecked(code == value)
            button.show_checked()

    @override
    def parts(self) -> Sequence[QWidget]:
        """The list, or the buttons."""
        return (self._list,) if self._list is not None else tuple(self._buttons.values())

    def _press(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.put(str(pressed.property("code")))
            self._tell()


class PeopleEditor(AskEditor):
    """Members of the family, each with a box."""

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(ask, parent)
        columns = 2 if len(ask.choices) > _ONE_COLUMN else 1
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.gap(0))
        self._boxes: dict[str, QCheckBox] = {}
        for number, (person, words) in enumerate(ask.choices):
            box = QCheckBox(words)
            box.setObjectName(f"ask_{ask.name}_{number}")
            box.setAccessibleName(f"{ask.label}: {words}")
            box.clicked.connect(self._tell)
            self._boxes[person] = box
            grid.addWidget(box, number // columns, number % columns)
        self._row.addLayout(grid, 1)
        self.put(ask.value)

    @override
    def value(self) -> str:
        """The ids chosen, with commas between."""
        return ",".join(person for person, box in self._boxes.items() if box.isChecked())

    @override
    def put(self, value: str) -> None:
        """Choose these ids."""
        chosen = value.split(",")
        for person, box in self._boxes.items():
            box.setChecked(person in chosen)

    @override
    def parts(self) -> Sequence[QWidget]:
        """The boxes."""
        return tuple(self._boxes.values())


def editor_for(ask: Ask) -> AskEditor:
    """The editor of a question."""
    if ask.kind in (AskKind.TEXT, AskKind.NUMBER):
        return TextEditor(ask)
    if ask.kind is AskKind.NOTE:
        return NoteEditor(ask)
    if ask.kind in (AskKind.DATE, AskKind.MOMENT):
        return DayEditor(ask)
    if ask.kind is AskKind.INCOMPLETE:
        return IncompleteEditor(ask)
    return PeopleEditor(ask) if ask.kind is AskKind.PEOPLE else ChoiceEditor(ask)


def with_unknown(ask: Ask) -> tuple[tuple[str, str], ...]:
    """The choices, with *unknown* at the end unless the list has a word of its own for it."""
    own = any(code.rpartition(".")[2] == "onbekend" for code, _words in ask.choices)
    return ask.choices if own or not ask.unknown else (*ask.choices, (UNKNOWN, _("Unknown")))


def unknown_button(ask: Ask) -> Button:
    """A button that stays pressed: the answer is that nobody knows."""
    button = Button(_("Unknown"), "filter", name=f"ask_{ask.name}_unknown")
    button.setAccessibleName(_("%(label)s: unknown", label=ask.label))
    return button
