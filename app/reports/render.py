"""From a paper to a file: PDF/A-2a and PDF/UA-1 at once, and the same bytes for the same paper."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from app.domain.errors import KnownProblem
from app.domain.paper import Paper
from app.domain.words import N_
from app.reports.archive import Metadata
from app.reports.coverage import font_coverage
from app.reports.element_flow import ElementFlow
from app.reports.page_frame import PageFrame
from app.reports.style import (
    BOLD,
    BOTTOM,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    TOP,
    WIDTH,
    register_fonts,
)
from app.reports.tagged_canvas import TaggedCanvas


class CannotPrintCharacters(KnownProblem):
    """A text holds characters that no font of this program has. Nothing has been drawn."""

    message = N_(
        "These characters cannot be printed: %(characters)s. Give the name in Latin letters beside it."
    )


def get_ready() -> None:
    """Load table and fonts of the Latin script before there is a paper: the same work, at a time that suits."""
    font_coverage()
    register_fonts()
    for name in (REGULAR, BOLD):
        pdfmetrics.stringWidth("Regiemap", name, 10)


def render(paper: Paper) -> bytes:
    """Return `paper` as a PDF file. Raises `CannotPrintCharacters` before anything is drawn."""
    missing = font_coverage().unprintable("".join(_texts(paper)))
    if missing:
        raise CannotPrintCharacters(characters=" ".join(missing))
    register_fonts()
    flow, frame, target = ElementFlow(paper), PageFrame(paper), BytesIO()
    metadata = Metadata(
        title=" · ".join(part for part in (paper.title.text, paper.reference) if part),
        subject=paper.title.text,
        author=paper.author_role,
        language=paper.language,
        made_at=paper.made_at,
    )
    document = BaseDocTemplate(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=REGULAR)
    area = Frame(MARGIN, BOTTOM, WIDTH, PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate("page", [area], onPage=lambda canvas, _document: frame.draw_background(canvas))
    )

    def canvas(filename: Any, **options: Any) -> TaggedCanvas:
        kept = {
            key: options[key] for key in ("pagesize", "pageCompression", "initialFontName") if key in options
        }
        return TaggedCanvas(filename, root=flow.root, metadata=metadata, draw_frame=frame.draw, **kept)

    document.build(flow.flowables(), canvasmaker=canvas)
    return target.getvalue()


def _texts(value: object) -> Iterator[str]:
    """Yield every text of the tree."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
