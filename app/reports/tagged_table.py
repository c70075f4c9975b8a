"""Rows of cells side by side that break over pages: own layout instead of ReportLab's table, which draws in
Helvetica by default, cannot divide a row at a line, and knows nothing of elements.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.lib.colors import HexColor
from typing_extensions import override

from app.reports.drawing import Drawing

HAIRLINE: Final = 0.5
NO_END: Final = 1e6
"""A height that nothing fills: rows are as tall as what they hold."""
LEAST_PART: Final = 60
"""A row is divided only where at least so many points of it stay on the page."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands, in points from the left edge."""

    left: float
    width: float


@dataclass(slots=True)
class Row:
    """Cells with their contents. `rule` is the colour of the line above, "" for none; `edge` of the line
    below.
    """

    columns: tuple[Column, ...]
    cells: tuple[list[Any], ...]
    space: float = 3
    rule: str = ""
    edge: str = ""
    _heights: list[list[float]] = field(default_factory=list)

    def measure(self) -> float:
        """Return the height, with the space above and below."""
        if not self._heights:  # laying out paragraphs is what a sheet's time goes to: once is enough
            self._heights = [
                [float(item.wrap(column.width, NO_END)[1]) for item in cell]
                for cell, column in zip(self.cells, self.columns, strict=True)
            ]
        return max(map(sum, self._heights)) + 2 * self.space

    def draw(self, canvas: Any, top: float) -> None:
        """Draw with its upper edge at `top`."""
        bottom = top - self.measure()
        self._line(canvas, self.rule, top)
        for cell, heights, column in zip(self.cells, self._heights, self.columns, strict=True):
            place = top - self.space
            for item, height in zip(cell, heights, strict=True):
                place -= height
                item.drawOn(canvas, column.left, place)
        self._line(canvas, self.edge, bottom)

    def _line(self, canvas: Any, colour: str, height: float) -> None:
        if not colour:
            return
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(HAIRLINE)
        canvas.line(self.columns[0].left, height, self.columns[-1].left + self.columns[-1].width, height)

    def divided(self, height: float) -> "tuple[Row, Row] | None":
        """Return the part that fits in `height` and the rest; None when nothing useful fits."""
        self._heights = []  # trying to split a paragraph throws its layout away
        room = height - 2 * self.space
        cuts = [_cut(cell, column.width, room) for cell, column in zip(self.cells, self.columns, strict=True)]
        if height < LEAST_PART or any(
            cell and not first for cell, (first, _) in zip(self.cells, cuts, strict=True)
        ):
            return None
        first = Row(self.columns, tuple(cut[0] for cut in cuts), self.space, self.rule, "")
        rest = Row(self.columns, tuple(cut[1] for cut in cuts), self.space, "", self.edge)
        return first, rest


class TaggedTable(Drawing):
    """Rows under each other; `head` is drawn again on each page, as an artifact."""

    def __init__(self, rows: list[Row], head: Row | None = None) -> None:
        super().__init__()
        self._rows, self._head = rows, head

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure all rows."""
        self.width = width
        self.height = sum(row.measure() for row in self._drawn())
        return width, self.height

    def split(self, width: float, height: float) -> list[Drawing]:  # noqa: ARG002
        """Divide between rows, or inside a row that is taller than a page is patient."""
        room = height - (self._head.measure() if self._head else 0)
        for place, row in enumerate(self._rows):
            needed = row.measure()
            if needed <= room:
                room -= needed
                continue
            parts = row.divided(room)
            first = self._rows[:place] + ([parts[0]] if parts else [])
            rest = ([parts[1]] if parts else [row]) + self._rows[place + 1 :]
            return [TaggedTable(first, self._head), TaggedTable(rest, self._head)] if first else []
        return [self]

    def draw(self) -> None:
        """Draw from the top down."""
        top = self.height
        for row in self._drawn():
            row.draw(self.canv, top)
            top -= row.measure()

    def _drawn(self) -> list[Row]:
        return [self._head, *self._rows] if self._head else self._rows


def _cut(cell: list[Any], width: float, height: float) -> tuple[list[Any], list[Any]]:
    """Return what of `cell` fits in `height`, and the rest."""
    first: list[Any] = []
    for place, item in enumerate(cell):
        _, needed = item.wrap(width, NO_END)
        if needed <= height:
            first.append(item)
            height -= needed
            continue
        parts = item.split(width, height)
        if not parts:
            return first, cell[place:]
        return [*first, parts[0]], [*parts[1:], *cell[place + 1 :]]
    return first, []
