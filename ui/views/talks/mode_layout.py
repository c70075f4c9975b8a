"""Places talk mode: head, steps, the sentences of the current step, and the notes beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from ui.bridge import theme
from ui.views.band import Band
from ui.views.panes import Scroll
from ui.views.talks.agreement_form import AgreementForm, AgreementList
from ui.views.talks.step_column import StepColumn
from ui.views.talks.topic_form import TopicList
from ui.views.talks.whole_checklist import WholeChecklist
from ui.widgets.button import Button, SignButton
from ui.widgets.checklist_view import ChecklistView
from ui.widgets.heading import Heading
from ui.widgets.line import Line, Sentence
from ui.widgets.note_edit import NoteEdit
from ui.widgets.sign import Sign

_HEAD = 72
_HEAD_NARROW = 52
_STEPS = 208
_NOTES, _NOTES_NARROW = 336, 250
_AGREED = 132


class ModeLayout:
    """The parts of talk mode by name."""

    def __init__(self, holder: QWidget) -> None:
        self._low, self._hinted = False, True
        self.head = self._head()
        self.steps = StepColumn(name="talk_steps")
        self.earlier = Sentence("", "body")
        self.earlier_head = Line(_("Earlier agreement"), "second", "quiet", strong=True)
        self.left = self._left()
        self.middle = self._middle()
        self.right = self._right()
        body = QHBoxLayout()
        body.setSpacing(theme.gap(4))
        body.addWidget(self.left)
        body.addWidget(self.middle, 1)
        body.addWidget(self.right)
        self._body = body
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(body, 1)
        self.fit(1366, 768)

    def _head(self) -> QWidget:
        band = Band("rail")
        self.back = SignButton(_("Back to the family"), "sign.back", name="talk_back")
        self.title = Line("", "heading")
        self.quiet = Line("", "body", "quiet")
        self.clock_sign = Sign("sign.term")
        self.minutes = Line("", "prompt", strong=True)
        self.pause = Button(_("Pause"), name="talk_pause", icon_role="talk.pause")
        self.finish = Button(_("Finish"), "primary", name="talk_finish")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.quiet)
        words.addStretch(1)
        row = QHBoxLayout(band)
        row.setContentsMargins(theme.gap(3), 0, theme.gap(4), 0)
        row.setSpacing(theme.gap(1))
        row.addWidget(self.back)
        row.addLayout(words, 1)
        row.addWidget(self.clock_sign)
        row.addWidget(self.minutes)
        row.addSpacing(theme.gap(2))
        row.addWidget(self.pause)
        row.addWidget(self.finish)
        return band

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, theme.gap(3))
        column.setSpacing(theme.gap(0))
        column.addWidget(Heading(_("Steps")))
        column.addWidget(self.steps, 8)
        column.addStretch(1)
        column.addWidget(self.earlier_head)
        column.addWidget(self.earlier)
        return left

    def _middle(self) -> QWidget:
        middle = QWidget()
        self.previous_step = SignButton(_("Previous step"), "sign.sort_up", name="talk_previous_step")
        self.next_step = SignButton(_("Next step"), "sign.sort_down", name="talk_next_step")
        self.place = Line("", "body", "quiet")
        self.step_title = Line("", "heading")
        self.step_minutes = Line("", "body", "quiet")
        self.count = Line("", "body", "quiet")
        head = QHBoxLayout()
        head.setSpacing(theme.gap(1))
        for part in (self.previous_step, self.next_step, self.place, self.step_title, self.step_minutes):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.count)
        holder = QWidget()
        holder.setLayout(head)
        head.setContentsMargins(0, 0, theme.gap(2), 0)
        holder.setFixedHeight(theme.size("control"))
        self.hint = Sentence("", "second", "quiet")
        self.checklist = ChecklistView(name="talk_checklist", words=_("Sentences of this step"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.checklist)
        self.stack.addWidget(self._more())
        self.keys = Line("", "second", "quiet")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, theme.gap(2))
        column.setSpacing(theme.gap(0))
        column.addWidget(holder)
        column.addWidget(self.hint)
        column.addWidget(self.stack, 1)
        column.addWidget(self.keys)
        return middle

    def _more(self) -> QWidget:
        """Steps with a form of their own: it comes first, the sentences follow."""
        content = QWidget()
        self.earlier_list = AgreementList(name="talk_earlier")
        self.earlier_empty = Sentence(_("Nothing is open from before."), "body", "quiet")
        self.topics = TopicList(name="talk_topics")
        self.made = AgreementList(name="talk_made")
        self.agree = AgreementForm(name="talk_agree")
        self.few = WholeChecklist(name="talk_few", words=_("Sentences of this step"))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, theme.gap(1), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(2))
        for part in (self.earlier_empty, self.earlier_list, self.topics, self.made, self.agree, self.few):
            column.addWidget(part)
        column.addStretch(1)
        self.more = Scroll(content, name="talk_more")
        return self.more

    def _right(self) -> QWidget:
        right = QWidget()
        self.notes_head = Heading(_("Notes"))
        self.notes = NoteEdit(name="talk_notes")
        self.notes.setAccessibleName(_("Notes"))
        self.offer = self._offer()
        self.problem = Sentence("", "second", "late")
        self.agreed = AgreementList(name="talk_agreed")
        self.agreed_scroll = Scroll(self.agreed, name="talk_agreed_scroll")
        self.agreed_scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.quick = AgreementForm(name="talk_quick")
        self.quick.hide()
        self.add = Button(_("Add agreement"), name="talk_add_agreement", icon_role="sign.add_appointment")
        self.add_keys = Line("Ctrl Enter", "second", "quiet")
        self.add_row = QWidget()
        add = QHBoxLayout(self.add_row)
        add.setContentsMargins(0, 0, 0, 0)
        add.setSpacing(theme.gap(1))
        add.addWidget(self.add)
        add.addWidget(self.add_keys)
        add.addStretch(1)
        self.saved_sign = Sign("state.good", "good")
        self.saved = Line("", "second", "quiet")
        saved = QHBoxLayout()
        saved.setSpacing(theme.gap(1))
        saved.addWidget(self.saved_sign)
        saved.addWidget(self.saved, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, theme.gap(2))
        column.setSpacing(theme.gap(1))
        column.addWidget(self.notes_head)
        column.addWidget(self.offer)
        column.addWidget(self.notes, 1)
        for part in (self.problem, self.agreed_scroll, self.quick):
            column.addWidget(part)
        column.addWidget(self.add_row)
        column.addLayout(saved)
        self.problem.hide()
        self.agreed_scroll.hide()
        self.saved_sign.hide()
        return right

    def _offer(self) -> QWidget:
        """What was typed before a crash, offered again."""
        offer = QWidget()
        self.offer_words = Sentence("", "second", strong=True)
        self.take = Button(_("Put back"), "link", name="talk_take_draft")
        self.drop = Button(_("Throw away"), "link", name="talk_drop_draft")
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addWidget(self.take)
        row.addWidget(self.drop)
        row.addStretch(1)
        column = QVBoxLayout(offer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.offer_words)
        column.addLayout(row)
        offer.hide()
        return offer

    def fit(self, width: int, height: int) -> None:
        """Leave out the step column where it would press the sentences together; its place is said in the head."""
        unit = theme.current().factor
        wide = width >= theme.breakpoint_px("talk_side_by_side_from")
        self._body.setContentsMargins(
            theme.gap(4 if wide else 3), theme.gap(1), theme.gap(4 if wide else 3), 0
        )
        self._body.setSpacing(theme.gap(4 if wide else 2))
        self.left.setVisible(wide)
        self.left.setFixedWidth(round(_STEPS * unit))
        for part in (self.previous_step, self.next_step, self.place, self.step_minutes):
            part.setVisible(not wide)
        self.right.setFixedWidth(round(min((_NOTES if wide else _NOTES_NARROW) * unit, width * 0.34)))
        self.quiet.setVisible(wide or height >= theme.breakpoint_px("rail_lists_from"))
        self._low = height < theme.breakpoint_px("rail_lists_from")
        self.show_hint(self._hinted)
        self.head.setFixedHeight(round((_HEAD if self.quiet.isVisibleTo(self.head) else _HEAD_NARROW) * unit))
        self.add_keys.setVisible(wide)
        self.keys.setVisible(wide)
        self.fit_agreed()

    def show_hint(self, wanted: bool) -> None:
        """Show what the step is about, where there is room for it."""
        self._hinted = wanted
        self.hint.setVisible(wanted and not self._low)

    def fit_agreed(self) -> None:
        """As high as what was agreed, up to a limit; then it scrolls."""
        wanted = self.agreed.sizeHint().height()
        self.agreed_scroll.setFixedHeight(min(wanted, round(_AGREED * theme.current().factor)))
        self.agreed_scroll.setAlignment(Qt.AlignmentFlag.AlignTop)
