"""Everything that a file holds, before anything is taken in: plain lines, and the chosen one whole below them."""

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.i18n import _
from ui.bridge import theme
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.models.paged_model import PagedModel
from ui.presenters.exchange_gate import TakeGate
from ui.presenters.inspect_presenter import HEADING, INSPECT_HEADS, InspectPresenter
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.head import Head
from ui.widgets.progress import Progress
from ui.widgets.row_table import RowTable
from ui.widgets.search_field import SearchField

_WIDTHS, _STRETCH = (520, 400), 1
_READER_LINES = 5


class _Lines(PagedModel[str]):
    """The headings are read but never chosen, so that arrows step over them."""

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.id_at(index.row()).startswith(HEADING):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)


class InspectPage(Page):
    """`Place.subject` is the file. An InspectScreen."""

    def __init__(self, desk: Desk, take: TakeGate, parent: QWidget | None = None) -> None:
        super().__init__(_("Look into a file"), name="inspect_page", parent=parent)
        self._desk = desk
        self.presenter = InspectPresenter(desk.session, desk.runner.bound_to(self), self, take)
        self._search = SearchField(_("Search in the file"), name="inspect_search")
        self._model = _Lines([_(head) for head in INSPECT_HEADS], self.presenter.fetch, self)
        self._table = RowTable(
            name="inspect_table", words=_("What the file holds"), row_role="row_compact", head=Head()
        )
        self._table.setModel(self._model)
        self._table.set_columns(_WIDTHS, stretch=_STRETCH)
        self._whole = QPlainTextEdit()
        self._whole.setObjectName("inspect_whole")
        self._whole.setReadOnly(True)
        self._whole.setTabChangesFocus(True)
        self._whole.setAccessibleName(_("The chosen line in full"))
        self._problem = Banner("watch", "")
        self._problem.hide()
        self._progress = Progress(name="inspect_progress")
        self._fill()
        self._search.searched.connect(self._look_for)
        self._search.list_requested.connect(self._to_list)
        self._table.row_chosen.connect(self._show_whole)
        self.set_back(_("Exchange"))

    def _fill(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(self._search, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._progress)
        column.addWidget(self._table, 1)
        column.addWidget(self._whole)
        self._whole.setFixedHeight(_READER_LINES * theme.size("row_compact"))
        self.set_banner(self._problem)
        self.set_content(content)

    # -- Page ------------------------------------------------------------------------------------------------------

    @override
    def open_place(self, place: Place) -> None:
        file = Path(place.subject)
        self.set_quiet((file.name, _("Nothing is taken in by looking.")))
        self.presenter.open(file)

    @override
    def regions(self) -> Sequence[QWidget]:
        return (self._table, self._whole, self._search)

    @override
    def act(self, command: str) -> bool:
        if command != "filter":
            return False
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()
        return True

    @override
    def leave(self) -> None:
        """Keep nothing of what was read."""
        self.presenter.forget()

    # -- InspectScreen ---------------------------------------------------------------------------------------------

    def show_lines(self, ids: Sequence[str], headings: Collection[str]) -> None:
        """Show these lines."""
        self._model.set_ids(ids)
        self._whole.clear()
        first = next((row for row, key in enumerate(ids) if key not in headings), -1)
        if first >= 0:
            self._table.choose_row(first)

    def show_count(self, words: str) -> None:
        """Say how many lines there are."""
        self.set_foot(words, _("Ctrl F searches") if words else "")

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; "" when it is over."""
        self._progress.show_busy(sentence)

    def show_problem(self, sentence: str) -> None:
        """Say why the file cannot be read; "" for nothing."""
        self._problem.show_problem(sentence)

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _look_for(self, text: object) -> None:
        self.presenter.search(str(text))

    def _to_list(self) -> None:
        self._table.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_whole(self, row: object) -> None:
        if isinstance(row, int) and not self._model.id_at(row).startswith(HEADING):
            words, detail = self.presenter.line(self._model.id_at(row))
            self._whole.setPlainText(f"{words}\n{detail}")
