"""*Op te helderen*: what two colleagues wrote side by side. Left the list, right the cards; a person chooses."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _, ngettext, problem_text
from ui.bridge import theme
from ui.bridge.cell import Cell
from ui.bridge.desk import Desk
from ui.bridge.place import Notice, Place
from ui.models.row_model import RowModel
from ui.presenters.clear_up_presenter import A_DAY, CLEAR_UP_HEADS, PUT_OFF, ChoiceView, ClearUpPresenter
from ui.presenters.data_check_presenter import DATA_CHECK
from ui.views.clear_up.value_card import ValueCard
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.head import Head
from ui.widgets.line import Sentence
from ui.widgets.menu_button import MenuButton
from ui.widgets.note_edit import NoteEdit
from ui.widgets.row_table import RowTable

_WIDTHS = (340, 130)


class _Cards(QScrollArea):
    """Cards keep their height: what does not fit is scrolled to. The arrows choose between cards, not how far."""

    def __init__(self, right: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("ground", "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(right)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class ClearUpPage(Page):
    """`Place.subject` narrows it to one dossier. A ClearUpScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("To clear up"), name="clear_up_page", parent=parent)
        self._desk = desk
        self.presenter = ClearUpPresenter(desk.session, desk.runner.bound_to(self), self)
        self._table = RowTable(
            name="clear_up_list", words=_("Differences"), row_role="row_two_lines", head=Head()
        )
        self._model = RowModel([_(head) for head in CLEAR_UP_HEADS], self._table)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=0)
        self._hold = Button(_("This value holds"), "primary", name="clear_up_hold")
        self._later = MenuButton(
            _("Put off"), [(code, _(words)) for code, words in PUT_OFF], name="clear_up_later"
        )
        self._until = DateField(name="clear_up_until")
        self._until_field = Field(_("Put off until"), self._until)
        self._until_act = Button(_("Put off"), "plain", name="clear_up_until_act")
        self._both = NoteEdit(name="clear_up_both", rows=5)
        self._both.setAccessibleName(_("Text of both, for you to read and change"))
        self._use_both = Button(_("This text holds"), "plain", name="clear_up_use_both")
        self._to_family = Button(_("To the family"), "link", name="clear_up_family")
        self._check = Button(_("Check the data"), "plain", name="clear_up_check")
        self._all = Button(_("Show all"), "plain", name="clear_up_all")
        self._empty = EmptyState(
            _("Nothing to clear up"),
            _("Where two colleagues write different values, both stand here."),
            self._all,
        )
        self._problem = Banner("watch", "")
        self._problem.hide()
        self._cards: list[ValueCard] = []
        self._key = ""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both_sides())
        self._stack.addWidget(self._empty)
        self.add_action(self._check)
        self.set_banner(self._problem)
        self.set_content(self._stack)
        self._connect()

    def _both_sides(self) -> QWidget:
        self._right = QVBoxLayout()
        self._sheet = QWidget()
        right = QWidget()
        right.setLayout(self._right)
        self._right.setContentsMargins(theme.gap(0), 0, theme.gap(1), 0)  # room for the focus ring
        self._right.addWidget(self._sheet)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.gap(3))
        buttons.addWidget(self._hold)
        buttons.addWidget(self._later)
        buttons.addWidget(self._to_family)
        buttons.addStretch(1)
        self._right.addLayout(buttons)
        self._day = QWidget()
        day = QHBoxLayout(self._day)
        day.setContentsMargins(0, theme.gap(2), 0, 0)
        day.setSpacing(theme.gap(2))
        day.addWidget(self._until_field)
        day.addWidget(self._until_act, 0, Qt.AlignmentFlag.AlignBottom)
        day.addStretch(1)
        self._day.hide()
        self._right.addWidget(self._day)
        self._both_words = Sentence(_("Text of both, for you to read and change"), "second", strong=True)
        self._right.addSpacing(theme.gap(3))
        self._right.addWidget(self._both_words)
        self._right.addWidget(self._both)
        self._right.addWidget(self._use_both, 0, Qt.AlignmentFlag.AlignLeft)
        self._right.addStretch(1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addWidget(self._table, 45)
        row.addWidget(_Cards(right), 55)
        return both

    def _connect(self) -> None:
        self._table.row_chosen.connect(self._show_row)
        self._table.row_opened.connect(self._to_cards)
        self._hold.clicked.connect(self._choose)
        self._later.code_chosen.connect(self._put_off)
        self._until_act.clicked.connect(self._put_off_until)
        self._use_both.clicked.connect(self._write_both)
        self._to_family.clicked.connect(self._go_to_family)
        self._all.clicked.connect(self._show_all)
        self._check.clicked.connect(self._go_to_check)
        self._desk.feed.changed.connect(self._follow)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self._problem.hide()
        self.set_quiet((_("Two colleagues, two values. Nothing is lost."),))
        self.presenter.open(place.subject)

    @override
    def regions(self) -> Sequence[QWidget]:
        if self._stack.currentWidget() is self._empty:
            return (self._all,)
        return (self._table, *self._cards[:1])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → choose between the cards, Enter confirms."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        chosen = next((card for card in self._cards if card.hasFocus()), None)
        if chosen is not None and step is not None:
            card = self._cards[(self._cards.index(chosen) + step) % len(self._cards)]
            card.setChecked(True)
            card.setFocus(Qt.FocusReason.TabFocusReason)
        elif chosen is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen.setChecked(True)
            self._choose()
        else:
            super().keyPressEvent(event)

    # -- ClearUpScreen ---------------------------------------------------------------------------------------------

    def show_differences(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], later: int) -> None:
        """Show these lines; none means that all is clear. `later`: how many were put off."""
        at = self._table.current_row()
        self._model.set_rows(rows)
        self._all.setVisible(bool(self.presenter.dossier))
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self._table.choose_row(max(at, 0))
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        said = [_("%(count)d open", count=len(rows))] if rows else []
        if later:
            said.append(ngettext("%(count)d put off", "%(count)d put off", later, count=later))
        self.set_foot("  ·  ".join(said), _("← → choose  ·  Enter confirms"))

    def show_cleared(self, sentence: str) -> None:
        """A choice was made; it is no step to undo, the other value stays in the timeline."""
        self._problem.hide()
        self.said.emit(Notice(sentence=sentence, undoable=False))

    def show_both(self, key: str, text: str) -> None:
        """A text of both for a note that two people changed; "" where there is none."""
        if key != self._key:
            return
        self._both.set_value(text)
        for part in (self._both_words, self._both, self._use_both):
            part.setVisible(bool(text))
        self._use_both.setEnabled(not self._desk.read_only)

    def show_problem(self, sentence: str) -> None:
        """A choice could not be made."""
        self._problem.set_message("watch", sentence)
        self._problem.show()

    # -- the cards -------------------------------------------------------------------------------------------------

    def _show_row(self, row: object) -> None:
        if isinstance(row, int):
            self._key = self._model.id_at(row)
            self._show(self.presenter.view(self._key))
            self.presenter.make_both(self._key)

    def _show(self, choice: ChoiceView) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, theme.gap(2))
        column.setSpacing(theme.gap(1))
        column.addWidget(Sentence(choice.title, "heading"))
        column.addWidget(Sentence(choice.about, "second", "quiet"))
        for text in choice.rest:
            column.addWidget(Sentence(text, "second"))
        self._cards = []
        for number, side in enumerate(choice.sides):
            card = ValueCard(side, name=f"clear_up_card_{number}", parent=sheet)
            card.toggled.connect(self._note_choice)
            self._cards.append(card)
            column.addWidget(card)
        self._right.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        self._hold.setText(choice.act)
        self._hold.setEnabled(False)
        self._hold.setVisible(bool(choice.sides))
        self._later.setEnabled(not self._desk.read_only)
        self._day.hide()
        self._until.set_value("")
        self._to_family.setVisible(bool(self.presenter.dossier_of(self._key)))
        self.show_both(self._key, "")

    def _note_choice(self, _checked: bool) -> None:
        self._hold.setEnabled(not self._desk.read_only and any(card.isChecked() for card in self._cards))

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _to_cards(self, _row: object) -> None:
        if self._cards:
            self._cards[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        side = next((number for number, card in enumerate(self._cards) if card.isChecked()), None)
        if side is not None and not self._desk.read_only:
            self._hold.setEnabled(False)
            self.presenter.choose(self._key, side)

    def _put_off(self, how_long: object) -> None:
        self._problem.hide()
        if how_long == A_DAY:
            self._day.show()
            self._until.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.presenter.put_off(self._key, str(how_long))

    def _put_off_until(self) -> None:
        try:
            day = self._until.value()
        except KnownProblem as problem:
            self._until_field.show_error(problem_text(problem))
            return
        self._until_field.clear_error()
        self.presenter.put_off(self._key, A_DAY, day)

    def _write_both(self) -> None:
        self.presenter.write(self._key, self._both.value())

    def _go_to_family(self) -> None:
        self.go_requested.emit(Place(page="family", subject=self.presenter.dossier_of(self._key)))

    def _go_to_check(self) -> None:
        self.go_requested.emit(Place(page=DATA_CHECK, subject=self.presenter.dossier))

    def _show_all(self) -> None:
        self.go_requested.emit(Place(page="clear_up"))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.open(self.presenter.dossier)
