"""A family as on a day that was: a list by heading, one line in full beside it, and one way back to now."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.grouped_model import GroupedModel
from ui.presenters.as_on_presenter import AS_ON_HEADS, AsOnPresenter, PastView, meanings
from ui.views.fact_panel import FactPanel
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable

_WIDTHS = (420, 220)
_FULL_WIDTH, _FULL_WIDTH_NARROW, _ROOM_FROM = 360, 260, 900
_MEANING_WIDTH = 250


class AsOnPage(Page):
    """An AsOnScreen. It has no field of the family and no button that saves."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", name="family_as_on_page", parent=parent)
        self.presenter = AsOnPresenter(desk.session, desk.runner.bound_to(self), self)
        self.to_now = Button(_("Back to now"), "primary", name="as_on_now", icon_role="sign.undo")
        self._then = Banner("info", "", action=self.to_now)
        self.day = DateField(name="as_on_day")
        self.meaning = Choice(meanings(), name="as_on_meaning")
        self.meaning.setMinimumWidth(round(_MEANING_WIDTH * theme.current().factor))
        self.table = RowTable(name="as_on_table", words=_("As it stood"), head=Head())
        self._model = GroupedModel([_(head) for head in AS_ON_HEADS], self)
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=0)
        self.full = FactPanel(name="as_on_full")
        self.empty = EmptyState(_("Nothing there yet"), "")
        self._stack = QStackedWidget()
        self._arrange()
        self.to_now.clicked.connect(self._go_to_now)
        self.day.value_typed.connect(self._choose)
        self.meaning.code_chosen.connect(self._choose)
        self.table.row_chosen.connect(self._show_full)

    def _arrange(self) -> None:
        self.set_back(_("Back"))
        self.set_banner(self._then)
        asked = QHBoxLayout()
        asked.setSpacing(theme.gap(3))
        self._day_field = Field(_("Day"), self.day)
        asked.addWidget(self._day_field)
        asked.addWidget(Field(_("What then means"), self.meaning), 0, Qt.AlignmentFlag.AlignTop)
        asked.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("ground", "canvas")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, theme.gap(1), 0)
        column.addWidget(self.full)
        column.addStretch(1)
        self._scroll.setWidget(sheet)
        lists = QWidget()
        row = QHBoxLayout(lists)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(5))
        row.addWidget(self.table, 1)
        row.addWidget(self._scroll)
        self._stack.addWidget(lists)
        self._stack.addWidget(self.empty)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.gap(2))
        outer.addLayout(asked)
        outer.addWidget(self._stack, 1)
        self.set_content(content)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.set_title("")
        self._then.hide()
        self.presenter.open(place)
        self.day.set_value(self.presenter.day.isoformat())
        self._day_field.clear_error()
        self.meaning.set_code(self.presenter.meaning)

    @override
    def take_focus(self) -> None:
        self.day.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def regions(self) -> Sequence[QWidget]:
        shown = (self.table,) if self._stack.currentIndex() == 0 else ()
        return (self.day, *shown, self.to_now)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        factor = theme.current().factor
        narrow = event.size().width() < _ROOM_FROM * factor
        self._scroll.setFixedWidth(round((_FULL_WIDTH_NARROW if narrow else _FULL_WIDTH) * factor))

    # -- AsOnScreen ------------------------------------------------------------------------------------------------

    def show_past(self, view: PastView) -> None:
        """Show the family as it stood."""
        self.set_title(view.title, view.native)
        self.set_quiet(view.quiet)
        self._then.set_message("info", view.banner, view.rest)
        self._then.show()
        self._model.set_groups(view.rows, view.headings)
        self.empty.set_words(_("Nothing there yet"), view.empty)
        self._stack.setCurrentIndex(0 if view.rows else 1)
        first = next((number for number, row in enumerate(view.rows) if row[0] not in view.headings), -1)
        self.table.choose_row(first)
        self._show_full(first)

    def show_wrong_day(self, sentence: str) -> None:
        """Say beside the day why it cannot be; what is shown stays."""
        self._day_field.show_error(sentence)

    def show_gone(self, sentence: str) -> None:
        """The dossier is not here."""
        self.set_title(_("Dossier"))
        self._model.set_groups((), ())
        self.empty.set_words(_("This family is not here"), sentence)
        self._stack.setCurrentIndex(1)
        self.full.set_groups(())

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _choose(self, _typed: object) -> None:
        try:
            text = self.day.value()
        except KnownProblem:
            return  # the field says what is wrong with it
        if text:
            self.presenter.choose(date.fromisoformat(text), self.meaning.code())

    def _show_full(self, row: object) -> None:
        chosen = isinstance(row, int) and 0 <= row < self._model.rowCount()
        self.full.set_groups(
            self.presenter.view(self._model.id_at(row)) if chosen and isinstance(row, int) else ()
        )

    def _go_to_now(self) -> None:
        self.go_requested.emit(self.presenter.now())
