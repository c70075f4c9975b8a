"""What stands on the five tabs of a departure: headings, fields, records that can be added, and the checklist.

The page beside it (`departure_view`) decides where to go and when to save.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.i18n import _
from app.services.departure_checks import Checklist
from ui.bridge import theme
from ui.presenters import departure_answers
from ui.presenters.departure_fields import (
    ADDED,
    CONTACTS,
    ENDING,
    FIELDS,
    GROUPS,
    JOURNEY,
    PERSONAL,
    FieldDecl,
)
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_seen import DepartureView, Traveller
from ui.presenters.departure_values import Pairs
from ui.views.departures.checklist_panel import ChecklistPanel
from ui.views.departures.departure_layout import DepartureLayout
from ui.views.departures.persons_panel import CheckPanel, KindButtons
from ui.views.departures.record_fields import RecordFields
from ui.views.departures.sheet_field import SheetField
from ui.views.family.field_grid import FieldGrid
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.text_field import TextField

_ASKED = "condition.asked"


class DepartureTabs(QObject):
    """`grids` are the fields that stand there now, `check` the panel of *mag vertrekken*, None where there is none."""

    touched = Signal()
    record_added = Signal(object)
    """The id of the record, when its fields stand there."""
    record_removed = Signal()
    check_given = Signal(object)
    checklist_wanted = Signal(object)
    line_answered = Signal(object)
    """(person, line, answer, reason)."""

    def __init__(self, parts: DepartureLayout, parent: QObject, *, editable: bool) -> None:
        super().__init__(parent)
        self._parts, self._editable = parts, editable
        self.grids: list[RecordFields] = []
        self.check: CheckPanel | None = None
        self._checklist: ChecklistPanel | None = None
        self._who: Field[Choice] | None = None

    def fill(self, form: DepartureForm, view: DepartureView, outcomes: Pairs) -> None:
        """Fill every tab anew; the one that was looked at stays in sight."""
        self._form, self._view = form, view
        self.grids, self.check, self._checklist, self._who = [], None, None, None
        parts = self._parts
        self._fill_journey(parts.fresh("journey"))
        self._fill_persons(parts.fresh("persons"), outcomes)
        self._fill_receiving(parts.fresh("receiving"))
        self._fill_belongings(parts.fresh("belongings"))
        self._fill_checks(parts.fresh("checks"))
        parts.show_filled()

    def show_checklist(
        self, person: str, found: Checklist, answers: tuple[tuple[str, str, bool], ...]
    ) -> None:
        """Show the checklist, if this person is still the one that is chosen."""
        if self._checklist is not None and self._who is not None and person == self._who.editor.code():
            self._checklist.show_lines(found, answers, editable=self._editable)

    def show_line_problem(self, code: str, sentence: str) -> None:
        """Say what is wrong beside a line of the checklist."""
        if self._checklist is not None:
            self._checklist.show_problem(code, sentence)

    def _fill_journey(self, column: QVBoxLayout) -> None:
        file = self._form.file
        column.addWidget(Heading(_("Who travels"), ruled=True))
        grid = FieldGrid()
        for each in self._view.travellers:
            button = Button(each.name, "filter", name=f"travels_{each.person[-6:]}")
            button.setChecked(each.travels)
            button.setProperty("person", each.person)
            button.setEnabled(self._editable)
            button.clicked.connect(self._travel)
            grid.add(button)
        column.addWidget(grid)
        column.addWidget(Heading(_("Day and journey"), ruled=True))
        self._add_fields(column, "departure", file.departure.id, JOURNEY)
        self._add_records(column, "flight", [each.id for each in file.flights])
        self._add_records(column, "escort", [each.id for each in file.escorts])
        column.addWidget(Heading(_("To be reached, day and night"), ruled=True))
        self._add_fields(column, "departure", file.departure.id, CONTACTS)
        if not self._view.is_new:
            column.addWidget(Heading(_("How it ended"), ruled=True))
            self._add_fields(column, "departure", file.departure.id, ENDING)

    def _fill_persons(self, column: QVBoxLayout, outcomes: Pairs) -> None:
        travelling = [each for each in self._view.travellers if each.travels]
        if self._view.is_new:
            column.addWidget(
                Sentence(
                    _("Save the departure first; then the answer on ‘may leave’ can be written down."),
                    "body",
                    "quiet",
                )
            )
        else:
            self.check = CheckPanel(travelling, outcomes, editable=self._editable)
            self.check.recorded.connect(self.check_given)
            column.addWidget(self.check)
        for each in travelling:
            self._fill_person(column, each)

    def _fill_person(self, column: QVBoxLayout, each: Traveller) -> None:
        column.addWidget(Heading(each.name, ruled=True))
        column.addWidget(Sentence(_("Kind of special departure; several may hold"), "second", strong=True))
        column.addWidget(KindButtons(self._form, each, self.touched.emit, editable=self._editable))
        for kind, decls in PERSONAL.items():
            record = self._form.personal(kind, each.person)
            self._add_fields(column, kind, record, decls, person=each.person)

    def _fill_receiving(self, column: QVBoxLayout) -> None:
        file = self._form.file
        column.addWidget(
            Sentence(
                _("The first receiver takes over; the second is the reserve if the first refuses."),
                "body",
                "quiet",
            )
        )
        self._add_records(column, "receiver", [each.id for each in file.receivers])
        column.addWidget(
            Sentence(
                _(
                    "Each travel condition stands by itself. A handover in person needs a contact and a written "
                    "confirmation."
                ),
                "body",
                "quiet",
            )
        )
        self._add_records(column, "travel_condition", [each.id for each in file.conditions])
        without = {each.person for each in file.persons} - {each.person for each in file.conditions}
        for each in self._view.travellers:
            if each.person in without:
                self._ask_conditions(column, each)

    def _ask_conditions(self, column: QVBoxLayout, each: Traveller) -> None:
        """No condition is an answer as well: that this was looked into (b.3 E)."""
        pairs = departure_answers.accepts(self._form.file, _ASKED, each.person)
        if pairs:
            shown = TextField(name=f"no_condition_{each.person[-6:]}")
            made = SheetField(_("%(name)s: no travel condition here", name=each.name), shown)
            shown.hide()
            made.offer_answers(pairs, *departure_answers.answer_of(self._form.file, _ASKED, each.person))
            made.setEnabled(self._editable)
            made.answered.connect(_Asked(self._form, each.person, self.touched.emit, made).put)
            column.addWidget(made)

    def _fill_belongings(self, column: QVBoxLayout) -> None:
        file = self._form.file
        column.addWidget(
            Sentence(
                _(
                    "Count with the person. Base: one case of 23 kg and one hand bag of 8 kg each. "
                    "Medicines go in the sealed envelope, not on the sheet."
                ),
                "body",
                "quiet",
            )
        )
        self._add_records(column, "belonging", [each.id for each in file.belongings])

    def _fill_checks(self, column: QVBoxLayout) -> None:
        travelling = [(each.person, each.name) for each in self._view.travellers if each.travels]
        if self._view.is_new or not travelling:
            column.addWidget(
                Sentence(
                    _("Save the departure first; the checklist follows from its kinds."), "body", "quiet"
                )
            )
            return
        self._who = Field(_("Checklist of"), Choice(travelling, name="checklist_person"))
        self._who.editor.setCurrentIndex(0)
        self._who.editor.code_chosen.connect(self.checklist_wanted)
        self._who.setMaximumWidth(round(320 * theme.current().factor))
        self._who.setVisible(len(travelling) > 1)
        self._checklist = ChecklistPanel(name="departure_checklist")
        self._checklist.answered.connect(self._answer)
        column.addWidget(self._who)
        column.addWidget(self._checklist)
        self.checklist_wanted.emit(travelling[0][0])

    def _add_records(self, column: QVBoxLayout, kind: str, records: Sequence[str]) -> None:
        for number, record in enumerate(records, 1):
            remove = Button(_("Remove"), "link", name=f"remove_{kind}_{number}", icon_role="sign.close")
            remove.setProperty("record", record)
            remove.setVisible(self._editable)
            remove.clicked.connect(self._remove)
            title = _(GROUPS[kind], number=number)
            remove.setAccessibleName(_("Remove %(who)s", who=title))
            column.addWidget(Heading(title, action=remove, ruled=True))
            self._add_fields(column, kind, record, FIELDS[kind])
        if self._editable:
            button = Button(_(ADDED[kind][1]), name=f"add_{kind}", icon_role="sign.add")
            button.setProperty("record_kind", kind)
            button.clicked.connect(self._add)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_fields(
        self, column: QVBoxLayout, kind: str, record: str, decls: Sequence[FieldDecl], *, person: str = ""
    ) -> None:
        grid = RecordFields(
            self._form,
            kind,
            record,
            decls,
            person=person,
            touched=self.touched.emit,
            editable=self._editable,
        )
        self.grids.append(grid)
        column.addWidget(grid)

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _travel(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._form.travel(str(button.property("person")), button.isChecked())
            self.touched.emit()

    def _add(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            record = self._form.add(str(button.property("record_kind")))
            self.record_added.emit(record)
            self.touched.emit()

    def _remove(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._form.remove(str(button.property("record")))
            self.record_removed.emit()
            self.touched.emit()

    def _answer(self, answer: object) -> None:
        if isinstance(answer, tuple) and self._who is not None:
            self.line_answered.emit((self._who.editor.code(), *answer))


class _Asked(QObject):
    """Brings the answer that no travel condition was set to the form; lives as long as its field."""

    def __init__(
        self, form: DepartureForm, person: str, touched: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._form, self._person, self._touched = form, person, touched

    def put(self, pair: object) -> None:
        """The answer was chosen, changed or taken back."""
        if isinstance(pair, tuple):
            departure_answers.put_answer(self._form, _ASKED, self._person, *pair)
            self._touched()
