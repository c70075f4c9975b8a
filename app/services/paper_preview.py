"""Pages of a finished PDF as pictures, for the preview and for printing: what is seen is what is printed."""

from dataclasses import dataclass

SCREEN_DPI, PRINT_DPI = 144, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """One page: `rgb` holds height × width × 3 bytes (red, green, blue), row by row from the top, without padding."""

    width: int
    height: int
    rgb: bytes


def pages(pdf: bytes, dpi: float) -> tuple[PagePicture, ...]:
    """Every page of `pdf` at `dpi` dots per inch. Takes a few tens of milliseconds a page: away from the screen."""
    from app.reports.preview import page_pictures

    return tuple(
        PagePicture(
            width=each.width, height=each.height, rgb=_packed(each.rgb, each.stride, each.width, each.height)
        )
        for each in page_pictures(pdf, dpi)
    )


def _packed(rgb: bytes, stride: int, width: int, height: int) -> bytes:
    """The same rows without the bytes that fill them up."""
    row = width * 3
    return rgb if stride == row else b"".join(rgb[at * stride : at * stride + row] for at in range(height))
