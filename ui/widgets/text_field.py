"""Fields that hold one line of text and read a value out of it.

The text is the person's: a value that cannot be read stays as it was typed, with a sentence under it. A line of text
can be empty and incomplete, which no date or time widget of Qt can.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import problem_text
from ui.bridge import theme

_MOST_LETTERS = 10_000


class TextField(QLineEdit):
    """A plain line; `value_typed` comes when a changed text is left or Enter is pressed, `draft_typed` at a letter."""

    value_typed = Signal(object)
    draft_typed = Signal(object)

    def __init__(
        self, *, name: str, placeholder: str = "", number: bool = False, parent: QWidget | None = None
    ) -> None:
        """`number` is for passport, laissez-passer and V-numbers: 0 and O, I and 1 look unlike then."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(_MOST_LETTERS)
        if number:
            theme.dress(self, "number")
        self._left_with = ""
        self.textEdited.connect(self._say_draft)
        self.editingFinished.connect(self._say_value)

    def value(self) -> str:
        """What the text stands for; raises KnownProblem when it cannot be read."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Show a stored value; "" for none."""
        self.setText(value)
        self._left_with = self.text()

    def problem(self) -> str:
        """The sentence that says what is wrong with the text, "" when it can be read."""
        try:
            self.value()
        except KnownProblem as known:
            return problem_text(known)
        return ""

    def _say_draft(self, text: str) -> None:
        self.draft_typed.emit(text)

    def _say_value(self) -> None:
        if self.text() != self._left_with:
            if not self.problem():
                self._tidy()
            self._left_with = self.text()
            self.value_typed.emit(self.text())

    def _tidy(self) -> None:
        """Write the text the way the program writes it; the plain line leaves it as typed."""


class ReadField(TextField):
    """A line whose text is read by one function and written back by another."""

    def __init__(
        self,
        read: Callable[[str], str],
        write: Callable[[str], str],
        *,
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, placeholder=placeholder, parent=parent)
        self._read, self._write = read, write

    @override
    def value(self) -> str:
        """The value in the text form of the records."""
        return self._read(self.text())

    @override
    def set_value(self, value: str) -> None:
        """Show a stored value; "" for none."""
        super().set_value(self._write(value))

    @override
    def _tidy(self) -> None:
        self.setText(self._write(self.value()))
