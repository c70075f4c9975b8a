"""A date of which parts may be unknown, because a birth date often is, and because it must never be repaired.

The population register knows four cases (day unknown, day and month unknown, all unknown, full); officers add
a fifth, *ca. 1989*. The Council of State upheld that a person whose day and month are unknown keeps `0000`:
so nothing here ever turns a part that is not known into 1 January (source wp-50). What follows from such
a date is either certain or `Unknown` with its reason.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache, total_ordering
from typing import Final, Self

from app.domain.words import N_

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199
FEBRUARY: Final = 2
BRP_UNKNOWN: Final = "00000000"

_FORM = re.compile(
    r"(?P<about>~)?(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?", re.ASCII
)


class Precision(IntEnum):
    """How much is known; also the order of dates that begin on the same day."""

    APPROXIMATE = 0
    YEAR = 1
    MONTH = 2
    FULL = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that cannot be given. `reason` is an English msgid, a whole sentence without placeholders."""

    reason: str


DATE_UNKNOWN: Final = Unknown(N_("The date is not known."))
DATE_APPROXIMATE: Final = Unknown(N_("The year is approximate."))
MONTH_UNKNOWN: Final = Unknown(N_("The day and the month are not known."))
DAY_UNKNOWN: Final = Unknown(N_("The day is not known."))
BIRTH_MONTH_NOW: Final = Unknown(N_("The day is not known and the birth month is now."))
DATE_AHEAD: Final = Unknown(N_("The date lies in the future."))


@total_ordering
@dataclass(frozen=True, slots=True)
class IncompleteDate:
    """A full date, a month, a year, an approximate year, or nothing known (all fields empty).

    Order: by first possible day, then the less precise first (`~1990` < `1990` < `1990-01` < `1990-01-01`);
    an approximate year sorts as its year, an unknown date after everything else. Raises `ValueError` for a
    combination that does not exist, which is a mistake of the program: what people type goes through
    `app.domain.incomplete_date_entry.parse`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.year is None:
            if self.month is not None or self.day is not None or self.approximate:
                raise ValueError("a date without a year knows nothing else")
            return
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError("year out of range")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs its month")
            return
        if self.approximate:
            raise ValueError("only a year can be approximate")
        if not 1 <= self.month <= 12:
            raise ValueError("month out of range")
        if self.day is not None and not 1 <= self.day <= days_in(self.year, self.month):
            raise ValueError("day out of range")

    @classmethod
    def of(cls, day: date) -> Self:
        """The full date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @staticmethod
    def from_text(text: str) -> "IncompleteDate":
        """Read the form of the records (`text`); `ValueError` for anything else."""
        return _read(text)

    @property
    def text(self) -> str:
        """The form kept in records: `1990-03-14`, `1990-03`, `1990`, `~1989` or `?`."""
        if self.year is None:
            return "?"
        about = "~" if self.approximate else ""
        month = "" if self.month is None else f"-{self.month:02}"
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{about}{self.year:04}{month}{day}"

    @property
    def precision(self) -> Precision:
        """Which of the five cases this is."""
        if self.year is None:
            return Precision.UNKNOWN
        if self.approximate:
            return Precision.APPROXIMATE
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.FULL

    @property
    def brp(self) -> str:
        """Eight digits as the population register writes them, `0` for what is not known (source wp-50).

        The register has no form for an approximate year; it becomes `00000000`, because `19890000` would say
        that the year is certain.
        """
        if self.year is None or self.approximate:
            return BRP_UNKNOWN
        return f"{self.year:04}{self.month or 0:02}{self.day or 0:02}"

    @property
    def earliest(self) -> date | None:
        """The first day it can be; None where nothing is certain (approximate or unknown)."""
        if self.year is None or self.approximate:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date | None:
        """The last day it can be; None where nothing is certain (approximate or unknown)."""
        if self.year is None or self.approximate:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or days_in(self.year, month))

    @property
    def sort_key(self) -> str:
        """Text that sorts, character by character, as the dates themselves do (for an SQL column)."""
        if self.year is None:
            return "?"
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}/{int(self.precision)}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, IncompleteDate):
            return NotImplemented
        return self.sort_key < other.sort_key

    def is_ahead(self, today: date) -> bool:
        """Whether it lies after `today` whatever its unknown parts are."""
        return self.earliest is not None and self.earliest > today

    def age_on(self, today: date) -> int | Unknown:
        """Age in whole years on `today` by the register's rules (sources wp-50 to wp-52).

        Known for a full date; for a month except when that month is the current one; never for a year alone,
        not even on 31 December.
        """
        if self.is_ahead(today):
            return DATE_AHEAD
        if self.year is None:
            return DATE_UNKNOWN
        if self.approximate:
            return DATE_APPROXIMATE
        if self.month is None:
            return MONTH_UNKNOWN
        years = today.year - self.year - (today.month < self.month)
        if self.day is not None:
            years = _full_years(date(self.year, self.month, self.day), today)
        elif today.month == self.month:
            return BIRTH_MONTH_NOW
        return years

    def age_between(self, today: date) -> tuple[int, int] | None:
        """The lowest and highest age it can be on `today`; None where nothing is certain or it lies ahead."""
        earliest, latest = self.earliest, self.latest
        if earliest is None or latest is None or self.is_ahead(today):
            return None
        return _full_years(min(latest, today), today), _full_years(earliest, today)

    def turns(self, age: int, today: date) -> date | Unknown:
        """The day on which `age` is reached, only when the full date is known and nobody is still to be born."""
        if self.is_ahead(today):
            return DATE_AHEAD
        if self.precision is Precision.UNKNOWN:
            return DATE_UNKNOWN
        if self.precision is Precision.APPROXIMATE:
            return DATE_APPROXIMATE
        if self.precision is Precision.YEAR:
            return MONTH_UNKNOWN
        if self.precision is Precision.MONTH or self.earliest is None:
            return DAY_UNKNOWN
        return birthday(self.earliest, age)

    def turns_between(self, age: int) -> tuple[date, date] | None:
        """The first and last day on which `age` can be reached; None where nothing is certain."""
        if self.earliest is None or self.latest is None:
            return None
        return birthday(self.earliest, age), birthday(self.latest, age)


UNKNOWN_DATE: Final = IncompleteDate()


@lru_cache(maxsize=32_768)
def _read(text: str) -> IncompleteDate:
    """The same days of birth are read for lists, for ages and for finding people; there are 25,000 in 70 years."""
    if text == "?":
        return UNKNOWN_DATE
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not the text form of an incomplete date")
    month, day = found["month"], found["day"]
    return IncompleteDate(
        int(found["year"]), int(month) if month else None, int(day) if day else None, bool(found["about"])
    )


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def birthday(born: date, age: int) -> date:
    """The day on which someone reaches `age`; 29 February counts as 1 March in a common year (wp-50)."""
    year = born.year + age
    if born.month == FEBRUARY and born.day == 29 and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def _full_years(born: date, today: date) -> int:
    """Whole years between two days; minus one when `born` lies ahead."""
    if born > today:
        return -1
    years = today.year - born.year
    return years if birthday(born, years) - today <= timedelta(0) else years - 1
