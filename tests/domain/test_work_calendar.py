"""Counting days: month ends, working days over weekends and holidays, and what cannot be known."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.work_calendar import Length, Unit, WorkCalendar, shift

EASTER_2026 = WorkCalendar(
    holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27)}), years=frozenset({2026})
)
DAYS = st.datetimes(
    min_value=datetime.fromisoformat("2000-01-01"), max_value=datetime.fromisoformat("2080-12-31")
)
AMOUNTS = st.integers(min_value=0, max_value=400)


def moved(start: date, amount: int, unit: Unit, *, back: bool = False) -> date | None:
    """Shift a day over the calendar of Easter 2026."""
    found = shift(datetime.combine(start, time.min), Length(amount, unit), EASTER_2026, back=back)
    return found and found.date()


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 10, 12), 2, date(2026, 12, 12)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last_one(start: date, months: int, due: date) -> None:
    assert moved(start, months, Unit.MONTH) == due


def test_three_working_days_before_friday_is_tuesday() -> None:
    assert moved(date(2026, 11, 27), 3, Unit.WORKING_DAY, back=True) == date(2026, 11, 24)


def test_working_days_step_over_easter_and_the_weekend() -> None:
    assert moved(date(2026, 4, 2), 1, Unit.WORKING_DAY) == date(2026, 4, 7)
    assert moved(date(2026, 4, 7), 1, Unit.WORKING_DAY, back=True) == date(2026, 4, 2)


def test_a_year_whose_holidays_are_not_known_gives_no_working_day() -> None:
    assert moved(date(2026, 12, 30), 2, Unit.WORKING_DAY) is None
    assert moved(date(2026, 12, 30), 2, Unit.DAY) == date(2027, 1, 1)


def test_hours_are_counted_from_the_moment() -> None:
    flight = datetime.fromisoformat("2026-12-17T10:30")
    assert shift(flight, Length(48, Unit.HOUR), EASTER_2026, back=True) == datetime.fromisoformat(
        "2026-12-15T10:30"
    )


def test_beyond_the_calendar_is_unknown_and_not_a_crash() -> None:
    assert moved(date(9999, 12, 1), 12, Unit.MONTH) is None
    assert moved(date(9999, 12, 31), 1, Unit.DAY) is None


@given(DAYS, AMOUNTS, st.sampled_from([Unit.DAY, Unit.WEEK, Unit.HOUR]))
def test_plain_units_go_there_and_back(start: datetime, amount: int, unit: Unit) -> None:
    there = shift(start, Length(amount, unit), WorkCalendar())
    assert there is not None
    assert there >= start
    assert shift(there, Length(amount, unit), WorkCalendar(), back=True) == start


@given(DAYS, AMOUNTS)
def test_months_keep_the_day_or_take_the_last_of_the_month(start: datetime, amount: int) -> None:
    due = shift(start, Length(amount, Unit.MONTH), WorkCalendar())
    assert due is not None
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == amount
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@given(st.dates(date(2026, 2, 1), date(2026, 11, 1)), st.integers(0, 15), st.booleans())
def test_a_working_day_is_never_a_free_day_and_the_count_is_right(
    start: date, amount: int, back: bool
) -> None:
    due = moved(start, amount, Unit.WORKING_DAY, back=back)
    assert due is not None
    first, last = sorted((start, due))
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counted = [day for day in between if day != start and not EASTER_2026.is_free(day)]
    assert len(counted) == amount
    assert amount == 0 or not EASTER_2026.is_free(due)
