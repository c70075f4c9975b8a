"""A paragraph that belongs to an element of the structure tree."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from app.reports.markup import Markup
from app.reports.tag_tree import Tag


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # ReportLab brings no types
    """Parts made by `split` share their element; a second drawing (a repeated table head) is an artifact.

    `bookmark` is the name of its place in the outline, unique in the document; "" for no entry.
    """

    def __init__(
        self,
        markup: Markup | None,
        style: ParagraphStyle,
        tag: Tag | None = None,
        *,
        bookmark: str = "",
        level: int = 0,
        **parts: Any,
    ) -> None:
        # ReportLab makes the parts of a split paragraph through here, with fragments instead of markup and tag.
        self.belong(tag, bookmark, level)
        super().__init__(markup, style, **parts)

    def belong(self, tag: Tag | None, bookmark: str, level: int) -> None:
        """Say to which element this belongs."""
        self._tag, self._bookmark, self._level, self._is_drawn = tag, bookmark, level, False

    def split(self, width: float, height: float) -> list[Any]:
        """Divide at a line."""
        parts: list[Any] = super().split(width, height)
        for place, part in enumerate(parts):
            if part is not self:
                part.belong(self._tag, self._bookmark if place == 0 else "", self._level)
        return parts

    def draw(self) -> None:
        """Draw inside the element."""
        canvas = self.canv
        if self._bookmark:
            canvas.bookmarkHorizontal(self._bookmark, 0, self.height)
            canvas.addOutlineEntry(self.getPlainText(identify=True), self._bookmark, self._level)
        with (
            canvas.artifact("Pagination") if self._is_drawn or self._tag is None else canvas.tagged(self._tag)
        ):
            super().draw()
        self._is_drawn = True
