"""Places the taking in of files: where one is opened or dropped, what it holds, and what came of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.exchange.step_column import StepColumn
from ui.views.fact_panel import FactPanel
from ui.views.panes import Pane, Panes, Scroll
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.check_table import CheckTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.heading import Heading
from ui.widgets.line import Line, Sentence
from ui.widgets.row_table import RowTable

COMING_WIDTHS, COMING_STRETCH = (170, 103, 118, 127, 165), 0
TAKEN_WIDTHS, TAKEN_STRETCH = (200, 160, 200, 110, 240), 2


class TakeLayout:
    """The parts by name. `steps` holds the list of files taken in, the file looked at, and the report."""

    def __init__(self, owner: QWidget) -> None:
        self.open = Button(_("Open a file …"), "primary", name="take_open", icon_role="sign.package_in")
        self.look_into = Button(_("Look into a file …"), name="take_look_into", icon_role="sign.find")
        self.leave = Button(_("Do not take in"), name="take_leave")
        self.accept = Button(_("Take in"), "primary", name="take_accept", icon_role="sign.package_in")
        self.next = Button(_("Ready"), name="take_next")
        self.receipt = Button(
            _("Save a receipt …"), "primary", name="take_receipt", icon_role="sign.package_out"
        )
        column = StepColumn(owner, self._waiting(), self._arrival(), self._report(), name="take")
        self.problem, self.progress, self.steps = column.problem, column.progress, column.steps

    def _waiting(self) -> QWidget:
        self.taken = RowTable(name="take_taken", words=_("Files taken in"), head=Head(right=frozenset({3})))
        self.take_back = Button(_("Take back"), name="take_back", icon_role="sign.undo")
        self.why_not = Sentence("", "second", "quiet")
        self.empty = EmptyState(
            _("No file was taken in yet"),
            _(
                "Open a file of a colleague, or drop it on this page. First you see what it holds; then you decide."
            ),
        )
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        hint = _("You can also drop a file on this page. First you see what it holds; then you decide.")
        column.addWidget(Sentence(hint, "body", "quiet"))
        column.addWidget(Heading(_("Files taken in"), ruled=False))
        column.addWidget(self.taken, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.why_not, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        self.waiting = QStackedWidget()
        self.waiting.addWidget(filled)
        self.waiting.addWidget(self.empty)
        return self.waiting

    def _arrival(self) -> QWidget:
        self.title = Line("", "heading")
        self.about = Line("", "second", "quiet")
        self.caution_link = Button("", name="take_check_sender")
        self.caution = Banner("watch", "", action=self.caution_link)
        self.caution.hide()
        self.inspect = Button(_("See all that is in it"), "link", name="take_inspect", icon_role="sign.find")
        self.all = Button(_("Choose all"), "link", name="take_all")
        self.none = Button(_("Choose none"), "link", name="take_none")
        self.coming = CheckTable(
            name="take_coming",
            words=_("Families in the file"),
            row_role="row_two_lines",
            head=Head(right=frozenset({2})),
        )
        self.facts = FactPanel(name="take_facts")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(1))
        column.addWidget(self.coming, 1)
        links = QHBoxLayout()
        links.setSpacing(theme.gap(3))
        links.addWidget(self.all)
        links.addWidget(self.none)
        links.addStretch(1)
        column.addLayout(links)
        self.families = left
        inner = QWidget()
        side = QVBoxLayout(inner)
        side.setContentsMargins(0, 0, theme.gap(1), 0)
        side.setSpacing(theme.gap(3))
        side.addWidget(self.facts)
        side.addWidget(self.inspect, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        self.panes = Panes(
            (
                Pane("families", _("Families"), left, 13),
                Pane("facts", _("About the file"), Scroll(inner, name="take_facts_scroll"), 7),
            ),
            name="take",
        )
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.gap(0))
        outer.addWidget(self.title)
        outer.addWidget(self.about)
        outer.addSpacing(theme.gap(1))
        outer.addWidget(self.caution)
        outer.addSpacing(theme.gap(1))
        outer.addWidget(self.panes, 1)
        return holder

    def _report(self) -> QWidget:
        self.done_words = Banner("good", "")
        self.report = FactPanel(name="take_report")
        self.receipt_hint = Sentence(
            _("With the receipt your colleague knows what you have, and later gives only what is new."),
            "second",
            "quiet",
        )
        self.receipt_words = Sentence("", "second")
        self.receipt_words.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self.done_words)
        column.addWidget(self.report)
        column.addWidget(self.receipt_hint)
        column.addWidget(self.receipt_words)
        column.addStretch(1)
        return Scroll(inner, name="take_report_scroll")
