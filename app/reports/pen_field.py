"""Printed fields for a pen: boxes to tick, lines to write on, room to sign. Each says what it is for."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from typing_extensions import override

from app.reports.drawing import Drawing
from app.reports.style import EDGE, SIGNATURE_HEIGHT, TICK_BOX
from app.reports.tag_tree import Tag, bounding_box, print_field
from app.reports.tagged_paragraph import TaggedParagraph

WRITING_LINE = 26
GAP = 6


def form_tag(parent: Tag, role: str, description: str) -> Tag:
    """Add the element of a printed field: `role` "tv" to write in, "cb" to tick."""
    return parent.add("Form", attributes=print_field(role, description), Alt=description)


class PenField(Drawing):
    """A field of a given size (0 is as wide as there is room); `shape` is "box", "line" or "tick"."""

    def __init__(self, tag: Tag, width: float, height: float, shape: str) -> None:
        super().__init__()
        self._tag, self._shape = tag, shape
        self.width, self.height = width, height

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size."""
        self.width = self.width or width
        return self.width, self.height

    def draw(self) -> None:
        """Draw the field inside its element."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._tag.attributes.append(bounding_box(left, bottom, left + self.width, bottom + self.height))
        canvas.setStrokeColor(HexColor(EDGE))
        canvas.setLineWidth(0.7)
        with canvas.tagged(self._tag):
            if self._shape == "line":
                canvas.line(0, 4, self.width, 4)
            else:
                canvas.rect(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick and the paragraphs beside it."""

    box: PenField
    texts: tuple[TaggedParagraph, ...]
    width: float


class OptionLines(Drawing):
    """Options beside each other, as many as fit on a line."""

    def __init__(self, options: list[Option]) -> None:
        super().__init__()
        self._options = options
        self._places: list[tuple[float, float]] = []

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Place the options from left to right."""
        self._places, left, top, tallest = [], 0.0, 0.0, 0.0
        for option in self._options:
            room = min(option.width, width - TICK_BOX - GAP)
            needed = TICK_BOX + GAP + room
            if left and left + needed > width:
                left, top, tallest = 0.0, top + tallest + 4, 0.0
            self._places.append((left, top))
            tallest = max(tallest, sum(text.wrap(room, height)[1] for text in option.texts))
            left += needed + 3 * GAP
        self.width, self.height = width, top + tallest
        return self.width, self.height

    def draw(self) -> None:
        """Draw each box with its text."""
        for option, (left, top) in zip(self._options, self._places, strict=True):
            place = self.height - top
            option.box.drawOn(self.canv, left, place - TICK_BOX - 2.5)
            for text in option.texts:
                room = min(option.width, self.width - TICK_BOX - GAP)
                place -= text.wrap(room, self.height)[1]
                text.drawOn(self.canv, left + TICK_BOX + GAP, place)


class SignatureRow(Drawing):
    """Boxes side by side with role and name above the room to sign, and what to write below."""

    def __init__(self, boxes: list[tuple[list[Any], PenField, list[Any]]], width: float) -> None:
        super().__init__()
        self._boxes, self._full = boxes, width
        self._above = self._below = 0.0

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All boxes are as tall as the tallest."""
        inner = self._box_width() - 2 * GAP
        self._above = max(sum(item.wrap(inner, 1e6)[1] for item in above) for above, _, _ in self._boxes)
        self._below = max(sum(item.wrap(inner, 1e6)[1] for item in below) for _, _, below in self._boxes)
        self.width, self.height = self._full, self._above + self._below + SIGNATURE_HEIGHT + 2 * GAP
        return self.width, self.height

    def draw(self) -> None:
        """Draw box by box: who, the room, what to write."""
        width = self._box_width()
        for place, (above, field, below) in enumerate(self._boxes):
            left = place * (width + 2 * GAP)
            top = self.height - GAP
            for item in above:
                top -= item.wrap(width - 2 * GAP, 1e6)[1]
                item.drawOn(self.canv, left + GAP, top)
            field.width, field.height = width, self.height
            field.drawOn(self.canv, left, 0)
            bottom = GAP + self._below
            for item in below:
                bottom -= item.wrap(width - 2 * GAP, 1e6)[1]
                item.drawOn(self.canv, left + GAP, bottom)

    def _box_width(self) -> float:
        count = max(len(self._boxes), 2)
        return (self._full - 2 * GAP * (count - 1)) / count
