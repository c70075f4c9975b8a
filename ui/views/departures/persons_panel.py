"""Who travels, what kind of departure it is for each, and whether they may leave."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_seen import Traveller
from ui.views.family.field_grid import FieldGrid
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.sign import Sign
from ui.widgets.text_field import TextField


class CheckPanel(QWidget):
    """*Mag vertrekken*: what was answered last, and a new answer given just now. `recorded` carries three texts."""

    recorded = Signal(object)

    def __init__(
        self,
        travellers: Sequence[Traveller],
        outcomes: Sequence[tuple[str, str]],
        *,
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("May leave: asked of the IND"), ruled=True))
        for each in travellers:
            row = QHBoxLayout()
            row.setSpacing(theme.gap(1))
            row.addWidget(Sign("state.unknown" if each.check_is_old else "sign.term", "quiet"))
            row.addWidget(Sentence(f"{each.name}: {each.check}"), 1)
            column.addLayout(row)
        self.asked_of = Field(_("Asked of"), TextField(name="check_asked_of"))
        self.answered_by = Field(_("Answered by"), TextField(name="check_answered_by"))
        self.outcome = Field(_("Answer"), Choice(outcomes, name="check_outcome"))
        self.asked_of.editor.set_value("IND")
        self.record = Button(_("Write down now"), name="check_record", icon_role="sign.term")
        self.record.setToolTip(_("For everybody who travels, with this moment."))
        grid = FieldGrid()
        for field in (self.asked_of, self.answered_by, self.outcome):
            grid.add(field)
        holder = QWidget()
        below = QHBoxLayout(holder)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.record)
        below.addWidget(Sentence(_("For everybody who travels, with this moment."), "second", "quiet"), 1)
        for part in (grid, holder):
            part.setVisible(editable)
            column.addWidget(part)
        self.record.clicked.connect(self._record)

    def _record(self) -> None:
        self.recorded.emit(
            (self.asked_of.editor.value(), self.answered_by.editor.value(), self.outcome.editor.code())
        )


class KindButtons(FieldGrid):
    """The kinds of special departure of one person, on or off."""

    def __init__(
        self,
        form: DepartureForm,
        traveller: Traveller,
        touched: Callable[[], None],
        *,
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._person, self._touched = form, traveller.person, touched
        for code, words in form.kinds():
            button = Button(words, "filter", name=f"kind_{code}_{traveller.person[-6:]}")
            button.setChecked(code in traveller.kinds)
            button.setProperty("kind_code", code)
            button.setEnabled(editable)
            button.clicked.connect(self._toggle)
            self.add(button)

    def _toggle(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._form.set_kind(self._person, str(button.property("kind_code")), button.isChecked())
            self._touched()
