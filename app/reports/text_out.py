"""Writes shaped text into a page: the operators of ISO 32000, with the logical text beside the glyphs where
they differ.

A cluster that is not exactly one glyph for its text gets ActualText, so that copying and reading aloud give
the name back letter for letter.
"""

from typing import Any, Final

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject

from app.reports.bidi_level import FSI, PDI
from app.reports.font_embed import EmbeddedFace, embedded_face
from app.reports.font_face import FontFace
from app.reports.shaped_font import Glyph, Run, ShapedFont

VISIBLE_SHIFT: Final = 0.05
"""Smaller shifts, in 1/1000 of the type size, are rounding."""


class ShapedText(PDFTextObject):  # type: ignore[misc]  # ReportLab brings no types
    """ReportLab's text object for our fonts. Any other font is refused, because it would not be embedded."""

    _isolate_is_open = False
    _curSubset: object  # noqa: N815

    def _formatText(self, text: str | bytes) -> str:  # noqa: N802
        font = pdfmetrics.getFont(self._fontname)
        if not isinstance(font, ShapedFont):
            raise TypeError(f"{self._fontname} would not be embedded")
        plain = text.decode() if isinstance(text, bytes) else text
        selected = self._curSubset  # ReportLab keeps a number here until the first text
        current = selected if isinstance(selected, str) else ""
        document = self._canvas._doc  # noqa: SLF001
        word_space = getattr(self, "_wordSpace", 0) or 0
        writer = _Writer(document, self._fontsize, self._leading, word_space, current)
        for phrase in font.shape(plain).phrases:
            span = self._canvas.right_to_left_span
            before, after = span(phrase.text) if phrase.runs_right_to_left else ("", "")
            writer.operators += [before] * bool(before)
            for run in phrase.runs:
                writer.run(run)
            writer.operators += [after] * bool(after)
        self._curSubset = writer.current
        return " ".join(writer.operators)

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803
        if self._isolate_is_open or FSI in text:
            # An isolate that wraps is closed at the end of the line and opened again on the next.
            text = FSI * self._isolate_is_open + text
            self._isolate_is_open = text.count(FSI) > text.count(PDI)
            text += PDI * self._isolate_is_open
        if TStar and text and not text.endswith((" ", "-")):
            text += " "  # without it words on either side of a line break are extracted as one
        super()._textOut(text, TStar)


class _Writer:
    """Collects the operators of one text; `current` is the font that is selected on the page."""

    def __init__(self, document: Any, size: float, leading: float, word_space: float, current: str) -> None:
        self.operators: list[str] = []
        self.current = current
        self._document, self._size, self._leading, self._word_space = document, size, leading, word_space
        self._pieces: list[str | float] = []

    def run(self, run: Run) -> None:
        """Write one run of glyphs."""
        embedded = embedded_face(self._document, run.face)
        if self.current != embedded.name:
            self.current = embedded.name
            self.operators.append(f"/{embedded.name} {fp_str(self._size)} Tf {fp_str(self._leading)} TL")
        rise = 0.0
        for cluster in run.clusters:
            glyph = cluster[0]
            # Nearly every sign of a paper goes this short way: one glyph, on the line, that says one text.
            if len(cluster) == 1 and glyph.up == rise:
                code = embedded.code(glyph.glyph_id)
                if embedded.says(code, glyph.text):
                    self._glyph(glyph, code, run.face)
                    continue
            rise = self._cluster(cluster, embedded, run.face, rise)
        self._flush()
        if rise:
            self.operators.append("0 Ts")

    def _glyph(self, glyph: Glyph, code: int, face: FontFace) -> None:
        self._shift(-glyph.right)
        self._pieces.append(f"<{code:04X}>")
        space = self._word_space * 1000 / self._size if glyph.text == " " else 0
        self._shift(face.advance(glyph.glyph_id) - glyph.advance + glyph.right - space)

    def _cluster(
        self, cluster: tuple[Glyph, ...], embedded: EmbeddedFace, face: FontFace, rise: float
    ) -> float:
        said = cluster[0].text
        codes = [embedded.code(glyph.glyph_id) for glyph in cluster]
        is_plain = len(codes) == 1 and embedded.says(codes[0], said)
        if not is_plain:
            for code in codes:
                embedded.says(code, said)
            self._flush()
            self.operators.append(f"/Span<</ActualText<FEFF{said.encode('utf-16-be').hex().upper()}>>>BDC")
        for glyph, code in zip(cluster, codes, strict=True):
            if glyph.up != rise:
                self._flush()
                self.operators.append(f"{fp_str(glyph.up * self._size / 1000)} Ts")
                rise = glyph.up
            self._glyph(glyph, code, face)
        if not is_plain:
            self._flush()
            self.operators.append("EMC")
        return rise

    def _shift(self, distance: float) -> None:
        if -VISIBLE_SHIFT <= distance <= VISIBLE_SHIFT:
            return
        if self._pieces and isinstance(self._pieces[-1], float):
            self._pieces[-1] += distance
        else:
            self._pieces.append(float(distance))

    def _flush(self) -> None:
        if self._pieces:
            parts = "".join(piece if isinstance(piece, str) else fp_str(piece) for piece in self._pieces)
            self.operators.append(f"[{parts.replace('><', '')}]TJ")
            self._pieces = []
