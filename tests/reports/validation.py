"""`assert_archivable`: what every PDF that a test makes must pass, here and in the tests of other packages."""

import re
from collections import Counter
from typing import Any, Final

import page
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

UA_RULES: Final = 104
A_RULES: Final = 154
"""How many rules ran when this was written (page-validation 0.11): an emptier profile may not pass unseen."""


def assert_archivable(pdf: bytes) -> None:
    """Fail unless `pdf` is PDF/UA-1 and PDF/A-2a and its structure holds together."""
    _assert_profile(pdf, page.ValidationProfile.PDF_UA_1, UA_RULES)
    _assert_profile(pdf, page.ValidationProfile.PDF_A_2A, A_RULES)
    assert_structure(Objects(pdf))


def _assert_profile(pdf: bytes, profile: page.ValidationProfile, rules: int) -> None:
    report = page.validate_pdf_bytes(pdf, profile=profile)
    assert report.is_compliant, [str(failure) for failure in report.failures]
    assert report.rules.total == rules, report.rules


class Objects:
    """The objects of a file that ReportLab wrote, read by their own simple form: enough for the structure
    tree.
    """

    def __init__(self, pdf: bytes) -> None:
        found = re.finditer(rb"(?ms)^(\d+) 0 obj\n(.*?)^endobj", pdf)
        self.texts = {int(match[1]): match[2].decode("latin-1") for match in found}

    def of_type(self, name: str) -> dict[int, str]:
        """Return the objects with `/Type /name`."""
        return {number: text for number, text in self.texts.items() if re.search(rf"/Type /{name}\b", text)}

    def references(self, text: str, key: str) -> list[int]:
        """Return the numbers that stand under `key`, one or a list."""
        match = re.search(rf"/{key} (\[.*?\]|\d+ 0 R)", text, re.DOTALL)
        return [int(number) for number in re.findall(r"(\d+) 0 R", match[1])] if match else []


def assert_structure(objects: Objects) -> None:
    """Check what the profiles leave out: holes, dangling marks, empty elements, figures without a place,
    two H1.
    """
    elements = objects.of_type("StructElem")
    assert elements
    roles = Counter(re.search(r"/S /(\w+)", text)[1] for text in elements.values())  # type: ignore[index]
    assert roles["Document"] == 1
    assert roles["H1"] == 1, "not one H1"
    for number, text in elements.items():
        assert "/K " in text, f"element {number} has no content"
        if re.search(r"/S /(Figure|Form)\b", text):
            assert "/BBox" in text, f"element {number} has no place"
            assert "/Alt" in text, f"element {number} has no words"
    _assert_parent_tree(objects, elements)
    names = re.findall(r"/ID \((.*?)\)", "".join(elements.values()))
    assert len(names) == len(set(names)), "duplicate id"


def _assert_parent_tree(objects: Objects, elements: dict[int, str]) -> None:
    root = next(iter(objects.of_type("StructTreeRoot").values()))
    tree = objects.texts[objects.references(root, "ParentTree")[0]]
    owners = [re.findall(r"(\d+) 0 R", row) for row in re.findall(r"\d+ \[(.*?)\]", tree, re.DOTALL)]
    pages = [text for text in objects.texts.values() if re.search(r"/Type /Page\b", text)]
    assert len(owners) == len(pages)
    assert all(int(owner) in elements for row in owners for owner in row), "hole in the parent tree"
    claimed = sum(_marks(text) for text in elements.values())
    assert claimed == sum(map(len, owners)), "an element claims a mark that no page has, or the reverse"


def _marks(text: str) -> int:
    """Count the marks that an element claims: bare numbers and MCR dictionaries under /K."""
    kids = re.search(r"/K (\[.*?\n? ?\](?=\s*/|\s*>>)|\d+(?: 0 R)?)", text, re.DOTALL)
    assert kids, text
    inner = kids[1]
    others = len(re.findall(r"/MCID \d+", inner))
    bare = re.sub(r"<<.*?>>", " ", inner, flags=re.DOTALL)
    return others + len(re.findall(r"\d+", re.sub(r"\d+ 0 R", " ", bare)))


def text_of(pdf: bytes) -> str:
    """Return the text of all pages as a reader would copy it."""
    with PdfDocument(pdf) as document:
        return "\n".join(each.get_textpage().get_text_range() for each in document)


def texts_read_aloud(pdf: bytes) -> list[str]:
    """Return the texts that stand in the structure instead of glyphs: right-to-left phrases, in reading order."""
    found = []
    for number, text in sorted(Objects(pdf).of_type("StructElem").items()):
        match = re.search(r"/ActualText (\(.*?(?<!\\)\)|<[0-9A-Fa-f]+>)", text, re.DOTALL)
        if match:
            found.append((number, _string(match[1])))
    return [text for _, text in found]


def _string(literal: str) -> str:
    """Read a PDF string of UTF-16 with octal escapes (ISO 32000-1, 7.3.4)."""
    if literal.startswith("<"):
        return bytes.fromhex(literal[1:-1]).decode("utf-16")
    plain = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), literal[1:-1])
    plain = re.sub(
        r"\\(.)",
        lambda match: {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}.get(match[1], match[1]),
        plain,
    )
    return plain.encode("latin-1").decode("utf-16")


def object_kinds(pdf: bytes) -> set[int]:
    """Return which kinds of objects stand on the pages (`pypdfium2.raw.FPDF_PAGEOBJ_...`)."""
    with PdfDocument(pdf) as document:
        return {each.type for sheet in document for each in sheet.get_objects()}


IMAGE: Any = pdfium.FPDF_PAGEOBJ_IMAGE
