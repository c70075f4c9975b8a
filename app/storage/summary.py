"""One line per dossier for lists: derived from the tables in the transaction that changes them, or made anew.

What follows from content (state of requests, first document to end, next step) is filled in by the deriver that the
services give.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from app.domain.incomplete_date import IncompleteDate
from app.i18n.sort_key import sort_key
from app.storage.settled import settled

CHUNK = 300
ADULT_YEARS = 18  # artikel 1:233 BW

_HEAD = (
    "SELECT coalesce(d.title, ''), coalesce(d.title_native, ''), coalesce(d.number, ''), d.closed_on IS NOT NULL,"
    f" (SELECT {settled('p', 'phase')} FROM r_phase p WHERE p.scope = d.scope AND p.person IS NULL"
    "  ORDER BY p.from_on DESC, p.id DESC LIMIT 1),"
    f" (SELECT {settled('w', 'officer')} FROM r_owner w WHERE w.scope = d.scope AND w.to_on IS NULL"
    "  ORDER BY w.from_on DESC, w.id DESC LIMIT 1),"
    " (SELECT count(*) FROM j_conflict c WHERE c.scope = d.scope"
    "  OR c.scope IN (SELECT m.person FROM r_membership m WHERE m.scope = d.scope AND m.to_on IS NULL))"
    " FROM r_dossier d WHERE d.scope = ?"
)
_MEMBERS = (
    f"SELECT DISTINCT m.person, {settled('p', 'birth_date')} FROM r_membership m"
    " LEFT JOIN r_person p ON p.id = m.person WHERE m.scope = ? AND m.to_on IS NULL"
)
_WRITE = (
    "INSERT INTO d_summary(dossier, sort_key, title, title_native, number, adults, children, age_unknown, phase,"
    " owner, closed, disputed) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"
)


def refresh(conn: Connection, dossiers: Iterable[str], today: date) -> None:
    """Write the lines of these dossiers anew; a dossier that is gone loses its line. `today` decides who is a child."""
    rows = []
    ids = list(dossiers)
    for dossier in ids:
        head = conn.exec_driver_sql(_HEAD, (dossier,)).first()
        if head is None:
            continue
        title, native, number, closed, phase, owner, disputed = head
        ages = [_age_group(birth, today) for _person, birth in conn.exec_driver_sql(_MEMBERS, (dossier,))]
        counts = tuple(ages.count(group) for group in ("adult", "child", "unknown"))
        key = sort_key(title)
        rows.append((dossier, key, title, native, number, *counts, phase, owner, closed, disputed))
    conn.exec_driver_sql("DELETE FROM d_summary WHERE dossier = ?", [(dossier,) for dossier in ids])
    if rows:
        conn.exec_driver_sql(_WRITE, rows)


def _age_group(birth_date: str | None, today: date) -> str:
    """adult, child or unknown; a year alone may be enough to know."""
    if not birth_date:
        return "unknown"
    ages = IncompleteDate.from_text(birth_date).age_between(today)
    if ages is None:
        return "unknown"
    lowest, highest = ages
    return "adult" if lowest >= ADULT_YEARS else "child" if highest < ADULT_YEARS else "unknown"


def dossiers_of(conn: Connection, scopes: Iterable[str]) -> frozenset[str]:
    """The dossiers that these scopes belong to: themselves, and those a person is or was a member of."""
    found: set[str] = set()
    ids = list(scopes)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ",".join("?" * len(part))
        sql = (
            f"SELECT scope FROM r_dossier WHERE scope IN ({marks})"
            f" UNION SELECT scope FROM r_membership WHERE person IN ({marks})"
            f" UNION SELECT dossier FROM d_summary WHERE dossier IN ({marks})"
        )
        found.update(row[0] for row in conn.exec_driver_sql(sql, (*part, *part, *part)))
    return frozenset(found)


def all_dossiers(conn: Connection) -> list[str]:
    """The scopes of all dossiers."""
    return [scope for (scope,) in conn.exec_driver_sql("SELECT scope FROM r_dossier")]
