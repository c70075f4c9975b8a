"""What stands around the content of each page: running head, foot with page numbers, and CONCEPT across.

All of it is marked as pagination or background, so that it is not read aloud on every page.
"""

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from app.domain.paper import Paper
from app.reports.style import BOLD, LINE, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, QUIET, REGULAR, WATERMARK, WIDTH
from app.reports.tagged_canvas import TaggedCanvas

SIZE: Final = 9
HEAD_AT: Final = PAGE_HEIGHT - 14 * mm
FOOT_AT: Final = 12 * mm
RIGHT: Final = PAGE_WIDTH - MARGIN
DIAGONAL: Final = 55
WATERMARK_LENGTH: Final = 205 * mm


class PageFrame:
    """Draws the frame of one paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def draw(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        """Draw head (from the second page) and foot; both are known only when all pages are."""
        paper = self._paper
        classification = " ".join(paper.classification.text.split())
        canvas.saveState()
        canvas.setFillColor(HexColor(QUIET))
        canvas.setFont(REGULAR, SIZE)
        if page > 1:
            with canvas.artifact("Pagination", "Header", (MARGIN, HEAD_AT - 6, RIGHT, HEAD_AT + 12)):
                room = WIDTH - 12 - stringWidth(classification, REGULAR, SIZE)
                canvas.drawString(MARGIN, HEAD_AT, _elided(f"{paper.title.text} · {paper.reference}", room))
                canvas.drawRightString(RIGHT, HEAD_AT, classification)
        with canvas.artifact("Pagination", "Footer", (MARGIN, FOOT_AT - 4, RIGHT, FOOT_AT + 16)):
            canvas.setStrokeColor(HexColor(LINE))
            canvas.setLineWidth(0.5)
            canvas.line(MARGIN, FOOT_AT + 14, RIGHT, FOOT_AT + 14)
            number = paper.words.page.format(page=page, pages=pages)
            canvas.drawString(
                MARGIN, FOOT_AT, _elided(paper.footer, WIDTH - 12 - stringWidth(number, REGULAR, SIZE))
            )
            canvas.drawRightString(RIGHT, FOOT_AT, number)
        canvas.restoreState()

    def draw_background(self, canvas: TaggedCanvas) -> None:
        """Draw the watermark, before anything else stands on the page."""
        word = self._paper.words.watermark
        if not word:
            return
        size = min(WATERMARK_LENGTH / stringWidth(word, BOLD, 1), 130)
        canvas.saveState()
        with canvas.artifact("Background"):
            canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
            canvas.rotate(DIAGONAL)
            canvas.setFillColor(HexColor(WATERMARK))
            canvas.setFont(BOLD, size)
            canvas.drawCentredString(0, -size / 3, word)
        canvas.restoreState()


def _elided(text: str, room: float) -> str:
    """Return `text`, cut off with an ellipsis where it would run into its neighbour. It stands in full in
    the sheet.
    """
    if stringWidth(text, REGULAR, SIZE) <= room:
        return text
    while text and stringWidth(f"{text}…", REGULAR, SIZE) > room:
        text = text[: max(len(text) * 9 // 10, 0)] if len(text) > 200 else text[:-1]
    return f"{text}…"
