"""A field that stands on sheet 1: its value, or that it is unknown or does not apply, with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from ui.bridge import theme
from ui.views.departures.moment_field import MomentField
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.note_edit import NoteEdit
from ui.widgets.text_field import TextField

Editor = TextField | Choice | NoteEdit | MomentField


class SheetField(QWidget):
    """`changed` carries the value as text; `answered` carries (answer, reason)."""

    changed = Signal(object)
    answered = Signal(object)

    def __init__(self, label: str, editor: Editor, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.field: Field[QWidget] = Field(label, editor, hint=hint)
        self._name = editor.objectName()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap(0))
        self._column.addWidget(self.field)
        self._link: Button | None = None
        self._answer: Choice | None = None
        self._reason: TextField | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if isinstance(editor, Choice):
            editor.code_chosen.connect(self._left)
        else:
            editor.value_typed.connect(self._left)

    def offer_answers(self, pairs: Sequence[tuple[str, str]], answer: str, reason: str) -> None:
        """Let the officer say that there is no value, and why; nothing is offered where the sheet needs one."""
        if not pairs:
            return
        self._link = Button(_("No value …"), "link", name=f"{self._name}_no_value")
        self._answer = Choice((("", "–"), *pairs), name=f"{self._name}_answer")
        self._answer.setAccessibleName(_("Why there is no value"))
        self._reason = TextField(name=f"{self._name}_reason", placeholder=_("reason"))
        self._reason.setAccessibleName(_("Reason"))
        self._answer.set_code(answer)
        self._reason.set_value(reason)
        self._link.clicked.connect(self._unfold)
        self._answer.code_chosen.connect(self._say)
        self._reason.value_typed.connect(self._say)
        self._column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._answer)
        self._column.addWidget(self._reason)
        self._fold(open_=bool(answer))

    def set_value(self, value: str) -> None:
        """Show a stored value."""
        if isinstance(self.editor, Choice):
            self.editor.set_code(value)
        else:
            self.editor.set_value(value)
            if isinstance(self.editor, TextField):
                self.editor.setCursorPosition(0)  # a long text is read from its beginning

    def text(self) -> str:
        """The value as text. Raises KnownProblem when it cannot be read."""
        return self.editor.code() if isinstance(self.editor, Choice) else self.editor.value()

    def problem(self) -> str:
        """The sentence that says what is wrong with what is typed, "" when it can be read."""
        try:
            self.text()
        except KnownProblem as known:
            return problem_text(known)
        return ""

    def _left(self, _value: object) -> None:
        problem = self.problem()
        if problem:
            self.field.show_error(problem)
        else:
            self.field.clear_error()
            self.changed.emit(self.text())

    def _unfold(self) -> None:
        self._fold(open_=True)
        if self._answer is not None:
            self._answer.setFocus()

    def _fold(self, *, open_: bool) -> None:
        if self._link is not None and self._answer is not None and self._reason is not None:
            self._link.setVisible(not open_)
            self._answer.setVisible(open_)
            self._reason.setVisible(open_)

    def _say(self, _value: object) -> None:
        if self._answer is not None and self._reason is not None:
            self.answered.emit((self._answer.code(), self._reason.value()))
            if not self._answer.code():
                self._fold(open_=False)
