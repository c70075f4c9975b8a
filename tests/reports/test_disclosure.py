"""What a sheet may not say has no field; what it must say is a gap until it is said."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from app.domain.answer import NOT_SHARED, OPEN, Answer, Known, NotApplicable, Unknown
from app.domain.disclosure_json import canonical_json, checksum
from app.domain.gap import Gap, GapReason
from app.domain.handover_facts import Audience, DepartureKind, HandoverSheetFacts, Journey
from app.domain.handover_gap import handover_gaps
from app.domain.paper_gap import receipt_gaps, talk_gaps
from app.domain.paper_text import cell_text, paper_as_text, paper_lines
from app.domain.receipt_facts import ReceiptFacts
from app.domain.talk_facts import TalkReportFacts
from app.reports.coverage import font_coverage
from app.reports.render import render
from tests.reports.papers import CONCEPT, EMPTY_HEAD, PAPERS, receipt_paper, sheet_paper
from tests.reports.sample import LIMITS, RECEIPT, SHEET, TALK
from tests.reports.validation import text_of

FORBIDDEN = ("diagnos", "medicine", "medication", "asylum", "crim", "procedure", "safe_address", "secret")


def field_names(kind: type[Any]) -> set[str]:
    """Every field name that a class of facts can reach."""
    names: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        names.add(name)
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner) and isinstance(inner, type) and get_origin(inner) is None:
                names |= field_names(inner)
    return names


@pytest.mark.parametrize("kind", [HandoverSheetFacts, ReceiptFacts, TalkReportFacts])
def test_there_is_no_field_for_what_may_not_be_said(kind: type[Any]) -> None:
    assert not [name for name in field_names(kind) for part in FORBIDDEN if part in name]


def test_a_receipt_has_no_number_and_no_reason() -> None:
    assert not {"v_number", "kinds", "stop_rule", "phase"} & field_names(ReceiptFacts)


def codes(gaps: tuple[Gap, ...]) -> list[str]:
    return [gap.code for gap in gaps]


def gaps_of(facts: HandoverSheetFacts) -> tuple[Gap, ...]:
    return handover_gaps(facts, LIMITS, font_coverage())


def test_a_whole_sheet_has_no_gaps() -> None:
    assert gaps_of(SHEET) == ()
    assert receipt_gaps(RECEIPT, font_coverage()) == ()
    assert talk_gaps(TALK, font_coverage()) == ()


def test_an_empty_sheet_names_every_required_field() -> None:
    found = codes(gaps_of(HandoverSheetFacts(head=EMPTY_HEAD)))
    assert found[:4] == ["head.valid-until", "head.copy-for", "identity.surname", "identity.given-names"]
    assert {"journey.flights", "journey.may-depart", "request.kinds", "health.information"} <= set(found)
    assert not {"request.stop-rule", "receiver.name", "identity.recognition"} & set(found)


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        (
            DepartureKind.MEDICAL,
            {"request.stop-rule", "receiver.on-call", "receiver.payer", "condition.asked"},
        ),
        (DepartureKind.CHILD_ALONE, {"request.stop-rule", "receiver.second", "identity.recognition"}),
        (DepartureKind.FAMILY, set()),
        (DepartureKind.ELDERLY, {"request.stop-rule", "receiver.payer", "condition.asked"}),
        (DepartureKind.TRAFFICKING, {"receiver.name", "receiver.confirmed-on"}),
        (DepartureKind.ESCORTED, {"request.stop-rule", "journey.escorts", "identity.recognition"}),
    ],
)
def test_the_kind_of_departure_decides_what_is_required(kind: DepartureKind, required: set[str]) -> None:
    request = replace(HandoverSheetFacts(head=EMPTY_HEAD).request, kinds=frozenset({kind}))
    bare = set(codes(gaps_of(HandoverSheetFacts(head=EMPTY_HEAD))))
    assert set(codes(gaps_of(HandoverSheetFacts(head=EMPTY_HEAD, request=request)))) - bare >= required


def test_unknown_counts_only_with_a_reason() -> None:
    def reason(answer: Answer) -> list[GapReason]:
        return [gap.reason for gap in gaps_of(replace(SHEET, identity=replace(SHEET.identity, sex=answer)))]

    assert reason(Unknown("reisdocument nog niet gezien")) == []
    assert reason(Unknown(" ")) == [GapReason.NO_REASON]
    assert reason(Known(" ")) == [GapReason.MISSING]
    assert reason(OPEN) == [GapReason.MISSING]


@pytest.mark.parametrize(
    ("checked_at", "may_depart", "expected"),
    [
        ("2026-12-07T15:30", True, []),
        ("2026-11-16T10:00", True, [GapReason.TOO_OLD]),
        ("2026-12-08T10:00", True, [GapReason.TOO_OLD]),
        ("2026-12-07T15:30", False, [GapReason.REFUSED]),
        ("2026-12-07T15:30", None, [GapReason.MISSING]),
    ],
)
def test_an_old_or_missing_check_blocks_final(
    checked_at: str, may_depart: bool | None, expected: list[GapReason]
) -> None:
    check = replace(SHEET.journey.departure_check, checked_at=Known(checked_at), may_depart=may_depart)
    facts = replace(SHEET, journey=replace(SHEET.journey, departure_check=check))
    assert [gap.reason for gap in gaps_of(facts)] == expected
    assert sheet_paper(facts).status.value == ("concept" if expected else "final")


def test_a_physical_handover_needs_contact_and_confirmation() -> None:
    _, handover = SHEET.conditions
    facts = replace(SHEET, conditions=(SHEET.conditions[0], replace(handover, confirmation=OPEN)))
    assert gaps_of(facts) == (Gap("condition.item", GapReason.NOT_ARRANGED, 2),)


def test_the_receiver_confirms_again_shortly_before() -> None:
    early = replace(SHEET.receiver, reconfirmed_at=Known("2026-12-06T15:00"))
    assert gaps_of(replace(SHEET, receiver=early)) == (Gap("receiver.reconfirmed-at", GapReason.TOO_EARLY),)
    none = replace(SHEET.receiver, second_receiver=NotApplicable("geen"))
    assert codes(gaps_of(replace(SHEET, receiver=none))) == ["receiver.second"]


def test_a_flight_without_a_time_is_a_gap_of_that_flight() -> None:
    first, second = SHEET.journey.flights
    flights = (first, replace(second, arrives_at=""))
    facts = replace(SHEET, journey=replace(SHEET.journey, flights=flights))
    assert gaps_of(facts) == (Gap("journey.flight", GapReason.INCOMPLETE, 2),)
    assert codes(gaps_of(replace(SHEET, journey=Journey()))) != []


def test_an_escort_does_not_see_who_set_a_condition_or_who_pays() -> None:
    text = paper_as_text(sheet_paper(SHEET, Audience.ESCORT))
    assert "mantelzorg" in text
    assert "bijlage" not in text
    assert "Wie betaalt" not in text
    assert "MEDIF" not in text


def test_silence_about_special_circumstances_is_a_gap_and_none_is_an_answer() -> None:
    first, *rest = TALK.circumstances
    silent = replace(TALK, circumstances=(replace(first, answer=OPEN), *rest))
    assert talk_gaps(silent, font_coverage()) == (Gap("talk.circumstance", GapReason.MISSING, 1),)


def test_the_phase_is_printed_only_when_asked() -> None:
    assert "Fase" not in paper_as_text(PAPERS["talk"]())
    assert "Fase: fase 3, overwegen" in paper_as_text(PAPERS["talk-phase"]())


def test_canonical_json_is_stable_and_tells_answers_apart() -> None:
    assert checksum(SHEET) == checksum(replace(SHEET))
    assert canonical_json(SHEET).decode().startswith('{"«HandoverSheetFacts»":{"belongings"')
    variants: list[Answer] = [Unknown("x"), NotApplicable("x"), Known("x"), OPEN, NOT_SHARED]
    sums = {checksum(replace(SHEET, contact_name=answer)) for answer in variants}
    assert len(sums) == len(variants)


def test_the_text_says_what_the_page_says() -> None:
    made = sheet_paper(CONCEPT)
    lines = paper_lines(made)
    printed = "".join(text_of(render(made)).split())
    for line in lines:
        for word in line.value.split():
            if word.isascii() and word.isalpha():
                assert word in printed
    assert {line.gap for line in lines if line.gap} == {gap.number for gap in made.gaps}
    assert "Al-Khalidi (الخالدي)" in paper_as_text(made)
    born = next(row.cell for row in made.sections[0].blocks[0].rows if row.label.text == "Geboren")  # type: ignore[union-attr]
    assert cell_text(born, made.words).startswith(
        "twee waarden, nog niet gekozen (1): 8 juni 1991, volgens J. Terpstra"
    )


def test_planted_markers_reach_only_the_paper_they_are_on() -> None:
    planted = replace(SHEET.identity, v_number=Known("PLANTEDV"), recognition=Known("PLANTEDR"))
    texts = paper_as_text(sheet_paper(replace(SHEET, identity=planted)))
    assert "PLANTEDV" in texts
    assert "PLANTED" not in paper_as_text(receipt_paper(RECEIPT))
    assert "niet gedeeld" not in paper_as_text(receipt_paper(RECEIPT))


def test_every_field_of_the_sheet_stands_on_it() -> None:
    """A field that nobody prints would be asked for nothing."""
    text = paper_as_text(sheet_paper(SHEET))
    parts = (SHEET.identity, SHEET.journey, SHEET.request, SHEET.receiver, SHEET.belongings)
    for part in parts:
        for each in fields(part):
            answer = getattr(part, each.name)
            if isinstance(answer, Known) and answer.text.isalpha() and answer.text not in {"yes", "received"}:
                assert answer.text in text, each.name
