"""Special circumstances: the question as it is asked, and its four answers. They look alike, none is the good one.

Only the question shows, because somebody may read along. What is told about health or trafficking lies apart, and is
not shown again unless the officer asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.i18n import N_, _
from app.services.circumstances import NONE, NOT_ASKED, WILL_NOT_SAY, YES
from ui.bridge import theme
from ui.presenters.talk_line import TopicLine
from ui.views.talks.flow_row import FlowRow
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.hairline import Hairline
from ui.widgets.line import Line, Sentence
from ui.widgets.note_edit import NoteEdit
from ui.widgets.sign import Sign
from ui.widgets.text_field import TextField

_ANSWERS: Final = (
    (NONE, N_("None"), "answer.not_applicable"),
    (YES, N_("Yes"), "answer.yes"),
    (WILL_NOT_SAY, N_("Does not want to say"), "answer.not_discussed"),
    (NOT_ASKED, N_("Not asked"), "answer.no"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the officer recorded about a topic."""

    topic: str
    answer: str
    reason: str = ""
    told: str = ""
    person: str = ""


class TopicForm(QWidget):
    """One topic. `asked` carries an Asked; `apart_requested` (topic, person) as a tuple."""

    asked = Signal(object)
    apart_requested = Signal(object)

    def __init__(
        self, line: TopicLine, people: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = line.key
        name = f"topic_{line.key}"
        self.setObjectName(name)
        self._line = line
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons = {code: self._button(code, words, icon, line, name) for code, words, icon in _ANSWERS}
        self._reason = Field(_("Why was it not asked?"), TextField(name=f"{name}_reason"), required=True)
        self._about = Field(_("About whom?"), Choice(people, name=f"{name}_about"))
        self._told = Field(_("What was told?"), NoteEdit(name=f"{name}_told", rows=2))
        self._show = Button(_("Show what was written"), "link", name=f"{name}_show")
        self._apart = QWidget()
        self._place(line)
        self._about.editor.set_code(people[0][0] if people else "")
        self._connect()
        self.set_line(line)

    def _button(self, code: str, words: str, icon: str, line: TopicLine, name: str) -> Button:
        button = Button(_(words), "answer", name=f"{name}_{code.rpartition('.')[2]}", icon_role=icon)
        button.setAccessibleName(f"{_(words)}, {line.question}")
        button.setProperty("code", code)
        self._group.addButton(button)
        return button

    def _place(self, line: TopicLine) -> None:
        quiet = QHBoxLayout(self._apart)
        quiet.setContentsMargins(0, 0, 0, 0)
        quiet.setSpacing(theme.gap(1))
        quiet.addWidget(Sign("sign.privacy"))
        quiet.addWidget(Line(_("This stands apart; not on the report."), "second", "quiet"))
        quiet.addWidget(self._show)
        quiet.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.size("cell_pad") * 2, theme.gap(2), theme.gap(3), 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Sentence(line.question, "prompt"))
        column.addWidget(FlowRow(tuple(self.buttons.values())))
        for part in (self._reason, self._about, self._told, self._apart):
            column.addWidget(part)
        column.addSpacing(theme.gap(1))
        column.addWidget(Hairline())

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._clicked)
        self._reason.editor.value_typed.connect(self._tell)
        self._told.editor.value_typed.connect(self._tell)
        self._about.editor.code_chosen.connect(self._other_person)
        self._show.clicked.connect(self._ask_to_show)

    def set_line(self, line: TopicLine) -> None:
        """Show how the topic stands; what is being typed stays."""
        self._line = line
        self._check(line.answer)
        if not self._reason.editor.hasFocus():
            self._reason.editor.set_value(line.reason)
        if not line.apart and not self._told.editor.hasFocus():
            self._told.editor.set_value(line.told)
        self._fit()

    def answer(self) -> str:
        """The answer that shows, "" for none."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def show_told(self, told: str) -> None:
        """Show what lies apart, as the officer asked."""
        self._told.editor.set_value(told)
        self._told.editor.setFocus()

    def flush(self) -> None:
        """Hand over what is typed."""
        self._told.editor.flush()

    def _check(self, answer: str) -> None:
        for code, button in self.buttons.items():
            button.setChecked(code == answer)
            button.show_checked()

    def _fit(self) -> None:
        answer = self.answer()
        told = answer in (YES, WILL_NOT_SAY)
        self._reason.setVisible(answer == NOT_ASKED)
        self._told.setVisible(told)
        self._about.setVisible(told and self._line.apart and self._about.editor.count() > 1)
        self._apart.setVisible(told and self._line.apart)
        self._show.setVisible(self._line.has_apart)

    def _clicked(self, button: Button) -> None:
        self._check(str(button.property("code")))
        self._fit()
        if self.answer() == NOT_ASKED and not self._reason.editor.value():
            self._reason.editor.setFocus()
        self._tell()

    def _tell(self, _value: object = None) -> None:
        answer = self.answer()
        told = self._told.editor.value() if answer in (YES, WILL_NOT_SAY) else ""
        reason = self._reason.editor.value() if answer == NOT_ASKED else ""
        self.asked.emit(
            Asked(topic=self.key, answer=answer, reason=reason, told=told, person=self._about.editor.code())
        )

    def _other_person(self, _code: object) -> None:
        """Another person, another text: what stands here was about the first."""
        self._told.editor.set_value("")

    def _ask_to_show(self) -> None:
        self.apart_requested.emit((self.key, self._about.editor.code()))


class TopicList(QWidget):
    """The topics below each other; made anew only when others are to be shown."""

    asked = Signal(object)
    apart_requested = Signal(object)

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._forms: dict[str, TopicForm] = {}
        self._people: tuple[tuple[str, str], ...] = ()

    def set_lines(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        """Show these topics; `people` are those a topic may be about."""
        if [line.key for line in lines] != list(self._forms) or tuple(people) != self._people:
            self._make(lines, people)
        for line in lines:
            self._forms[line.key].set_line(line)

    def form(self, key: str) -> TopicForm | None:
        """The form of a topic, None when it does not show."""
        return self._forms.get(key)

    def flush(self) -> None:
        """Hand over what is typed in any of them."""
        for form in self._forms.values():
            form.flush()

    def first(self) -> QWidget | None:
        """Where the focus goes: the first topic without an answer, else the first."""
        forms = list(self._forms.values())
        form = next((form for form in forms if not form.answer()), forms[0] if forms else None)
        return form.buttons[NONE] if form is not None else None

    def _make(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        for form in self._forms.values():
            if isValid(form):
                self._column.removeWidget(form)
                form.hide()
                form.deleteLater()
        self._people = tuple(people)
        self._forms = {line.key: TopicForm(line, people, self) for line in lines}
        for form in self._forms.values():
            form.asked.connect(self.asked)
            form.apart_requested.connect(self.apart_requested)
            self._column.addWidget(form)
