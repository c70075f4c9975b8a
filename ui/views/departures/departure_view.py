"""One departure: where to go on its tabs, drafts, saving. What stands on them: `departure_tabs`. A DepartureScreen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.verbs import CHECKLIST_KEPT
from app.i18n import _
from app.services.departure_checks import Checklist
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.departure_fields import TABS, anchor_of, tab_of
from ui.presenters.departure_presenter import DeparturePresenter
from ui.presenters.departure_seen import DepartureView
from ui.presenters.sheet_words import read_field_part
from ui.views.departures.departure_layout import DepartureLayout
from ui.views.departures.departure_tabs import DepartureTabs
from ui.views.departures.sheet_field import SheetField
from ui.views.page import Page
from ui.widgets.button import Button

_DRAFT_PAUSE_MS = 1_000


class DeparturePage(Page):
    """`Place.subject` is the departure, or with part "new" the dossier; other parts lead to a tab or a field."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Departure"), name="departure_page", parent=parent)
        self._desk, self._editable = desk, not desk.read_only
        self.presenter = DeparturePresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = DepartureLayout(self)
        self._filled = DepartureTabs(self._parts, self, editable=self._editable)
        self._lead_to, self._view = (
            "",
            DepartureView(title="", quiet=(), is_new=True, travellers=(), offer=""),
        )
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
        filled = self._filled
        filled.touched.connect(self._touched)
        filled.record_added.connect(self._to_added)
        filled.record_removed.connect(self._to_save)
        filled.check_given.connect(self._record_check)
        filled.checklist_wanted.connect(self._open_checklist)
        filled.line_answered.connect(self._answer)
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
        form = self.presenter.form
        assert form is not None, "nothing is shown before it was read"
        self._filled.fill(form, view, self.presenter.outcomes())
        if self._lead_to:
            lead_to, self._lead_to = self._lead_to, ""
            self._lead(lead_to)

    def show_checklist(self, person: str, found: Checklist) -> None:
        """Show the checklist of the person who is chosen."""
        self._filled.show_checklist(person, found, self.presenter.answers())

    def show_problems(self, problems: Mapping[tuple[str, str], str], sentence: str) -> None:
        """Say what is wrong beside each field and above; the focus goes to the first."""
        self._parts.show_banner("late", sentence, draft=False)
        first = None
        for grid in self._filled.grids:
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
        self._filled.show_line_problem(code, sentence)

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
            grid
            for grid in self._filled.grids
            if anchor_of(code) in grid.by_code and grid.person in ("", person)
        ]
        if code == "journey.may-depart" or (
            code.startswith("journey.check") and self._filled.check is not None
        ):
            if self._filled.check is not None:
                self._filled.check.outcome.editor.setFocus(Qt.FocusReason.TabFocusReason)
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

    def _record_check(self, answer: object) -> None:
        if isinstance(answer, tuple):
            people = [each.person for each in self._view.travellers if each.travels]
            self.presenter.record_check(people, *answer)

    def _open_checklist(self, person: object) -> None:
        self.presenter.open_checklist(str(person))

    def _answer(self, answer: object) -> None:
        if isinstance(answer, tuple):
            self.presenter.answer_line(*answer)

    def _to_added(self, record: object) -> None:
        grid = next((each for each in self._filled.grids if each.record == record), None)
        if grid is not None:
            self._go_to(next(iter(grid.by_name.values())))

    def _to_save(self) -> None:
        self._parts.save.setFocus(Qt.FocusReason.TabFocusReason)

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
        wrong = [(made, problem) for grid in self._filled.grids for made, problem in grid.problems()]
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
