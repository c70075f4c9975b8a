"""A text's place in an alphabetical list, as a plain text that a database column can hold and compare.

Accents, case and punctuation do not count, so Şahin stands between Saad and Salim as a Dutch reader looks for it.
The rule is our own and small on purpose: the keys are stored, so they must not change with the locale data of a
library. Scripts other than Latin keep their own order, behind the Latin ones.
"""

import unicodedata
from typing import Final

# Latin letters that Unicode does not take apart into a base letter and a mark.
_BASES: Final = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ĸ": "k",
        "ł": "l",
        "ŋ": "n",
        "œ": "oe",
        "ŧ": "t",
        "þ": "th",
        "æ": "ae",
        "ə": "e",
        "ƙ": "k",
        "ɓ": "b",
        "ɗ": "d",
        "ɛ": "e",
        "ɔ": "o",
    }
)
# Modifier letters and quotes that stand in transliterated names: Ma'rouf, Mustafá ʿAlī, O’Neill.
_SILENT: Final = frozenset("'’‘`´ʼʻʿʾˈ\u0640")


def sort_key(text: str) -> str:
    """Return the key by which `text` is ordered; equal keys for texts that differ in case or accents only."""
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", text).casefold().translate(_BASES)
        plain = unicodedata.normalize("NFKD", plain)
    return " ".join(plain.translate(_KEPT).split())


class _Kept(dict[int, int | None]):
    """What becomes of a sign, worked out when it is first met: itself, a blank or nothing."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        kind = unicodedata.category(sign)
        # Mn: accents and vowel signs; Cf: joiners and direction marks.
        silent = kind in ("Mn", "Cf") or sign in _SILENT
        self[code] = kept = None if silent else code if kind[0] in "LNM" else ord(" ")
        return kept


_KEPT: Final = _Kept()
