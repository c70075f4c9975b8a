"""The four lights: nothing is guessed, and what ends before the departure is not enough."""

from datetime import date

import pytest

from app.domain import lights
from app.domain.kinds.person import Availability, RemovabilityCheck
from app.domain.kinds.sensitive import Measure
from app.domain.lights import Light, PaperStanding, Standing

TODAY, FLIGHT = date(2026, 11, 23), date(2026, 12, 17)
PACK = "0123456789abcdef:"


def check(id_: str, outcome: str, answered: str | None, until: str | None = None) -> RemovabilityCheck:
    return RemovabilityCheck(
        id=id_,
        scope="p",
        outcome=f"{PACK}mag-vertrekken.{outcome}",
        answered_at=answered,
        asked_at="2026-11-01T09:00:00Z",
        valid_until=until,
        answered_by="IND",
    )


def may_leave(*checks: RemovabilityCheck, unsure: frozenset[str] = frozenset()) -> Light:
    return lights.may_leave(checks, unsure, FLIGHT, TODAY, lambda moment: date.fromisoformat(moment[:10]))


@pytest.mark.parametrize(
    ("outcome", "until", "standing", "word"),
    [
        ("ja", None, Standing.GOOD, "yes"),
        ("ja", "2026-12-17", Standing.GOOD, "yes"),  # on the day itself it still holds
        ("ja", "2026-12-16", Standing.WATCH, "too short"),
        ("ja", "2026-11-22", Standing.LATE, "lapsed"),
        ("nee", None, Standing.REFUSED, "no"),
        ("gevraagd", None, Standing.WATCH, "asked"),
        ("onbekend", None, Standing.UNKNOWN, "unknown"),
    ],
)
def test_the_answer_and_its_end_decide(
    outcome: str, until: str | None, standing: Standing, word: str
) -> None:
    found = may_leave(check("a", outcome, "2026-11-12T09:00:00Z", until))
    assert (found.standing, found.word, found.on, found.by) == (standing, word, date(2026, 11, 12), "IND")


def test_the_latest_answer_counts_and_one_that_was_only_asked_has_the_day_of_asking() -> None:
    older, newer = check("b", "ja", "2026-11-02T09:00:00Z"), check("a", "nee", "2026-11-12T09:00:00Z")
    assert may_leave(newer, older).standing is Standing.REFUSED
    assert may_leave(check("a", "gevraagd", None)).on == date(2026, 11, 1)


def test_nothing_written_down_and_two_values_are_unknown() -> None:
    assert may_leave() == lights.UNKNOWN
    found = may_leave(check("a", "ja", "2026-11-12T09:00:00Z"), unsure=frozenset({"a"}))
    assert found.standing is Standing.UNKNOWN
    assert lights.available((), frozenset()) == lights.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "standing"),
    [("ja", Standing.GOOD), ("nee", Standing.REFUSED), ("onbekend", Standing.UNKNOWN)],
)
def test_availability_by_the_day_last_looked_at(answer: str, standing: Standing) -> None:
    looked = [
        Availability(id="a", scope="p", answer=f"{PACK}ja-nee-onbekend.{answer}", checked_on="2026-11-20"),
        Availability(id="b", scope="p", answer=f"{PACK}ja-nee-onbekend.nee", checked_on="2026-11-19"),
    ]
    found = lights.available(looked, frozenset())
    assert (found.standing, found.on) == (standing, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("from_on", "to_on", "standing"),
    [
        ("2024-03-14", None, Standing.INFO),
        ("2024-03-14", "2026-11-23", Standing.INFO),
        ("2024-03-14", "2026-11-22", Standing.NONE),
        ("2026-11-24", None, Standing.NONE),
        (None, None, Standing.INFO),
    ],
)
def test_only_a_measure_in_force_today_is_shown(
    from_on: str | None, to_on: str | None, standing: Standing
) -> None:
    made = Measure(id="a", scope="p", kind=f"{PACK}maatregel.art56", from_on=from_on, to_on=to_on)
    found = lights.measure([made], frozenset(), TODAY, lambda _code: "art. 56")
    assert found.standing is standing
    assert lights.measure([made], frozenset({"a"}), TODAY, str) == lights.UNKNOWN


@pytest.mark.parametrize(
    ("paper", "standing", "word"),
    [
        (PaperStanding(held=True, valid_until=date(2026, 12, 17)), Standing.GOOD, "valid"),
        (PaperStanding(held=True, valid_until=date(2026, 12, 16)), Standing.LATE, "too short"),
        (PaperStanding(held=True, valid_until=date(2026, 11, 22)), Standing.LATE, "expired"),
        (PaperStanding(held=True), Standing.UNKNOWN, "until when?"),
        (PaperStanding(asked=True), Standing.WATCH, "requested"),
        (PaperStanding(), Standing.WATCH, "not there"),
    ],
)
def test_the_document_is_measured_against_the_flight(
    paper: PaperStanding, standing: Standing, word: str
) -> None:
    found = lights.document(paper, FLIGHT, TODAY)
    assert (found.standing, found.word) == (standing, word)
