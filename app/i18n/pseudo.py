"""The stretched pseudo-locale: Dutch text made longer and marked, so that a cut or untranslated text is seen.

A text that shows without the ‹ › marks did not come from the catalogue; one that shows without its closing mark
does not fit. Placeholders, markup and line ends stay as they are, because the program still fills and lays them out.
"""

import re

# Longer than any real language is on average over Dutch; short labels grow the most (design.md, stretched pictures).
STRETCH = 0.4

_KEPT = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[sdf]|%%|<[^<>]*>|&\w+;|&(?=\w)|\n")
_ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def stretched(text: str) -> str:
    """Return `text` with accents, 40 % more length and ‹ › around it; an empty text stays empty."""
    if not text:
        return text
    pieces: list[str] = []
    letters = 0
    end = 0
    for kept in _KEPT.finditer(text):
        pieces += [text[end : kept.start()].translate(_ACCENTS), kept.group()]
        letters += kept.start() - end
        end = kept.end()
    pieces.append(text[end:].translate(_ACCENTS))
    letters += len(text) - end
    return "‹" + "".join(pieces) + "·" * max(1, round(letters * STRETCH)) + "›"
