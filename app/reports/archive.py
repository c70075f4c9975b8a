"""What turns a tagged PDF into PDF/A-2a and PDF/UA-1: metadata, output intent, structure, embedded fonts
only.

ISO 19005-2 and ISO 14289-1. Names and case words stay out of the metadata (bijzonder-vertrek, e).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from app.config.paths import RESOURCES
from app.reports.tag_tree import Tag, structure_root

PROGRAM: Final = "Regiemap"
COLOUR_SPACE: Final = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the file says about itself; `made_at` is a moment in UTC, `author` a role."""

    title: str
    subject: str
    author: str
    language: str
    made_at: str


def make_archivable(document: Any, metadata: Metadata, root: Tag, marks: list[list[Tag]]) -> None:
    """Hang everything on the catalog. Raises ValueError when a font would not be embedded."""
    foreign = [name for name in document.fontMapping if not name.startswith("shaped:")]
    if foreign:
        raise ValueError(f"fonts that would not be embedded: {foreign}")
    for entry in ("title", "subject", "author"):
        setattr(document.info, entry, getattr(metadata, entry))
    document.info.creator = document.info.producer = PROGRAM
    document.info.keywords = ""
    catalog = document._catalog  # noqa: SLF001
    catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
    catalog.StructTreeRoot = structure_root(document, root, marks)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.Metadata = XMP(creator=lambda _document: _xmp(metadata))
    catalog.OutputIntents = PDFArray([document.Reference(_output_intent(document))])


def _output_intent(document: Any) -> Any:
    profile = PDFStream(dictionary=PDFDictionary({"N": 3}), content=_colour_profile())
    profile.filters = [pdfdoc.PDFZCompress]
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(COLOUR_SPACE),
            "Info": PDFString(COLOUR_SPACE),
            "RegistryName": PDFString("http://www.color.org"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


@cache
def _colour_profile() -> bytes:
    return (RESOURCES / "icc" / "sRGB.icc").read_bytes()


_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
        "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
        "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    }.items()
)

# PDF/A knows no pdfuaid: it must be described in the file (ISO 19005-2, 6.6.2.3.3).
_UA_SCHEMA: Final = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def _xmp(metadata: Metadata) -> bytes:
    title, subject, author = (escape(text) for text in (metadata.title, metadata.subject, metadata.author))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {_NAMESPACES}>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer><pdf:Keywords></pdf:Keywords>
<xmp:CreateDate>{metadata.made_at}</xmp:CreateDate><xmp:ModifyDate>{metadata.made_at}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
{_UA_SCHEMA}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _with_line_end(write: Any) -> Any:
    """PDF/A wants an end of line before `endstream` (ISO 19005-2, 6.1.7.1); ReportLab writes none.

    Both signs: a lone line feed after data that ends in a carriage return would be taken for part of the
    line end.
    """

    def write_stream(self: Any, document: Any) -> bytes:
        raw: bytes = write(self, document)
        return raw.removesuffix(b"endstream\n") + b"\r\nendstream\n"

    return write_stream


PDFStream.format = _with_line_end(PDFStream.format)
