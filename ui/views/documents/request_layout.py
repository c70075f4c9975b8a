"""Places what the page of a request is made of: stage line, course, terms, gates and the country's card."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.presenters.request_words import TermView
from ui.views.fact_panel import FactPanel
from ui.views.story_and_facts import StoryAndFacts
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.hairline import Hairline
from ui.widgets.heading import Heading
from ui.widgets.line import Sentence
from ui.widgets.page_frame import PageFrame
from ui.widgets.stage_line import StageLine
from ui.widgets.term_bar import TermBar
from ui.widgets.timeline import Timeline

_FACTS_WIDTH = 400


class RequestLayout:
    """The parts of the page by name."""

    def __init__(self, page: PageFrame) -> None:
        self.follow_on = Button(_("Request that follows"), "plain", name="request_follow_on")
        self.edit = Button(_("Change"), "plain", name="request_edit", icon_role="sign.edit")
        self.shortcut = Button("", "plain", name="request_shortcut")
        self.step = Button(_("What happened?"), "primary", name="request_step")
        for button in (self.edit, self.follow_on, self.shortcut, self.step):
            page.add_action(button)
        self.chip = Chip("", "info")
        self.chip.hide()
        page.set_chip(self.chip)
        self.stages = StageLine(name="request_stages")
        self.course = Timeline(name="request_course", words=_("Course of the request"))
        self.course.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_term = Button(_("Set a term yourself"), "link", name="request_set_term")
        self.terms = TermColumn()
        self.met = Sentence("", "second", "quiet")
        self.facts = FactPanel(name="request_facts")
        self.area = StoryAndFacts(self._story(), self._side(), name="request_area", facts_width=_FACTS_WIDTH)
        self.body = QWidget()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self.stages)
        column.addWidget(Hairline())
        column.addWidget(self.area, 1)
        self.to_list = Button(_("To all requests"), "plain", name="request_to_list")
        self.gone = EmptyState(_("This request is not here"), "", self.to_list)
        self.gone.hide()
        page.set_content(self.body)
        page.set_content(self.gone)

    def _story(self) -> QWidget:
        story = QWidget()
        column = QVBoxLayout(story)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(Heading(_("Course")))
        column.addWidget(self.course)
        return story

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        self.terms_heading = Heading(_("Terms"), action=self.set_term)
        column.addWidget(self.terms_heading)
        column.addWidget(self.terms)
        column.addWidget(self.met)
        column.addSpacing(theme.gap(2))
        column.addWidget(self.facts)
        return side


class TermColumn(QWidget):
    """The terms as bars, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._bars: list[TermBar] = []

    def set_terms(self, terms: Sequence[TermView]) -> None:
        """Show these terms; bars that are there already are used again."""
        while len(self._bars) > len(terms):
            old = self._bars.pop()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        for at, term in enumerate(terms):
            if at < len(self._bars):
                self._bars[at].set_term(term.name, term.value, term.source, term.share, term.state)
            else:
                bar = TermBar(term.name, term.value, term.source, term.share, term.state)
                self._bars.append(bar)
                self._column.addWidget(bar)
