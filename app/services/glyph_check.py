"""Whether a name can be printed with our fonts, asked while it is typed: printing cannot fail later."""

from app.reports.coverage import font_coverage


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` for which our fonts have no picture, each once."""
    return font_coverage().unprintable(text)
