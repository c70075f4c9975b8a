"""Dates, numbers and names as design.md writes them."""

from datetime import UTC, date, datetime

import pytest

from app.i18n import formats, set_language


def test_three_ways_to_say_a_date() -> None:
    day = date(2026, 11, 24)
    assert formats.day(day, today=date(2026, 1, 1)) == "di 24 nov"
    assert formats.day(day, today=date(2027, 1, 1)) == "di 24 nov 2026"
    assert formats.fact(date(2024, 3, 14)) == "14-03-2024"
    assert formats.deed("2026-11-18T09:12:00Z") == "wo 18 nov 2026, 10:12"
    assert formats.day_in_full(day) == "dinsdag 24 november 2026"
    assert formats.month(1988, 5) == "mei 1988"
    assert formats.month_name(5) == "mei"


@pytest.mark.parametrize(
    ("month", "short"),
    list(enumerate(["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"], 1)),
)
def test_months_are_short_and_without_a_stop(month: int, short: str) -> None:
    assert formats.day(date(2026, month, 3), today=date(2026, 1, 1)).endswith(f" 3 {short}")


def test_moments_are_shown_in_dutch_time_in_summer_and_winter() -> None:
    assert formats.deed(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "do 2 jul 2026, 00:30"
    # The night the clock goes back has two times 02:30; both are shown as the clock says.
    assert formats.clock(formats.local("2026-10-25T00:30:00Z")) == "02:30"
    assert formats.clock(formats.local("2026-10-25T01:30:00Z")) == "02:30"


def test_a_moment_without_a_zone_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        formats.local(datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="does not match"):
        formats.local("2026-01-01 10:00")


def test_numbers_amounts_and_weights() -> None:
    assert formats.number(12345) == "12.345"
    assert formats.money(123450, "EUR") == "€\N{NO-BREAK SPACE}1.234,50"
    assert formats.weight(23000) == "23\N{NO-BREAK SPACE}kg"
    assert formats.weight(7500) == "7,5\N{NO-BREAK SPACE}kg"
    assert formats.percentage(21, 50) == "42%"


def test_names_in_a_sentence() -> None:
    assert formats.listed([]) == ""
    assert formats.listed(["Amina"]) == "Amina"
    assert formats.listed(["Amina", "Yusuf", "Leyla"]) == "Amina, Yusuf en Leyla"


def test_english_has_its_own_order() -> None:
    set_language("en")
    assert formats.fact(date(2024, 3, 14)) == "14/03/2024"
    assert formats.listed(["Amina", "Yusuf"]) == "Amina and Yusuf"
    assert formats.number(12345) == "12,345"
