"""Dates, moments, numbers and lists of names as people here write them (design.md, Type).

Three ways to say a date, one for each purpose: "di 24 nov" for what comes, "14-03-2024" for a fact on a paper,
"wo 18 nov 2026, 10:12" for a deed. Moments are kept in UTC and shown in the time of the Netherlands, whatever the
clock of the laptop says. Incomplete dates have words of their own in the domain.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from app.i18n.catalogue import Language, language

SHOWN_ZONE: Final = "Europe/Amsterdam"

_LOCALES: Final[dict[Language, str]] = {"nl": "nl_NL", "en": "en_GB", "xx": "nl_NL"}
_FACT: Final[dict[Language, str]] = {"nl": "dd-MM-y", "en": "dd/MM/y", "xx": "dd-MM-y"}
_GRAMS_PER_KG: Final = 1000
_KB: Final = 1_000
_MB: Final = 1_000_000


def locale() -> Locale:
    """Return Babel's locale for the language that speaks."""
    return _locale(language())


@cache
def _locale(spoken: Language) -> Locale:
    return Locale.parse(_LOCALES[spoken])


def day(value: date, today: date) -> str:
    """Return a date to look forward or back to: "di 24 nov", with the year when it is not this year's."""
    pattern = "EEE d MMM" if value.year == today.year else "EEE d MMM y"
    return format_date(value, pattern, locale=locale())


def short_day(value: date) -> str:
    """Return a date where there is little room: "17 dec"."""
    return format_date(value, "d MMM", locale=locale())


def day_in_full(value: date) -> str:
    """Return a date for running text and headings: "dinsdag 24 november 2026"."""
    return format_date(value, "EEEE d MMMM y", locale=locale())


def fact(value: date) -> str:
    """Return a date that is a fact: "14-03-2024"."""
    return format_date(value, _FACT[language()], locale=locale())


def month(year: int, month_number: int) -> str:
    """Return a month of a year: "november 2026"."""
    return format_date(date(year, month_number, 1), "MMMM y", locale=locale())


def month_name(month_number: int) -> str:
    """Return the name of a month (1 to 12) inside a sentence: "mei"."""
    return str(locale().months["format"]["wide"][month_number])


def local(moment: datetime | str, zone: str = SHOWN_ZONE) -> datetime:
    """Return a UTC moment (aware, or the text form of the records, "2026-11-18T09:12:00Z") in `zone`.

    Raises ValueError for a naive datetime or another text: a moment without a zone is a mistake of ours.
    """
    if isinstance(moment, str):
        moment = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(ZoneInfo(zone))


def deed(moment: datetime | str) -> str:
    """Return when something was done, Dutch time: "wo 18 nov 2026, 10:12"."""
    shown = local(moment)
    return f"{format_date(shown.date(), 'EEE d MMM y', locale=locale())}, {clock(shown)}"


def clock(value: datetime) -> str:
    """Return hours and minutes as the clock in `value` stands: "10:12". No zone is applied."""
    # Babel would bring a naive or aware value to UTC first; the clock face is asked for.
    return format_time(value.time(), "HH:mm", locale=locale())


def number(value: int | Decimal) -> str:
    """Return a number with grouping: "12.345"."""
    return format_decimal(value, locale=locale())


def percentage(part: int, whole: int) -> str:
    """Return `part` of `whole` (more than 0) in whole per cents: "42 %" or "42%" as the language has it."""
    return format_percent(Decimal(part) / Decimal(whole), locale=locale())


def money(cents: int, currency: str) -> str:
    """Return an amount in an ISO 4217 currency of two decimals: "€ 1.234,50", with hard spaces."""
    return format_currency(
        Decimal(cents) / 100, currency, locale=locale(), currency_digits=False, format=_money_pattern()
    )


def _money_pattern() -> str:
    return str(locale().currency_formats["standard"].pattern)


def amount(cents: int) -> str:
    """Return an amount of which the currency is said elsewhere: "1.234,50"."""
    return format_decimal(Decimal(cents) / 100, "#,##0.00", locale=locale())


def size(count: int) -> str:
    """Return the size of a file of so many bytes: "1 kB", "34 kB", "2,1 MB"."""
    if count < _MB:
        return f"{number(max(-(-count // _KB), 1))} kB"
    tenths = -(-count * 10 // _MB)
    return f"{number(Decimal(tenths) / 10)} MB"


def weight(grams: int) -> str:
    """Return a weight in kilograms, at most one decimal: "23 kg", "7,5 kg"."""
    kilograms = format_decimal(Decimal(grams) / _GRAMS_PER_KG, "#,##0.#", locale=locale())
    return f"{kilograms}\N{NO-BREAK SPACE}kg"


def listed(names: Sequence[str]) -> str:
    """Return names in one sentence: "Amina, Yusuf en Leyla"."""
    return format_list(list(names), locale=locale())
