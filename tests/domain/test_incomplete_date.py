"""A date that is not whole stays not whole: round trips, order and ages, without a single guess."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.incomplete_date import (
    BIRTH_MONTH_NOW,
    DATE_AHEAD,
    DATE_APPROXIMATE,
    DATE_UNKNOWN,
    DAY_UNKNOWN,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_UNKNOWN,
    UNKNOWN_DATE,
    IncompleteDate,
    Precision,
    Unknown,
    birthday,
)
from app.domain.incomplete_date_entry import parse, typed_form

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
NOWADAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def dates() -> st.SearchStrategy[IncompleteDate]:
    """All five cases, each about as often."""
    return st.one_of(
        DAYS.map(IncompleteDate.of),
        st.builds(IncompleteDate, YEARS, st.integers(1, 12)),
        st.builds(IncompleteDate, YEARS),
        st.builds(IncompleteDate, YEARS, approximate=st.just(True)),
        st.just(UNKNOWN_DATE),
    )


@given(dates())
def test_text_typed_form_and_register_form_come_back(value: IncompleteDate) -> None:
    assert IncompleteDate.from_text(value.text) == value
    assert parse(typed_form(value)) == value
    assert parse(value.text) == value
    assert len(value.brp) == 8
    if value.precision is not Precision.APPROXIMATE:
        assert parse(value.brp) == value


@given(st.lists(dates(), min_size=2, max_size=6))
def test_the_order_is_total_and_agrees_with_the_sort_key(values: list[IncompleteDate]) -> None:
    ordered = sorted(values)
    assert [value.sort_key for value in ordered] == sorted(value.sort_key for value in values)
    for one, other in itertools.pairwise(ordered):
        assert one <= other
        assert (one < other) + (other < one) + (one == other) == 1


@given(dates(), dates())
def test_what_surely_came_first_sorts_first(one: IncompleteDate, other: IncompleteDate) -> None:
    if one.latest and other.earliest and one.latest < other.earliest:
        assert one < other


@given(dates(), NOWADAYS)
def test_an_age_is_right_for_every_day_it_can_be(value: IncompleteDate, today: date) -> None:
    age = value.age_on(today)
    if isinstance(age, Unknown):
        assert value.precision is not Precision.FULL or age == DATE_AHEAD
        return
    assert value.earliest is not None
    assert value.latest is not None
    assert {IncompleteDate.of(day).age_on(today) for day in (value.earliest, value.latest)} == {age}
    assert value.age_between(today) == (age, age)


@given(dates(), NOWADAYS)
def test_less_than_a_month_never_gives_an_age_or_a_day(value: IncompleteDate, today: date) -> None:
    if value.precision not in (Precision.FULL, Precision.MONTH):
        assert isinstance(value.age_on(today), Unknown)
    known = value.precision is Precision.FULL and not value.is_ahead(today)
    assert isinstance(value.turns(18, today), date) == known


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(1, 30))
def test_the_age_changes_on_the_birthday_and_not_before(born: date, age: int) -> None:
    value = IncompleteDate.of(born)
    day = value.turns(age, born)
    assert day == birthday(born, age)
    assert value.age_on(birthday(born, age)) == age
    assert value.age_on(birthday(born, age) - timedelta(days=1)) == age - 1


@given(dates(), NOWADAYS)
def test_the_bounds_of_an_age_hold(value: IncompleteDate, today: date) -> None:
    between = value.age_between(today)
    if between is None or value.earliest is None:
        return
    lowest, highest = between
    assert 0 <= lowest <= highest <= lowest + 1
    assert IncompleteDate.of(value.earliest).age_on(today) == highest


def test_the_register_rule_for_the_birth_month() -> None:
    born = IncompleteDate(1975, 5)
    assert born.age_on(date(2026, 4, 30)) == 50
    assert born.age_on(date(2026, 5, 1)) is BIRTH_MONTH_NOW
    assert born.age_on(date(2026, 5, 31)) is BIRTH_MONTH_NOW
    assert born.age_on(date(2026, 6, 1)) == 51


def test_a_leap_day_counts_as_the_first_of_march() -> None:
    born = IncompleteDate(2004, 2, 29)
    assert born.turns(18, date(2026, 11, 23)) == date(2022, 3, 1)
    assert born.turns(20, date(2026, 11, 23)) == date(2024, 2, 29)
    assert born.age_on(date(2022, 2, 28)) == 17


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (UNKNOWN_DATE, DATE_UNKNOWN),
        (IncompleteDate(1989, approximate=True), DATE_APPROXIMATE),
        (IncompleteDate(1990), MONTH_UNKNOWN),
        (IncompleteDate(1990, 3), DAY_UNKNOWN),
    ],
)
def test_no_day_of_turning_eighteen_without_the_whole_date(value: IncompleteDate, reason: Unknown) -> None:
    assert value.turns(18, date(2026, 11, 23)) == reason


@pytest.mark.parametrize(
    "value", [IncompleteDate(2026, 11, 24), IncompleteDate(2026, 12), IncompleteDate(2027)]
)
def test_nothing_is_computed_from_a_date_that_lies_ahead(value: IncompleteDate) -> None:
    today = date(2026, 11, 23)
    assert value.age_on(today) == value.turns(18, today) == DATE_AHEAD
    assert value.age_between(today) is None
    later = date(2029, 1, 1)
    assert DATE_AHEAD not in (value.age_on(later), value.turns(18, later))


def test_the_year_alone_still_tells_between_which_days() -> None:
    assert IncompleteDate(2010).turns_between(18) == (date(2028, 1, 1), date(2028, 12, 31))
    assert IncompleteDate(2010).age_between(date(2026, 11, 24)) == (15, 16)


def test_an_approximate_year_is_never_written_to_the_register_as_certain() -> None:
    assert IncompleteDate(1989, approximate=True).brp == "00000000"


@pytest.mark.parametrize(
    "text", ["", "1990-3", "1990-02-30", "0000", "~1990-03", "1990-00", " 1990", "1990\n", "١٩٩٠"]
)
def test_other_text_is_not_a_stored_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"text form|day|month|year"):
        IncompleteDate.from_text(text)


@pytest.mark.parametrize(
    "parts",
    [
        (None, 3),
        (1990, None, 4),
        (1990, 13),
        (1990, 2, 30),
        (1500,),
        (1990, 3, None, True),
        (None, None, None, True),
    ],
)
def test_a_date_that_cannot_be_is_not_made(parts: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match=r"day|month|year"):
        IncompleteDate(*parts)  # type: ignore[arg-type]
