"""The element tree of a document: what stands on it, in reading order, before anything is drawn.

The same tree becomes the PDF and the text beside the preview, so that a screen reader hears what the paper
says. All texts are final: values formatted, fixed wording filled in, gaps numbered.
"""

from dataclasses import dataclass
from enum import StrEnum


class PaperStatus(StrEnum):
    """A concept and an expired or superseded sheet say so across the page."""

    CONCEPT = "concept"
    FINAL = "final"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Fixed wording, and the same in the paper's second language when it has one."""

    text: str
    beside: str = ""


class CellKind(StrEnum):
    """What sort of answer a cell shows."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    NOT_SHARED = "not-shared"
    MISSING = "missing"
    DISPUTED = "disputed"
    WRITE_IN = "write-in"
    """Room for a pen; the text says what for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer as printed.

    `native` is the value in the person's own script, `beside` in the second language, `note` says source
    and day.
    `variants` are the values of a dispute, each with its author. `gap` is the number under which the gap is
    listed.
    """

    text: str
    kind: CellKind = CellKind.KNOWN
    native: str = ""
    beside: str = ""
    note: str = ""
    variants: tuple[str, ...] = ()
    gap: int | None = None
    is_code: bool = False
    """A document number: letters and digits that must not be taken for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A label and its answer."""

    label: Phrase
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """Labels left, answers right; `summary` tells a screen reader what the table is about."""

    rows: tuple[FactRow, ...]
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a head; the first column names its row. `weights` divide the width."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Cell, ...], ...]
    weights: tuple[int, ...]
    summary: str

    def __post_init__(self) -> None:
        if {len(self.head), len(self.weights), *map(len, self.rows)} != {len(self.head)}:
            raise ValueError("each row of a grid has as many cells as its head")


class TextRole(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    LEAD = "lead"
    QUIET = "quiet"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; line breaks are kept. `label` is a quiet line above it, `gap` follows it."""

    cell: Cell
    label: Phrase | None = None
    role: TextRole = TextRole.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question to be ticked by pen."""

    label: Phrase
    options: tuple[Phrase, ...]
    write_in: Phrase | None = None
    """What may be written behind the options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """A line to be written on by pen."""

    label: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Room for one signature; `name` is printed when it is known beforehand."""

    role: Phrase
    hint: Phrase
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes side by side, at most three in a row."""

    boxes: tuple[SignatureBox, ...]


@dataclass(frozen=True, slots=True)
class GapMark:
    """One numbered gap, and the code by which the screen leads to its field."""

    number: int
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class GapList:
    """What still stops the sheet from becoming final."""

    gaps: tuple[GapMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticity:
    """Reference and SHA-256 of the facts, as a QR code and as text."""

    reference: str
    sha256: str
    caption: Phrase
    picture_text: str
    """What the QR code holds, said for someone who cannot see it."""

    @property
    def code_text(self) -> str:
        """What the QR code holds; in capitals, because those take the least room in a QR code."""
        return f"REGIEMAP:{self.reference}:SHA256:{self.sha256}".upper()

    @property
    def spoken(self) -> str:
        """What is said of it in text."""
        return self.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCode:
    """A QR code to be scanned by somebody else, with wording beside it. `picture_text` says what it holds."""

    code_text: str
    picture_text: str
    caption: Phrase

    @property
    def spoken(self) -> str:
        """What is said of it in text."""
        return self.code_text


Block = FactTable | Grid | Paragraph | Choice | FillIn | Signatures | GapList | Authenticity | ScanCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what belongs under it. `stays_together` keeps it on one page if it fits on one."""

    heading: Phrase
    blocks: tuple[Block, ...]
    stays_together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """The wording around the content, in the paper's language. Placeholders: `{page}`, `{pages}`, `{gap}`."""

    page: str
    missing: str
    disputed: str
    remark: str
    """Points from a value that is there to its gap."""
    watermark: str
    """Across the page; "" on a final sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole document. `made_at` is the moment in UTC that dates the file; everything else is text as
    printed.
    """

    name: str
    """Which document it is, for the file name: `blad1`."""
    title: Phrase
    language: str
    second_language: str = ""
    reference: str
    set_number: str
    version: int
    status: PaperStatus
    subtitle: str
    classification: Phrase
    footer: str
    made_at: str
    author_role: str
    """For the metadata: a role, never a name (bijzonder-vertrek, e)."""
    sections: tuple[Section, ...]
    gaps: tuple[GapMark, ...] = ()
    words: FrameWords
    sha256: str = ""

    @property
    def file_name(self) -> str:
        """Return a name without personal data: `2026-05-14_set-2026-0147_blad1_v3.pdf`."""
        number = "".join(sign if sign.isalnum() or sign == "-" else "-" for sign in self.set_number)
        number = f"_set-{number}" if number else ""
        return f"{self.made_at[:10]}{number}_{self.name}_v{self.version}.pdf"
