"""All talks of the location: to finish, planned, held. Enter opens a talk where it stands. A TalkListScreen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.i18n import _, ngettext
from app.services.talk_list import Part
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.talk_list_presenter import HEADS, PARTS, TalkListPresenter
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable
from ui.widgets.tab_bar import TabBar

_WIDTHS = (230, 146, 236, 154, 134, 160)
_LEFT_OUT = (3, 4)  # phase and interpreter go first where room is short
_NARROW_FROM = 900


class TalksPage(Page):
    """Opens on the first list that has talks."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Talks"), name="talks_page", parent=parent)
        self._desk = desk
        self.presenter = TalkListPresenter(desk.session, desk.runner.bound_to(self), self)
        self.tabs = TabBar([(part, _(words)) for part, words in PARTS], name="talks_parts")
        self.table = RowTable(name="talks_table", words=_("Talks"), head=Head())
        self._model = PagedModel([_(head) for head in HEADS], self.presenter.fetch, self)
        self.table.setModel(self._model)
        self.table.set_columns(_WIDTHS, stretch=0)
        self.way = Button(_("To the families"), name="talks_to_families")
        self.empty = EmptyState("", "", self.way)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.set_quiet((_("All families of %(location)s", location=desk.session.location),))
        self.set_tabs(self.tabs)
        self.set_content(self._stack)
        self.tabs.tab_chosen.connect(self._choose)
        self.table.row_opened.connect(self._open)
        self.way.clicked.connect(self._to_families)
        desk.feed.changed.connect(self._follow)

    # -- TalkListScreen --------------------------------------------------------------------------------------------

    def show_talks(self, ids: Sequence[str]) -> None:
        """Show these rows; the row that was chosen stays chosen by its place."""
        row = max(self.table.current_row(), 0)
        self._model.set_ids(ids)
        self._stack.setCurrentWidget(self.table)
        self.table.choose_row(row)
        self._show_part()
        count = ngettext("%(count)d talk", "%(count)d talks", len(ids), count=len(ids))
        self.set_foot(count, _("Enter opens  ·  ← → other list"))

    def show_nothing(self, heading: str, sentence: str) -> None:
        """There are none."""
        self._model.set_ids(())
        self.empty.set_words(heading, sentence)
        self._stack.setCurrentWidget(self.empty)
        self._show_part()
        self.set_foot("")

    def show_counts(self, counts: Mapping[Part, int]) -> None:
        """How many each list has, beside its name."""
        for part, words in PARTS:
            self.tabs.set_words(part, f"{_(words)} {counts[part]}" if counts[part] else _(words))

    def _show_part(self) -> None:
        if self.presenter.part is not None:
            self.tabs.set_current(self.presenter.part)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        if place.part in {part.value for part in Part}:
            self.presenter.choose(Part(place.part))
        else:
            self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        shown = self.table if self._stack.currentWidget() is self.table else self.way
        return (shown, self.tabs)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_stack"):
            self.table.set_columns(_WIDTHS, stretch=0)
            self._fit_columns()

    def _fit_columns(self) -> None:
        narrow = self.width() < _NARROW_FROM * theme.current().factor
        for column in _LEFT_OUT:
            self.table.setColumnHidden(column, narrow)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _choose(self, key: object) -> None:
        self.presenter.choose(Part(str(key)))

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(Place(page="talk", subject=self._model.id_at(row)))

    def _to_families(self) -> None:
        self.go_requested.emit(Place(page="dossiers"))

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) and self.isVisible():
            self.presenter.reload()
