"""Fields in as many columns as there is room for, in reading order; the tab order follows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from ui.bridge import theme

_LEAST_PX, _MOST_COLUMNS = 236, 4


class FieldGrid(QWidget):
    """Holds fields of one width; `add` them in the order in which they are read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.gap(3))
        self._grid.setVerticalSpacing(theme.gap(2))

    def add(self, field: QWidget) -> None:
        """Put a field behind the others."""
        self._fields.append(field)
        field.setParent(self)
        self._columns = 0
        self._arrange(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        least = round(_LEAST_PX * theme.current().factor) + theme.gap(3)
        columns = min(max((width + theme.gap(3)) // least, 1), _MOST_COLUMNS)
        if columns == self._columns:
            return
        self._columns = columns
        for place, field in enumerate(self._fields):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
