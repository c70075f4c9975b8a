"""From answers to cells: values formatted, gaps numbered, nothing left empty."""

from collections.abc import Callable, Iterable

from app.domain.answer import (
    Answer,
    Disputed,
    Known,
    NotApplicable,
    NotShared,
    Unknown,
)
from app.domain.gap import Gap, GapReason
from app.domain.glyphs import Coverage
from app.domain.paper import Cell, CellKind, FactRow, FactTable, GapMark, Phrase
from app.reports.date_words import DateWords
from app.reports.wording import Wording

STAND_IN = "□"
"""Printed for a character that no font has; the field is then a gap."""

Format = Callable[[str], str]


class CellMaker:
    """Makes the cells of one paper; `gaps` are numbered in their order."""

    def __init__(self, wording: Wording, coverage: Coverage, gaps: tuple[Gap, ...]) -> None:
        self.wording = wording
        self.dates = DateWords(wording)
        self._coverage = coverage
        self._gaps = {(gap.code, gap.item): (number, gap) for number, gap in enumerate(gaps, start=1)}

    def cell(
        self, answer: Answer, code: str, item: int = 0, *, say: Format | None = None, is_code: bool = False
    ) -> Cell:
        """Return the cell of `answer`; `say` formats a known text."""
        number = self.number(code, item)
        match answer:
            case Known(text, native, source, as_of) if text.strip():
                said = self.printable(say(text) if say else text)
                shown = native if not self._coverage.unprintable(native) else ""
                note = self._note(source, as_of, is_native_left_out=bool(native and not shown))
                return Cell(text=said, native=shown, note=note, gap=number, is_code=is_code)
            case Unknown(reason):
                return Cell(
                    text=self._with_reason("value.unknown", reason), kind=CellKind.UNKNOWN, gap=number
                )
            case NotApplicable(reason):
                text = self._with_reason("value.not-applicable", reason)
                return Cell(text=text, kind=CellKind.NOT_APPLICABLE, gap=number)
            case NotShared():
                return Cell(text=self.wording.text("value.not-shared"), kind=CellKind.NOT_SHARED, gap=number)
            case Disputed(claims):
                said_by = [(say(claim.text) if say else claim.text, claim) for claim in claims]
                variants = tuple(
                    self.printable(
                        self.wording.text(
                            "value.claim", text=text, author=claim.author, day=self.dates.day(claim.on)
                        )
                    )
                    for text, claim in said_by
                )
                return Cell(text="", kind=CellKind.DISPUTED, variants=variants, gap=number)
            case _:
                return Cell(text="", kind=CellKind.MISSING, gap=number)

    def plain(self, text: str, code: str = "", item: int = 0, *, native: str = "") -> Cell:
        """Return the cell of a text that needs no answer of its own."""
        shown = native if not self._coverage.unprintable(native) else ""
        return Cell(text=self.printable(text), native=shown, gap=self.number(code, item) if code else None)

    def row(
        self, answer: Answer, code: str, item: int = 0, *, say: Format | None = None, is_code: bool = False
    ) -> FactRow | None:
        """Return label and cell; None for an open question that need not be answered."""
        cell = self.cell(answer, code, item, say=say, is_code=is_code)
        if cell.kind is CellKind.MISSING and cell.gap is None:
            return None
        return FactRow(label=self.label(code), cell=cell)

    def facts(self, rows: Iterable[FactRow | None], summary: str) -> FactTable:
        """Return a table of the rows that are there; `summary` is a key."""
        return FactTable(
            rows=tuple(row for row in rows if row is not None), summary=self.wording.text(summary)
        )

    def label(self, code: str) -> Phrase:
        """Return the label of a field."""
        return self.wording.phrase(f"field.{code}")

    def number(self, code: str, item: int = 0) -> int | None:
        """Return the number of the gap of a field, None when it has none."""
        found = self._gaps.get((code, item))
        return found[0] if found else None

    def marks(self) -> tuple[GapMark, ...]:
        """Return all gaps in words."""
        return tuple(
            GapMark(number, self._gap_text(gap), gap.code + (f".{gap.item}" if gap.item else ""))
            for number, gap in self._gaps.values()
        )

    def printable(self, text: str) -> str:
        """Return `text` with a stand-in for each character that cannot be printed."""
        missing = self._coverage.unprintable(text)
        return text.translate({ord(sign): STAND_IN for sign in missing}) if missing else text

    def _gap_text(self, gap: Gap) -> str:
        label = self.label(gap.code).text
        field = self.wording.text("gap.item", field=label, item=gap.item) if gap.item else label
        reason = "no-reason" if gap.reason is GapReason.NO_REASON else gap.reason.value
        return self.wording.text(f"gap.{reason}", field=field)

    def _with_reason(self, key: str, reason: str) -> str:
        said = self.wording.text(key)
        return (
            self.wording.text("value.with-reason", value=said, reason=self.printable(reason))
            if reason
            else said
        )

    def _note(self, source: str, as_of: str, *, is_native_left_out: bool) -> str:
        parts = [
            self.wording.text("value.source", source=self.printable(source)) if source else "",
            self.wording.text("value.as-of", day=self.dates.day(as_of)) if as_of else "",
            self.wording.text("value.native-left-out") if is_native_left_out else "",
        ]
        return ", ".join(part for part in parts if part)
