"""The card of a device on paper: name, six groups of digits, QR code, and how a colleague compares."""

from app.domain.disclosure import CardSheetFacts
from app.domain.glyphs import Coverage
from app.domain.paper import Cell, FactRow, Paper, PaperStatus, Paragraph, ScanCode, Section, TextRole
from app.reports.cell_maker import CellMaker
from app.reports.paper_head import frame_words
from app.reports.wording import PaperTexts, Wording

NAME = "kaart"
LANGUAGE = "nl"
GROUPS_IN_A_LINE = 3


def card_sheet(facts: CardSheetFacts, texts: PaperTexts, coverage: Coverage) -> Paper:
    """Return one page."""
    wording = Wording(texts, LANGUAGE)
    cells = CellMaker(wording, coverage, ())
    rows = [
        FactRow(label=cells.label(f"card.{field}"), cell=cells.plain(text))
        for field, text in (
            ("officer", facts.officer),
            ("location", facts.location),
            ("made-on", cells.dates.day(facts.made_on)),
        )
    ]
    groups, size = facts.groups, GROUPS_IN_A_LINE
    lines = ["\u2003 ".join(groups[start : start + size]) for start in range(0, len(groups), size)]
    code = ScanCode(
        code_text=facts.code_text,
        picture_text=wording.text("card.code.picture"),
        caption=wording.phrase("card.code.caption"),
    )
    advice = tuple(Paragraph(cell=Cell(text=wording.text(f"card.advice.{at}"))) for at in (1, 2, 3, 4))
    digits = Paragraph(cell=Cell(text="\n".join(lines)), role=TextRole.CODE)
    return Paper(
        name=NAME,
        title=wording.phrase("card.title"),
        language=LANGUAGE,
        reference="",
        set_number="",
        version=1,
        status=PaperStatus.FINAL,
        subtitle=wording.text("card.subtitle"),
        classification=wording.phrase("card.classification"),
        footer=wording.text("card.footer"),
        made_at=facts.made_at,
        author_role=wording.text("card.author"),
        sections=(
            Section(heading=wording.phrase("card.of"), blocks=(cells.facts(rows, "card.of"),)),
            Section(heading=wording.phrase("card.groups"), blocks=(digits,), stays_together=True),
            Section(heading=wording.phrase("card.code"), blocks=(code,), stays_together=True),
            Section(heading=wording.phrase("card.advice"), blocks=advice),
        ),
        words=frame_words(cells, PaperStatus.FINAL),
    )
