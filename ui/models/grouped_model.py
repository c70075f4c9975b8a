"""A short list with headings between its rows: a heading is read but never chosen, so that arrows step over it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.models.paged_model import Row
from ui.models.row_model import RowModel


class GroupedModel(RowModel):
    """`set_groups` gives rows and says which of them are headings."""

    _headings: frozenset[str] = frozenset()

    def set_groups(self, rows: Sequence[tuple[str, Row]], headings: Collection[str]) -> None:
        """Show these rows; those named in `headings` cannot be chosen."""
        self._headings = frozenset(headings)
        self.set_rows(rows)

    def is_heading(self, row: int) -> bool:
        """Whether the row begins a group or is the space before one."""
        return self.id_at(row) in self._headings

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.is_heading(index.row()):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)
