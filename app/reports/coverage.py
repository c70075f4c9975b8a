"""Loads the table of printable characters; light, so that a form can ask it without loading a font."""

from functools import cache

from app.config.paths import RESOURCES
from app.domain.glyphs import Coverage


@cache
def font_coverage() -> Coverage:
    """Return which characters our fonts can print."""
    return Coverage.parse((RESOURCES / "fonts" / "coverage.txt").read_text(encoding="utf-8"))
