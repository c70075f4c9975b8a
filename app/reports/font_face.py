"""One font file: its measures, its shapes and the subset of it that goes into a document.

The files are shipped (SIL Open Font License); the fonts of the system are never used, because the same
paper must come out of every laptop.
"""

import struct
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from app.config.paths import RESOURCES

FONT_FOLDER: Final = RESOURCES / "fonts"
RESTRICTED: Final = 0x0302
"""Bits of OS/2 fsType that forbid embedding, subsetting, or all but bitmaps (OpenType, OS/2 table)."""
DROPPED_TABLES: Final = ("GSUB", "GPOS", "GDEF", "name", "cmap", "DSIG", "STAT", "gasp", "kern")


@dataclass(frozen=True, slots=True)
class Family:
    """A name in the coverage table with its two files."""

    name: str
    regular: str
    bold: str


FAMILIES: Final = (
    Family("Source Sans 3", "SourceSans3_400Regular.ttf", "SourceSans3_600SemiBold.ttf"),
    *(
        Family(
            f"Noto {name}",
            f"Noto{name.replace(' ', '')}-Regular.ttf",
            f"Noto{name.replace(' ', '')}-Bold.ttf",
        )
        for name in ("Sans", "Naskh Arabic", "Sans Ethiopic", "Sans Armenian", "Sans Georgian", "Sans Hebrew")
    ),
)
"""In the order in which they are asked for a character."""


class FontFace:
    """A font file, read once. Lengths are in 1/1000 of the type size, glyph advances in the file's own
    units.
    """

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self.face = hb.Face(self._data)
        self.font = hb.Font(self.face)
        self.units_per_em: int = self.face.upem
        self._advances: dict[int, float] = {}
        if struct.unpack(">H", self._table("OS/2")[8:10])[0] & RESTRICTED:
            raise ValueError(f"{path.name} may not be embedded")

    def _table(self, tag: str) -> bytes:
        return bytes(self.face.reference_table(tag).data)

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that have a glyph."""
        return frozenset(self.face.unicodes)

    @cached_property
    def box(self) -> list[int]:
        """The box that holds every glyph: left, bottom, right, top."""
        return [self._scaled(value) for value in struct.unpack(">4h", self._table("head")[36:44])]

    @cached_property
    def rise(self) -> tuple[int, int]:
        """Ascent, and descent as a negative number."""
        ascent, descent = struct.unpack(">2h", self._table("hhea")[4:8])
        return self._scaled(ascent), self._scaled(descent)

    @cached_property
    def weight(self) -> int:
        """400 is regular, 600 semibold."""
        return int(struct.unpack(">H", self._table("OS/2")[4:6])[0])

    @cached_property
    def cap_height(self) -> int:
        """The height of capitals."""
        return self._scaled(struct.unpack(">h", self._table("OS/2")[88:90])[0])

    @cached_property
    def postscript_name(self) -> str:
        """The name by which a PDF knows the font."""
        table = self._table("name")
        count, start = struct.unpack(">HH", table[2:6])
        for place in range(count):
            platform, _, _, name_id, length, offset = struct.unpack(
                ">6H", table[6 + 12 * place : 18 + 12 * place]
            )
            if name_id == 6:
                raw = table[start + offset : start + offset + length]
                return raw.decode("utf-16-be" if platform in (0, 3) else "latin-1")
        raise ValueError("font without a PostScript name")

    def advance(self, glyph: int) -> float:
        """Return how far `glyph` moves the pen."""
        found = self._advances.get(glyph)
        if found is None:
            found = float(self.font.get_glyph_h_advance(glyph)) * 1000 / self.units_per_em
            self._advances[glyph] = found
        return found

    def subset(self, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
        """Return a font file with only `glyphs` (and .notdef), and where each of them stands in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update([0, *glyphs])
        wanted.flags = hb.SubsetFlags.NO_HINTING
        dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
        dropped.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in DROPPED_TABLES)
        plan = hb.SubsetPlan(self.face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _scaled(self, value: int) -> int:
        return round(value * 1000 / self.units_per_em)


@cache
def font_face(name: str) -> FontFace:
    """Return the shipped font file `name`, read at its first use."""
    return FontFace(FONT_FOLDER / name)
