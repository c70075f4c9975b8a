"""From the element tree to what is drawn: each element gets its tag here, in reading order."""

from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFName, PDFString
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from app.domain.paper import (
    Authenticity,
    Block,
    Choice,
    FactTable,
    FillIn,
    GapList,
    Grid,
    Paper,
    Paragraph,
    Phrase,
    ScanCode,
    Section,
    Signatures,
)
from app.reports import markup
from app.reports.cell_flow import CellFlow
from app.reports.pen_field import GAP, WRITING_LINE, Option, OptionLines, PenField, SignatureRow, form_tag
from app.reports.qr_code import QrCode
from app.reports.style import ACCENT, EDGE, GUTTER, LABEL_WIDTH, LINE, QR_SIZE, TICK_BOX, WIDTH, style
from app.reports.tag_tree import Tag, heading_cell
from app.reports.tagged_paragraph import TaggedParagraph
from app.reports.tagged_table import Column, Row, TaggedTable

FACT_COLUMNS: Final = (Column(0, LABEL_WIDTH - GUTTER), Column(LABEL_WIDTH, WIDTH - LABEL_WIDTH))
TITLE_COLUMNS: Final = (Column(0, WIDTH * 0.68), Column(WIDTH * 0.72, WIDTH * 0.28))
NUMBER_COLUMNS: Final = (Column(0, 16), Column(20, WIDTH - 20))
QR_COLUMNS: Final = (Column(0, QR_SIZE), Column(QR_SIZE + GUTTER, WIDTH - QR_SIZE - GUTTER))
LEAST_UNDER_HEADING: Final = 90
SPACE_BEFORE_HEADING: Final = 13
BOXES_IN_A_ROW: Final = 3


class ElementFlow:
    """Turns one paper into flowables; `root` is its structure tree."""

    def __init__(self, paper: Paper) -> None:
        self.root = Tag("Document")
        self._paper = paper
        self._cells = CellFlow(paper.words, paper.second_language)

    def flowables(self) -> list[Any]:
        """Return everything in reading order."""
        found = [self._title(), Spacer(0, 6)]
        for number, section in enumerate(self._paper.sections, start=1):
            found += self._section(section, number)
        return found

    def _title(self) -> TaggedTable:
        paper = self._paper
        left: list[Any] = [self._text(self.root, "H1", paper.title.text, "title", bookmark="title")]
        left += self._beside(self.root, paper.title, "title beside")
        below: list[Any] = [self._text(self.root, "P", paper.subtitle, "subtitle")]
        right: list[Any] = [self._text(self.root, "P", paper.classification.text, "mark")]
        right += self._beside(self.root, paper.classification, "mark beside")
        top = Row(TITLE_COLUMNS, (left, [Spacer(0, 8), *right]), space=0)
        return TaggedTable([top, Row((Column(0, WIDTH),), (below,), space=0)])

    def _section(self, section: Section, number: int) -> list[Any]:
        part = self.root.add("Sect")
        heading: list[Any] = [
            self._text(part, "H2", section.heading.text, "heading", bookmark=f"part-{number}", level=1)
        ]
        heading += self._beside(part, section.heading, "beside")
        ruled = TaggedTable([Row((Column(0, WIDTH),), (heading,), space=2, edge=LINE)])
        ruled.spaceBefore, ruled.spaceAfter = SPACE_BEFORE_HEADING, 3
        found: list[Any] = [ruled]
        for block in section.blocks:
            found += self._block(part, block)
        if section.stays_together:
            return [KeepTogether(found)]
        return [CondPageBreak(LEAST_UNDER_HEADING), *found]

    def _block(self, parent: Tag, block: Block) -> list[Any]:
        match block:
            case FactTable():
                return [self._facts(parent, block)]
            case Grid():
                return [self._grid(parent, block)]
            case Paragraph():
                return self._paragraph(parent, block)
            case Choice():
                return [self._choice(parent, block)]
            case FillIn():
                return [self._fill_in(parent, block)]
            case Signatures():
                return self._signatures(parent, block)
            case GapList():
                return [self._gap_list(parent, block)]
            case Authenticity() | ScanCode():
                return [self._with_code(parent, block)]

    def _facts(self, parent: Tag, block: FactTable) -> TaggedTable:
        body = parent.add("Table", attributes=_summary(block.summary)).add("TBody")
        rows = []
        for row in block.rows:
            line = body.add("TR")
            label = self._phrase(line.add("TH", attributes=heading_cell("Row")), row.label, "label")
            rows.append(
                Row(FACT_COLUMNS, (label, self._cells.flowables(line.add("TD"), row.cell)), space=1.5)
            )
        return TaggedTable(rows)

    def _grid(self, parent: Tag, block: Grid) -> TaggedTable:
        table = parent.add("Table", attributes=_summary(block.summary))
        columns = _columns(block.weights)
        line = table.add("THead").add("TR")
        heads = [
            self._phrase(line.add("TH", attributes=heading_cell("Column")), head, "head")
            for head in block.head
        ]
        body, rows = table.add("TBody"), []
        for place, cells in enumerate(block.rows):
            line = body.add("TR")
            tags = [
                line.add("TD") if number else line.add("TH", attributes=heading_cell("Row"))
                for number in range(len(cells))
            ]
            drawn = [self._cells.flowables(tag, cell) for tag, cell in zip(tags, cells, strict=True)]
            rows.append(Row(columns, tuple(drawn), rule=LINE if place else ""))
        grid = TaggedTable(rows, Row(columns, tuple(heads), space=3, edge=EDGE))
        grid.spaceBefore = GAP
        return grid

    def _paragraph(self, parent: Tag, block: Paragraph) -> list[Any]:
        label = self._phrase(parent, block.label, "head") if block.label else []
        return [*label, *self._cells.flowables(parent, block.cell, block.role.value), Spacer(0, 5)]

    def _choice(self, parent: Tag, block: Choice) -> TaggedTable:
        label = self._phrase(parent, block.label, "value")
        answers = parent.add("L")
        options = []
        for option in block.options:
            item = answers.add("LI")
            box = PenField(
                form_tag(item.add("Lbl"), "cb", f"{block.label.text}: {option.text}"),
                TICK_BOX,
                TICK_BOX,
                "tick",
            )
            texts = self._phrase(item.add("LBody"), option, "value")
            width = max(_natural_width(option.text, "value"), _natural_width(option.beside, "beside"))
            options.append(Option(box, tuple(texts), width))
        right: list[Any] = [OptionLines(options)]
        if block.write_in:
            right += [*self._phrase(parent, block.write_in, "note"), self._line(parent, block.write_in)]
        return TaggedTable([Row(_pen_columns(), (label, right), space=5)])

    def _fill_in(self, parent: Tag, block: FillIn) -> TaggedTable:
        label = self._phrase(parent, block.label, "value")
        return TaggedTable([Row(_pen_columns(), (label, [self._line(parent, block.label)]), space=3)])

    def _line(self, parent: Tag, label: Phrase) -> PenField:
        return PenField(form_tag(parent, "tv", label.text), _pen_columns()[1].width, WRITING_LINE, "line")

    def _signatures(self, parent: Tag, block: Signatures) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(block.boxes), BOXES_IN_A_ROW):
            drawn = []
            for box in block.boxes[start : start + BOXES_IN_A_ROW]:
                part = parent.add("Div")
                above: list[Any] = self._phrase(part, box.role, "head")
                if box.name:
                    above += [TaggedParagraph(markup.value(box.name), style("value"), part.add("P"))]
                field = PenField(form_tag(part, "tv", f"{box.role.text} {box.name}".strip()), 0, 0, "box")
                drawn.append((above, field, self._phrase(part, box.hint, "small")))
            found += [Spacer(0, GAP), SignatureRow(drawn, WIDTH)]
        return found

    def _gap_list(self, parent: Tag, block: GapList) -> TaggedTable:
        answers, rows = parent.add("L"), []
        for gap in block.gaps:
            item = answers.add("LI")
            number = markup.coloured(markup.strong(markup.wording(str(gap.number))), ACCENT)
            label = TaggedParagraph(number, style("value"), item.add("Lbl"))
            text = TaggedParagraph(markup.value(gap.text), style("value"), item.add("LBody"))
            rows.append(Row(NUMBER_COLUMNS, ([label], [text]), space=1))
        return TaggedTable(rows)

    def _with_code(self, parent: Tag, block: Authenticity | ScanCode) -> TaggedTable:
        code = QrCode(block.code_text, QR_SIZE, parent.add("Figure", Alt=block.picture_text))
        if isinstance(block, ScanCode):
            right: list[Any] = [Spacer(0, 6), *self._phrase(parent, block.caption, "body")]
        else:
            digits = " ".join(block.sha256[start : start + 8] for start in range(0, len(block.sha256), 8))
            right = [Spacer(0, 6), *self._phrase(parent, block.caption, "small")]
            right.append(self._text(parent, "P", digits, "small"))
        return TaggedTable([Row(QR_COLUMNS, ([code], right))])

    def _phrase(self, parent: Tag, phrase: Phrase, role: str) -> list[Any]:
        """Return fixed wording, with the second language in a line below, marked as such."""
        small = "small" if role in ("head", "small") else "beside"
        return [self._text(parent, "P", phrase.text, role), *self._beside(parent, phrase, small)]

    def _beside(self, parent: Tag, phrase: Phrase, role: str) -> list[Any]:
        if not phrase.beside:
            return []
        tag = parent.add("P", Lang=self._paper.second_language)
        return [TaggedParagraph(markup.value(phrase.beside), style(role), tag)]

    def _text(
        self, parent: Tag, role: str, text: str, look: str, *, bookmark: str = "", level: int = 0
    ) -> TaggedParagraph:
        return TaggedParagraph(
            markup.value(text), style(look), parent.add(role), bookmark=bookmark, level=level
        )


def _natural_width(text: str, role: str) -> float:
    """Return the width of `text` on one line, with a little air for rounding."""
    look = style(role)
    return float(stringWidth(text, look.fontName, look.fontSize)) + 1


def _summary(text: str) -> dict[str, Any]:
    return {"O": PDFName("Table"), "Summary": PDFString(text)}


def _pen_columns() -> tuple[Column, ...]:
    return Column(0, LABEL_WIDTH + 12), Column(LABEL_WIDTH + 12 + GUTTER, WIDTH - LABEL_WIDTH - 12 - GUTTER)


def _columns(weights: tuple[int, ...]) -> tuple[Column, ...]:
    room = WIDTH - GUTTER * (len(weights) - 1)
    left, found = 0.0, []
    for weight in weights:
        width = room * weight / sum(weights)
        found.append(Column(left, width))
        left += width + GUTTER
    return tuple(found)
