"""What is due, as the start page shows it: in each group how many there are in all, and only the first lines.

A location with many families has thousands of lines for the next days; the store counts them and cuts each group, so
that no more lines are read than can be shown.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from app.services.agenda import LINES, ORDER, SHOWN, AgendaLine, lines_of, oldest_expiry
from app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """`count` is how many there are; `lines` the first of them, by family, families by their earliest day."""

    count: int
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """`ahead` is due in the next days; `soon` is due later, but asks attention already. `families` have any of it,
    out of `open_families`."""

    today: date
    late: DueGroup
    now: DueGroup
    ahead: DueGroup
    soon: DueGroup
    families: int
    open_families: int

    @property
    def count(self) -> int:
        """How many lines there are in all."""
        return sum(group.count for group in (self.late, self.now, self.ahead, self.soon))


_DUE = "(a.due_on <= ?3 OR a.warn_on <= ?2)"
"""?1 the oldest expiry, ?2 today, ?3 the last day ahead; ?4 how many lines, or these families."""
_GROUPS = (
    "a.due_on < ?2",
    "a.due_on = ?2",
    "a.due_on > ?2 AND a.due_on <= ?3",
    "a.due_on > ?3 AND a.warn_on <= ?2",
)
_COUNT = (  # CROSS JOIN: in one pass over what is due, not family by family
    f"SELECT {', '.join(f'coalesce(sum({group}), 0)' for group in _GROUPS)}, count(DISTINCT a.dossier)"
    f" FROM d_agenda a CROSS JOIN d_summary s ON s.dossier = a.dossier WHERE {SHOWN} AND {_DUE}"
)
_FIRST = (  # INDEXED BY, CROSS JOIN: day by day, so that it ends when there are enough
    "SELECT a.dossier FROM d_agenda a INDEXED BY ix_d_agenda_days CROSS JOIN d_summary s ON s.dossier = a.dossier"
    f" WHERE {SHOWN} AND {{group}} {ORDER} LIMIT ?4"
)
_OF_FAMILIES = f"{LINES} AND a.dossier IN (SELECT value FROM json_each(?4)) AND {{group}} {ORDER}"


def read(session: Session, *, days: int, most: int) -> DueList:
    """What is late, today, in the next `days` days or asks attention already, of all open dossiers; `most` lines of
    each group."""
    today = session.today
    until = (today + timedelta(days=days)).isoformat()
    asked = (oldest_expiry(today), today.isoformat(), until)
    with session.store.read() as conn:
        open_families = conn.exec_driver_sql("SELECT count(*) FROM d_summary WHERE closed = 0").scalar_one()
        *counts, families = conn.exec_driver_sql(_COUNT, asked).one()
        groups = [
            DueGroup(count=count, lines=tuple(_first(conn, group, asked, most, today)) if count else ())
            for group, count in zip(_GROUPS, counts, strict=True)
        ]
    late, now, ahead, soon = groups
    return DueList(
        today=today,
        late=late,
        now=now,
        ahead=ahead,
        soon=soon,
        families=families,
        open_families=open_families,
    )


def _first(
    conn: Connection, group: str, asked: tuple[str, str, str], most: int, today: date
) -> list[AgendaLine]:
    """The first lines of a group. A family stands with all its lines of the group; whoever is shown is among the
    families of the first lines, since each family before has a line at least."""
    first = conn.exec_driver_sql(_FIRST.format(group=group), (*asked, most)).scalars().all()
    families = json.dumps(list(dict.fromkeys(first)))
    by_family: dict[str, list[Row[Any]]] = {}
    for row in conn.exec_driver_sql(_OF_FAMILIES.format(group=group), (*asked, families)):
        by_family.setdefault(row[0], []).append(row)
    rows = [row for found in by_family.values() for row in found]
    return lines_of(conn, rows[:most], today)
