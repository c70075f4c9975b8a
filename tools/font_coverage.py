"""Writes `resources/fonts/coverage.txt`: which characters the shipped fonts can print.

Run it after changing a font file: `python tools/font_coverage.py`. A test compares the table with the
files.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.reports.font_face import FAMILIES, FONT_FOLDER, FontFace

HEAD = """# The characters that the shipped fonts can print, per family in the order in which they are asked.
# Made by tools/font_coverage.py from the font files; a character counts if regular and bold both have it.
"""


def runs(codes: frozenset[int]) -> str:
    """Return sorted runs as hexadecimal text: {32, 33, 65} gives `20-21 41`."""
    out: list[list[int]] = []
    for code in sorted(codes):
        if out and out[-1][-1] == code - 1:
            out[-1] = [out[-1][0], code]
        else:
            out.append([code])
    return " ".join("-".join(f"{code:X}" for code in dict.fromkeys(run)) for run in out)


def table() -> str:
    """Return the whole table as text. Control characters never count, whatever a font says."""
    lines = []
    for family in FAMILIES:
        codes = frozenset.intersection(
            *(FontFace(FONT_FOLDER / name).characters for name in (family.regular, family.bold))
        )
        printable = frozenset(
            code for code in codes if code >= 0x20 and not 0x7F <= code < 0xA0 and code != 0xFFFD
        )
        lines.append(f"{family.name}: {runs(printable)}\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    (FONT_FOLDER / "coverage.txt").write_text(table(), encoding="utf-8", newline="\n")
