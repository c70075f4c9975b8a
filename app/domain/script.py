"""Which script a text is written in: it decides on reading direction and on the need for a Latin form."""

from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Script(StrEnum):
    """The scripts of the caseload; OTHER is any other, NONE a text without letters."""

    LATIN = "latin"
    ARABIC = "arabic"
    ETHIOPIC = "ethiopic"
    ARMENIAN = "armenian"
    GEORGIAN = "georgian"
    HEBREW = "hebrew"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    OTHER = "other"
    NONE = "none"


# First and last code point of each block that holds letters (Unicode 15, Blocks.txt).
_BLOCKS: Final = (
    (0x0041, 0x024F, Script.LATIN),
    (0x0250, 0x02AF, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x2C60, 0x2C7F, Script.LATIN),
    (0xA720, 0xA7FF, Script.LATIN),
    (0xFB00, 0xFB06, Script.LATIN),
    (0xFF21, 0xFF5A, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x1C80, 0x1C8F, Script.CYRILLIC),
    (0x2DE0, 0x2DFF, Script.CYRILLIC),
    (0xA640, 0xA69F, Script.CYRILLIC),
    (0x0530, 0x058F, Script.ARMENIAN),
    (0xFB13, 0xFB17, Script.ARMENIAN),
    (0x0590, 0x05FF, Script.HEBREW),
    (0xFB1D, 0xFB4F, Script.HEBREW),
    (0x0600, 0x06FF, Script.ARABIC),
    (0x0750, 0x077F, Script.ARABIC),
    (0x0870, 0x08FF, Script.ARABIC),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFE, Script.ARABIC),
    (0x10A0, 0x10FF, Script.GEORGIAN),
    (0x1C90, 0x1CBF, Script.GEORGIAN),
    (0x2D00, 0x2D2F, Script.GEORGIAN),
    (0x1200, 0x139F, Script.ETHIOPIC),
    (0x2D80, 0x2DDF, Script.ETHIOPIC),
    (0xAB00, 0xAB2F, Script.ETHIOPIC),
)

RIGHT_TO_LEFT: Final = frozenset((Script.ARABIC, Script.HEBREW))


def script_of(text: str) -> Script:
    """The script of most letters; on a tie the first that appears. NONE for digits, signs and empty text."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    return counts.most_common(1)[0][0] if counts else Script.NONE


def scripts_in(text: str) -> frozenset[Script]:
    """Every script that a letter of the text belongs to."""
    return frozenset(_script(character) for character in text if character.isalpha())


@lru_cache(maxsize=4096)
def script_of_sign(sign: str) -> Script:
    """The script of one character; NONE if it is no letter. Fonts ask this of every character of a paper."""
    return _script(sign) if sign.isalpha() else Script.NONE


def _script(letter: str) -> Script:
    point = ord(letter)
    for first, last, script in _BLOCKS:
        if first <= point <= last:
            return script
    return Script.OTHER
