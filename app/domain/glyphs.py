"""Which characters the fonts of this program can print: one test for entry and for print, so that printing
cannot fail late.

The table is `resources/fonts/coverage.txt`, made from the font files by `tools/font_coverage.py`; reading
it needs no font library.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Self

IGNORED: Final = frozenset(
    "\n\t\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"
)
"""Characters that steer their neighbours and have no picture of their own."""


@dataclass(frozen=True, slots=True)
class FaceCoverage:
    """The characters of one font family, as the first and last code points of its runs, both sorted."""

    family: str
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def has(self, character: str) -> bool:
        """Tell whether the family has a picture for `character`."""
        code = ord(character)
        place = bisect_right(self.firsts, code) - 1
        return place >= 0 and code <= self.lasts[place]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All families, in the order in which they are asked."""

    faces: tuple[FaceCoverage, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the table: a line per family, `Name: 20-7E A0 ...` in hexadecimal; `#` opens a remark."""
        faces = []
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            family, _, runs = line.partition(":")
            ends = [run.split("-") for run in runs.split()]
            firsts = tuple(int(run[0], 16) for run in ends)
            faces.append(FaceCoverage(family, firsts, tuple(int(run[-1], 16) for run in ends)))
        return cls(tuple(faces))

    def has(self, character: str) -> bool:
        """Tell whether any family has a picture for `character`, or it needs none."""
        return character in IGNORED or any(face.has(character) for face in self.faces)

    def unprintable(self, text: str) -> tuple[str, ...]:
        """Return the characters of `text` that cannot be printed, each once, in order of appearance."""
        return tuple(character for character in dict.fromkeys(text) if not self.has(character))
