"""What is not known is said in words."""

from datetime import date

import pytest

from app.domain.incomplete_date import IncompleteDate
from app.domain.incomplete_date_words import say, say_age


def words(text: str) -> str:
    return say(
        IncompleteDate.from_text(text),
        translate=str,
        month_name=lambda number: ("May", "June")[number - 5],
        day_text=lambda day: day.strftime("%d-%m-%Y"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1988-05-14", "14-05-1988"),
        ("1988-05", "May 1988, day unknown"),
        ("1988", "1988, month and day unknown"),
        ("~1988", "ca. 1988"),
        ("?", "date unknown"),
    ],
)
def test_each_case_has_its_words(text: str, said: str) -> None:
    assert words(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1988-05-14", "age 38"),
        ("1988-11", "age 37 or 38"),
        ("1988", "age 37 or 38"),
        ("~1988", "age unknown"),
        ("?", "age unknown"),
    ],
)
def test_an_age_is_certain_or_said_to_be_one_of_two(text: str, said: str) -> None:
    assert say_age(IncompleteDate.from_text(text), date(2026, 11, 24), translate=str) == said
