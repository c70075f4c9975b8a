"""Places the form of a new or planned talk: details at the left, the checklist before a talk at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.panes import Pane, Panes, Scroll
from ui.widgets.button import Button
from ui.widgets.checklist_view import ChecklistView
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.heading import Heading
from ui.widgets.line import Line, Sentence
from ui.widgets.page_frame import PageFrame
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField


class FormLayout:
    """The parts of the form by name."""

    def __init__(self, page: PageFrame) -> None:
        self.cancel = Button(_("Take out of the agenda"), name="talk_form_cancel")
        self.store = Button(_("Begin the talk"), "primary", name="talk_form_store", icon_role="nav.talks")
        page.add_action(self.cancel)
        page.add_action(self.store)
        self.kind = Field(_("Kind of talk"), Choice(name="talk_form_kind"))
        self.phase = Field(_("Phase"), Choice(name="talk_form_phase"))
        self.now = QRadioButton(_("Now"))
        self.later = QRadioButton(_("Later"))
        self.day = Field(_("Day"), DateField(name="talk_form_day"))
        self.time = Field(_("Time"), TimeField(name="talk_form_time"))
        self.others = Field(
            _("Also present"),
            TextField(name="talk_form_others"),
            hint=_("For example the lawyer or a guardian"),
        )
        self.interpreter = Field(_("Interpreter"), Choice(name="talk_form_interpreter"))
        self.language = Field(_("Language of the interpreter"), TextField(name="talk_form_language"))
        self.place = Field(_("Place"), TextField(name="talk_form_place"))
        self.recording = Field(_("Recording"), Choice(name="talk_form_recording"))
        self.goal = Field(_("Goal in one sentence"), TextField(name="talk_form_goal"))
        self.problem = Sentence("", "body", "late")
        self.offer = self._offer()
        self.persons: dict[str, QCheckBox] = {}
        self._persons_grid = QGridLayout()
        self.persons_error = Sentence("", "second", "late")
        self.when_holder = QWidget()
        self.checklist = ChecklistView(name="talk_form_checklist", words=_("Before the talk"))
        self.count = Line("", "body", "quiet")
        details = Scroll(self._details(), name="talk_form_details")
        self.panes = Panes(
            (
                Pane("details", _("Details"), details, 5),
                Pane("before", _("Before the talk"), self._before(), 6),
            ),
            name="talk_form",
        )
        page.set_content(self.panes)
        for radio, name in ((self.now, "talk_form_now"), (self.later, "talk_form_later")):
            radio.setObjectName(name)

    def _offer(self) -> QWidget:
        offer = QWidget()
        self.offer_words = Sentence("", "body", strong=True)
        self.take = Button(_("Put back"), "link", name="talk_form_take")
        self.drop = Button(_("Throw away"), "link", name="talk_form_drop")
        row = QHBoxLayout(offer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(3))
        row.addWidget(self.offer_words, 1)
        row.addWidget(self.take)
        row.addWidget(self.drop)
        offer.hide()
        return offer

    def _details(self) -> QWidget:
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(2))
        column.addWidget(self.offer)
        column.addWidget(self.problem)
        column.addLayout(_beside(self.kind, self.phase))
        column.addWidget(self._when())
        column.addWidget(self._who())
        column.addWidget(self.others)
        column.addLayout(_beside(self.interpreter, self.language))
        column.addLayout(_beside(self.place, self.recording))
        column.addWidget(self.goal)
        column.addStretch(1)
        self.problem.hide()
        return details

    def _who(self) -> QWidget:
        who = QWidget()
        column = QVBoxLayout(who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        column.addWidget(Line(_("Who takes part"), "second", strong=True))
        self._persons_grid.setVerticalSpacing(theme.gap(0))
        self._persons_grid.setColumnStretch(0, 1)
        self._persons_grid.setColumnStretch(1, 1)
        column.addLayout(self._persons_grid)
        column.addWidget(self.persons_error)
        self.persons_error.hide()
        return who

    def _when(self) -> QWidget:
        when = QWidget()
        radios = QHBoxLayout()
        radios.setSpacing(theme.gap(4))
        radios.addWidget(self.now)
        radios.addWidget(self.later)
        radios.addStretch(1)
        moment = QHBoxLayout(self.when_holder)
        moment.setContentsMargins(0, 0, 0, 0)
        moment.setSpacing(theme.gap(2))
        moment.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        moment.addWidget(self.time, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(when)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Line(_("When"), "second", strong=True))
        column.addLayout(radios)
        column.addWidget(self.when_holder)
        return when

    def _before(self) -> QWidget:
        before = QWidget()
        column = QVBoxLayout(before)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0))
        row = QHBoxLayout()
        row.addWidget(Heading(_("Before the talk")), 1)
        row.addWidget(self.count)
        column.addLayout(row)
        column.addWidget(self.checklist, 1)
        return before

    def set_persons(self, lines: Sequence[tuple[str, str]]) -> None:
        """A check box per member: id and words."""
        for box in self.persons.values():
            self._persons_grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.persons = {}
        for at, (person, words) in enumerate(lines):
            box = QCheckBox(words)
            box.setObjectName(f"talk_form_person_{person}")
            self.persons[person] = box
            self._persons_grid.addWidget(box, at // 2, at % 2)


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.gap(3))
    row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
    return row
