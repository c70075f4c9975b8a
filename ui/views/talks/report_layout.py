"""Places the report of a talk: pages at the left, the same words at the right, and what is to be done with it."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.paper_text import LineKind, TextLine
from app.i18n import _
from ui.bridge import theme
from ui.views.panes import Pane, Panes, Scroll
from ui.views.talks.paper_pages import PaperPages
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.line import Line, Sentence
from ui.widgets.page_frame import PageFrame
from ui.widgets.sign import Sign

_LONGEST, _GROUP = 40, 8


class ReportLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.chip = Chip(_("Draft"), "watch", "sign.edit")
        page.set_chip(self.chip)
        self.copy = Button(_("Copy as text"), "link", name="talk_report_copy")
        self.save = Button(_("Save"), name="talk_report_save", icon_role="sign.saved")
        self.seal = Button(_("Make final"), name="talk_report_final", icon_role="sign.lock")
        self.print = Button(_("Print"), "primary", name="talk_report_print", icon_role="sign.print")
        for button in (self.seal, self.save, self.print):
            page.add_action(button)
        self.receiver = Field(_("For whom"), Choice(name="talk_report_receiver"))
        self.purpose = Field(_("What for"), Choice(name="talk_report_purpose"))
        self.with_phase = QCheckBox(_("With the phase"))
        self.with_checklist = QCheckBox(_("With the checklist"))
        self.with_phase.setObjectName("talk_report_phase")
        self.with_checklist.setObjectName("talk_report_checklist")
        self.problem = Sentence("", "body", "late")
        self.transferred = Line("", "body", "quiet")
        self.transfer = Button(
            _("Mark as copied into the official system"), "link", name="talk_report_transfer"
        )
        self.pages = PaperPages(name="talk_report_pages")
        self._text = QWidget()
        self._text_column = QVBoxLayout(self._text)
        self._text_column.setContentsMargins(0, 0, theme.gap(2), 0)
        self._text_column.setSpacing(theme.gap(0))
        self._text_column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lines: list[QWidget] = []
        left = Scroll(self.pages, name="talk_report_pages_scroll")
        self.text_scroll = Scroll(self._text, name="talk_report_text_scroll")
        self.text_scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text_scroll.setAccessibleName(_("The report in words"))
        self.panes = Panes(
            (Pane("pages", _("Pages"), left, 6), Pane("text", _("In words"), self.text_scroll, 5)),
            name="talk_report",
        )
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addLayout(self._options())
        column.addWidget(self.problem)
        column.addWidget(self.panes, 1)
        column.addLayout(self._foot())
        self.problem.hide()
        page.set_content(content)

    def _options(self) -> QHBoxLayout:
        boxes = QVBoxLayout()
        boxes.setSpacing(theme.gap(0))
        boxes.addStretch(1)
        boxes.addWidget(self.with_phase)
        boxes.addWidget(self.with_checklist)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addWidget(self.receiver, 2)
        row.addWidget(self.purpose, 2)
        row.addLayout(boxes, 2)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(4))
        row.addWidget(self.transferred, 1)
        row.addWidget(self.copy)  # copied here, pasted in the official system, then marked as such
        row.addWidget(self.transfer)
        return row

    def set_lines(self, lines: Sequence[TextLine]) -> None:
        """The words of the paper in reading order; an empty section keeps its heading."""
        for widget in self._lines:
            self._text_column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._lines = [_line(line) for line in lines if line.value or line.label]
        for widget in self._lines:
            self._text_column.addWidget(widget)
        for before, after in pairwise(self._lines):
            QWidget.setTabOrder(before, after)


def _line(line: TextLine) -> QWidget:
    if line.kind is LineKind.TITLE:
        return Sentence(line.value, "heading")
    if line.kind is LineKind.HEADING:
        return _with_space(Sentence(line.value, "body", strong=True))
    if line.kind is LineKind.GAP:
        return _gap(line)
    if not line.label:
        return Sentence(line.value, "second", "quiet" if line.kind is LineKind.TEXT else "ink")
    value = f"{line.value} ({line.native})" if line.native else line.value
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, theme.gap(0))
    column.setSpacing(0)
    column.addWidget(Sentence(line.label, "second", "quiet"))
    column.addWidget(Sentence(_breakable(value) or "–", "body", "watch" if line.gap is not None else "ink"))
    return holder


def _breakable(value: str) -> str:
    """A control value is one word of 64 letters; in groups it fits any width and can be compared by eye."""
    return " ".join(
        " ".join(wrap(word, _GROUP)) if len(word) > _LONGEST else word for word in value.split(" ")
    )


def _gap(line: TextLine) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.gap(1))
    row.addWidget(Sign("state.watch", "watch"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Sentence(f"{line.label}  {line.value}"), 1)
    return holder


def _with_space(sentence: Sentence) -> Sentence:
    sentence.setContentsMargins(0, theme.gap(2), 0, 0)
    return sentence
