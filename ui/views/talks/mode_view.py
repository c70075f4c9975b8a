"""Talk mode: the screen steps back, one current question, single keys, notes at hand. A TalkScreen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import N_, _
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.presenters.family_talks_presenter import AgreementLine
from ui.presenters.talk_line import Head, ItemLine, StepContent, StepLine, StepPart, TopicLine
from ui.presenters.talk_presenter import TalkPresenter
from ui.views.talks.agreement_form import NewAgreement
from ui.views.talks.bare_page import BarePage
from ui.views.talks.mode_layout import ModeLayout
from ui.views.talks.topic_form import Asked
from ui.widgets.checklist_view import ChecklistItem, ChecklistView, ItemAnswered

_TICK_MS = 10_000
_KEYS = N_(
    "J yes  ·  N no  ·  B not discussed  ·  V n/a  ·  arrows: next  ·  Ctrl PgDn next step  ·  F9 pause"
)
_KEYS_MORE = N_("Ctrl PgDn next step  ·  F9 pause")


class TalkModePage(BarePage):
    """Opens with the id of a talk that was begun; `Place(part="finish")` of the same talk finishes it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Talk"), name="talk_mode", parent=parent)
        self._desk = desk
        holder = QWidget()
        self.parts = ModeLayout(holder)
        self.set_content(holder)
        self.presenter = TalkPresenter(desk.session, desk.runner.bound_to(self), self)
        self._talk, self._dossier, self._shown_notes = "", "", ""
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._wants_focus, self._nothing_earlier = False, True
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.presenter.tick)
        self._connect()
        self._shortcuts = [
            self._shortcut("Ctrl+PgDown", self._next_step),
            self._shortcut("Ctrl+PgUp", self._previous_step),
            self._shortcut("Ctrl+Return", self._add_agreement),
            self._shortcut("Ctrl+Enter", self._add_agreement),
        ]

    def _shortcut(self, keys: str, target: object) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(target)
        return made

    def _connect(self) -> None:
        parts, presenter = self.parts, self.presenter
        parts.back.clicked.connect(self._to_family)
        parts.pause.clicked.connect(self._pause)
        parts.finish.clicked.connect(self._finish)
        parts.steps.step_chosen.connect(self._choose_step)
        parts.previous_step.clicked.connect(self._previous_step)
        parts.next_step.clicked.connect(self._next_step)
        for checklist in (parts.checklist, parts.few):
            checklist.answered.connect(self._answered)
        parts.notes.draft_typed.connect(presenter.notes.typed)
        parts.notes.value_typed.connect(self._note_left)
        parts.take.clicked.connect(presenter.notes.take_offer)
        parts.drop.clicked.connect(presenter.notes.drop_offer)
        parts.topics.asked.connect(self._asked)
        parts.topics.apart_requested.connect(self._show_apart)
        parts.add.clicked.connect(self._add_agreement)
        for form in (parts.agree, parts.quick):
            form.agreed.connect(self._agreed)
            form.closed.connect(self._close_quick)
        for made in (parts.made, parts.agreed):
            made.link_pressed.connect(presenter.drop_agreement)
        parts.earlier_list.link_pressed.connect(presenter.done_agreement)
        self._desk.feed.changed.connect(self._follow)
        for part in (parts.finish, parts.add, parts.notes, parts.checklist, parts.more):
            part.setEnabled(not self._desk.read_only)

    # -- TalkScreen ------------------------------------------------------------------------------------------------

    def show_head(self, head: Head) -> None:
        """Who and what."""
        self.parts.title.setText(head.title)
        self.parts.quiet.setText(head.quiet)
        self.setAccessibleName(f"{head.title}, {head.quiet}")

    def show_minutes(self, words: str, lines: Sequence[StepLine]) -> None:
        """Minutes of the talk and of its steps."""
        self.parts.minutes.setText(words)
        self.parts.steps.set_lines(lines)
        at = next((at for at, line in enumerate(lines) if line.state == "now"), 0)
        self.parts.place.setText(_("Step %(at)d of %(count)d", at=at + 1, count=len(lines)))
        self.parts.step_minutes.setText(_("%(minutes)s min", minutes=lines[at].minutes) if lines else "")

    def show_step(self, content: StepContent) -> None:
        """The sentences of the current step; the same step again only changes answers and count."""
        parts = self.parts
        parts.step_title.setText(content.title)
        # The hint of the special step names the topics; somebody may read along.
        special = content.part is StepPart.TOPICS
        parts.hint.setText("" if special else content.hint)
        parts.show_hint(not special)
        parts.keys.setText(_(_KEYS if content.items else _KEYS_MORE))
        parts.count.setText(content.count)
        checklist = self._checklist(content.part)
        shown = (content.key, tuple(item.key for item in content.items))
        if shown == self._shown:
            for item in content.items:
                checklist.set_answer(item.key, item.answer)
            return
        self._shown = shown
        # The stubs do not say that nothing may have the focus.
        focused: QWidget | None = self.focusWidget()
        had_focus = focused is not None and parts.stack.isAncestorOf(focused)
        checklist.set_items([_row(item) for item in content.items])
        parts.few.setVisible(bool(content.items))
        parts.few.fit()
        parts.earlier_list.setVisible(content.part is StepPart.EARLIER)
        parts.earlier_empty.setVisible(content.part is StepPart.EARLIER and self._nothing_earlier)
        parts.topics.setVisible(content.part is StepPart.TOPICS)
        parts.made.setVisible(content.part is StepPart.AGREEMENTS)
        parts.agree.setVisible(content.part is StepPart.AGREEMENTS)
        parts.add_row.setVisible(content.part is not StepPart.AGREEMENTS)
        if content.part is StepPart.AGREEMENTS:
            parts.quick.hide()
        parts.stack.setCurrentWidget(parts.checklist if content.part is StepPart.ITEMS else parts.more)
        if had_focus or self._wants_focus:
            self.take_focus()

    def _checklist(self, part: StepPart) -> ChecklistView:
        return self.parts.checklist if part is StepPart.ITEMS else self.parts.few

    def show_topics(self, lines: Sequence[TopicLine], people: Sequence[tuple[str, str]]) -> None:
        """The special circumstances as asked so far."""
        self.parts.topics.set_lines(lines, people)

    def show_agreements(self, lines: Sequence[AgreementLine], earlier: Sequence[AgreementLine]) -> None:
        """What was agreed now and before."""
        parts = self.parts
        for made in (parts.made, parts.agreed):
            made.set_agreements(lines, _("Take back"))
        parts.agreed_scroll.setVisible(bool(lines) and not parts.made.isVisible())
        parts.fit_agreed()
        parts.earlier_list.set_agreements(earlier, _("Done"))
        self._nothing_earlier = not earlier
        parts.earlier_empty.setVisible(self._nothing_earlier and parts.earlier_list.isVisibleTo(parts.more))
        parts.earlier_head.setVisible(bool(earlier))
        parts.earlier.setText(
            _("%(agreement)s Done?", agreement=_sentence(earlier[0].main)) if earlier else ""
        )

    def show_people(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Who may do what is agreed."""
        for form in (self.parts.agree, self.parts.quick):
            form.set_people(pairs)

    def show_notes(self, notes: str) -> None:
        """The stored notes."""
        if notes != self.parts.notes.value():
            self.parts.notes.set_value(notes)
        self._shown_notes = notes

    def notes_are_touched(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.parts.notes.value() != self._shown_notes

    def show_draft(self, sentence: str) -> None:
        """Offer notes of before a crash."""
        self.parts.offer_words.setText(sentence)
        self.parts.offer.setVisible(bool(sentence))

    def show_saved(self, words: str) -> None:
        """When the last change was kept."""
        self.parts.saved.setText(words)
        self.parts.saved_sign.setVisible(bool(words))

    def show_problem(self, sentence: str) -> None:
        """What could not be kept."""
        self.parts.problem.setText(sentence)
        self.parts.problem.setVisible(bool(sentence))

    def show_told(self, topic: str, told: str) -> None:
        """What lies apart, as the officer asked."""
        form = self.parts.topics.form(topic)
        if form is not None:
            form.show_told(told)

    def say(self, sentence: str) -> None:
        """What was done; it can be undone."""
        self.said.emit(Notice(sentence=sentence))

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        if place.subject != self._talk:
            self._talk, self._shown, self._shown_notes = place.subject, ("", ()), ""
            self.parts.notes.set_value("")
            self.show_saved("")
            self.show_problem("")
            self.presenter.open(place.subject)
        else:
            self.presenter.go_on()
            self.presenter.reload()

    def set_dossier(self, dossier: str) -> None:
        """Where the way back leads."""
        self._dossier = dossier

    @override
    def take_focus(self) -> None:
        parts = self.parts
        self._wants_focus = not self._shown[0]
        if parts.stack.currentWidget() is parts.checklist:
            parts.checklist.take_focus()
        elif parts.topics.isVisible() and (first := parts.topics.first()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif parts.agree.isVisible():
            parts.agree.take_focus()
        else:
            parts.few.take_focus()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self.parts.steps, self.parts.stack, self.parts.notes)

    @override
    def act(self, command: str) -> bool:
        if command == "new":
            self._add_agreement()
            return True
        return False

    @override
    def leave(self) -> None:
        self.parts.topics.flush()
        self.parts.notes.flush()
        self.presenter.pause()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.whole_window_wanted.emit(True)
        self.presenter.go_on()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.whole_window_wanted.emit(False)
        self.presenter.stand_still()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.fit(event.size().width(), event.size().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "parts"):
            self.parts.fit(self.width(), self.height())

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _choose_step(self, step: object) -> None:
        self.presenter.choose_step(str(step))

    def _next_step(self) -> None:
        self.presenter.walk(1)

    def _previous_step(self) -> None:
        self.presenter.walk(-1)

    def _answered(self, answered: object) -> None:
        if isinstance(answered, ItemAnswered):
            self.presenter.answer(answered.key, answered.answer)

    def _note_left(self, text: object) -> None:
        self._shown_notes = str(text)
        self.presenter.notes.left(str(text))

    def _asked(self, asked: object) -> None:
        if isinstance(asked, Asked):
            self.presenter.ask(
                asked.topic, asked.answer, reason=asked.reason, told=asked.told, person=asked.person
            )

    def _show_apart(self, wish: object) -> None:
        if isinstance(wish, tuple):
            self.presenter.show_apart(str(wish[0]), str(wish[1]))

    def _add_agreement(self) -> None:
        if self.parts.agree.isVisible():
            self.parts.agree.take_focus()
            return
        self.parts.quick.show()
        self.parts.quick.take_focus()

    def _agreed(self, made: object) -> None:
        if isinstance(made, NewAgreement):
            self.presenter.agree(made.who, made.what, made.due_on)
            self._close_quick()

    def _close_quick(self) -> None:
        if self.parts.quick.isVisible():
            self.parts.quick.hide()
            self.take_focus()

    def _to_family(self) -> None:
        if self._dossier:
            self.go_requested.emit(Place(page="family", subject=self._dossier, part="talks"))

    def _pause(self) -> None:
        """The pause belongs to the window: its action is the one that F9 presses."""
        action = self.window().findChild(QAction, "action_pause")
        if isinstance(action, QAction):
            action.trigger()

    def _finish(self) -> None:
        self.go_requested.emit(Place(page="talk", subject=self._talk, part="finish"))

    def _follow(self, change: object) -> None:
        if self._dossier in getattr(change, "dossiers", ()) and self.isVisible():
            self.presenter.reload()


def _row(item: ItemLine) -> ChecklistItem:
    return ChecklistItem(key=item.key, sentence=item.sentence, code=item.key, answer=item.answer)


def _sentence(words: str) -> str:
    """An agreement inside a line: with one full stop behind it."""
    return f"{words.rstrip('.')}."
