"""Sheet 7, the receipt: two languages side by side, filled in by pen at the handover (bijzonder-vertrek,
b.3 K, L).
"""

from app.domain.answer import Answer
from app.domain.gap import Gap
from app.domain.glyphs import Coverage
from app.domain.paper import Block, Cell, CellKind, Choice, FactRow, FillIn, Paper, Phrase, Section
from app.domain.receipt_facts import ReceiptFacts
from app.reports.cell_maker import CellMaker
from app.reports.date_words import DateWords
from app.reports.paper_head import assemble, signatures
from app.reports.wording import PaperTexts, Wording

NAME = "blad7"
LANGUAGE = "nl"


def receipt(facts: ReceiptFacts, gaps: tuple[Gap, ...], texts: PaperTexts, coverage: Coverage) -> Paper:
    """Return the receipt in Dutch beside `facts.beside_language` ("en" or "fr")."""
    cells = CellMaker(Wording(texts, LANGUAGE, facts.beside_language), coverage, gaps)
    sections = (_person(facts, cells), _outcome(cells), _goods(cells), _signing(cells))
    return assemble(NAME, facts, gaps, cells, sections)


def _person(facts: ReceiptFacts, cells: CellMaker) -> Section:
    dates, beside = cells.dates, DateWords(cells.wording, beside=True)
    flight = facts.flight
    arrival = [flight.number, flight.arrives_in]
    here = ", ".join(
        part for part in (*arrival, dates.local_time(flight.arrives_at, flight.arrives_zone)) if part
    )
    there = ", ".join(
        part for part in (*arrival, beside.local_time(flight.arrives_at, flight.arrives_zone)) if part
    )
    number = cells.number("receipt.flight")
    landed = Cell(text=cells.printable(here), beside=cells.printable(there), gap=number)
    rows = [
        cells.row(facts.name, "receipt.name"),
        _dated(facts.birth_date, "receipt.birth-date", cells, beside),
        cells.row(facts.language, "receipt.language"),
        FactRow(label=cells.label("receipt.flight"), cell=landed),
        cells.row(facts.sender, "receipt.sender"),
        cells.row(facts.officer, "receipt.officer"),
        cells.row(facts.phone, "receipt.phone"),
        cells.row(facts.receiver, "receipt.receiver"),
        cells.row(facts.bag_count, "receipt.bag-count"),
        cells.row(facts.document_count, "receipt.document-count"),
        cells.row(facts.sealed_envelope, "receipt.sealed-envelope"),
    ]
    return Section(
        heading=cells.wording.phrase("receipt.person"), blocks=(cells.facts(rows, "receipt.person"),)
    )


def _dated(answer: Answer, code: str, cells: CellMaker, beside: DateWords) -> FactRow | None:
    """Return a row with the day in both languages; the Dutch cell also decides whether it is known."""
    row = cells.row(answer, code, say=cells.dates.day)
    if row is None or row.cell.kind is not CellKind.KNOWN:
        return row
    other = cells.cell(answer, code, say=beside.day).text
    cell = Cell(
        text=row.cell.text, native=row.cell.native, beside=other, note=row.cell.note, gap=row.cell.gap
    )
    return FactRow(label=row.label, cell=cell)


def _outcome(cells: CellMaker) -> Section:
    say = cells.wording.phrase
    outcomes = tuple(
        say(f"receipt.outcome.{each}") for each in ("admitted", "appointment", "family", "refused")
    )
    blocks: tuple[Block, ...] = (
        Choice(label=say("receipt.taken-over"), options=_yes_no(cells)),
        Choice(label=say("receipt.outcome"), options=outcomes, write_in=say("receipt.outcome.remark")),
    )
    return Section(heading=say("receipt.handover"), blocks=blocks, stays_together=True)


def _goods(cells: CellMaker) -> Section:
    say = cells.wording.phrase
    blocks: tuple[Block, ...] = (
        Choice(label=say("receipt.envelope-intact"), options=(*_yes_no(cells), say("answer.not-applicable"))),
        Choice(label=say("receipt.complete"), options=_yes_no(cells), write_in=say("receipt.remark")),
    )
    return Section(heading=say("receipt.goods"), blocks=blocks, stays_together=True)


def _signing(cells: CellMaker) -> Section:
    say = cells.wording.phrase
    fields = ("name", "position", "organisation", "phone", "place")
    lines: tuple[Block, ...] = tuple(FillIn(label=say(f"receipt.by.{field}")) for field in fields)
    boxes = signatures(cells, (("receiver", ""), ("escort", ""), ("person", "")))
    return Section(heading=say("receipt.signing"), blocks=(*lines, boxes), stays_together=True)


def _yes_no(cells: CellMaker) -> tuple[Phrase, ...]:
    return cells.wording.phrase("answer.yes"), cells.wording.phrase("answer.no")
