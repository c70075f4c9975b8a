"""A flowable of a size that is known before it is placed."""

from typing import Any

from reportlab.platypus import Flowable


class Drawing(Flowable):  # type: ignore[misc]  # ReportLab brings no types
    """`width` and `height` in points; `draw` draws from the lower left corner."""

    canv: Any
    width: float
    height: float
    spaceBefore = 0  # noqa: N815
    spaceAfter = 0  # noqa: N815

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        """Return the size, whatever room there is."""
        return self.width, self.height
