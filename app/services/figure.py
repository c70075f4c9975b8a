"""What a figure is: a count with its definition over a period, made of the very rows that its list shows.

A count is made by going through rows; the number is how many there are and the list is those rows, so that the two
can never differ. A cell on which two values stand counts as unknown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.services.session import Session

PERCENT: Final = "%"
_MONTHS: Final = 12


class PeriodBackwards(KnownProblem):
    """A period begins before it ends."""

    message = N_("The first day lies after the last. Turn them round.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From a day to a day, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodBackwards

    @property
    def bounds(self) -> tuple[str, str]:
        """Both days as they are stored."""
        return self.start.isoformat(), self.end.isoformat()

    def holds(self, day: str | None) -> bool:
        """Whether a stored day lies in it; what is not known lies in no period."""
        return day is not None and self.bounds[0] <= day <= self.bounds[1]

    @property
    def months(self) -> Iterator[str]:
        """Its months as `2026-11`."""
        number, last = (each.year * 12 + each.month - 1 for each in (self.start, self.end))
        for each in range(number, last + 1):
            yield f"{each // 12}-{each % 12 + 1:02}"


def year(number: int, today: date) -> Period:
    """A calendar year, up to today."""
    end = date(number, 12, 31)
    return Period(start=date(number, 1, 1), end=min(end, today) if number == today.year else end)


def last_twelve_months(today: date) -> Period:
    """This month and the eleven before it."""
    first = today.year * 12 + today.month - _MONTHS
    return Period(start=date(first // 12, first % 12 + 1, 1), end=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One count. `label` and `definition` are English msgids.

    `key` is what the count is split by (a bare code, a month `2026-11`, "" when that is not known) and `part` the same
    in words; both are empty for a count that is not split. `number` None: there is nothing to take a share of.
    """

    code: str
    label: str
    definition: str
    number: int | None
    part: str = ""
    key: str = ""
    is_split: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One row of a count: a dossier, with the person and the day where it is about those."""

    dossier: str
    person: str = ""
    on: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What a count works with."""

    conn: Connection
    session: Session
    period: Period
    _kept: dict[object, list["Counted"]] = field(default_factory=dict, repr=False)

    def once(self, rows: "Rows") -> list["Counted"]:
        """The rows that several counts are made of, gone through once."""
        if rows not in self._kept:
            self._kept[rows] = list(rows(self))
        return self._kept[rows]

    @property
    def today(self) -> date:
        """The day of today."""
        return self.session.today


Rows = Callable[[Counting], Iterable[Counted]]


def _no_words(_counting: Counting, key: str) -> str:
    return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How one figure is made. `is_split`: a figure per key, in the order of `keys`, else the largest first.

    `share_of` makes it a percentage: which keys count as the share of all rows.
    """

    code: str
    label: str
    definition: str
    rows: Rows
    is_split: bool = False
    keys: Callable[[Counting], Sequence[str]] = field(default=lambda _counting: ())
    words: Callable[[Counting, str], str] = _no_words
    share_of: frozenset[str] = frozenset()

    def figures(self, counting: Counting) -> Iterator[Figure]:
        """The figure, or one per key."""
        if not self.is_split:
            yield self._figure(self._number(counting))
            return
        counts = Counter(row.key for row in counting.once(self.rows))
        fixed = self.keys(counting)
        words = {key: self.words(counting, key) for key in (*fixed, *counts)}
        rest = sorted(counts.keys() - set(fixed), key=lambda key: (-counts[key], words[key]))
        for key in (*fixed, *rest):
            yield self._figure(counts[key], key, words[key])

    def _number(self, counting: Counting) -> int | None:
        rows = counting.once(self.rows)
        if not self.share_of:
            return len(rows)
        share = sum(1 for row in rows if row.key in self.share_of)
        return (200 * share + len(rows)) // (2 * len(rows)) if rows else None  # halves go up

    def _figure(self, number: int | None, key: str = "", part: str = "") -> Figure:
        return Figure(
            code=self.code,
            label=self.label,
            definition=self.definition,
            number=number,
            key=key,
            part=part,
            is_split=self.is_split,
            unit=PERCENT if self.share_of else "",
        )
