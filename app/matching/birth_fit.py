"""What two birth dates say about being one person, when each may be known in part only or be a stand-in.

What is not known never counts as equal: it only does not speak against.
"""

from enum import Enum, auto
from typing import Final

from app.domain.incomplete_date import IncompleteDate, Precision

ABOUT_YEARS: Final = 2
"""How far an approximate year reaches to both sides: people who say «about 1960» are seldom further off."""


class BirthFit(Enum):
    """How two birth dates fit."""

    SAME = auto()
    """One full date, and not 1 January."""
    SWAPPED = auto()
    """Day and month change places."""
    FITS = auto()
    """Equal as far as both are known."""
    STAND_IN = auto()
    """One year, and 1 January on one side at least: in many registers the day of everyone whose day is not known."""
    SLIP = auto()
    """One digit differs, or two that stand together changed places."""
    UNKNOWN = auto()
    """On one side at least nothing is known."""
    DIFFERENT = auto()


def birth_fit(a: IncompleteDate, b: IncompleteDate) -> BirthFit:
    """How two birth dates fit each other."""
    if a.year is None or b.year is None:
        return BirthFit.UNKNOWN
    if a.approximate or b.approximate:
        return BirthFit.FITS if abs(a.year - b.year) <= ABOUT_YEARS else BirthFit.DIFFERENT
    if a.precision is not Precision.FULL or b.precision is not Precision.FULL:
        fits = a.year == b.year and (a.month is None or b.month is None or a.month == b.month)
        return BirthFit.FITS if fits else BirthFit.DIFFERENT
    return _of_full(a, b)


def is_stand_in(birth: IncompleteDate) -> bool:
    """1 January, which may be written for a day that is not known."""
    return birth.month == birth.day == 1


def _of_full(a: IncompleteDate, b: IncompleteDate) -> BirthFit:
    if a == b:
        return BirthFit.STAND_IN if is_stand_in(a) else BirthFit.SAME
    if a.year == b.year:
        if a.day == b.month and a.month == b.day:
            return BirthFit.SWAPPED
        if is_stand_in(a) or is_stand_in(b):
            return BirthFit.STAND_IN
    if is_stand_in(a) and is_stand_in(b):
        return BirthFit.DIFFERENT
    return BirthFit.SLIP if _one_slip(a.brp, b.brp) else BirthFit.DIFFERENT


def _one_slip(a: str, b: str) -> bool:
    """One digit typed wrong, or two neighbours exchanged."""
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and a[first] == b[second] and a[second] == b[first]
    return len(wrong) == 1
