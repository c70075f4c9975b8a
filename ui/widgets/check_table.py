"""A list whose rows can be ticked: a click on the box or the space bar. Which rows are ticked the screen remembers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.bridge import theme
from ui.bridge.cell import CELL_ROLE, Cell
from ui.widgets.head import Head
from ui.widgets.row_table import RowTable


class CheckTable(RowTable):
    """`row_ticked` carries the number of a row whose first cell has a box that was clicked or ticked by key."""

    row_ticked = Signal(object)

    def __init__(
        self,
        *,
        name: str,
        words: str,
        row_role: str = "row",
        head: Head | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, words=words, row_role=row_role, head=head, parent=parent)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_row() >= 0:
            self._tick(self.current_row())
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        boxed = theme.size("cell_pad") + theme.size("icon") + theme.gap(1)
        if index.isValid() and index.column() == 0 and event.position().x() <= boxed:
            self._tick(index.row())

    def _tick(self, row: int) -> None:
        cell = self.model().index(row, 0).data(CELL_ROLE)
        if isinstance(cell, Cell) and cell.checked is not None:
            self.row_ticked.emit(row)
