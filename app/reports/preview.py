"""Pages as pictures, for the preview and for printing; the file itself stays what counts for the archive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2

POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page: rows of `stride` bytes from top to bottom, three bytes (red, green, blue) per pixel."""

    width: int
    height: int
    stride: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_pictures(pdf: bytes, dpi: float) -> Iterator[PagePicture]:
    """Yield every page at `dpi` dots per inch: about 96 for the screen, 300 for a printer."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _picture(page, dpi)


def page_picture(pdf: bytes, page: int, dpi: float) -> PagePicture:
    """Return one page, counted from 0. Raises IndexError for a page that is not there."""
    with pypdfium2.PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        return _picture(document[page], dpi)


def _picture(page: pypdfium2.PdfPage, dpi: float) -> PagePicture:
    bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
    return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
