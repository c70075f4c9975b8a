"""One line per dossier for lists: derived from the tables in the transaction that changes them, or made anew.

What follows from content (state of requests, first document to end, next step) is filled in by the deriver that the
services give.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.i18n.sort_key import sort_key
from app.storage.settled import settled

CHUNK = 300
ADULT_YEARS = 18  # artikel 1:233 BW
UNKNOWN = "?"
"""`turns_18_on` of a family of which a date of birth does not say when the last child comes of age."""

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
    f"SELECT m.person, {settled('p', 'birth_date')}, max(coalesce(m.role, '') LIKE '%:gezinsrol.kind')"
    " FROM r_membership m LEFT JOIN r_person p ON p.id = m.person WHERE m.scope = ?"
    " AND m.to_on IS NULL GROUP BY m.person"
)
_WRITE = (
    "INSERT INTO d_summary(dossier, sort_key, title, title_native, number, adults, children, age_unknown, phase,"
    " owner, closed, disputed, turns_18_on) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
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
        members = conn.exec_driver_sql(_MEMBERS, (dossier,)).all()
        ages = [_age_group(birth, today) for _person, birth, _is_child in members]
        counts = tuple(ages.count(group) for group in ("adult", "child", "unknown"))
        key = sort_key(title)
        turns = turns_18_on([(birth, bool(child)) for _person, birth, child in members], today)
        rows.append((dossier, key, title, native, number, *counts, phase, owner, closed, disputed, turns))
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


_WITH_CHILDREN = (
    "SELECT s.dossier, s.adults, s.children, s.age_unknown, s.turns_18_on, m.person,"
    f" {settled('p', 'birth_date')}, max(coalesce(m.role, '') LIKE '%:gezinsrol.kind')"
    " FROM d_summary s JOIN r_membership m ON m.scope = s.dossier AND m.to_on IS NULL"
    " LEFT JOIN r_person p ON p.id = m.person WHERE s.children > 0 OR s.age_unknown > 0"
    " GROUP BY s.dossier, m.person ORDER BY s.dossier"
)


def refresh_ages(conn: Connection, today: date) -> int:
    """Count anew who is a child, where a day can have changed that; returns how many lines changed."""
    families: dict[str, tuple[tuple[object, ...], list[tuple[str | None, bool]]]] = {}
    for dossier, adults, children, unknown, turns, _person, birth, child in conn.exec_driver_sql(
        _WITH_CHILDREN
    ):
        stood: tuple[object, ...] = (adults, children, unknown, turns)
        families.setdefault(dossier, (stood, []))[1].append((birth, bool(child)))
    changed = []
    for dossier, (stood, members) in families.items():
        ages = [_age_group(birth, today) for birth, _child in members]
        now: tuple[object, ...] = (
            *(ages.count(group) for group in ("adult", "child", "unknown")),
            turns_18_on(members, today),
        )
        if now != stood:
            changed.append((*now, dossier))
    if changed:
        sql = "UPDATE d_summary SET adults = ?, children = ?, age_unknown = ?, turns_18_on = ? WHERE dossier = ?"
        conn.exec_driver_sql(sql, changed)
    return len(changed)


def turns_18_on(members: Iterable[tuple[str | None, bool]], today: date) -> str | None:
    """When the last child comes of age: a day, "?" where that cannot be known, None where nobody is a child.

    Each member is (date of birth, whether in the family as a child). Somebody of whom the date of birth does not
    say whether he is 18 counts as a child when he is in the family as one (`family_page.youngest_18_on`).
    """
    latest: str | None = None
    for birth, as_child in members:
        born = IncompleteDate.from_text(birth) if birth else UNKNOWN_DATE
        ages = born.age_between(today)
        if not (as_child if ages is None else ages[0] < ADULT_YEARS):
            continue
        turns = born.turns(ADULT_YEARS)
        if not isinstance(turns, date):
            return UNKNOWN
        latest = max(latest or "", turns.isoformat())
    return latest


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
