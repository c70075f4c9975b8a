"""The page of every form made of questions: what happened to a request, a term, a fact about a member."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.grouped_model import GroupedModel
from ui.presenters.ask import Ask, Head, Option
from ui.presenters.fact import FactGroup
from ui.presenters.form_presenter import FormPresenter
from ui.views.ask.ask_layout import AskLayout
from ui.views.page import Page

AnyPresenter = FormPresenter[Any]


class AskPage(Page):
    """An AskScreen. Enter in a line goes on; Ctrl Enter saves; Esc leaves."""

    def __init__(self, desk: Desk, kind: type[AnyPresenter], parent: QWidget | None = None) -> None:
        super().__init__("", name=f"{kind.form}_page", parent=parent)
        self._parts = AskLayout(self, kind.form)
        self.presenter: AnyPresenter = kind(
            desk.session, desk.runner.bound_to(self), self, read_only=desk.read_only
        )
        self._model = GroupedModel(("",), self)
        self._parts.options.setModel(self._model)
        self._parts.options.set_columns((260,), stretch=0)
        self._drafts = False
        self._connect()

    def _connect(self) -> None:
        parts = self._parts
        parts.save.clicked.connect(self._save)
        parts.cancel.clicked.connect(self.presenter.cancel)
        parts.take.clicked.connect(self.presenter.take_draft)
        parts.drop.clicked.connect(self.presenter.drop_draft)
        parts.options.row_chosen.connect(self._choose)
        parts.options.row_opened.connect(self._to_form)
        parts.form.answered.connect(self._typed)
        parts.facts.go_requested.connect(self.go_requested)

    # -- AskScreen -------------------------------------------------------------------------------------------------

    def show_head(self, head: Head) -> None:
        """Say what is asked, of what."""
        self.set_title(head.title)
        self.set_quiet(head.quiet)
        self.set_back(head.back)
        self._parts.save.set_words(head.save)
        self._parts.content.show()
        self._parts.gone.hide()
        self.set_foot("", _("Ctrl Enter saves  ·  Esc leaves, what was typed is kept"))

    def show_options(self, options: Sequence[Option], chosen: str) -> None:
        """Show what can be chosen first; none hides the list."""
        table = self._parts.options
        table.setVisible(bool(options))
        headings = set()
        rows = []
        for number, option in enumerate(options):
            key = option.code or f"heading {number}"
            if not option.code:
                headings.add(key)
            cell = Cell(main=option.words, icon=option.icon, role=option.role, strong=not option.code)
            rows.append((key, (cell,)))
        table.blockSignals(True)
        self._model.set_groups(rows, headings)
        table.choose_row(max(self._model.row_of(chosen), 0))
        table.blockSignals(False)
        self._measure()

    def show_asks(self, asks: Sequence[Ask], *, fresh: bool) -> None:
        """Show these questions."""
        self._parts.form.set_asks(asks, fresh=fresh)
        self._measure()

    def show_facts(self, groups: Sequence[FactGroup]) -> None:
        """Show what stands beside the form."""
        self._parts.facts.set_groups(groups)

    def show_stop(self, state: str, sentence: str, rest: str = "", *, may_save: bool) -> None:
        """Show a banner, "" for none."""
        if not self._drafts:
            self._say_above(state, sentence, rest)
        self._parts.save.setEnabled(may_save)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """A sentence beside each field; what concerns the whole form goes above it."""
        field = self._parts.form.show_problems(problems)
        whole = [sentence for name, sentence in problems.items() if name not in self._parts.form.texts()]
        if whole:
            self._say_above("late", whole[0])
        if field is not None:
            self._parts.scroll.ensureWidgetVisible(field)

    def offer_draft(self, words: str) -> None:
        """Offer what was typed before and not saved."""
        self._drafts = bool(words)
        if words:
            self._say_above("info", words)
        elif self._parts.take.isVisibleTo(self._parts.banner):
            self._parts.banner.hide()

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Fill in texts as they were typed."""
        self._parts.form.put_texts(texts)

    def leave_to(self, place: Place, sentence: str = "") -> None:
        """It is done, or will not be."""
        self.go_requested.emit(place)
        if sentence:
            self.said.emit(Notice(sentence=sentence))

    def show_gone(self, sentence: str) -> None:
        """What the form is about is not here."""
        self.set_title(_("This is not here"))
        self.set_quiet(())
        self._parts.content.hide()
        self._parts.save.setEnabled(False)
        self._parts.gone.set_words(_("This is not here"), sentence)
        self._parts.gone.show()

    def _say_above(self, state: str, sentence: str, rest: str = "") -> None:
        for button in (self._parts.take, self._parts.drop):
            button.setVisible(self._drafts)
        self._parts.banner.setVisible(bool(sentence))
        if sentence:
            self._parts.banner.set_message(state, sentence, rest)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._drafts = False
        self._parts.banner.hide()
        self.presenter.open(place.subject, place.part)

    @override
    def take_focus(self) -> None:
        """The fields come with the answer of the database: wait one turn of the loop behind it."""
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        first = self._parts.options if not self._parts.options.isHidden() else self._parts.form.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def regions(self) -> Sequence[QWidget]:
        first = self._parts.form.first()
        lists = () if self._parts.options.isHidden() else (self._parts.options,)
        return (*lists, first) if first is not None else lists

    @override
    def leave(self) -> None:
        self.presenter.keep(self._parts.form.texts())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and self._pressed(event):
            return True
        return super().event(event)

    def _pressed(self, event: QEvent) -> bool:
        key = getattr(event, "key", lambda: 0)()
        modifiers = getattr(event, "modifiers", lambda: Qt.KeyboardModifier.NoModifier)()
        if key == Qt.Key.Key_Escape:
            self.back_requested.emit()  # going elsewhere keeps what is typed
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._save()
            return True
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._measure()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        self._parts.fit(self.width())

    def _save(self) -> None:
        if not self._parts.save.isEnabled():
            return
        self.presenter.save(self._parts.form.values(), self._parts.form.unreadable())

    def _typed(self) -> None:
        self.presenter.typed(self._parts.form.values())

    def _choose(self, row: object) -> None:
        if isinstance(row, int) and not self._model.is_heading(row):
            self.presenter.keep(self._parts.form.texts())
            self.presenter.choose(self._model.id_at(row))

    def _to_form(self, _row: object) -> None:
        first = self._parts.form.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
