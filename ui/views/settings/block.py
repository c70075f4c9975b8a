"""One part of the settings: heading, sentence, fields, buttons, and below them what came of it. A CareScreen."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.progress import Progress
from ui.widgets.sign import Sign


class Block(QWidget):
    """`said` carries a Notice for the foot of the page."""

    said = Signal(object)

    def __init__(self, heading: str, sentence: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(heading)
        self.fields: dict[str, Field[Any]] = {}
        self._buttons: list[Button] = []
        self._off: set[Button] = set()
        self._sign = Sign("state.late", "late")
        self._result = Sentence("", "second")
        self._progress = Progress(name=f"{name}_progress")
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.gap(2))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.gap(2))
        outer.addWidget(Heading(heading, ruled=True))
        if sentence:
            outer.addWidget(Sentence(sentence, "second", "quiet"))
        outer.addLayout(self._column)
        outer.addWidget(self._progress)
        outer.addLayout(self._result_row())
        outer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_result("")

    def open(self) -> None:
        """The page is gone to: read what stands there."""

    def leave(self) -> None:
        """The page is left: hold nothing that was secret."""

    def add(self, part: QWidget) -> None:
        """Put something below what is there."""
        self._column.addWidget(part)

    def add_layout(self, layout: QLayout) -> None:
        """The same for a row of things."""
        self._column.addLayout(layout)

    def add_field(self, key: str, field: Field[Any]) -> None:
        """Put a field, under the name that the presenter uses."""
        self.fields[key] = field
        self.add(field)

    def add_buttons(self, *buttons: Button) -> QWidget:
        """Put buttons side by side; they are off while the block is busy."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(1))
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._buttons += buttons
        self.add(holder)
        return holder

    def turn_off(self, *buttons: Button) -> None:
        """Buttons that cannot be used here, with the reason beside them: the store is only read."""
        self._off.update(buttons)
        for button in buttons:
            button.setEnabled(False)
        self.show_result(_("This store is open for reading only. Nothing can be changed here."))

    # -- CareScreen ------------------------------------------------------------------------------------------------

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under fields; the focus goes to the first of them."""
        focused = False
        for key, field in self.fields.items():
            if key in errors:
                field.show_error(errors[key])
                if not focused:
                    field.editor.setFocus()
                    focused = True
            else:
                field.clear_error()

    def show_busy(self, sentence: str) -> None:
        """Say what is being done."""
        for button in self._buttons:
            button.setEnabled(not sentence and button not in self._off)
        if sentence:
            self.show_result("")
            self._progress.begin(sentence, stoppable=False)
        else:
            self._progress.end()

    def show_result(self, sentence: str, *, good: bool = True) -> None:
        """Say what came of it."""
        self._result.setText(sentence)
        self._result.set_role("second", "ink" if good else "late")
        self._result.setVisible(bool(sentence))
        self._sign.setVisible(bool(sentence) and not good)

    def _result_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._result, 1)
        return row
