"""The page of one request: where it stands, what happened, what comes, and what holds it up."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.request_presenter import RequestPresenter, RequestShown
from ui.presenters.request_words import CourseLine, StageView
from ui.views.documents.request_layout import RequestLayout
from ui.views.page import Page
from ui.widgets.stage_line import Stage
from ui.widgets.step import StepState
from ui.widgets.timeline import Moment

_SHORTCUT_FROM = 940


class RequestView(Page):
    """A RequestScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", name="request_page", parent=parent)
        self._desk = desk
        self.presenter = RequestPresenter(desk.session, desk.runner.bound_to(self), self)
        self._parts = RequestLayout(self)
        self._shown: RequestShown | None = None
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        parts.step.clicked.connect(self._step)
        parts.shortcut.clicked.connect(self._take_shortcut)
        parts.edit.clicked.connect(self._edit)
        parts.follow_on.clicked.connect(self._follow_on)
        parts.set_term.clicked.connect(self._set_term)
        parts.to_list.clicked.connect(self._to_list)
        parts.course.moment_opened.connect(self._open)
        parts.course.selectionModel().currentChanged.connect(self._bring_into_sight)
        parts.facts.go_requested.connect(self.go_requested)
        self._desk.feed.changed.connect(self._follow)

    # -- RequestScreen ---------------------------------------------------------------------------------------------

    def show_request(self, shown: RequestShown) -> None:
        """Show the request."""
        parts, writes = self._parts, not self._desk.read_only
        self._shown = shown
        self.set_title(shown.title)
        reading = "" if writes else _("only reading: another program has this store open")
        self.set_quiet((*shown.quiet, reading))
        self.set_back(shown.back)
        parts.chip.setVisible(shown.status is not None)
        if shown.status is not None:
            parts.chip.set_status(*shown.status)
        parts.stages.set_stages([_stage(stage) for stage in shown.stages])
        parts.course.set_moments([_moment(line) for line in shown.course])
        parts.course.setFixedHeight(parts.course.height_of_all() + 2)
        parts.terms.set_terms(shown.terms)
        parts.met.setText(shown.met)
        parts.met.setVisible(bool(shown.met))
        parts.terms_heading.setVisible(bool(shown.terms or shown.met))
        parts.facts.set_groups(shown.facts)
        parts.step.setVisible(shown.may_step)
        self._show_shortcut()
        if shown.shortcut is not None:
            parts.shortcut.set_words(shown.shortcut.words)
        parts.follow_on.setVisible(shown.follow_on is not None)
        parts.set_term.setVisible(shown.may_set_term)
        for button in (parts.step, parts.shortcut, parts.edit, parts.follow_on, parts.set_term):
            button.setEnabled(writes)
        parts.gone.hide()
        parts.body.show()
        self.set_foot("", _("Ctrl N records what happened  ·  F2 changes  ·  Enter opens a line"))

    def show_gone(self, sentence: str) -> None:
        """Say that it is not here."""
        parts = self._parts
        self._shown = None
        self.set_title(_("Request"))
        self.set_quiet(())
        self.set_back("")
        self.set_foot("")
        parts.gone.set_words(_("This request is not here"), sentence)
        parts.body.hide()
        for widget in (parts.step, parts.shortcut, parts.edit, parts.follow_on, parts.chip):
            widget.hide()
        parts.gone.show()

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._parts.edit.show()
        self.presenter.open(place.subject)

    @override
    def take_focus(self) -> None:
        (self._parts.step if self._shown is None or self._shown.may_step else self._parts.course).setFocus()

    @override
    def regions(self) -> Sequence[QWidget]:
        if not self._parts.gone.isHidden():
            return (self._parts.to_list,)
        return (self._parts.course, self._parts.step)

    @override
    def act(self, command: str) -> bool:
        if command == "new":
            self._step()
        elif command == "edit":
            self._edit()
        else:
            return False
        return True

    def _show_shortcut(self) -> None:
        """In a narrow window the title needs its place; the deed stands in the form too."""
        wide = self.width() >= _SHORTCUT_FROM * theme.current().factor
        self._parts.shortcut.setVisible(wide and self._shown is not None and self._shown.shortcut is not None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_shortcut()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_shown"):
            self._parts.course.setFixedHeight(self._parts.course.height_of_all() + 2)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _go(self, place: Place | None) -> None:
        if place is not None and not self._desk.read_only:
            self.go_requested.emit(place)

    def _step(self) -> None:
        if self._shown is not None and self._shown.may_step:
            self._go(Place(page="request_step", subject=self.presenter.request))

    def _take_shortcut(self) -> None:
        if self._shown is not None and self._shown.shortcut is not None:
            self._go(self._shown.shortcut.place)

    def _edit(self) -> None:
        if self._shown is not None:
            self._go(self.presenter.edit_place())

    def _follow_on(self) -> None:
        if self._shown is not None:
            self._go(self._shown.follow_on)

    def _set_term(self) -> None:
        self._go(Place(page="request_term", subject=self.presenter.request))

    def _to_list(self) -> None:
        self.go_requested.emit(Place(page="documents"))

    def _open(self, key: object) -> None:
        self._go(self.presenter.place_of(str(key)))

    def _bring_into_sight(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            course = self._parts.course
            self._parts.area.bring_into_sight(course, course.visualRect(now))

    def _follow(self, change: object) -> None:
        if self.presenter.dossier and self.presenter.dossier in getattr(change, "dossiers", ()):
            self.presenter.reload()


def _stage(stage: StageView) -> Stage:
    return Stage(words=stage.words, when=stage.when, state=StepState(stage.progress))


def _moment(line: CourseLine) -> Moment:
    return Moment(
        when=line.when,
        main=line.main,
        second=line.second,
        done=line.done,
        icon=line.icon,
        role=line.role,
        strong=line.strong,
        is_today=line.is_today,
        key=line.key,
    )
