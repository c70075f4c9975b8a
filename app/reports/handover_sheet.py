"""Sheet 1, *Overdrachtsblad vertrek*: who, the journey, and what the next party must do (bijzonder-vertrek,
b.3).
"""

from app.domain.answer import Known, NotShared, known_text
from app.domain.gap import Gap
from app.domain.glyphs import Coverage
from app.domain.handover_facts import Flight, HandoverSheetFacts, TravelCondition
from app.domain.paper import Cell, CellKind, FactRow, Grid, Paper, Paragraph, Section, TextRole
from app.reports.cell_maker import CellMaker
from app.reports.paper_head import assemble, signatures
from app.reports.wording import PaperTexts, Wording

NAME = "blad1"
LANGUAGE = "nl"


def handover_sheet(
    facts: HandoverSheetFacts, gaps: tuple[Gap, ...], texts: PaperTexts, coverage: Coverage
) -> Paper:
    """Return sheet 1. Find `gaps` on the full facts, then pass `for_audience(facts, ...)` here."""
    cells = CellMaker(Wording(texts, LANGUAGE), coverage, gaps)
    sections = (
        _who(facts, cells),
        _journey(facts, cells),
        _request(facts, cells),
        *_conditions(facts, cells),
        *_receiver(facts, cells),
        _health(facts, cells),
        _belongings(facts, cells),
        _contact(facts, cells),
        _takeover(facts, cells),
    )
    return assemble(NAME, facts, gaps, cells, sections)


def _who(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    who, day = facts.identity, cells.dates.day
    rows = [
        cells.row(who.surname, "identity.surname"),
        cells.row(who.given_names, "identity.given-names"),
        cells.row(who.call_name, "identity.call-name"),
        _birth_date(facts, cells),
        cells.row(who.sex, "identity.sex"),
        cells.row(who.recognition, "identity.recognition"),
        cells.row(who.v_number, "identity.v-number", is_code=True),
        cells.row(who.document_kind, "identity.document-kind"),
        cells.row(who.document_number, "identity.document-number", is_code=True),
        cells.row(who.document_valid_until, "identity.document-valid-until", say=day),
        cells.row(who.language, "identity.language"),
        cells.row(who.interpreter, "identity.interpreter"),
        cells.row(who.literacy, "identity.literacy"),
    ]
    for place, each in enumerate(who.travels_with, start=1):
        parts = [each.name, each.relation]
        parts += [cells.wording.text("sheet1.companion-set", set=each.set_number)] * bool(each.set_number)
        text = ", ".join(part for part in parts if part)
        cell = cells.plain(text, "identity.companion", place)
        rows.append(FactRow(label=cells.label("identity.travels-with"), cell=cell))
    return Section(heading=cells.wording.phrase("sheet1.who"), blocks=(cells.facts(rows, "sheet1.who"),))


def _birth_date(facts: HandoverSheetFacts, cells: CellMaker) -> FactRow | None:
    who = facts.identity
    born = who.birth_date
    if isinstance(born, Known) and known_text(who.birth_date_self_declared) == "yes":
        said = cells.wording.text("sheet1.self-declared", day=cells.dates.day(born.text))
        return cells.row(Known(said, born.native, born.source, born.as_of), "identity.birth-date")
    return cells.row(born, "identity.birth-date", say=cells.dates.day)


def _journey(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    trip, time = facts.journey, cells.dates.local_time
    rows = [
        cells.row(trip.pickup_at, "journey.pickup-at", say=time),
        cells.row(trip.pickup_place, "journey.pickup-place"),
        cells.row(trip.carrier, "journey.carrier"),
        *(_flight(flight, place, cells) for place, flight in enumerate(trip.flights, start=1)),
    ]
    if not trip.flights:
        rows.append(FactRow(label=cells.label("journey.flights"), cell=cells.plain("", "journey.flights")))
    rows.append(cells.row(trip.escort_kind, "journey.escort-kind"))
    for place, escort in enumerate(trip.escorts, start=1):
        text = ", ".join(part for part in (escort.name, escort.organisation, escort.phone) if part)
        rows.append(
            FactRow(label=cells.label("journey.escorts"), cell=cells.plain(text, "journey.escorts", place))
        )
    if cells.number("journey.escorts"):
        rows.append(FactRow(label=cells.label("journey.escorts"), cell=cells.plain("", "journey.escorts")))
    if not isinstance(trip.airline_notice, NotShared):
        rows.append(cells.row(trip.airline_notice, "journey.airline-notice"))
    rows += _departure_check(facts, cells)
    return Section(
        heading=cells.wording.phrase("sheet1.journey"), blocks=(cells.facts(rows, "sheet1.journey"),)
    )


def _flight(flight: Flight, place: int, cells: CellMaker) -> FactRow:
    say = cells.dates.local_time
    departs = " ".join(
        part for part in (flight.departs_from, say(flight.departs_at, flight.departs_zone)) if part
    )
    arrives = " ".join(
        part for part in (flight.arrives_in, say(flight.arrives_at, flight.arrives_zone)) if part
    )
    lines = [flight.number]
    lines += [cells.wording.text("sheet1.departs", text=departs)] * bool(departs)
    lines += [cells.wording.text("sheet1.arrives", text=arrives)] * bool(arrives)
    cell = cells.plain("\n".join(line for line in lines if line), "journey.flight", place)
    return FactRow(label=cells.wording.phrase("sheet1.flight", number=place), cell=cell)


def _departure_check(facts: HandoverSheetFacts, cells: CellMaker) -> list[FactRow | None]:
    check = facts.journey.departure_check
    outcome = {True: "answer.yes", False: "answer.no"}.get(check.may_depart)  # type: ignore[arg-type]
    text = cells.wording.text(outcome) if outcome else ""
    return [
        FactRow(label=cells.label("journey.may-depart"), cell=cells.plain(text, "journey.may-depart")),
        cells.row(check.checked_at, "journey.check-at", say=cells.dates.local_time),
        cells.row(check.checked_with, "journey.check-with"),
    ]


def _request(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    asked = facts.request
    kinds = ", ".join(cells.wording.text(f"kind.{kind.value}") for kind in sorted(asked.kinds))
    rows = [
        cells.row(asked.must_not, "request.must-not"),
        cells.row(asked.stop_rule, "request.stop-rule"),
        cells.row(asked.report_to_name, "request.report-to-name"),
        cells.row(asked.report_to_phone, "request.report-to-phone"),
        FactRow(label=cells.label("request.kinds"), cell=cells.plain(kinds, "request.kinds")),
    ]
    lead = Paragraph(cell=cells.cell(asked.request, "request.request"), role=TextRole.LEAD)
    return Section(
        heading=cells.wording.phrase("sheet1.request"), blocks=(lead, cells.facts(rows, "sheet1.request"))
    )


def _conditions(facts: HandoverSheetFacts, cells: CellMaker) -> tuple[Section, ...]:
    """One row per condition; who set it and how it was arranged only where the receiver may see that."""
    heading = cells.wording.phrase("sheet1.conditions")
    if not facts.conditions:
        row = cells.row(facts.conditions_asked, "condition.asked")
        return (Section(heading=heading, blocks=(cells.facts([row], "sheet1.conditions"),)),) * (
            row is not None
        )
    is_internal = not any(isinstance(each.source, NotShared) for each in facts.conditions)
    columns = (
        ("condition.code", "condition.source", "condition.arranged") if is_internal else ("condition.code",)
    )
    pen = Cell(text=cells.label("condition.carried-out").text, kind=CellKind.WRITE_IN)
    rows = tuple(
        (_condition(each, place, cells), *(_condition_proof(each, cells) if is_internal else ()), pen)
        for place, each in enumerate(facts.conditions, start=1)
    )
    head = tuple(cells.label(code) for code in (*columns, "condition.carried-out"))
    weights = (5, 4, 5, 5) if is_internal else (5, 6)
    grid = Grid(head=head, rows=rows, weights=weights, summary=cells.wording.text("sheet1.conditions"))
    return (Section(heading=heading, blocks=(grid,)),)


def _condition(each: TravelCondition, place: int, cells: CellMaker) -> Cell:
    text = cells.wording.text(f"condition.{each.code.value}")
    text = f"{text}: {each.description}" if each.description else text
    return cells.plain(text, "condition.item", place)


def _condition_proof(each: TravelCondition, cells: CellMaker) -> tuple[Cell, Cell]:
    said = cells.cell(each.source, "condition.source")
    by = cells.cell(each.arranged_by, "condition.arranged-by").text
    on = cells.cell(each.arranged_on, "condition.arranged-on", say=cells.dates.day).text
    proof = cells.cell(each.evidence, "condition.evidence").text
    contact = cells.cell(each.contact_person, "condition.contact-person").text
    lines = (", ".join(part for part in (by, on) if part), proof, contact)
    return said, Cell(text="\n".join(line for line in lines if line))


def _receiver(facts: HandoverSheetFacts, cells: CellMaker) -> tuple[Section, ...]:
    party, day = facts.receiver, cells.dates.day
    rows = [
        cells.row(party.name, "receiver.name"),
        cells.row(party.phone, "receiver.phone"),
        cells.row(party.confirmed_on, "receiver.confirmed-on", say=day),
        cells.row(party.reconfirmed_at, "receiver.reconfirmed-at", say=cells.dates.local_time),
        cells.row(party.on_call, "receiver.on-call"),
        cells.row(party.second_receiver, "receiver.second"),
    ]
    if not isinstance(party.payer, NotShared):
        rows += [
            cells.row(party.payer, "receiver.payer"),
            cells.row(party.paid_until, "receiver.paid-until", say=day),
        ]
    if not any(rows):
        return ()
    return (
        Section(
            heading=cells.wording.phrase("sheet1.receiver"), blocks=(cells.facts(rows, "sheet1.receiver"),)
        ),
    )


def _health(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    def say(text: str) -> str:
        key = f"health.{text}"
        return cells.wording.text(key) if cells.wording.has(key) else text

    rows = [
        cells.row(facts.health_information, "health.information", say=say),
        cells.row(facts.health_information_on, "health.information-on", say=cells.dates.day),
    ]
    return Section(
        heading=cells.wording.phrase("sheet1.health"), blocks=(cells.facts(rows, "sheet1.health"),)
    )


def _belongings(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    goods = facts.belongings
    rows = [
        cells.row(goods.bags_counted, "belongings.bags-counted", say=cells.dates.day),
        cells.row(goods.valuables, "belongings.valuables"),
        cells.row(goods.documents, "belongings.documents"),
        cells.row(goods.left_behind, "belongings.left-behind"),
    ]
    bags = tuple(
        (
            cells.plain(bag.description),
            cells.plain(bag.mark or "–"),
            cells.plain(_kilograms(bag.weight_g)),
            cells.plain(bag.label or "–"),
        )
        for bag in goods.bags
    )
    head = tuple(cells.label(f"bag.{part}") for part in ("description", "mark", "weight", "label"))
    summary = cells.wording.text("sheet1.belongings")
    grid = (Grid(head=head, rows=bags, weights=(6, 5, 3, 4), summary=summary),) * bool(bags)
    table = cells.facts(rows, "sheet1.belongings")
    return Section(heading=cells.wording.phrase("sheet1.belongings"), blocks=(table, *grid))


def _kilograms(grams: int | None) -> str:
    """Return a weight as "23,5 kg"; a dash when nobody weighed."""
    return "–" if grams is None else f"{grams / 1000:.1f} kg".replace(".", ",")


def _contact(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    rows = [
        cells.row(facts.contact_name, "contact.name"),
        cells.row(facts.contact_phone, "contact.phone"),
        cells.row(facts.deputy_name, "contact.deputy-name"),
        cells.row(facts.deputy_phone, "contact.deputy-phone"),
    ]
    return Section(
        heading=cells.wording.phrase("sheet1.contact"), blocks=(cells.facts(rows, "sheet1.contact"),)
    )


def _takeover(facts: HandoverSheetFacts, cells: CellMaker) -> Section:
    escort = facts.journey.escorts[0].name if len(facts.journey.escorts) == 1 else ""
    boxes = signatures(cells, (("officer", facts.head.made_by), ("escort", escort), ("receiver", "")))
    return Section(heading=cells.wording.phrase("sheet1.takeover"), blocks=(boxes,), stays_together=True)
