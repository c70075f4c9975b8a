"""Puts the used glyphs of a font file into a document, as PDF/A wants it: subset, widths, CIDSet and
ToUnicode.
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from app.reports.font_face import FontFace

SYMBOLIC: Final = 4
"""Flag of the font descriptor: glyphs are found by number, not by a known encoding."""
CMAP_BLOCK: Final = 100
"""A CMap takes at most so many entries at a time (Adobe technical note 5411)."""


@dataclass(slots=True)
class EmbeddedFace:
    """One font file inside one document: codes in order of first use, and what each code says."""

    name: str
    face: FontFace
    codes: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def code(self, glyph_id: int) -> int:
        """Return the code of a glyph, from 1."""
        return self.codes.setdefault(glyph_id, len(self.codes) + 1)

    def says(self, code: int, text: str) -> bool:
        """Note that `code` stands for `text`; False when it already stands for something else."""
        return self.texts.setdefault(code, text) == text


class FaceShelf:
    """All embedded faces of one document; ReportLab calls `addObjects` when it saves."""

    def __init__(self) -> None:
        self.faces: dict[str, EmbeddedFace] = {}

    def addObjects(self, document: Any) -> None:  # noqa: N802
        """Write each used face as a font of the document."""
        for embedded in self.faces.values():
            document.idToObject["BasicFonts"].dict[embedded.name] = _font_object(document, embedded)


def embedded_face(document: Any, face: FontFace) -> EmbeddedFace:
    """Return `face` in `document`, put there at its first use and shared by all styles."""
    shelf = document.__dict__.get("regiemap_faces")
    if shelf is None:
        shelf = document.regiemap_faces = FaceShelf()
        document.delayedFonts.append(shelf)
    key = face.postscript_name
    if key not in shelf.faces:
        number = len(document.fontMapping) + 1
        document.fontMapping[f"shaped:{key}"] = f"/F{number}"
        shelf.faces[key] = EmbeddedFace(f"F{number}", face)
    found: EmbeddedFace = shelf.faces[key]
    return found


def _font_object(document: Any, embedded: EmbeddedFace) -> Any:
    face, glyphs = embedded.face, list(embedded.codes)
    data, places = face.subset(glyphs)
    tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
    base = PDFName(f"{tag}+{face.postscript_name}")
    places_of_codes = b"\0\0" + b"".join(struct.pack(">H", places[glyph]) for glyph in glyphs)
    ascent, descent = face.rise
    descriptor = {
        "Type": PDFName("FontDescriptor"),
        "FontName": base,
        "Flags": SYMBOLIC,
        "FontBBox": PDFArray(face.box),
        "ItalicAngle": 0,
        "Ascent": ascent,
        "Descent": descent,
        "CapHeight": face.cap_height,
        "StemV": 50 + int((face.weight / 65) ** 2),
        "FontFile2": _stream(document, data, Length1=len(data)),
        "CIDSet": _stream(document, _all_bits(len(glyphs) + 1)),
    }
    cid_font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType2"),
        "BaseFont": base,
        "DW": 1000,
        "CIDToGIDMap": _stream(document, places_of_codes),
        "CIDSystemInfo": PDFDictionary(
            {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        ),
        "W": PDFArray([1, PDFArray([round(face.advance(glyph), 2) for glyph in glyphs])]),
        "FontDescriptor": document.Reference(PDFDictionary(descriptor)),
    }
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("Type0"),
        "BaseFont": base,
        "Encoding": PDFName("Identity-H"),
        "DescendantFonts": PDFArray([document.Reference(PDFDictionary(cid_font))]),
        "ToUnicode": _stream(document, _to_unicode(embedded.texts)),
    }
    return document.Reference(PDFDictionary(font))


def _stream(document: Any, content: bytes, **entries: int) -> Any:
    stream = PDFStream(content=zlib.compress(content, 9))
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    for key, value in entries.items():
        stream.dictionary[key] = value
    return document.Reference(stream)


def _all_bits(count: int) -> bytes:
    """Return a CIDSet that says: the first `count` codes are all there."""
    full, rest = divmod(count, 8)
    return b"\xff" * full + (bytes([0xFF << (8 - rest) & 0xFF]) if rest else b"")


def _to_unicode(texts: dict[int, str]) -> bytes:
    rows = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())
    ]
    blocks = [rows[start : start + CMAP_BLOCK] for start in range(0, len(rows), CMAP_BLOCK)]
    listed = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{listed}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
