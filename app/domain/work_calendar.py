"""Counting days: calendar days, working days with holidays, and months that end where the month ends."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SATURDAY = 5


class Unit(StrEnum):
    """The unit of a length, as agreements and norms name it."""

    HOUR = "uur"
    DAY = "kalenderdag"
    WORKING_DAY = "werkdag"
    WEEK = "week"
    MONTH = "maand"
    YEAR = "jaar"


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit; never negative."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Public holidays (Algemene termijnenwet, art. 3) of the years that are known in full."""

    holidays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def knows(self, day: date) -> bool:
        """Tell whether the holidays of that year are known; without them no working day can be counted."""
        return day.year in self.years

    def is_free(self, day: date) -> bool:
        """Tell whether `day` is a Saturday, Sunday or known holiday."""
        return day.weekday() >= SATURDAY or day in self.holidays


def shift(start: datetime, length: Length, calendar: WorkCalendar, *, back: bool = False) -> datetime | None:
    """Return the moment `length` after `start` (before it with `back`), or None when it cannot be known.

    Months and years keep the day of the month; where the month is too short its last day is taken
    (31 January + 1 month is 28 or 29 February). Working days are counted from the day after (before) `start`;
    a year without known holidays, and a moment outside the calendar's range, give None. Hours are counted on
    the clock of the place, so one hour may be lost or won where the clock changes.
    """
    sign = -1 if back else 1
    try:
        match length.unit:
            case Unit.HOUR:
                return start + timedelta(hours=sign * length.amount)
            case Unit.DAY:
                return start + timedelta(days=sign * length.amount)
            case Unit.WEEK:
                return start + timedelta(weeks=sign * length.amount)
            case Unit.MONTH:
                return _shift_months(start, sign * length.amount)
            case Unit.YEAR:
                return _shift_months(start, sign * length.amount * 12)
            case Unit.WORKING_DAY:
                return _shift_working_days(start, length.amount, calendar, sign)
    except (OverflowError, ValueError):  # outside the years that dates can hold
        return None


def _shift_months(start: datetime, months: int) -> datetime:
    """Move by whole months, to the last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def _shift_working_days(start: datetime, amount: int, calendar: WorkCalendar, sign: int) -> datetime | None:
    """Count working days one by one; None as soon as a year without known holidays is entered."""
    moment, left = start, amount
    while left:
        moment += timedelta(days=sign)
        if not calendar.knows(moment.date()):
            return None
        left -= not calendar.is_free(moment.date())
    return moment
