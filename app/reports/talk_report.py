"""The Dutch report of a departure talk: who was there, what was said, what is agreed (werkproces, sections
3 and 4).
"""

from app.domain.gap import Gap
from app.domain.glyphs import Coverage
from app.domain.paper import Block, Cell, FactRow, Grid, Paper, Paragraph, Phrase, Section
from app.domain.talk_facts import Attendee, TalkNote, TalkReportFacts
from app.reports.cell_maker import CellMaker
from app.reports.paper_head import assemble, signatures
from app.reports.wording import PaperTexts, Wording

NAME = "gesprek"
LANGUAGE = "nl"


def talk_report(
    facts: TalkReportFacts, gaps: tuple[Gap, ...], texts: PaperTexts, coverage: Coverage
) -> Paper:
    """Return the report. The phase is printed only when `facts` carries it."""
    cells = CellMaker(Wording(texts, LANGUAGE), coverage, gaps)
    sections = (
        _frame(facts, cells),
        _attendees(facts, cells),
        *_steps(facts, cells),
        _notes(facts, cells),
        _circumstances(facts, cells),
        *_checklist(facts, cells),
        _agreements(facts, cells),
        _signing(facts, cells),
    )
    return assemble(NAME, facts, gaps, cells, sections)


def _frame(facts: TalkReportFacts, cells: CellMaker) -> Section:
    day = cells.dates.day(facts.held_on)
    times = "–".join(time for time in (facts.started_at, facts.ended_at) if time)
    held = f"{day}, {times}" if times else day
    rows = [
        FactRow(label=cells.label("talk.family"), cell=cells.plain(facts.family, "talk.family")),
        FactRow(label=cells.label("talk.kind"), cell=cells.plain(facts.kind)),
        FactRow(label=cells.label("talk.held-on"), cell=cells.plain(held)),
        cells.row(facts.location, "talk.location"),
        cells.row(facts.goal, "talk.goal"),
    ]
    if facts.phase is not None:
        rows.append(FactRow(label=cells.label("talk.phase"), cell=cells.plain(facts.phase)))
    return Section(heading=cells.wording.phrase("talk.frame"), blocks=(cells.facts(rows, "talk.frame"),))


def _attendees(facts: TalkReportFacts, cells: CellMaker) -> Section:
    rows: list[FactRow | None] = [
        FactRow(
            label=cells.label("talk.attendees"),
            cell=_attendee(each, place, cells),
        )
        for place, each in enumerate(facts.attendees, start=1)
    ]
    if cells.number("talk.attendees"):
        rows.append(FactRow(label=cells.label("talk.attendees"), cell=cells.plain("", "talk.attendees")))
    rows += [cells.row(facts.interpreter, "talk.interpreter"), cells.row(facts.recording, "talk.recording")]
    return Section(heading=cells.wording.phrase("talk.present"), blocks=(cells.facts(rows, "talk.present"),))


def _attendee(each: Attendee, place: int, cells: CellMaker) -> Cell:
    text = f"{each.name}, {each.role}" if each.role else each.name
    return cells.plain(text, "talk.attendees", place, native=each.native)


def _steps(facts: TalkReportFacts, cells: CellMaker) -> tuple[Section, ...]:
    if not facts.steps:
        return ()
    rows = tuple(
        (
            cells.plain(step.title),
            cells.plain(
                "–" if step.minutes is None else cells.wording.text("talk.minutes", count=step.minutes)
            ),
        )
        for step in facts.steps
    )
    return (_grid_section("talk.steps", ("talk.step", "talk.step-minutes"), rows, (4, 1), cells),)


def _notes(facts: TalkReportFacts, cells: CellMaker) -> Section:
    blocks: list[Block] = [_note(note, place, cells) for place, note in enumerate(facts.notes, start=1)]
    if cells.number("talk.notes"):
        blocks.append(Paragraph(cell=cells.plain("", "talk.notes")))
    return Section(heading=cells.wording.phrase("talk.notes"), blocks=tuple(blocks))


def _note(note: TalkNote, place: int, cells: CellMaker) -> Paragraph:
    """Facts, literal words, explanation and opinion are told apart by their label (NG-01)."""
    key = f"talk.note.{note.kind.value}"
    label = (
        cells.wording.phrase(f"{key}-by", speaker=note.speaker) if note.speaker else cells.wording.phrase(key)
    )
    text = cells.wording.text("talk.quoted", text=note.text) if note.kind.value == "quote" else note.text
    return Paragraph(cell=cells.plain(text, "talk.note", place), label=label)


def _circumstances(facts: TalkReportFacts, cells: CellMaker) -> Section:
    rows: list[FactRow | None] = [
        FactRow(
            label=Phrase(cells.printable(each.topic)),
            cell=cells.cell(each.answer, "talk.circumstance", place),
        )
        for place, each in enumerate(facts.circumstances, start=1)
    ]
    if cells.number("talk.circumstances"):
        rows.append(
            FactRow(label=cells.label("talk.circumstances"), cell=cells.plain("", "talk.circumstances"))
        )
    heading = cells.wording.phrase("talk.circumstances")
    return Section(heading=heading, blocks=(cells.facts(rows, "talk.circumstances"),))


def _checklist(facts: TalkReportFacts, cells: CellMaker) -> tuple[Section, ...]:
    if not facts.checklist:
        return ()
    rows = tuple(
        (
            cells.plain(item.text),
            cells.plain(cells.wording.text(f"answer.{item.answer.value}") if item.answer else "–"),
            cells.plain(item.note or "–"),
        )
        for item in facts.checklist
    )
    columns = ("talk.item", "talk.answer", "talk.item-note")
    return (_grid_section("talk.checklist", columns, rows, (5, 2, 4), cells),)


def _agreements(facts: TalkReportFacts, cells: CellMaker) -> Section:
    heading = cells.wording.phrase("talk.agreements")
    rows = tuple(
        (
            cells.plain(each.who),
            cells.plain(each.what, "talk.agreements", place),
            cells.cell(each.due, "talk.agreement-due", place, say=cells.dates.day),
        )
        for place, each in enumerate(facts.agreements, start=1)
    )
    if rows:
        columns = ("talk.who", "talk.what", "talk.due")
        blocks: tuple[Block, ...] = _grid_section("talk.agreements", columns, rows, (3, 6, 3), cells).blocks
    else:
        none = cells.wording.text("talk.no-agreements") if facts.no_agreements else ""
        blocks = (Paragraph(cell=cells.plain(none, "talk.agreements")),)
    next_talk = cells.row(facts.next_talk, "talk.next-talk", say=cells.dates.local_time)
    following = cells.facts([next_talk], "field.talk.next-talk")
    return Section(heading=heading, blocks=(*blocks, following) if following.rows else blocks)


def _signing(facts: TalkReportFacts, cells: CellMaker) -> Section:
    boxes = signatures(cells, (("officer", facts.head.made_by),))
    return Section(heading=cells.wording.phrase("talk.signing"), blocks=(boxes,), stays_together=True)


def _grid_section(
    key: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    weights: tuple[int, ...],
    cells: CellMaker,
) -> Section:
    head = tuple(cells.label(column) for column in columns)
    grid = Grid(head=head, rows=rows, weights=weights, summary=cells.wording.text(key))
    return Section(heading=cells.wording.phrase(key), blocks=(grid,))
