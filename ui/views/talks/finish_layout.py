"""Places the page that finishes a talk: what is written at the left, the checklist after a talk at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.talk_finish_presenter import MarkLine
from ui.views.panes import Pane, Panes, Scroll
from ui.views.talks.topic_form import TopicList
from ui.widgets.button import Button
from ui.widgets.checklist_view import ChecklistView
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Line, Sentence
from ui.widgets.note_edit import NoteEdit
from ui.widgets.page_frame import PageFrame
from ui.widgets.side_list import SideEntry, SideList
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField


class MarkForm(QWidget):
    """The phase of one person or of the family: a choice, and one sentence why once something is chosen."""

    def __init__(
        self, line: MarkLine, phases: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.person = line.person
        name = f"mark_{line.person or 'family'}"
        self.phase = Field(line.name, Choice(phases, name=f"{name}_phase"), hint=line.hint)
        self.reason = Field(_("Why, in one sentence"), TextField(name=f"{name}_reason"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(3))
        row.addWidget(self.phase, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.reason, 3, Qt.AlignmentFlag.AlignTop)
        self.phase.editor.code_chosen.connect(self._fit)
        self.phase.editor.set_code("")
        self._fit()

    def set_mark(self, phase: str, reason: str) -> None:
        """Fill in; "" leaves the phase as it is."""
        self.phase.editor.set_code(phase)
        self.reason.editor.set_value(reason)
        self._fit()

    def _fit(self, _code: object = None) -> None:
        policy = self.reason.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the choice would jump wider when nothing is chosen
        self.reason.setSizePolicy(policy)
        self.reason.setVisible(bool(self.phase.editor.code()))


class FinishLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.finish = Button(_("Finish the talk"), "primary", name="talk_finish_store")
        page.add_action(self.finish)
        page.set_back(_("Back to the talk"))
        self.problem = Sentence("", "body", "late")
        self.missing = SideList(name="talk_finish_missing")
        self.missing_head = Heading(_("What is still open"))
        self.topics = TopicList(name="talk_finish_topics")
        self.summary = Field(
            _("Summary in their own words"),
            NoteEdit(name="talk_finish_summary", rows=3),
            hint=_("As they said it themselves at the end of the talk."),
        )
        self.day = Field(_("Next appointment, day"), DateField(name="talk_finish_day"))
        self.time = Field(_("Time"), TimeField(name="talk_finish_time"))
        self.marks: dict[str, MarkForm] = {}
        self._marks_column = QVBoxLayout()
        self.checklist = ChecklistView(name="talk_finish_checklist", words=_("After the talk"))
        self.count = Line("", "body", "quiet")
        self.saved = Line("", "second", "quiet")
        left = Scroll(self._left(), name="talk_finish_left")
        self.panes = Panes(
            (Pane("text", _("Writing up"), left, 5), Pane("after", _("After the talk"), self._right(), 6)),
            name="talk_finish",
        )
        page.set_content(self.panes)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(2))
        self._marks_column.setSpacing(theme.gap(1))
        moment = QHBoxLayout()
        moment.setSpacing(theme.gap(3))
        moment.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        moment.addWidget(self.time, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.problem)
        column.addWidget(self.missing_head)
        column.addWidget(self.missing)
        column.addWidget(self.topics)
        column.addWidget(self.summary)
        column.addLayout(moment)
        column.addWidget(Heading(_("Phase"), note=_("your working mark, not a score")))
        column.addLayout(self._marks_column)
        column.addStretch(1)
        self.problem.hide()
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        row = QHBoxLayout()
        row.addWidget(Heading(_("After the talk")), 1)
        row.addWidget(self.count)
        column.addLayout(row)
        column.addWidget(self.checklist, 1)
        column.addWidget(self.saved)
        return right

    def set_marks(self, marks: Sequence[MarkLine], phases: Sequence[tuple[str, str]]) -> None:
        """A line per adult and one for the family."""
        for form in self.marks.values():
            self._marks_column.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.marks = {mark.person: MarkForm(mark, phases) for mark in marks}
        for form in self.marks.values():
            self._marks_column.addWidget(form)

    def set_missing(self, lines: Sequence[str]) -> None:
        """What the report will lack."""
        self.missing.set_entries([SideEntry(main=line, icon="state.info", role="info") for line in lines])
        self.missing_head.setVisible(bool(lines))
        self.missing.setVisible(bool(lines))
