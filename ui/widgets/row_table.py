"""A list over any model that answers cells: whole rows, arrows inside, Enter opens, Tab leaves."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.bridge.cell import CELL_ROLE, Cell
from ui.widgets.head import Head
from ui.widgets.row_delegate import RowDelegate, cut_words

_AnyIndex = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """`row_opened` and `row_chosen` carry the row number; the screen asks its model what that row is."""

    row_opened = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self,
        *,
        name: str,
        words: str,
        row_role: str = "row",
        head: Head | None = None,
        ground: str = "paper",
        parent: QWidget | None = None,
    ) -> None:
        """`words` is the accessible name; `row_role` a size role: row, row_two_lines, row_compact.

        Without `head` the list has none, as on *Vandaag*, where it lies on `ground` canvas.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("ground", ground)
        self._row_role = row_role
        self.setItemDelegate(RowDelegate(self))
        self.setHorizontalHeader(head or Head(parent=self))
        self.horizontalHeader().setVisible(head is not None)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.gap(4))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)
        self._measure()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self.selectionModel().currentRowChanged.connect(self._choose)

    def set_columns(self, widths: Sequence[int], *, stretch: int) -> None:
        """Widths in logical px at size 1.0; the column `stretch` takes what is left."""
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(width * theme.current().factor))
        self.horizontalHeader().setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def set_row_role(self, row_role: str) -> None:
        """Change the height of rows, as a low window does."""
        self._row_role = row_role
        self._measure()

    def current_row(self) -> int:
        """The chosen row, -1 when there is none."""
        return self.currentIndex().row()

    def choose_row(self, row: int) -> None:
        """Choose a row and bring it into sight; a row that is gone chooses the nearest, so focus is never lost."""
        last = self._row_count() - 1
        if last >= 0:
            self.setCurrentIndex(self.model().index(min(max(row, 0), last), 0))

    def left_out(self, row: int) -> tuple[str, ...]:
        """What a row does not show for want of room: columns that are hidden, and words that are cut off."""
        found = []
        for column in range(self.model().columnCount()):
            index = self.model().index(row, column)
            cell = index.data(CELL_ROLE)
            if not isinstance(cell, Cell) or not cell.spoken():
                continue
            if self.isColumnHidden(column):
                found.append(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
            else:
                found.append(cut_words(cell, self.columnWidth(column)))
        return tuple(words for words in found if words)

    def height_of_all(self) -> int:
        """The height at which every row shows, in px; for lists that stand in a page that scrolls."""
        head = self.horizontalHeader()
        return self._row_count() * theme.size(self._row_role) + (
            head.sizeHint().height() if not head.isHidden() else 0
        )

    def _row_count(self) -> int:
        # The stubs do not say that a view may be without a model.
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.size(self._row_role))

    def _choose(self, now: _AnyIndex, _before: _AnyIndex) -> None:
        if now.isValid():
            self.row_chosen.emit(now.row())

    def _open(self, index: _AnyIndex) -> None:
        if index.isValid():
            self.row_opened.emit(index.row())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row_role"):
            self._measure()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() >= 0:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
