"""The look of a paper: sizes, colours and measures by role. Ink on white, one accent, the same in grey.

Sizes follow bijzonder-vertrek (e): text 11 points, nothing under 9, room for a pen.
"""

from functools import cache
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from app.reports.shaped_font import ShapedFont

INK: Final = "#22272A"
QUIET: Final = "#575C5E"
ACCENT: Final = "#1D5F6A"
LINE: Final = "#B9B4AA"
EDGE: Final = "#85817A"
WATERMARK: Final = "#EBE9E5"

REGULAR: Final = "Paper"
BOLD: Final = "PaperBold"
CODE: Final = "PaperCode"

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN: Final = 22 * mm
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
TOP: Final = 22 * mm
BOTTOM: Final = 22 * mm
NATIVE_SIZE: Final = 12.5
LABEL_WIDTH: Final = 46 * mm
GUTTER: Final = 4 * mm
SIGNATURE_HEIGHT: Final = 18 * mm
"""A pen needs at least 15 mm (bijzonder-vertrek, e)."""
TICK_BOX: Final = 3.6 * mm
QR_SIZE: Final = 26 * mm


@cache
def register_fonts() -> None:
    """Make our fonts known to ReportLab, once per process; nothing is read before the first text."""
    pdfmetrics.registerFont(ShapedFont(REGULAR))
    pdfmetrics.registerFont(ShapedFont(BOLD, bold=True))
    # A nought with a stroke and an I with serifs: a number is copied by hand from this paper (design, type).
    pdfmetrics.registerFont(ShapedFont(CODE, features=("zero", "ss01")))
    for family, regular in ((REGULAR, REGULAR), (BOLD, BOLD), (CODE, CODE)):
        for is_bold in (0, 1):
            for is_italic in (0, 1):
                addMapping(family, is_bold, is_italic, BOLD if is_bold else regular)


def _style(
    name: str,
    size: float,
    leading: float,
    *,
    font: str = REGULAR,
    colour: str = INK,
    alignment: int = TA_LEFT,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        bulletFontName=REGULAR,
        splitLongWords=1,
        alignment=alignment,
        allowWidows=0,
        allowOrphans=0,
    )


@cache
def style(role: str) -> ParagraphStyle:
    """Return the paragraph style of a role."""
    register_fonts()
    return {
        "title": _style("title", 21, 26, font=BOLD),
        "title beside": _style("title beside", 13, 17, colour=QUIET),
        "subtitle": _style("subtitle", 10, 14, colour=QUIET),
        "heading": _style("heading", 12.5, 16, font=BOLD),
        "label": _style("label", 10.5, 14.5, colour=QUIET),
        "value": _style("value", 11, 14.5),
        "beside": _style("beside", 10, 13, colour=QUIET),
        "note": _style("note", 9.5, 12.5, colour=QUIET),
        "body": _style("body", 11, 15.5),
        "lead": _style("lead", 12.5, 17.5, font=BOLD),
        "quiet": _style("quiet", 10, 13.5, colour=QUIET),
        "code": _style("code", 19, 32, font=CODE),
        "head": _style("head", 9.5, 12.5, font=BOLD, colour=QUIET),
        "small": _style("small", 9, 12, colour=QUIET),
        "mark": _style("mark", 9.5, 12.5, font=BOLD, colour=QUIET, alignment=TA_RIGHT),
        "mark beside": _style("mark beside", 9, 12, colour=QUIET, alignment=TA_RIGHT),
    }[role]
