"""Reads a date as an officer types it: from a passport, a register print or by ear.

Accepted: `1990`, `03-1990`, `14-3-1990`, `14 maart 1990`, `?? mei 1988`, `ca. 1989`, `onbekend`, ISO forms,
and the eight digits of the population register with zeros for what is unknown (`19750100`). Day goes before
month. Nothing is guessed: what is not clear is refused with a sentence that offers the likely reading.
"""

import re
from typing import Final

from app.domain.errors import KnownProblem
from app.domain.incomplete_date import (
    FIRST_YEAR,
    LAST_YEAR,
    UNKNOWN_DATE,
    IncompleteDate,
    Precision,
    days_in,
)
from app.domain.incomplete_date_problems import (
    ApproximateOnlyYear,
    DateEmpty,
    DateNotUnderstood,
    DayAndMonthSwapped,
    DayNotInApril,
    DayNotInFebruary,
    DayNotInJune,
    DayNotInNovember,
    DayNotInSeptember,
    DayWithoutMonth,
    DigitsNotClear,
    NoSuchDay,
    NoSuchMonth,
    TwoDigitYear,
    TwoDigitYearEither,
    WholeDateNeeded,
    YearMissing,
    YearOutOfRange,
)

MONTH_WORDS: Final = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "maart mrt mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_ABOUT: Final = frozenset(("ca", "circa", "about", "ongeveer", "rond", "omstreeks", "plm"))
_UNKNOWN: Final = frozenset(("onbekend", "onb", "unknown"))
_LONGEST: Final = 60
_ZEROES: Final = tuple(["0" * count] for count in range(1, 8))  # eight zeros say unknown, fewer are a slip
_TOKEN = re.compile(r"[0-9]+|\?+|[^\W\d_]+", re.ASCII)
_SEPARATORS = re.compile(r"[\s\-/.,]*", re.ASCII)


_SHORT_MONTHS: Final[dict[int, type[KnownProblem]]] = {
    2: DayNotInFebruary,
    4: DayNotInApril,
    6: DayNotInJune,
    9: DayNotInSeptember,
    11: DayNotInNovember,
}


def parse_whole(typed: str) -> IncompleteDate:
    """A date of which no part may be missing. Raises `WholeDateNeeded`, or what `parse` raises."""
    found = parse(typed)
    if found.precision is not Precision.FULL:
        raise WholeDateNeeded
    return found


def parse(typed: str) -> IncompleteDate:
    """The date that was typed. Raises one of the problems above; never guesses a part."""
    tokens = _tokens(typed)
    if tokens[0] in _ABOUT:
        return _approximate(tokens[1:])
    if all(token in _UNKNOWN or _is_unknown(token) for token in tokens) and tokens not in _ZEROES:
        return UNKNOWN_DATE
    if len(tokens) == 1:
        return _one(tokens[0])
    if len(tokens) == 2:
        first, second = tokens
        if _is_year(first):
            first, second = second, first
        if _number_or_zero(first) > 12 and len(second) <= 2:
            raise YearMissing
        return _build("?", first, second)
    if len(tokens) == 3:
        if _is_year(tokens[0]):
            tokens.reverse()
        return _build(*tokens)
    raise DateNotUnderstood


def _tokens(typed: str) -> list[str]:
    """Digits, unknown marks and words in lower case; only separators may stand between them."""
    text = typed.strip().lower()
    if not text:
        raise DateEmpty
    if len(text) > _LONGEST:
        raise DateNotUnderstood
    text = text.replace("±", "ca ").replace("~", "ca ")
    # A dash of any length is pasted from letters and registers.
    for dash in "\u2010\u2011\u2012\u2013\u2014":
        text = text.replace(dash, "-")
    tokens = _TOKEN.findall(text)
    if not tokens or not _SEPARATORS.fullmatch(_TOKEN.sub("", text)):
        raise DateNotUnderstood
    return ["?" if set(token) <= {"?"} or set(token) <= {"x"} else token for token in tokens]


def _is_unknown(token: str) -> bool:
    return set(token) in ({"?"}, {"0"})


def _is_year(token: str) -> bool:
    return token.isdigit() and len(token) == 4


def _approximate(tokens: list[str]) -> IncompleteDate:
    if not tokens:
        raise DateNotUnderstood
    year = _year(tokens[-1], "ca. ")
    if len(tokens) > 1:
        raise ApproximateOnlyYear(year=f"{year:04}")
    return IncompleteDate(year, approximate=True)


def _one(token: str) -> IncompleteDate:
    if token.isdigit() and len(token) == 8:
        return _eight_digits(token)
    if token in MONTH_WORDS:
        raise YearMissing
    if len(token) == 1:
        raise DateNotUnderstood
    return IncompleteDate(_year(token, ""))


def _eight_digits(token: str) -> IncompleteDate:
    """Year, month, day without separators; `00` is unknown."""
    if FIRST_YEAR <= int(token[:4]) <= LAST_YEAR:
        return _build(token[6:], token[4:6], token[:4])
    if FIRST_YEAR <= int(token[4:]) <= LAST_YEAR:
        turned = _build(token[:2], token[2:4], token[4:])
        raise DigitsNotClear(suggestion=typed_form(turned))
    raise YearOutOfRange(year=token[:4])


def _build(day: str, month: str, year: str) -> IncompleteDate:
    """A date from three tokens of which day and month may be unknown."""
    if _is_unknown(year) or year in MONTH_WORDS:
        raise YearMissing
    known_month = None if _is_unknown(month) else _month(month)
    known_day = None if _is_unknown(day) else _number(day)
    before = "" if known_month is None else f"{known_month:02}-"
    before = before if known_day is None else f"{known_day:02}-{before}"
    known_year = _year(year, before)
    if known_month is None:
        if known_day is not None:
            raise DayWithoutMonth(year=f"{known_year:04}")
        return IncompleteDate(known_year)
    if known_month > 12:
        raise _wrong_month(known_day, known_month, known_year)
    if known_day is not None:
        _check_day(known_year, known_month, known_day)
    return IncompleteDate(known_year, known_month, known_day)


def _year(token: str, before: str) -> int:
    """Four digits; two are answered with a question, `before` is what stood in front of them."""
    number = _number(token)
    if len(token) == 2:
        if number >= 50:
            raise TwoDigitYear(suggestion=f"{before}{1900 + number}")
        raise TwoDigitYearEither(first=f"{before}{1900 + number}", second=f"{before}{2000 + number}")
    if len(token) == 1:
        raise YearMissing
    if len(token) == 3:
        raise DateNotUnderstood
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise YearOutOfRange(year=token)
    return number


def _month(token: str) -> int:
    return MONTH_WORDS.get(token) or _number(token)


def _number(token: str) -> int:
    if not token.isdigit() or len(token) > 4:
        raise DateNotUnderstood
    return int(token)


def _number_or_zero(token: str) -> int:
    return int(token) if token.isdigit() else 0


def _wrong_month(day: int | None, month: int, year: int) -> KnownProblem:
    if day is not None and 1 <= day <= 12 and month <= days_in(year, day):
        return DayAndMonthSwapped(suggestion=typed_form(IncompleteDate(year, day, month)))
    return NoSuchMonth(month=str(month))


def _check_day(year: int, month: int, day: int) -> None:
    last = days_in(year, month)
    if day <= last:
        return
    if day > 31:
        raise NoSuchDay
    suggestion = typed_form(IncompleteDate(year, month, last))
    if month == 2:
        raise DayNotInFebruary(year=f"{year:04}", days=str(last), suggestion=suggestion)
    raise _SHORT_MONTHS[month](suggestion=suggestion)


def typed_form(value: IncompleteDate) -> str:
    """The form a field shows while editing: `14-03-1990`, `03-1990`, `1990`, `ca. 1989`, `?`.

    `parse(typed_form(value)) == value` for every value.
    """
    if value.year is None:
        return "?"
    if value.approximate:
        return f"ca. {value.year:04}"
    month = "" if value.month is None else f"{value.month:02}-"
    day = "" if value.day is None else f"{value.day:02}-"
    return f"{day}{month}{value.year:04}"
