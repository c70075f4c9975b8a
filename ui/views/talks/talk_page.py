"""One talk wherever it stands: planned opens its form, begun opens talk mode, finished opens its report.

So everybody who knows a talk can send people to it, and the way back never runs in a circle.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _, problem_text
from app.services.talk_list import State, TalkRow, rows
from app.services.talk_view import NoSuchTalk
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.views.page import Page
from ui.views.talks.bare_page import BarePage
from ui.views.talks.finish_view import TalkFinishPage
from ui.views.talks.form_view import TalkFormPage
from ui.views.talks.mode_view import TalkModePage
from ui.views.talks.report_view import TalkReportPage
from ui.widgets.empty_state import EmptyState

FINISH, REPORT = "finish", "report"


class TalkPage(BarePage):
    """`Place(subject=talk)`, with part "finish" to finish a talk that runs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Talk"), name="talk_page", parent=parent)
        self._desk = desk
        self._runner = desk.runner.bound_to(self)
        self._asked_for = Place(page="talk")
        self.form = TalkFormPage(desk)
        self.mode = TalkModePage(desk)
        self.finish = TalkFinishPage(desk)
        self.report = TalkReportPage(desk)
        self._gone = EmptyState("", "")
        self._wait = QWidget()
        self._stack = QStackedWidget()
        for page in (self._wait, self._gone, self.form, self.mode, self.finish, self.report):
            self._stack.addWidget(page)
        for page in self._pages():
            page.go_requested.connect(self.go_requested)
            page.said.connect(self.said)
            page.whole_window_wanted.connect(self.whole_window_wanted)
            page.back_requested.connect(self.back_requested)
        self.set_content(self._stack)

    def _pages(self) -> tuple[Page, ...]:
        return (self.form, self.mode, self.finish, self.report)

    def current(self) -> Page | None:
        """The page that shows, None while the talk is being looked up."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @override
    def open_place(self, place: Place) -> None:
        self._asked_for, talk, session = place, place.subject, self._desk.session
        self._stack.setCurrentWidget(self._wait)
        self._runner.start(lambda: rows(session, [talk]).get(talk), self._show, self._refused)

    def _show(self, row: TalkRow | None) -> None:
        if row is None:
            self._refused(NoSuchTalk())
        elif row.talk == self._asked_for.subject:
            page = self._page(row.state)
            for each in (self.mode, self.finish, self.report):
                each.set_dossier(row.dossier)
            if isinstance(page, TalkFormPage):
                page.open_talk(row.talk)
            else:
                page.open_place(self._asked_for)
            self._stack.setCurrentWidget(page)
            page.take_focus()

    def _page(self, state: State) -> Page:
        if state in (State.PLANNED, State.CANCELLED):
            return self.form
        if state is State.FINISHED:
            return self.report
        return self.finish if self._asked_for.part == FINISH else self.mode

    def _refused(self, problem: KnownProblem) -> None:
        self._gone.set_words(problem_text(problem), _("It may have been taken back. Go back to the talks."))
        self._stack.setCurrentWidget(self._gone)

    @override
    def take_focus(self) -> None:
        page = self.current()
        if page is not None:
            page.take_focus()

    @override
    def regions(self) -> Sequence[QWidget]:
        page = self.current()
        return page.regions() if page is not None else ()

    @override
    def act(self, command: str) -> bool:
        page = self.current()
        return page.act(command) if page is not None else False

    @override
    def leave(self) -> None:
        page = self.current()
        if page is not None:
            page.leave()
