"""The list behind a figure: the dossiers or persons that were counted, each a way to its family."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.figures_presenter import LIST_HEADS, FigureListPresenter, ListHead
from ui.views.page import Page
from ui.widgets.empty_state import EmptyState
from ui.widgets.head import Head
from ui.widgets.line import Sentence
from ui.widgets.row_table import RowTable

_WIDTHS = (240, 230, 110, 330)
_STRETCH = 0


class FigureListPage(Page):
    """A FigureListScreen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", name="figure_list_page", parent=parent)
        self.presenter = FigureListPresenter(desk.session, desk.runner.bound_to(self), self)
        self._definition = Sentence("", "body", "quiet")
        self._table = RowTable(name="figure_list", words=_("Counted"), head=Head(), row_role="row")
        self._model = PagedModel([_(head) for head in LIST_HEADS], self.presenter.fetch, self)
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=_STRETCH)
        self._empty = EmptyState(_("Nothing to list"), _("This figure is zero in this period."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self._definition)
        column.addWidget(self._stack, 1)
        self.set_content(content)
        self.set_back(_("Figures"))
        self._table.row_opened.connect(self._open)
        desk.feed.changed.connect(self._follow)

    # -- FigureListScreen ------------------------------------------------------------------------------------------

    def show_list(self, head: ListHead, ids: Sequence[str]) -> None:
        """Show these rows."""
        row = self._table.current_row()
        self.set_title(head.title)
        self.set_quiet(head.quiet)
        self._definition.setText(head.definition)
        self._model.set_ids(ids)
        self._stack.setCurrentWidget(self._table if ids else self._empty)
        self._table.choose_row(min(max(row, 0), max(len(ids) - 1, 0)))
        self.set_foot("", _("Enter opens the family") if ids else "")

    def show_problem(self, sentence: str) -> None:
        """Say why there is no list."""
        self._empty.set_words(_("Nothing to list"), sentence)
        self._stack.setCurrentWidget(self._empty)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        self.presenter.open(place.subject, place.part)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table,) if self._stack.currentWidget() is self._table else ()

    def _open(self, row: object) -> None:
        if isinstance(row, int):
            self.go_requested.emit(self.presenter.dossier_at(self._model.id_at(row)))

    def _follow(self, _change: object) -> None:
        if self.isVisible():
            self.presenter.reload()
