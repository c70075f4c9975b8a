"""How an incomplete date is said: what is not known is said in words, never left out and never filled in.

The domain holds no language: `phrase` gives a msgid with its parts, and `say` puts them together with the
three functions of `app.i18n` that the caller hands over (translation, month name, short date).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.incomplete_date import IncompleteDate, Precision, Unknown
from app.domain.words import N_


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A msgid and what it needs: `year` and `month` as numbers (the month still gets its name), `day`."""

    msgid: str
    year: int | None = None
    month: int | None = None
    day: date | None = None


_FORMS: Mapping[Precision, str] = {
    Precision.FULL: "%(day)s",  # nothing to translate
    Precision.MONTH: N_("%(month)s %(year)s, day unknown"),
    Precision.YEAR: N_("%(year)s, month and day unknown"),
    Precision.APPROXIMATE: N_("ca. %(year)s"),
    Precision.UNKNOWN: N_("date unknown"),
}


def phrase(value: IncompleteDate) -> DatePhrase:
    """What to say, still without a language."""
    full = value.earliest if value.precision is Precision.FULL else None
    return DatePhrase(_FORMS[value.precision], value.year, value.month, full)


def say(
    value: IncompleteDate,
    *,
    translate: Callable[[str], str],
    month_name: Callable[[int], str],
    day_text: Callable[[date], str],
) -> str:
    """The date in words: `14-03-1990`, `mei 1988, dag onbekend`, `ca. 1989`, `datum onbekend`."""
    said = phrase(value)
    if said.day is not None:
        return day_text(said.day)
    parts = {
        "year": "" if said.year is None else str(said.year),
        "month": "" if said.month is None else month_name(said.month),
    }
    return translate(said.msgid) % parts


AGE_KNOWN = N_("age %(age)s")
AGE_BETWEEN = N_("age %(youngest)s or %(oldest)s")
AGE_UNKNOWN = N_("age unknown")


def say_age(value: IncompleteDate, today: date, *, translate: Callable[[str], str]) -> str:
    """The age in words: certain, one of two, or unknown; `value.age_on(today).reason` says why."""
    age = value.age_on(today)
    if not isinstance(age, Unknown):
        return translate(AGE_KNOWN) % {"age": age}
    between = value.age_between(today)
    if between is None:
        return translate(AGE_UNKNOWN)
    if between[0] == between[1]:
        return translate(AGE_KNOWN) % {"age": between[0]}
    return translate(AGE_BETWEEN) % {"youngest": between[0], "oldest": between[1]}
