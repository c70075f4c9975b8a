"""The overview for a new case officer: who the family is, what runs, what was agreed."""

from app.domain.glyphs import Coverage
from app.domain.overview_facts import OverviewFacts
from app.domain.paper import Block, Cell, FactRow, Grid, Paper, PaperStatus, Paragraph, Section
from app.reports.cell_maker import CellMaker
from app.reports.paper_head import frame_words
from app.reports.wording import PaperTexts, Wording

NAME = "overzicht"
LANGUAGE = "nl"


def overview_sheet(facts: OverviewFacts, texts: PaperTexts, coverage: Coverage) -> Paper:
    """Return the paper; where two values stand it is a concept and holds both."""
    wording = Wording(texts, LANGUAGE)
    cells = CellMaker(wording, coverage, ())
    status = PaperStatus.CONCEPT if facts.disputed else PaperStatus.FINAL
    return Paper(
        name=NAME,
        title=wording.phrase("overview.title"),
        language=LANGUAGE,
        reference="",
        set_number="",
        version=1,
        status=status,
        subtitle=wording.text("overview.subtitle"),
        classification=wording.phrase("overview.classification"),
        footer=wording.text("overview.footer"),
        made_at=facts.made_at,
        author_role=wording.text("overview.author"),
        sections=(
            Section(heading=wording.phrase("overview.family"), blocks=(_family(facts, cells),)),
            Section(heading=wording.phrase("overview.members"), blocks=(_members(facts, cells),)),
            Section(heading=wording.phrase("overview.requests"), blocks=(_requests(facts, cells),)),
            Section(heading=wording.phrase("overview.steps"), blocks=(_steps(facts, cells),)),
        ),
        words=frame_words(cells, status),
    )


def _family(facts: OverviewFacts, cells: CellMaker) -> Block:
    rows = (
        ("family", facts.family),
        ("number", facts.number),
        ("location", facts.location),
        ("since", facts.since),
        ("phase", facts.phase),
        ("from", facts.from_officer),
        ("to", facts.to_officer),
        ("returns-on", _day(facts.returns_on, cells)),
        ("note", facts.note),
        ("made-on", _day(facts.made_on, cells)),
    )
    made = [
        FactRow(label=cells.label(f"overview.{field}"), cell=cells.plain(text))
        for field, text in rows
        if text
    ]
    return cells.facts(made, "overview.family")


def _members(facts: OverviewFacts, cells: CellMaker) -> Block:
    return _grid(
        cells,
        "members",
        ("name", "role", "born", "numbers", "language"),
        (32, 18, 16, 18, 16),
        [
            (cells.plain(each.name, native=each.native), *map(cells.plain, (each.role, each.born)),
             *map(cells.plain, (each.number, each.language)))
            for each in facts.members
        ],
    )  # fmt: skip


def _requests(facts: OverviewFacts, cells: CellMaker) -> Block:
    rows = [
        tuple(map(cells.plain, (each.title, each.state, _day(each.on, cells)))) for each in facts.requests
    ]
    return _grid(cells, "requests", ("request", "state", "on"), (44, 38, 18), rows)


def _steps(facts: OverviewFacts, cells: CellMaker) -> Block:
    rows = [tuple(map(cells.plain, (each.what, each.who, _day(each.on, cells)))) for each in facts.steps]
    return _grid(cells, "steps", ("what", "who", "due"), (58, 22, 20), rows)


def _grid(
    cells: CellMaker,
    part: str,
    head: tuple[str, ...],
    weights: tuple[int, ...],
    rows: list[tuple[Cell, ...]],
) -> Block:
    """A table, or a line that says there is nothing."""
    if not rows:
        return Paragraph(cell=Cell(text=cells.wording.text(f"overview.{part}.none")))
    return Grid(
        head=tuple(cells.label(f"overview.{name}") for name in head),
        rows=tuple(rows),
        weights=weights,
        summary=cells.wording.text(f"overview.{part}"),
    )


def _day(text: str, cells: CellMaker) -> str:
    return cells.dates.day(text) if text else ""
