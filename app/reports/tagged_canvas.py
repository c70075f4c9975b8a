"""A ReportLab canvas that writes a tagged PDF: what is drawn belongs to an element, and what belongs to
none is an artifact.

Uses `_code`, `_doc`, `_timeStamp`, `_startPage` and `__NoDefault__` of ReportLab 5.1, which is why its
version is pinned and every document in the tests goes through a validator.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas

from app.reports.archive import Metadata, make_archivable
from app.reports.tag_tree import MarkedContent, Tag
from app.reports.text_out import ShapedText

rl_config.useA85 = 0
_PAINTS: Final = re.compile(r"(?:^|[\s\]>)])(?:[fFBbsS]\*?|b\*|sh|Do|ET|EI)\s*$")

DrawFrame = Callable[["TaggedCanvas", int, int], None]
"""Draws head and foot: canvas, page from 1, number of pages."""


class Mark(str):
    """An operator that opens or closes marked content."""

    __slots__ = ()


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab brings no types
    """Pages are kept until `save`, because head and foot say how many there are."""

    def __init__(
        self, target: Any, *, root: Tag, metadata: Metadata, draw_frame: DrawFrame, **options: Any
    ) -> None:
        self._root, self._metadata, self._draw_frame = root, metadata, draw_frame
        self._marks: list[list[Tag]] = []
        self._kept_pages: list[dict[str, Any]] = []
        self._tag: Tag | None = None
        self._is_marking = False
        self._code: list[str] = []
        super().__init__(target, invariant=1, lang=metadata.language, pdfVersion=(1, 7), **options)
        self.setViewerPreference("DisplayDocTitle", "true")
        made = datetime.strptime(metadata.made_at, "%Y-%m-%dT%H:%M:%S%z")
        stamp = self._doc._timeStamp  # noqa: SLF001
        stamp.YMDhms = (made.year, made.month, made.day, made.hour, made.minute, made.second)
        stamp.dhh = stamp.dmm = 0

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> ShapedText:  # noqa: N802
        """Return a text object that shapes."""
        return ShapedText(self, x, y, direction=direction)

    @contextmanager
    def tagged(self, tag: Tag) -> Iterator[None]:
        """Everything drawn inside belongs to `tag`. Does not nest."""
        with self._marking(self._open(tag)):
            self._tag = tag
            yield
            self._tag = None

    @contextmanager
    def artifact(
        self, kind: str = "Layout", subtype: str = "", box: tuple[float, ...] = ()
    ) -> Iterator[None]:
        """What is drawn inside is not read aloud. `kind` is Layout, Pagination or Background."""
        entries = f"/Type/{kind}"
        entries += f"/Subtype/{subtype}" if subtype else ""
        entries += f"/BBox[{' '.join(f'{value:.2f}' for value in box)}]" if box else ""
        with self._marking(f"/Artifact<<{entries}>>BDC"):
            yield

    def right_to_left_span(self, text: str) -> tuple[str, str]:
        """Return operators around a right-to-left phrase: a Span of its own, which says the logical text."""
        if self._tag is None:
            return "", ""
        span = self._open(self._tag.add("Span", ActualText=text.strip()))
        return f"EMC {span}", f"EMC {self._open(self._tag)}"

    def showPage(self) -> None:  # noqa: N802
        """Keep the page; it is written by `save`."""
        self._kept_pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages, then what makes the file archivable."""
        pages, marks = self._kept_pages, self._marks
        for number, state in enumerate(pages):
            self.__dict__.update(state)
            self._marks = marks
            self._draw_frame(self, number + 1, len(pages))
            self._code = _with_artifacts(self._code)
            super().showPage()
            page = self._doc.Pages.pages[-1]
            page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
        self._code = []
        make_archivable(self._doc, self._metadata, self._root, marks)
        self._doc.SaveToFile(self._filename, self)

    def _open(self, tag: Tag) -> str:
        page = len(self._kept_pages)
        while len(self._marks) <= page:
            self._marks.append([])
        mark = len(self._marks[page])
        self._marks[page].append(tag)
        tag.children.append(MarkedContent(page, mark))
        return f"/{tag.role}<</MCID {mark}>>BDC"

    @contextmanager
    def _marking(self, operator: str) -> Iterator[None]:
        if self._is_marking:
            raise RuntimeError("marked content does not nest")
        self._code.append(Mark(operator))
        self._is_marking = True
        yield
        self._is_marking = False
        self._code.append(Mark("EMC"))


def _with_artifacts(operators: list[str]) -> list[str]:
    """Return the page with every painting that nobody tagged (lines, boxes) marked as an artifact."""
    depth = 0
    out: list[str] = []
    for operator in operators:
        if isinstance(operator, Mark):
            depth += 1 if operator.endswith("BDC") else -1
            out.append(operator)
        elif not depth and _PAINTS.search(operator):
            out.append(f"/Artifact BMC {operator} EMC")
        else:
            out.append(operator)
    return out
