"""A QR code as one path: sharp at any size, no picture file."""

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor

from app.reports.drawing import Drawing
from app.reports.style import INK
from app.reports.tag_tree import Tag, bounding_box

QUIET_ZONE: Final = 4
"""Empty modules around the code that a reader needs (ISO/IEC 18004)."""


class QrCode(Drawing):
    """`text` as a square of `size` points."""

    def __init__(self, text: str, size: float, tag: Tag) -> None:
        super().__init__()
        self._modules = modules(text)
        self._tag = tag
        self.width = self.height = size

    def draw(self) -> None:
        """Draw the dark modules, neighbours in a row as one rectangle."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._tag.attributes.append(bounding_box(left, bottom, left + self.width, bottom + self.height))
        path = canvas.beginPath()
        unit = self.width / (len(self._modules) + 2 * QUIET_ZONE)
        for row, dark in enumerate(self._modules):
            for start, end in _dark_runs(dark):
                top = self.height - (row + QUIET_ZONE + 1) * unit
                path.rect((start + QUIET_ZONE) * unit, top, (end - start) * unit, unit)
        canvas.setFillColor(HexColor(INK))
        with canvas.tagged(self._tag):
            canvas.drawPath(path, stroke=0, fill=1)


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code of `text` row by row, dark modules True, without the empty edge."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def _dark_runs(modules: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(modules):
        if is_dark and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif is_dark:
            runs.append((place, place + 1))
    return runs
