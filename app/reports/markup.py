"""The one place where a text from the data becomes markup for ReportLab, which would otherwise obey what it
reads.

A note with `<img src=...>` would embed a file, an unclosed `<b>` would stop the print. Only text made here
may reach a paragraph: that is what the type `Markup` says.
"""

from collections.abc import Iterable
from typing import Final, NewType
from xml.sax.saxutils import escape

from app.reports.bidi_level import isolate

Markup = NewType("Markup", str)

EMPTY: Final = Markup("")
_STEERING: Final = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Signs that turn the text around them; a pasted note may hold them, a paper does not obey them."""


def value(text: str) -> Markup:
    """Return a text from the data: escaped, its direction kept to itself, line by line, line breaks kept."""
    lines = text.translate(_STEERING).replace("\t", " ").split("\n")
    return Markup("<br/>".join(escape(isolate(line)) for line in lines))


def wording(text: str) -> Markup:
    """Return fixed wording from a content pack."""
    return Markup(escape(text))


def strong(markup: Markup) -> Markup:
    """Return `markup` in semibold."""
    return Markup(f"<b>{markup}</b>")


def coloured(markup: Markup, colour: str) -> Markup:
    """Return `markup` in a colour `#rrggbb`."""
    return Markup(f'<font color="{colour}">{markup}</font>')


def native(markup: Markup, colour: str, size: float) -> Markup:
    """Return a name in its own script: quiet, and larger, because Arabic is small at the size of Latin letters."""
    return Markup(f'<font color="{colour}" size="{size}">{markup}</font>')


def code(markup: Markup, font: str) -> Markup:
    """Return a number whose signs must not be taken for each other, in the font made for it."""
    return Markup(f'<font name="{font}">{markup}</font>')


def joined(parts: Iterable[Markup], between: str = " ") -> Markup:
    """Join what is not empty."""
    return Markup(between.join(part for part in parts if part))
