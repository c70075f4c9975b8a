"""What officers type, and what the program answers when it cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import KnownProblem
from app.domain.incomplete_date import IncompleteDate
from app.domain.incomplete_date_entry import parse


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1990", "1990"),
        ("03-1990", "1990-03"),
        ("3/1990", "1990-03"),
        ("1990-03", "1990-03"),
        ("14-3-1990", "1990-03-14"),
        ("14.03.1990", "1990-03-14"),
        ("14 03 1990", "1990-03-14"),
        ("14–3–1990", "1990-03-14"),
        ("1990-03-14", "1990-03-14"),
        ("14 maart 1990", "1990-03-14"),
        ("14 MRT. 1990", "1990-03-14"),
        ("14 March 1990", "1990-03-14"),
        ("?? mei 1988", "1988-05"),
        ("mei 1988", "1988-05"),
        ("00-05-1988", "1988-05"),
        ("xx-xx-1988", "1988"),
        ("ca. 1989", "~1989"),
        ("circa 1989", "~1989"),
        ("± 1989", "~1989"),
        ("~1989", "~1989"),
        ("onbekend", "?"),
        (" Onbekend ", "?"),
        ("??-??-????", "?"),
        ("19900000", "1990"),
        ("19750100", "1975-01"),
        ("19830526", "1983-05-26"),
        ("00000000", "?"),
    ],
)
def test_forms_that_are_read(typed: str, text: str) -> None:
    assert parse(typed).text == text


@pytest.mark.parametrize(
    ("typed", "code", "params"),
    [
        ("", "DateEmpty", {}),
        ("31-11-2026", "DayNotInNovember", {"suggestion": "30-11-2026"}),
        ("20261131", "DayNotInNovember", {"suggestion": "30-11-2026"}),
        ("31 april 1990", "DayNotInApril", {"suggestion": "30-04-1990"}),
        ("31-6-1990", "DayNotInJune", {"suggestion": "30-06-1990"}),
        ("31-9-1990", "DayNotInSeptember", {"suggestion": "30-09-1990"}),
        ("29-2-2023", "DayNotInFebruary", {"year": "2023", "days": "28", "suggestion": "28-02-2023"}),
        ("32-1-1990", "NoSuchDay", {}),
        ("3-14-1990", "DayAndMonthSwapped", {"suggestion": "14-03-1990"}),
        ("14-14-1990", "NoSuchMonth", {"month": "14"}),
        ("14031990", "DigitsNotClear", {"suggestion": "14-03-1990"}),
        ("14-3-90", "TwoDigitYear", {"suggestion": "14-03-1990"}),
        ("14-3-05", "TwoDigitYearEither", {"first": "14-03-1905", "second": "14-03-2005"}),
        ("90", "TwoDigitYear", {"suggestion": "1990"}),
        ("ca. 90", "TwoDigitYear", {"suggestion": "ca. 1990"}),
        ("ca. mei 1989", "ApproximateOnlyYear", {"year": "1989"}),
        ("14-?-1990", "DayWithoutMonth", {"year": "1990"}),
        ("14-3", "YearMissing", {}),
        ("14-03", "YearMissing", {}),
        ("14 maart", "YearMissing", {}),
        ("mei", "YearMissing", {}),
        ("1369", "YearOutOfRange", {"year": "1369"}),
        ("0", "DateNotUnderstood", {}),
        ("gisteren", "DateNotUnderstood", {}),
        ("1-1-1990-3", "DateNotUnderstood", {}),
        ("14-3-199", "DateNotUnderstood", {}),
        ("1" * 10_000, "DateNotUnderstood", {}),
        ("14\x003\x001990", "DateNotUnderstood", {}),
    ],
)
def test_what_is_not_clear_is_asked(typed: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(KnownProblem) as caught:
        parse(typed)
    assert (caught.value.code, caught.value.params) == (code, params)
    assert caught.value.message % caught.value.params


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9?x~ca. \-/]{1,14}\Z"))
def test_any_text_is_read_or_answered(typed: str) -> None:
    try:
        value = parse(typed)
    except KnownProblem as problem:
        said = problem.message % problem.params
    else:
        said = IncompleteDate.from_text(value.text).text
    assert said


@given(st.from_regex(r"\A[0-9]{4}\Z"))
def test_a_year_never_becomes_a_day(typed: str) -> None:
    try:
        value = parse(typed)
    except KnownProblem:
        return
    assert value.month is None
    assert value.day is None
