"""A paper as lines of text: for the screen reader beside the preview, for copying, and for a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.paper import (
    Authenticity,
    Block,
    Cell,
    CellKind,
    Choice,
    FactTable,
    FillIn,
    FrameWords,
    GapList,
    Grid,
    Paper,
    Paragraph,
    Phrase,
    ScanCode,
    Signatures,
)


class LineKind(StrEnum):
    """How a line is shown."""

    TITLE = "title"
    HEADING = "heading"
    FACT = "fact"
    TEXT = "text"
    GAP = "gap"
    PEN = "pen"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line; `gap` is the number of a gap in it, `native` the value in its own script."""

    kind: LineKind
    label: str = ""
    value: str = ""
    native: str = ""
    gap: int | None = None


def paper_lines(paper: Paper) -> tuple[TextLine, ...]:
    """Return the lines of `paper` in reading order."""
    return tuple(_lines(paper))


def paper_as_text(paper: Paper) -> str:
    """Return `paper` as plain text: headings on their own line, facts as `label: value`."""
    out: list[str] = []
    for line in paper_lines(paper):
        if line.kind is LineKind.HEADING:
            out.append("")
        value = f"{line.value} ({line.native})" if line.native else line.value
        out.append(f"{line.label}: {value}" if line.label and value else line.label or value)
    return "\n".join(out) + "\n"


def cell_text(cell: Cell, words: FrameWords) -> str:
    """Return one answer as running text, own script left out."""
    if cell.kind is CellKind.WRITE_IN:
        return ""
    if cell.variants:
        text = f"{words.disputed.format(gap=cell.gap)}: {' / '.join(cell.variants)}"
    elif cell.gap is not None:
        form = words.remark if cell.text else words.missing
        text = ", ".join(part for part in (cell.text, form.format(gap=cell.gap)) if part)
    else:
        text = cell.text
    text = f"{text} / {cell.beside}" if cell.beside else text
    return f"{text} ({cell.note})" if cell.note else text


def _lines(paper: Paper) -> Iterator[TextLine]:
    yield TextLine(kind=LineKind.TITLE, value=_both(paper.title))
    yield TextLine(kind=LineKind.TEXT, value=paper.subtitle)
    yield TextLine(kind=LineKind.TEXT, value=_both(paper.classification))
    for section in paper.sections:
        yield TextLine(kind=LineKind.HEADING, value=_both(section.heading))
        for block in section.blocks:
            yield from _block(block, paper.words)
    yield TextLine(kind=LineKind.TEXT, value=paper.footer)


def _block(block: Block, words: FrameWords) -> Iterator[TextLine]:
    match block:
        case FactTable(rows=rows):
            for row in rows:
                yield _fact(_both(row.label), row.cell, words)
        case Grid():
            yield from _grid(block, words)
        case Paragraph(cell=cell, label=label):
            yield _fact(_both(label) if label else "", cell, words)
        case Choice(label=label, options=options, write_in=write_in):
            wanted = [*options, write_in] if write_in else options
            yield TextLine(kind=LineKind.PEN, label=_both(label), value=", ".join(map(_both, wanted)))
        case FillIn(label=label):
            yield TextLine(kind=LineKind.PEN, label=_both(label))
        case Signatures(boxes):
            for box in boxes:
                yield TextLine(kind=LineKind.PEN, label=_both(box.role), value=box.name or _both(box.hint))
        case GapList(gaps):
            for gap in gaps:
                yield TextLine(kind=LineKind.GAP, label=str(gap.number), value=gap.text, gap=gap.number)
        case Authenticity() | ScanCode():
            yield TextLine(kind=LineKind.FACT, label=_both(block.caption), value=block.spoken)


def _grid(grid: Grid, words: FrameWords) -> Iterator[TextLine]:
    """Say each row with the name of its column before each cell: that is how a table is listened to."""
    for row in grid.rows:
        parts = [
            f"{_both(head)}: {cell_text(cell, words)}"
            for head, cell in zip(grid.head[1:], row[1:], strict=True)
        ]
        gap = next((cell.gap for cell in row if cell.gap is not None), None)
        label = cell_text(row[0], words)
        yield TextLine(kind=LineKind.FACT, label=label, value="; ".join(parts), native=row[0].native, gap=gap)


def _fact(label: str, cell: Cell, words: FrameWords) -> TextLine:
    kind = LineKind.FACT if label else LineKind.TEXT
    return TextLine(kind=kind, label=label, value=cell_text(cell, words), native=cell.native, gap=cell.gap)


def _both(phrase: Phrase) -> str:
    return f"{phrase.text} / {phrase.beside}" if phrase.beside else phrase.text
