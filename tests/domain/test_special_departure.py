"""The checklist of a special departure: answered, not arranged; reasons where they are due."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.content.load import load
from app.domain.special_departure import LineAnswer, LineNeed, checklist, completeness

CONTENT = load(Path(__file__).resolve().parents[2] / "resources" / "content")
LINES = CONTENT.departure_checklist
ANSWERS = {choice.code: choice for choice in CONTENT.choices("vertrek", "antwoord-check")}
KINDS = [kind.code for kind in CONTENT.departure_kinds]
ARRANGED, NOT_NEEDED = "antwoord-check.geregeld", "antwoord-check.niet-nodig"


def test_a_line_is_asked_as_strongly_as_the_strongest_kind() -> None:
    by_code = {each.line.code: each.need for each in checklist(LINES, ["GEZ"])}
    assert by_code["C22"] is LineNeed.REQUIRED
    assert "C19" not in by_code
    both = {each.line.code: each.need for each in checklist(LINES, ["GEZ", "MED"])}
    assert both["C03"] is LineNeed.REQUIRED
    assert checklist(LINES, []) == ()


def test_an_unknown_kind_asks_every_line_if_applicable() -> None:
    assert {each.need for each in checklist(LINES, ["NIEUW"])} == {LineNeed.IF_APPLICABLE}


def test_not_needed_counts_only_with_its_reason() -> None:
    asked = checklist(LINES, ["BEG"])
    everything = {each.line.code: LineAnswer(ARRANGED) for each in asked}
    assert completeness(asked, everything, ANSWERS).is_complete
    bare = completeness(asked, everything | {"C01": LineAnswer(NOT_NEEDED, "  ")}, ANSWERS)
    assert [line.code for line in bare.without_reason] == ["C01"]
    assert not bare.is_complete
    assert completeness(asked, everything | {"C01": LineAnswer(NOT_NEEDED, "reden")}, ANSWERS).is_complete


def test_disputed_unknown_and_empty_answers_count_as_none() -> None:
    asked = checklist(LINES, ["BEG"])
    everything = {each.line.code: LineAnswer(ARRANGED) for each in asked}
    for answer in (LineAnswer(ARRANGED, disputed=True), LineAnswer("iets-nieuws"), LineAnswer()):
        found = completeness(asked, everything | {"C01": answer}, ANSWERS)
        assert [line.code for line in found.open_lines] == ["C01"]


@given(st.sets(st.sampled_from(KINDS), min_size=1), st.dictionaries(
    st.sampled_from([line.code for line in LINES]),
    st.builds(LineAnswer, code=st.sampled_from([*ANSWERS, ""]), reason=st.sampled_from(["", "reden"])),
))  # fmt: skip
def test_more_kinds_never_ask_less_and_the_counts_add_up(
    kinds: set[str], answers: dict[str, LineAnswer]
) -> None:
    asked = checklist(LINES, kinds)
    found = completeness(asked, answers, ANSWERS)
    assert found.answered + len(found.open_lines) + len(found.without_reason) == found.required
    assert found.is_complete == (found.answered == found.required)
    for kind in kinds:
        assert {each.line.code for each in checklist(LINES, [kind])} <= {each.line.code for each in asked}
