"""What one place in a list shows, as plain data: the delegate paints it, a screen reader hears it.

Colour never stands alone: a cell with an icon and a role has words too, and those words are what is spoken.
"""

from dataclasses import dataclass
from typing import Final

CELL_ROLE: Final = 0x0100  # Qt.ItemDataRole.UserRole, said here without Qt so that presenters may make cells
NOTHING: Final = "–"  # "does not apply"; an unknown value is written as the word unknown, with its icon


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A stretch of time from today (0) to the right edge (1), with the planned day as a line through all rows.

    `end` beyond 1 goes past the edge (an arrow); None: nothing there yet, drawn dashed up to the planned day.
    """

    planned: float
    end: float | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `role` colours icon and word; state "good" colours the icon only.

    `native` is the name in its own script, painted as a run of its own after `main`; `aside` is quiet text in the
    same line ("vandaag  gesprek"). `light` puts the icon above the word.
    """

    main: str = ""
    second: str = ""
    native: str = ""
    aside: str = ""
    icon: str = ""
    role: str = "ink"
    strong: bool = False
    number: bool = False
    right: bool = False
    light: bool = False
    axis: Axis | None = None
    """A line above the words."""
    checked: bool | None = None
    """Whether the box before the words is ticked; None without a box. The words must say it too (`spoken_as`)."""
    spoken_as: str = ""
    """Said instead of `main` where the eye knows more than the word says."""

    def spoken(self) -> str:
        """All words of the cell in reading order."""
        words = (self.spoken_as or self.main, self.native, self.aside, self.second)
        return ", ".join(word for word in words if word and word != NOTHING)
