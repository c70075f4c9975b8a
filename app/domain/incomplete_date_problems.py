"""What can be wrong with a typed date, each with the sentence that helps on (design.md, Words)."""

from app.domain.errors import KnownProblem
from app.domain.words import N_


class DateEmpty(KnownProblem):
    """Nothing was typed; that is not the same as *unknown*."""

    message = N_("Write a date. Is it not known? Write: unknown.")


class DateNotUnderstood(KnownProblem):
    """No form that we read."""

    message = N_(
        "This is not a date the program can read. Write it like 14-3-1990, 03-1990, 1990 or ca. 1989."
    )


class TwoDigitYear(KnownProblem):
    """A year of two digits with one likely reading."""

    message = N_("Write the year in four digits. Do you mean %(suggestion)s?")


class TwoDigitYearEither(KnownProblem):
    """A year of two digits that can be in either century."""

    message = N_("Write the year in four digits. Do you mean %(first)s or %(second)s?")


class YearOutOfRange(KnownProblem):
    """Outside the centuries of this work: a slip, or a year of the Iranian calendar."""

    message = N_(
        "The year %(year)s cannot be right. Does the paper use another calendar? Note that year elsewhere."
    )


class ApproximateOnlyYear(KnownProblem):
    """*Ca.* before a month or a day."""

    message = N_("Only a year can be approximate. Do you mean ca. %(year)s?")


class DayWithoutMonth(KnownProblem):
    """A day is known, its month is not: the register has no such form."""

    message = N_("A day without a month cannot be kept. Do you mean %(year)s?")


class YearMissing(KnownProblem):
    """A day and a month without a year."""

    message = N_("The year is missing. Is it not known? Write: unknown.")


class NoSuchMonth(KnownProblem):
    """Month 13 and up, and no other order would fit."""

    message = N_("There are 12 months, %(month)s is not one of them. Write the day first, then the month.")


class DayAndMonthSwapped(KnownProblem):
    """Month first, as the Americans write."""

    message = N_("There are 12 months. Do you mean %(suggestion)s?")


class DigitsNotClear(KnownProblem):
    """Eight digits, day first: we read year first."""

    message = N_("Eight digits are read as year, month, day. Do you mean %(suggestion)s?")


class NoSuchDay(KnownProblem):
    """Day 32 and up, in any month."""

    message = N_("No month has more than 31 days. Check the day.")


class DayNotInApril(KnownProblem):
    """30 days."""

    message = N_("April has 30 days. Do you mean %(suggestion)s?")


class DayNotInJune(KnownProblem):
    """30 days."""

    message = N_("June has 30 days. Do you mean %(suggestion)s?")


class DayNotInSeptember(KnownProblem):
    """30 days."""

    message = N_("September has 30 days. Do you mean %(suggestion)s?")


class DayNotInNovember(KnownProblem):
    """30 days."""

    message = N_("November has 30 days. Do you mean %(suggestion)s?")


class DayNotInFebruary(KnownProblem):
    """28 or 29 days."""

    message = N_("February %(year)s has %(days)s days. Do you mean %(suggestion)s?")


class WholeDateNeeded(KnownProblem):
    """Day, month or year is missing where a plan needs all three."""

    message = N_("Write day, month and year, for example 24-11-2026.")
