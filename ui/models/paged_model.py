"""A list of any length: holds the ordered ids of one query and fetches only the rows in sight, in pages.

Sorting and filtering are SQL, so 100,000 rows cost what sixteen do. The rows come from a callable that knows nothing
of Qt.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.bridge import tool_tip
from ui.bridge.cell import CELL_ROLE, Cell

K = TypeVar("K")
Row = tuple[Cell, ...]
Fetch = Callable[[Sequence[K]], Sequence[Row]]
"""Given ids, return one row of cells per id, in the same order; an id that is gone gives an empty tuple."""

PAGE_ROWS = 64
_KEPT_PAGES = 24
_ROOT = QModelIndex()
_AnyIndex = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractTableModel, Generic[K]):
    """Rows by page through a small cache. `heads` are the words above the columns; ids are texts, or numbers."""

    def __init__(self, heads: Sequence[str], fetch: Fetch[K], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads, self._fetch = tuple(heads), fetch
        self._ids: Sequence[K] = ()
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def set_ids(self, ids: Sequence[K]) -> None:
        """Show other rows in another order, after a new query."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def set_heads(self, heads: Sequence[str]) -> None:
        """Put other words above the same columns."""
        self._heads = (*heads, *self._heads[len(heads) :])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._heads) - 1)

    def refresh(self, ids: Sequence[K] | None = None) -> None:
        """Forget fetched cells (of these ids, or all) and paint anew; the order stays as it is."""
        if ids is None:
            self._pages.clear()
        else:
            wanted = set(ids)
            for page in [at for at in self._pages if wanted.intersection(self._page_ids(at))]:
                del self._pages[page]
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, row: int) -> K:
        """The id of a row; IndexError when there is no such row."""
        return self._ids[row]

    def row_of(self, wanted: K) -> int:
        """The row of an id, -1 when it is not in this list."""
        try:
            return self._ids.index(wanted)
        except ValueError:
            return -1

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell, fetched with its page when needed; None when the row is gone or shorter."""
        cells = self._row(row)
        return cells[column] if column < len(cells) else None

    def _row(self, row: int) -> Row:
        page = row // PAGE_ROWS
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._pages[page] = self._fetch(self._page_ids(page))
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[page][row % PAGE_ROWS]

    def _page_ids(self, page: int) -> Sequence[K]:
        return self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]

    @override
    def rowCount(self, parent: _AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: _AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERED:
            return None
        cell = self.cell(index.row(), index.column())
        if cell is None or role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self._heads[index.column()]
            return f"{head}: {cell.spoken()}" if head else cell.spoken()
        return tool_tip.plain(cell.spoken()) if role == Qt.ItemDataRole.ToolTipRole else cell.spoken()

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role in _HEAD_ROLES and section < len(self._heads):
            return self._heads[section]
        return None


_ANSWERED = (
    CELL_ROLE,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_HEAD_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
