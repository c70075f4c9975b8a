"""The recovery key on paper, for a sealed envelope. No case data, no checksum, and the file is never kept."""

from app.domain.disclosure import RecoverySheetFacts
from app.domain.glyphs import Coverage
from app.domain.paper import (
    Cell,
    FactRow,
    Paper,
    PaperStatus,
    Paragraph,
    Section,
    TextRole,
)
from app.reports.cell_maker import CellMaker
from app.reports.paper_head import frame_words, signatures
from app.reports.wording import PaperTexts, Wording

NAME = "herstelsleutel"
LANGUAGE = "nl"
GROUPS_IN_A_LINE = 4


def recovery_sheet(facts: RecoverySheetFacts, texts: PaperTexts, coverage: Coverage) -> Paper:
    """Return one page: for which store, the key in groups, and where it belongs."""
    wording = Wording(texts, LANGUAGE)
    cells = CellMaker(wording, coverage, ())
    rows = [
        FactRow(label=cells.label(f"recovery.{field}"), cell=cells.plain(text))
        for field, text in (
            ("store", facts.store_name),
            ("location", facts.location),
            ("officer", facts.officer),
            ("made-on", cells.dates.day(facts.made_on)),
        )
    ]
    groups, size = facts.key_groups, GROUPS_IN_A_LINE
    lines = ["\u2002 ".join(groups[start : start + size]) for start in range(0, len(groups), size)]
    key = Paragraph(cell=Cell(text="\n".join(lines)), role=TextRole.CODE)
    advice = tuple(
        Paragraph(cell=Cell(text=wording.text(f"recovery.advice.{number}"))) for number in (1, 2, 3)
    )
    return Paper(
        name=NAME,
        title=wording.phrase("recovery.title"),
        language=LANGUAGE,
        reference="",
        set_number="",
        version=1,
        status=PaperStatus.FINAL,
        subtitle=wording.text("recovery.subtitle"),
        classification=wording.phrase("recovery.classification"),
        footer=wording.text("recovery.footer"),
        made_at=facts.made_at,
        author_role=wording.text("recovery.author"),
        sections=(
            Section(heading=wording.phrase("recovery.for"), blocks=(cells.facts(rows, "recovery.for"),)),
            Section(heading=wording.phrase("recovery.key"), blocks=(key,), stays_together=True),
            Section(heading=wording.phrase("recovery.advice"), blocks=advice),
            Section(
                heading=wording.phrase("recovery.sealed"),
                blocks=(signatures(cells, (("officer", facts.officer),)),),
                stays_together=True,
            ),
        ),
        words=frame_words(cells, PaperStatus.FINAL),
    )
