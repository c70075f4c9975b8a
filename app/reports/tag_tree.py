"""The logical structure of a tagged PDF: who speaks in which order (ISO 32000-1, 14.7).

The order in which elements are made is the order in which they are read.
"""

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A piece of a page that belongs to an element: page number from 0, and its mark on that page."""

    page: int
    mark: int


@dataclass(slots=True, eq=False)
class Tag:
    """One element. `entries` are text entries (Alt, ActualText, Lang); `attributes` are attribute objects."""

    role: str
    parent: "Tag | None" = None
    attributes: list[dict[str, Any]] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    children: list["Tag | MarkedContent"] = field(default_factory=list)

    def add(self, role: str, *, attributes: dict[str, Any] | None = None, **entries: str) -> "Tag":
        """Add a child at the end; empty entries are left out."""
        kept = {key: value for key, value in entries.items() if value}
        child = Tag(role, self, [attributes] if attributes else [], kept)
        self.children.append(child)
        return child


def heading_cell(scope: str) -> dict[str, Any]:
    """Return the attributes of a head of a row or column: `scope` is "Row" or "Column"."""
    return {"O": PDFName("Table"), "Scope": PDFName(scope)}


def print_field(role: str, description: str) -> dict[str, Any]:
    """Return the attributes of a printed form field: `role` "tv" is to write on, "cb" to tick."""
    attributes = {"O": PDFName("PrintField"), "Role": PDFName(role), "Desc": PDFString(description)}
    return attributes | ({"checked": PDFName("off")} if role == "cb" else {})


def bounding_box(left: float, bottom: float, right: float, top: float) -> dict[str, Any]:
    """Return the attributes of a figure: where it stands on its page, in points."""
    box = PDFArray([round(value, 2) for value in (left, bottom, right, top)])
    return {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box}


def structure_root(document: Any, root: Tag, marks: list[list[Tag]]) -> Any:
    """Return the structure tree as a PDF object; `marks[page][mark]` is the element that owns that mark.

    Elements that never got content are left out: they would be read as silence.
    """
    pages = [document.Reference(page) for page in document.Pages.pages]
    structure = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    elements: list[tuple[Tag, Any]] = []
    references: dict[Tag, Any] = {}

    def visit(tag: Tag) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                visit(child)
        tag.children = [child for child in tag.children if isinstance(child, MarkedContent) or child.children]
        element = PDFDictionary({})
        references[tag] = document.Reference(element)
        elements.append((tag, element))

    visit(root)
    for tag, element in elements:
        _fill(element, tag, references, pages, document.Reference(structure))
    numbers = [
        entry
        for page, tags in enumerate(marks)
        for entry in (page, PDFArray([references[tag] for tag in tags]))
    ]
    structure["K"] = PDFArray([references[root]])
    structure["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    structure["ParentTreeNextKey"] = len(marks)
    return structure


def _fill(element: Any, tag: Tag, references: dict[Tag, Any], pages: list[Any], structure: Any) -> None:
    own = [child.page for child in tag.children if isinstance(child, MarkedContent)]
    page = min(own) if own else None
    children = [
        references[child]
        if isinstance(child, Tag)
        else child.mark
        if child.page == page
        else PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[child.page], "MCID": child.mark})
        for child in tag.children
    ]
    element["Type"], element["S"] = PDFName("StructElem"), PDFName(tag.role)
    element["P"] = references[tag.parent] if tag.parent else structure
    element["K"] = children[0] if len(children) == 1 else PDFArray(children)
    if page is not None:
        element["Pg"] = pages[page]
    if tag.attributes:
        made = [PDFDictionary(each) for each in tag.attributes]
        element["A"] = made[0] if len(made) == 1 else PDFArray(made)
    for key, value in tag.entries.items():
        element[key] = PDFString(value)
