"""Finishing a talk: the last sentences, the summary, the next appointment, where each stands. A TalkFinishScreen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.presenters.talk_finish_presenter import Ending, MarkLine, TalkFinishPresenter
from ui.presenters.talk_line import Head, ItemLine, TopicLine
from ui.views.page import Page
from ui.views.talks.finish_layout import FinishLayout
from ui.views.talks.topic_form import Asked
from ui.widgets.checklist_view import ChecklistItem, ItemAnswered
from ui.widgets.field import Field
from ui.widgets.time_field import typed_moment

_DRAFT_MS = 1_500


class TalkFinishPage(Page):
    """Opens with the id of a talk that was begun."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Finish the talk"), name="talk_finish_page", parent=parent)
        self._desk = desk
        self.parts = FinishLayout(self)
        self.presenter = TalkFinishPresenter(desk.session, desk.runner.bound_to(self), self)
        self._talk, self._dossier, self._loading = "", "", True
        self._shown: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_MS)
        self._pause.timeout.connect(self._keep)
        self._connect()

    def _connect(self) -> None:
        parts = self.parts
        parts.finish.clicked.connect(self._finish)
        parts.finish.setEnabled(not self._desk.read_only)
        parts.checklist.answered.connect(self._answered)
        parts.topics.asked.connect(self._asked)
        parts.summary.editor.textChanged.connect(self._touch)
        parts.day.editor.textEdited.connect(self._touch)
        parts.time.editor.textEdited.connect(self._touch)
        self._desk.feed.changed.connect(self._follow)

    # -- TalkFinishScreen ------------------------------------------------------------------------------------------

    def show_head(self, head: Head) -> None:
        """Who and what."""
        self.set_quiet((head.title, head.quiet))

    def show_items(self, items: Sequence[ItemLine], count: str) -> None:
        """The checklist after the talk."""
        self.parts.count.setText(count)
        keys = tuple(item.key for item in items)
        if keys == self._shown:
            for item in items:
                self.parts.checklist.set_answer(item.key, item.answer)
            return
        self._shown = keys
        self.parts.checklist.set_items(
            [
                ChecklistItem(key=item.key, sentence=item.sentence, code=item.key, answer=item.answer)
                for item in items
            ]
        )

    def show_topics(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        """The special circumstances without an answer."""
        self.parts.topics.set_lines(lines, people)
        self.parts.topics.setVisible(bool(lines))

    def show_marks(self, marks: Sequence[MarkLine], phases: Sequence[tuple[str, str]]) -> None:
        """Whose phase may be recorded."""
        self.parts.set_marks(marks, phases)
        for form in self.parts.marks.values():
            form.phase.editor.code_chosen.connect(self._touch)
            form.reason.editor.textEdited.connect(self._touch)

    def show_ending(self, ending: Ending) -> None:
        """Fill summary, appointment and marks."""
        self._loading = True
        self.parts.summary.editor.set_value(ending.summary)
        self.parts.day.editor.set_value(ending.next_at[:10])
        self.parts.time.editor.set_value(ending.next_at[11:16])
        for person, form in self.parts.marks.items():
            form.set_mark(ending.phases.get(person, ""), ending.reasons.get(person, ""))
        self.show_problems({})
        self._loading = False

    def show_missing(self, lines: Sequence[str]) -> None:
        """What the report will lack."""
        self.parts.set_missing(lines)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside a field; the focus goes to the first."""
        parts = self.parts
        fields: dict[str, Field[QWidget]] = {"summary": _plain(parts.summary), "next_at": _plain(parts.day)}
        fields |= {f"why.{person}": _plain(form.reason) for person, form in parts.marks.items()}
        first: QWidget | None = None
        for name, field in fields.items():
            if name in problems:
                field.show_error(problems[name])
                first = first or field.editor
            else:
                field.clear_error()
        rest = [words for name, words in problems.items() if name not in fields]
        parts.problem.setText("\n".join(rest))
        parts.problem.setVisible(bool(rest))
        if problems:
            parts.panes.show_pane("text")
            first = first or parts.topics.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_saved(self, words: str) -> None:
        """When the last change was kept."""
        self.parts.saved.setText(words)

    def leave_to_report(self, talk: str) -> None:
        """The talk is finished."""
        self._loading = True
        self.go_requested.emit(Place(page="talk", subject=talk, part="report"))

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._loading, self._shown = True, ()
        if place.subject != self._talk:
            self._talk = place.subject
        self.presenter.open(place.subject)

    def set_dossier(self, dossier: str) -> None:
        """Which changes concern this page."""
        self._dossier = dossier

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.parts.summary.editor, self.parts.checklist)

    @override
    def leave(self) -> None:
        self.parts.topics.flush()
        self._keep()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _ending(self) -> Ending:
        parts = self.parts
        marks = parts.marks.items()
        return Ending(
            summary=parts.summary.editor.value(),
            next_at=self._moment(),
            phases={person: code for person, form in marks if (code := form.phase.editor.code())},
            reasons={person: why for person, form in marks if (why := form.reason.editor.value())},
        )

    def _moment(self) -> str:
        try:
            return typed_moment(self.parts.day.editor, self.parts.time.editor)
        except KnownProblem:
            return ""

    def _finish(self) -> None:
        parts = self.parts
        if not (parts.day.check() and parts.time.check()):
            (parts.time if parts.day.check() else parts.day).editor.setFocus()
            return
        self._pause.stop()
        self.presenter.finish(self._ending())

    def _answered(self, answered: object) -> None:
        if isinstance(answered, ItemAnswered):
            self.presenter.answer(answered.key, answered.answer)

    def _asked(self, asked: object) -> None:
        if isinstance(asked, Asked):
            self.presenter.ask(
                asked.topic, asked.answer, reason=asked.reason, told=asked.told, person=asked.person
            )

    def _touch(self, _what: object = None) -> None:
        if not self._loading:
            self._pause.start()

    def _keep(self) -> None:
        self._pause.stop()
        if not self._loading and not self._desk.read_only:
            self.presenter.keep_draft(self._ending())

    def _follow(self, change: object) -> None:
        if self._dossier in getattr(change, "dossiers", ()) and self.isVisible():
            self.presenter.reload()


def _plain(field: Field[QWidget]) -> Field[QWidget]:
    """Only its being a field matters here."""
    return field
