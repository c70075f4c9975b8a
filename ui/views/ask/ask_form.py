"""The fields of a form made of questions. A question that stays keeps its field, with what was typed in it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.presenters.ask import Ask
from ui.views.ask.ask_editor import AskEditor, editor_for
from ui.widgets.field import Field


class AskForm(QWidget):
    """`answered` comes when other questions may follow from an answer."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        # Room for the focus ring.
        self._column.setContentsMargins(theme.gap(0), theme.gap(0), theme.gap(2), theme.gap(2))
        self._column.setSpacing(theme.gap(2))
        self._column.addStretch(1)
        self._fields: dict[str, Field[AskEditor]] = {}
        self._asks: dict[str, Ask] = {}

    def set_asks(self, asks: Sequence[Ask], *, fresh: bool) -> None:
        """Show these questions in this order."""
        kept = {} if fresh else {ask.name: self._fields[ask.name] for ask in asks if self._stays(ask)}
        for name, field in list(self._fields.items()):
            self._column.removeWidget(field)
            if kept.get(name) is not field:
                field.hide()
                field.setParent(None)  # its names are free for the field that takes its place
                field.deleteLater()
        self._fields, self._asks = {}, {ask.name: ask for ask in asks}
        for at, ask in enumerate(asks):
            field = kept.get(ask.name) or self._make(ask)
            field.set_hint(ask.hint)
            self._column.insertWidget(at, field)
            field.show()
            self._fields[ask.name] = field
        self._order_focus()

    def values(self) -> dict[str, str]:
        """The answers by name; what cannot be read is left out, see `unreadable`."""
        return {
            name: field.editor.value() for name, field in self._fields.items() if not field.editor.problem()
        }

    def texts(self) -> dict[str, str]:
        """The answers, and as typed where they cannot be read: for a draft."""
        return {name: field.editor.text() for name, field in self._fields.items()}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Fill in what was typed before."""
        for name, text in texts.items():
            if name in self._fields:
                self._fields[name].editor.put(text)

    def unreadable(self) -> dict[str, str]:
        """What cannot be read, with the sentence that says why."""
        found = {name: field.editor.problem() for name, field in self._fields.items()}
        return {name: sentence for name, sentence in found.items() if sentence}

    def show_problems(self, problems: Mapping[str, str]) -> Field[AskEditor] | None:
        """Show a sentence under each field, and clear the others; the first field with a problem."""
        first = None
        for name, field in self._fields.items():
            if name in problems:
                field.show_error(problems[name])
                first = first or field
            else:
                field.clear_error()
        if first is not None:
            first.editor.parts()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return first

    def first(self) -> QWidget | None:
        """The first empty field, else the first."""
        fields = list(self._fields.values())
        wanted = next((field for field in fields if not field.editor.text()), fields[0] if fields else None)
        return wanted.editor.parts()[0] if wanted is not None else None

    def _stays(self, ask: Ask) -> bool:
        old = self._asks.get(ask.name)
        return old is not None and (old.kind, old.label, old.choices, old.unknown) == (
            ask.kind, ask.label, ask.choices, ask.unknown,
        )  # fmt: skip

    def _make(self, ask: Ask) -> Field[AskEditor]:
        editor = editor_for(ask)
        field = Field(ask.label, editor, hint=ask.hint, required=ask.required)
        for part in editor.parts():
            if not part.accessibleName():
                part.setAccessibleName(editor.accessibleName())
            part.installEventFilter(self)
        editor.setFocusProxy(editor.parts()[0])
        editor.answered.connect(self.answered)
        editor.answered.connect(field.clear_error)
        return field

    def _order_focus(self) -> None:
        before: QWidget | None = None
        for field in self._fields.values():
            for part in field.editor.parts():
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An error goes as soon as somebody types in its field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            for field in self._fields.values():
                if (
                    field.has_error
                    and field.editor.isAncestorOf(watched)
                    and QApplication.focusWidget() is watched
                ):
                    field.clear_error()
        return super().eventFilter(watched, event)
