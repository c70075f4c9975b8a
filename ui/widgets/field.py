"""A labelled field: label above, field, hint or error below. Every editor in a form stands in one.

The error takes the place of the hint, keeps what was typed and says what can be done. Required is a word in the
label, no star: a star must be explained.
"""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.line import Line, Sentence
from ui.widgets.sign import Sign
from ui.widgets.text_field import TextField

EditorT_co = TypeVar("EditorT_co", bound=QWidget, covariant=True)


class Field(QWidget, Generic[EditorT_co]):
    """Holds one editor; `Field(_("Date of birth"), IncompleteDateField(name="birth_date"))`.

    A TextField checks itself when it is left; for other editors the screen calls `show_error`.
    """

    def __init__(
        self,
        label: str,
        editor: EditorT_co,
        *,
        hint: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor: EditorT_co = editor
        self._hint = hint
        words = _("%(label)s (required)", label=label) if required else label
        self._label = Line(words, "second", strong=True)
        self._label.setBuddy(editor)
        editor.setAccessibleName(words)
        self._sign = Sign("state.late", "late")
        self._below = Sentence("", "second", "quiet")
        below = QHBoxLayout()
        below.setSpacing(theme.gap(0) + 2)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addLayout(below)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, editor.sizePolicy().verticalPolicy())
        self.clear_error()
        if isinstance(editor, TextField):
            editor.value_typed.connect(self._check)
            editor.textEdited.connect(self._forgive)

    @property
    def has_error(self) -> bool:
        """Whether an error stands under the field."""
        return bool(self.editor.property("error"))

    def set_hint(self, hint: str) -> None:
        """Change the hint; an error that stands there stays until it is mended."""
        self._hint = hint
        if not self.has_error:
            self.clear_error()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong and what can be done; what was typed stays."""
        self._say(sentence, error=True)

    def clear_error(self) -> None:
        """Show the hint again."""
        self._say(self._hint, error=False)

    def check(self) -> bool:
        """Show what is wrong with the text of a TextField, if anything; return whether it can be read."""
        problem = self.editor.problem() if isinstance(self.editor, TextField) else ""
        if problem:
            self.show_error(problem)
        else:
            self.clear_error()
        return not problem

    def _check(self, _value: object) -> None:
        self.check()

    def _forgive(self, _text: str) -> None:
        """The error goes as soon as somebody mends: it is not repeated at every letter."""
        if self.has_error:
            self.clear_error()

    def _say(self, sentence: str, *, error: bool) -> None:
        changed = self.has_error != error
        self.editor.setProperty("error", error)
        self.editor.setAccessibleDescription(sentence)
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        self._sign.setVisible(error)
        if changed or error:
            self._below.set_role("second", "late" if error else "quiet")
            style = self.editor.style()
            style.unpolish(self.editor)
            style.polish(self.editor)
