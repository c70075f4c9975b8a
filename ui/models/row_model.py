"""A short list held whole: members of a family, lines of a page. For long lists see `paged_model`."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ui.models.paged_model import PagedModel, Row


class RowModel(PagedModel[str]):
    """Shows rows that are already there: pairs of id and cells."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        self._rows: dict[str, Row] = {}
        super().__init__(heads, self._look_up, parent)

    def set_rows(self, rows: Sequence[tuple[str, Row]]) -> None:
        """Show these rows instead; ids must differ from each other."""
        self._rows = dict(rows)
        self.set_ids(tuple(self._rows))

    def _look_up(self, ids: Sequence[str]) -> Sequence[Row]:
        return [self._rows[wanted] for wanted in ids]
