"""A font for ReportLab that shapes with HarfBuzz: right to left, joined letters, marks, and a fallback per
script.

ReportLab asks a font for the width of a text; `text_out.py` asks it for the shapes. Text is given in
logical order.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import Final

import uharfbuzz as hb

from app.domain.glyphs import IGNORED
from app.domain.script import Script, script_of_sign
from app.reports.bidi_level import FSI, PDI, levels
from app.reports.coverage import font_coverage
from app.reports.font_face import FAMILIES, FontFace, font_face

SCRIPT_TAGS: Final = {
    Script.ARABIC: "Arab",
    Script.ETHIOPIC: "Ethi",
    Script.ARMENIAN: "Armn",
    Script.GEORGIAN: "Geor",
    Script.HEBREW: "Hebr",
    Script.CYRILLIC: "Cyrl",
    Script.GREEK: "Grek",
    Script.LATIN: "Latn",
}
JOINERS: Final = frozenset("\u200c\u200d")


class NoGlyphError(ValueError):
    """A character without a picture reached the font: `render` should have refused the paper before."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph with the text of its cluster; lengths in 1/1000 of the type size."""

    glyph_id: int
    text: str
    advance: float
    right: float
    up: float
    cluster: int


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font file, in the order in which they are drawn; `clusters` are those that are one text."""

    face: FontFace
    glyphs: tuple[Glyph, ...]
    clusters: tuple[tuple[Glyph, ...], ...]


@dataclass(frozen=True, slots=True)
class ShapedPhrase:
    """Runs of one direction; `text` is what they say, in logical order."""

    text: str
    runs_right_to_left: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """A shaped text; `width` in 1/1000 of the type size."""

    width: float
    phrases: tuple[ShapedPhrase, ...]


@dataclass(slots=True)
class _Span:
    """A stretch of text of one level, one font and one script."""

    level: int
    family: int
    script: str
    start: int
    end: int


class ShapedFont:
    """All families in one weight, under one name. `features` are OpenType features that are always on."""

    # What ReportLab looks for in a font.
    _multiByte = 1  # noqa: N815
    _dynamicFont = 1  # noqa: N815
    shapable = False
    substitutionFonts = ()  # noqa: N815

    def __init__(self, name: str, *, bold: bool = False, features: tuple[str, ...] = ()) -> None:
        self.fontName = name
        self._files = [family.bold if bold else family.regular for family in FAMILIES]
        self._features = dict.fromkeys(features, True)
        self.shape = lru_cache(maxsize=20_000)(self._shape)

    @cached_property
    def face(self) -> SimpleNamespace:
        """What ReportLab asks of a font file."""
        ascent, descent = font_face(self._files[0]).rise
        return SimpleNamespace(name=self.fontName, ascent=ascent, descent=descent, builtIn=0)

    @property
    def ascent(self) -> int:
        """How far letters rise above the line."""
        return int(self.face.ascent)

    @property
    def descent(self) -> int:
        """How far letters fall below the line, as a negative number."""
        return int(self.face.descent)

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Return the width of `text` in points."""
        plain = text.decode(encoding) if isinstance(text, bytes) else text
        return self.shape(plain).width * size / 1000

    def _shape(self, text: str) -> ShapedLine:
        phrases: list[ShapedPhrase] = []
        previous: _Span | None = None
        for span in _visual_order(self._spans(text)):
            rtl = bool(span.level)
            glyphs = self._glyphs(text[span.start : span.end], span)
            clusters = tuple(tuple(each) for _start, each in groupby(glyphs, key=attrgetter("cluster")))
            run = Run(font_face(self._files[span.family]), glyphs, clusters)
            if rtl and previous is not None and _continues(previous, span):
                start, end = min(previous.start, span.start), max(previous.end, span.end)
                phrases[-1] = ShapedPhrase(_said(text[start:end]), True, (*phrases[-1].runs, run))
                previous = _Span(max(span.level, previous.level), 0, "", start, end)
            else:
                phrases.append(ShapedPhrase(_said(text[span.start : span.end]), rtl, (run,)))
                previous = span if rtl else None
        width = sum(glyph.advance for phrase in phrases for run in phrase.runs for glyph in run.glyphs)
        return ShapedLine(width, tuple(phrases))

    def _spans(self, text: str) -> list[_Span]:
        spans: list[_Span] = []
        family, script = 0, "Latn"
        for place, (sign, level) in enumerate(zip(text, levels(text), strict=True)):
            if level is None:
                continue
            if not _leans(sign) or not spans or spans[-1].end != place:
                family = self._family(text, place, family)
            script = SCRIPT_TAGS.get(script_of_sign(sign), script)
            last = spans[-1] if spans else None
            if last and (last.level, last.family, last.script, last.end) == (level, family, script, place):
                last.end = place + 1
            else:
                spans.append(_Span(level, family, script, place, place + 1))
        return spans

    def _family(self, text: str, place: int, previous: int) -> int:
        """Return the first family that has the sign at `place` with all marks on it; spaces stay with their
        word.
        """
        end = place + 1
        while end < len(text) and _leans(text[end]):
            end += 1
        if text[place:end] == " " and font_coverage().faces[previous].has(" "):
            return previous
        return _family_of(text[place:end])

    def _glyphs(self, text: str, span: _Span) -> tuple[Glyph, ...]:
        face = font_face(self._files[span.family])
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if span.level & 1 else "ltr"
        buffer.script, buffer.language = span.script, "nl"
        # A ligature of several letters that runs from right to left comes out of a PDF in the wrong order.
        hb.shape(face.font, buffer, {"liga": False} if span.level & 1 else self._features)
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        scale = 1000 / face.units_per_em
        glyphs = []
        for info, move in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0:
                raise NoGlyphError(
                    " ".join(f"U+{ord(sign):04X}" for sign in text[info.cluster : ends[info.cluster]])
                )
            said = text[info.cluster : ends[info.cluster]]
            advance, right, up = (value * scale for value in (move.x_advance, move.x_offset, move.y_offset))
            glyphs.append(Glyph(info.codepoint, said, advance, right, up, info.cluster))
        return tuple(glyphs)


@lru_cache(maxsize=4096)
def _family_of(sign: str) -> int:
    """Return the first family that has a sign with the marks on it, else the first that has the sign alone."""
    faces = font_coverage().faces
    wanted = [each for each in sign if each not in IGNORED]
    for number, face in enumerate(faces):
        if all(map(face.has, wanted)):
            return number
    for number, face in enumerate(faces):
        if face.has(sign[0]):
            return number
    raise NoGlyphError(f"U+{ord(sign[0]):04X}")


def _leans(sign: str) -> bool:
    """Tell whether `sign` belongs to the one before it: a mark, or a joiner."""
    return 0x300 <= ord(sign) <= 0x36F or sign in JOINERS


def _continues(previous: _Span, span: _Span) -> bool:
    """Tell whether two spans, neighbours as drawn, are parts of one right-to-left phrase."""
    return span.end == previous.start or span.start == previous.end or max(span.level, previous.level) > 1


def _said(text: str) -> str:
    return text.replace(FSI, "").replace(PDI, "")


def _visual_order(spans: list[_Span]) -> list[_Span]:
    """Turn stretches of higher levels around (rule L2)."""
    for level in range(max((span.level for span in spans), default=0), 0, -1):
        place = 0
        while place < len(spans):
            end = place
            while end < len(spans) and spans[end].level >= level:
                end += 1
            spans[place:end] = spans[place:end][::-1]
            place = max(end, place + 1)
    return spans
