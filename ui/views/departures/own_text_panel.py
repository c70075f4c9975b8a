"""The free texts of a paper: one field each, looked through while typing, and the word of the officer who read them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.sheet_presenter import OwnText
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.line import Sentence
from ui.widgets.note_edit import NoteEdit

_OWN = "own"


class OwnTextPanel(QWidget):
    """`written` carries (field, text) when a changed text is left; `read_said` comes with the button."""

    written = Signal(object)
    read_said = Signal()

    def __init__(
        self, look_through: Callable[[str], str], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look_through
        self.fields: dict[str, Field[NoteEdit]] = {}
        self._texts: dict[str, OwnText] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.gap(1), 0)
        self._column.setSpacing(theme.gap(2))
        self._proposals: Choice | None = None
        self.state = Sentence("", "second", "quiet")
        self.read = Button(_("Read, may be printed like this"), name="own_text_read", icon_role="sign.show")
        self.read.clicked.connect(self._say_read)

    def set_texts(self, texts: Sequence[OwnText], *, editable: bool) -> None:
        """Show the texts; the fields are made once per kind of paper, so that the caret stays where it is."""
        if list(self.fields) != [text.field for text in texts]:
            self._make(texts)
        for text in texts:
            self._texts[text.field] = text
            editor = self.fields[text.field].editor
            if not editor.hasFocus() and editor.value() != text.body:
                editor.set_value(text.body)
            editor.setReadOnly(not editable)
            self._judge(text.field)
        unread = [text for text in texts if text.body and not text.is_read]
        wrong = [text for text in texts if text.problem]
        filled = [text for text in texts if text.body]
        self.read.setVisible(bool(unread) and editable)
        self.read.setEnabled(not wrong)
        if wrong:
            self.state.setText(_("A word stands here that may not be on the paper."))
        elif unread:
            self.state.setText(_("Read the text once more as it will be printed."))
        else:
            self.state.setText(_("Read and approved for print.") if filled else "")

    def take_focus(self, name: str) -> None:
        """Put the focus in the field of a text."""
        field = self.fields.get(name)
        if field is not None:
            field.editor.setFocus()

    def flush(self) -> None:
        """Hand over what is typed."""
        for field in self.fields.values():
            field.editor.flush()

    def _make(self, texts: Sequence[OwnText]) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in (self.read, self.state):
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for text in texts:
            editor = NoteEdit(name=f"own_text_{text.field}", rows=3)
            editor.setProperty("field", text.field)
            editor.draft_typed.connect(self._typed)
            editor.value_typed.connect(self._left)
            field = Field(text.label, editor)
            self.fields[text.field] = field
            if text.proposals:
                pairs = [*((each, each) for each in text.proposals), (_OWN, _("Own text"))]
                choice = Choice(pairs, name=f"proposals_{text.field}")
                choice.code_chosen.connect(self._take)
                self._proposals = choice
                self._column.addWidget(Field(_("Proposals"), choice))
            self._column.addWidget(field)
        self._column.addWidget(self.state)
        self._column.addWidget(self.read)
        self._column.addStretch(1)

    def _judge(self, name: str) -> None:
        field, text = self.fields[name], self._texts[name]
        body = field.editor.value()
        problem = self._look(body)
        if text.most:
            length = len(body)
            field.set_hint(_("%(count)d of %(most)d characters", count=length, most=text.most))
            if not problem and length > text.most:
                problem = _("At most %(most)d characters fit here: one sentence.", most=text.most)
        if problem:
            field.show_error(problem)
        else:
            field.clear_error()

    def _typed(self, _body: object) -> None:
        sender = self.sender()
        if isinstance(sender, NoteEdit):
            self._judge(str(sender.property("field")))

    def _left(self, body: object) -> None:
        sender = self.sender()
        if isinstance(sender, NoteEdit):
            name = str(sender.property("field"))
            self._judge(name)
            self.written.emit((name, str(body)))

    def _take(self, code: object) -> None:
        name = next(iter(self.fields))
        if code == _OWN:
            self.take_focus(name)
        else:
            self.fields[name].editor.set_value(str(code))
            self.written.emit((name, str(code)))

    def _say_read(self) -> None:
        self.flush()
        self.read_said.emit()
