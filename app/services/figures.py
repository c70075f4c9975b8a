"""The figures of a location: counts over a whole store, each with its definition, and the list behind each.

Plain numbers: small ones are not rounded here. Whoever publishes them decides on that (a count of one may be
recognisable). A cell on which two values stand counts as unknown; `differences` says how many such cells there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.dated_event import day_of
from app.domain.errors import KnownProblem
from app.domain.kinds.person import Person
from app.domain.words import N_
from app.services.families import name_of
from app.services.figure import Count, Counted, Counting, Figure, Period, year
from app.services.figures_flow import FLOW, STATES
from app.services.figures_now import (
    BY_LIST,
    DECISIONS,
    DIFFERENCES,
    HOW_IT_STANDS,
    TURNING_18,
    WORK_DONE,
)
from app.services.reading import CHUNK, by_id, known
from app.services.session import Session
from app.storage import shielding

COUNTS: Final[tuple[Count, ...]] = (
    *HOW_IT_STANDS,
    STATES,
    *FLOW,
    TURNING_18,
    *WORK_DONE,
    *BY_LIST,
    DECISIONS,
    DIFFERENCES,
)
_BY_CODE: Final = {count.code: count for count in COUNTS}


class NoSuchFigure(KnownProblem):
    """A figure is named by its code."""

    message = N_("There is no figure called “%(code)s”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list behind a figure. `person` and `name` are empty when it is about the dossier.

    `part` is in words what the figure is split by.
    """

    dossier: str
    title: str
    number: str
    person: str
    name: str
    on: date | None
    key: str
    part: str


def figures(session: Session, period: Period | None = None) -> tuple[Figure, ...]:
    """All counts, in a fixed order; without a period: of this year."""
    with session.store.read() as conn:
        counting = Counting(
            conn=conn, session=session, period=period or year(session.today.year, session.today)
        )
        return tuple(figure for count in COUNTS for figure in count.figures(counting))


def count_of(code: str) -> Count:
    """How a figure is made: its label and definition. Raises `NoSuchFigure`."""
    if code not in _BY_CODE:
        raise NoSuchFigure(code=code)
    return _BY_CODE[code]


def listed(
    session: Session, code: str, period: Period | None = None, key: str | None = None
) -> tuple[Listed, ...]:
    """The dossiers or persons that a figure counts, with `key` only that part. Raises `NoSuchFigure`.

    Who is shielded from the dossier is counted, and not named.
    """
    count = count_of(code)
    with session.store.read() as conn:
        counting = Counting(
            conn=conn, session=session, period=period or year(session.today.year, session.today)
        )
        silent = shielding.all_hidden(conn)
        rows = [
            replace(row, person="") if (row.dossier, row.person) in silent else row
            for row in counting.once(count.rows)
            if key is None or row.key == key
        ]
        heads = _heads(counting, rows)
        found = by_id(conn, Person, {row.person for row in rows if row.person})
        people = {each.id: name_of(each).full for each in known(conn, found.values())}
        parts = {row.key: count.words(counting, row.key) for row in rows}
    made = [
        Listed(
            dossier=row.dossier,
            title=heads.get(row.dossier, ("", ""))[0],
            number=heads.get(row.dossier, ("", ""))[1],
            person=row.person,
            name=people.get(row.person, ""),
            on=day_of(row.on),
            key=row.key,
            part=parts[row.key] if count.is_split else "",
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda each: (each.on or date.max, each.title, each.name)))


def _heads(counting: Counting, rows: Sequence[Counted]) -> dict[str, tuple[str, str]]:
    ids = sorted({row.dossier for row in rows if row.dossier})
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        part = tuple(ids[start : start + CHUNK])
        sql = f"SELECT dossier, title, number FROM d_summary WHERE dossier IN ({','.join('?' * len(part))})"
        found.update((row[0], (row[1], row[2])) for row in counting.conn.exec_driver_sql(sql, part))
    return found
