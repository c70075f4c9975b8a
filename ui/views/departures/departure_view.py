"""One departure: journey, persons, handover, belongings and checklist, each on its tab. A DepartureScreen."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.verbs import CHECKLIST_KEPT
from app.i18n import _
from app.services.departure_checks import Checklist
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters import departure_answers
from ui.presenters.departure_fields import (
    ADDED,
    CONTACTS,
    ENDING,
    FIELDS,
    GROUPS,
    JOURNEY,
    PERSONAL,
    TABS,
    anchor_of,
    tab_of,
)
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_presenter import DeparturePresenter
from ui.presenters.departure_seen import DepartureView, Traveller
from ui.presenters.sheet_words import read_field_part
from ui.views.departures.checklist_panel import ChecklistPanel
from ui.views.departures.departure_layout import DepartureLayout
from ui.views.departures.persons_panel import CheckPanel, KindButtons
from ui.views.departures.record_fields import RecordFields
from ui.views.departures.sheet_field import SheetField
from ui.views.family.field_grid import FieldGrid
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.text_field import TextField

_DRAFT_PAUSE_MS = 1_000
_ASKED = "condition.asked"


class DeparturePage(Page):
    """`Place.subject` is the departure, or with part "new" the dossier; other parts lead to a tab or a field."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Departure"), name="departure_page", parent=parent)
        self._desk, self._editable = desk, not desk.read_only
        self.presenter = DeparturePresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = DepartureLayout(self)
        self._grids: list[RecordFields] = []
        self._lead_to, self._view = (
            "",
            DepartureView(title="", quiet=(), is_new=True, travellers=(), offer=""),
        )
        self._checklist: ChecklistPanel | None = None
        self._check: CheckPanel | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self._keep_draft)
        self.set_back(_("Family"))
        parts = self._parts
        self._back.clicked.connect(self._go_back)
        parts.tabs.tab_chosen.connect(self._show_tab)
        parts.save.clicked.connect(self._save)
        parts.sheet.clicked.connect(self._to_sheet)
        parts.take.clicked.connect(self._take_draft)
        parts.drop.clicked.connect(self._drop_draft)
        parts.save.setVisible(self._editable)
        desk.feed.changed.connect(self._follow)

    # -- DepartureScreen ---------------------------------------------------------------------------------------------

    def show_departure(self, view: DepartureView) -> None:
        """Fill every tab anew; the one that was looked at stays in sight."""
        self._view = view
        parts = self._parts
        self.set_title(view.title if not view.is_new else _("Plan a departure"))
        self.set_quiet(view.quiet)
        parts.sheet.setVisible(not view.is_new)
        if view.offer and self._editable:
            parts.show_banner("info", view.offer, draft=True)
        elif view.ended:
            parts.show_banner("info", view.ended, draft=False)
        else:
            parts.banner.hide()
        self._grids = []
        self._fill_journey(parts.fresh("journey"))
        self._fill_persons(parts.fresh("persons"))
        self._fill_receiving(parts.fresh("receiving"))
        self._fill_belongings(parts.fresh("belongings"))
        self._fill_checks(parts.fresh("checks"))
        parts.show_filled()
        if self._lead_to:
            lead_to, self._lead_to = self._lead_to, ""
            self._lead(lead_to)

    def show_checklist(self, person: str, found: Checklist) -> None:
        """Show the checklist of the person who is chosen."""
        if self._checklist is not None and person == self._who.editor.code():
            self._checklist.show_lines(found, self.presenter.answers(), editable=self._editable)

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        """Say what is wrong beside each field and above; the focus goes to the first."""
        self._parts.show_banner("late", sentence, draft=False)
        first = None
        for grid in self._grids:
            for name, made in grid.by_name.items():
                problem = problems.get((grid.record, name))
                if problem:
                    made.field.show_error(problem)
                    first = first or made
        if first is not None:
            self._go_to(first)

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done."""
        self.said.emit(Notice(sentence=sentence, undoable=undoable))

    def show_line_problem(self, code: str, sentence: str) -> None:
        """Say what is wrong beside a line of the checklist."""
        if self._checklist is not None:
            self._checklist.show_problem(code, sentence)

    # -- the tabs ----------------------------------------------------------------------------------------------------

    @property
    def _form(self) -> DepartureForm:
        form = self.presenter.form
        assert form is not None, "nothing is filled before it was read"
        return form

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

    def _fill_persons(self, column: QVBoxLayout) -> None:
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
            self._check = CheckPanel(travelling, self.presenter.outcomes(), editable=self._editable)
            self._check.recorded.connect(self._record_check)
            column.addWidget(self._check)
        for each in travelling:
            self._fill_person(column, each)

    def _fill_person(self, column: QVBoxLayout, each: Traveller) -> None:
        column.addWidget(Heading(each.name, ruled=True))
        column.addWidget(Sentence(_("Kind of special departure; several may hold"), "second", strong=True))
        column.addWidget(KindButtons(self._form, each, self._touched, editable=self._editable))
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
            made.answered.connect(_Asked(self._form, each.person, self._touched, made).put)
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
        self._checklist = None
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
        self._who.editor.code_chosen.connect(self._open_checklist)
        self._who.setMaximumWidth(round(320 * theme.current().factor))
        self._who.setVisible(len(travelling) > 1)
        self._checklist = ChecklistPanel(name="departure_checklist")
        self._checklist.answered.connect(self._answer)
        column.addWidget(self._who)
        column.addWidget(self._checklist)
        self._open_checklist(travelling[0][0])

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
        self, column: QVBoxLayout, kind: str, record: str, decls: Sequence[object], *, person: str = ""
    ) -> None:
        grid = RecordFields(
            self._form,
            kind,
            record,
            decls,  # type: ignore[arg-type]
            person=person,
            touched=self._touched,
            editable=self._editable,
        )
        self._grids.append(grid)
        column.addWidget(grid)

    # -- Page --------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._lead_to = "" if place.part == "new" else place.part
        if place.subject == self.presenter.departure and self.presenter.is_changed:
            self.show_departure(self._view)
            return
        self.presenter.open(place.subject, new=place.part == "new")

    @override
    def regions(self) -> Sequence[QWidget]:
        tab = self._parts.tabs.findChild(Button, f"departure_tabs_{self._parts.tabs.current()}")
        return ([tab] if isinstance(tab, QWidget) else []) + [self._parts.save]

    @override
    def leave(self) -> None:
        self._keep_draft()

    # -- wishes ------------------------------------------------------------------------------------------------------

    def _go_back(self) -> None:
        self.go_requested.emit(Place(page="family", subject=self.presenter.dossier, part="departure"))

    def _show_tab(self, key: object) -> None:
        self._parts.stack.setCurrentWidget(self._parts.scrolls[str(key)])

    def _lead(self, part: str) -> None:
        """Go to the field with this code, of this person when it has one for each."""
        code, person = read_field_part(part)
        tab = tab_of(code)
        self._parts.tabs.set_current(tab)
        self._show_tab(tab)
        if code == tab:
            button = self._parts.tabs.findChild(Button, f"departure_tabs_{tab}")
            if isinstance(button, Button):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wanted = [
            grid for grid in self._grids if anchor_of(code) in grid.by_code and grid.person in ("", person)
        ]
        if code == "journey.may-depart" or (code.startswith("journey.check") and self._check is not None):
            if self._check is not None:
                self._check.outcome.editor.setFocus(Qt.FocusReason.TabFocusReason)
        elif wanted:
            second = code == "receiver.second" and len(wanted) > 1
            self._go_to(wanted[1 if second else 0].by_code[anchor_of(code)])
        else:
            self._offer_record(tab, code)

    def _offer_record(self, tab: str, code: str) -> None:
        """There is no such record yet: the button that adds one."""
        kind = {"receiver": "receiver", "condition": "travel_condition", "belongings": "belonging"}.get(
            code.partition(".")[0], "escort" if code == "journey.escorts" else "flight"
        )
        button = self._parts.scrolls[tab].findChild(Button, f"add_{kind}")
        if isinstance(button, Button):
            button.setFocus(Qt.FocusReason.TabFocusReason)
            self._parts.scrolls[tab].ensureWidgetVisible(button)

    def _go_to(self, made: SheetField) -> None:
        for key, _words in TABS:
            scroll = self._parts.scrolls[key]
            if scroll.isAncestorOf(made):
                self._parts.tabs.set_current(key)
                self._show_tab(key)
                made.editor.setFocus(Qt.FocusReason.TabFocusReason)
                scroll.ensureWidgetVisible(made)

    def _travel(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._form.travel(str(button.property("person")), button.isChecked())
            self._touched()

    def _add(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            record = self._form.add(str(button.property("record_kind")))
            grid = next((each for each in self._grids if each.record == record), None)
            if grid is not None:
                self._go_to(next(iter(grid.by_name.values())))
            self._touched()

    def _remove(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._form.remove(str(button.property("record")))
            self._parts.save.setFocus(Qt.FocusReason.TabFocusReason)
            self._touched()

    def _record_check(self, answer: object) -> None:
        if isinstance(answer, tuple):
            people = [each.person for each in self._view.travellers if each.travels]
            self.presenter.record_check(people, *answer)

    def _open_checklist(self, person: object) -> None:
        self.presenter.open_checklist(str(person))

    def _answer(self, answer: object) -> None:
        if isinstance(answer, tuple):
            self.presenter.answer_line(self._who.editor.code(), *answer)

    def _touched(self) -> None:
        if self._editable:
            self._pause.start()

    def _keep_draft(self) -> None:
        self._pause.stop()
        if self._editable and self.presenter.is_changed:
            self.presenter.keep_draft()

    def _take_draft(self) -> None:
        self._parts.banner.hide()
        self.presenter.take_draft()

    def _drop_draft(self) -> None:
        self._parts.banner.hide()
        self.presenter.drop_draft()

    def _save(self) -> None:
        self._parts.save.setFocus()  # the field that is being typed in is left, and hands over its text
        wrong = [(made, problem) for grid in self._grids for made, problem in grid.problems()]
        if wrong:
            for made, problem in wrong:
                made.field.show_error(problem)
            self._go_to(wrong[0][0])
            return
        self._pause.stop()
        self._parts.banner.hide()
        self.presenter.save()

    def _to_sheet(self) -> None:
        self._keep_draft()
        self.go_requested.emit(Place(page="sheet", subject=self.presenter.departure))

    def _follow(self, change: object) -> None:
        own = getattr(change, "verb", "") == CHECKLIST_KEPT.code  # the checklist has been read anew already
        concerns = self.presenter.dossier in getattr(change, "dossiers", ()) and not own
        if concerns and self.isVisible() and self.presenter.departure and not self.presenter.is_changed:
            self.presenter.open(self.presenter.departure)


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
