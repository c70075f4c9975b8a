"""The list of all requests: search, filter by state, sort, open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.request_list_presenter import HEADS, ORDERS, Nothing, RequestListPresenter
from ui.views.dossiers.filter_button import FilterButton
from ui.views.page import Page
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

_WIDTHS = (190, 120, 120, 206, 130, 300)
_STRETCH = 0
_LEFT_OUT_FIRST = (1, 4)
_NARROW_FROM = 1000


class DocumentsPage(Page):
    """A RequestListScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Travel documents"), name="documents_page", parent=parent)
        self._desk = desk
        self.presenter = RequestListPresenter(desk.session, desk.runner.bound_to(self), self)
        self._search = SearchField(_("Name, V-number, dossier number …"), name="documents_search")
        self._state = FilterButton(_("State"), name="documents_state")
        self._table = RowTable(name="documents_table", words=_("Requests"), head=Head())
        self._model = PagedModel([_(head) for head in HEADS], self.presenter.fetch, self)
        self._way = Button(_("Show all requests"), "plain", name="documents_way")
        self._empty = EmptyState("", "", self._way)
        self._stack = QStackedWidget()
        self._wanted = ""
        self._place_parts()
        self._connect()

    def _place_parts(self) -> None:
        self.set_quiet((_("All requests of %(location)s", location=self._desk.session.location),))
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=_STRETCH)
        self._table.horizontalHeader().setSortIndicatorShown(True)
        self._table.horizontalHeader().setSortIndicator(
            ORDERS.index(self.presenter.order), Qt.SortOrder.AscendingOrder
        )
        self._state.set_pairs(self.presenter.states())
        self._state.set_code(self.presenter.state)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(self._search)
        row.addWidget(self._state)
        row.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.set_content(content)

    def _connect(self) -> None:
        self._search.searched.connect(self._find)
        self._search.list_requested.connect(self._to_list)
        self._state.code_chosen.connect(self._narrow)
        self._table.row_opened.connect(self._open)
        self._table.row_chosen.connect(self._remember)
        self._table.horizontalHeader().sectionClicked.connect(self._sort)
        self._way.clicked.connect(self._show_all)
        self._desk.feed.changed.connect(self._follow)

    # -- RequestListScreen -----------------------------------------------------------------------------------------

    def show_requests(self, ids: Sequence[str]) -> None:
        """Show these rows; the chosen one stays chosen while it is among them."""
        had_focus = self._way.hasFocus()
        self._model.set_ids(ids)
        self._stack.setCurrentWidget(self._table)
        self._table.choose_row(max(self._model.row_of(self._wanted), 0))
        if had_focus:
            self._table.setFocus()

    def show_nothing(self, nothing: Nothing) -> None:
        """Show that there are none."""
        self._model.set_ids(())
        self._empty.set_words(nothing.heading, nothing.sentence)
        self._way.setVisible(nothing.all_)
        self._stack.setCurrentWidget(self._empty)

    def show_foot(self, words: str) -> None:
        """Counts at the left, keys at the right."""
        self.set_foot(words, _("Enter opens  ·  Ctrl F searches") if words else "")

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.reload()

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table if self._stack.currentWidget() is self._table else self._way, self._search)

    @override
    def act(self, command: str) -> bool:
        if command != "filter":
            return False
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out_columns()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_wanted"):
            self._table.set_columns(_WIDTHS, stretch=_STRETCH)
            self._leave_out_columns()

    def _leave_out_columns(self) -> None:
        narrow = self.width() < theme.current().factor * _NARROW_FROM
        for column in range(len(HEADS)):
            self._table.setColumnHidden(column, narrow and column in _LEFT_OUT_FIRST)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _find(self, text: object) -> None:
        self.presenter.search(str(text))

    def _to_list(self) -> None:
        if self._stack.currentWidget() is self._table:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self, code: object) -> None:
        self.presenter.narrow(str(code))

    def _sort(self, column: int) -> None:
        self.presenter.sort(ORDERS[column])
        down = Qt.SortOrder.DescendingOrder if self.presenter.descending else Qt.SortOrder.AscendingOrder
        self._table.horizontalHeader().setSortIndicator(column, down)

    def _show_all(self) -> None:
        self.presenter.show_all()
        self._search.setText("")
        self._state.set_code("")

    def _remember(self, row: object) -> None:
        if isinstance(row, int) and 0 <= row < self._model.rowCount():
            self._wanted = self._model.id_at(row)

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(self.presenter.place(self._model.id_at(row)))

    def _follow(self, change: object) -> None:
        if getattr(change, "dossiers", None) is not None and self.isVisible():
            self.presenter.reload()
