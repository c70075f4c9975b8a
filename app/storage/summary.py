"""One line per dossier for lists: derived from the tables in the transaction that changes them, or made anew.

What follows from content (state of requests, first document to end, next step) is filled in by the deriver that the
services give.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.i18n.sort_key import sort_key
from app.storage import same_person, scope_number
from app.storage.many_rows import insert_rows
from app.storage.plain_rows import plain_column, plain_rows
from app.storage.settled import settled
from app.storage.shielding import hidden

CHUNK = 300
ADULT_YEARS = 18  # artikel 1:233 BW
UNKNOWN = "?"
"""`turns_18_on` of a family of which a date of birth does not say when the last child comes of age."""

_AMONG = "IN (SELECT value FROM json_each(?))"
_HEADS = (
    "SELECT d.scope, coalesce(d.title, ''), coalesce(d.title_native, ''), coalesce(d.number, ''),"
    " d.closed_on IS NOT NULL,"
    f" (SELECT {settled('p', 'phase')} FROM r_phase p WHERE p.scope = d.scope AND p.person IS NULL"
    "  ORDER BY p.from_on DESC, p.id DESC LIMIT 1),"
    f" (SELECT {settled('w', 'officer')} FROM r_owner w WHERE w.scope = d.scope AND w.to_on IS NULL"
    "  ORDER BY w.from_on DESC, w.id DESC LIMIT 1),"
    " (SELECT count(*) FROM j_conflict c WHERE c.scope = d.scope"
    "  OR c.scope IN (SELECT m.person FROM r_membership m WHERE m.scope = d.scope AND m.to_on IS NULL"
    f"   AND NOT {hidden('m.person', 'm.scope')}))"
    f" FROM r_dossier d WHERE d.scope {_AMONG}"
)
_MEMBERS = (
    f"SELECT m.scope, m.person, {settled('p', 'birth_date')}, max(coalesce(m.role, '') LIKE '%:gezinsrol.kind')"
    f" FROM r_membership m LEFT JOIN r_person p ON p.id = m.person WHERE m.scope {_AMONG}"
    f" AND m.to_on IS NULL AND NOT {hidden('m.person', 'm.scope')} GROUP BY m.scope, m.person"
)
_WRITE = (
    "INSERT INTO d_summary(no, dossier, sort_key, title, title_native, number, adults, children, age_unknown, members,"
    " phase, owner, closed, disputed, turns_18_on)"
)


def refresh(conn: Connection, dossiers: Iterable[str], today: date) -> None:
    """Write the lines of these dossiers anew; a dossier that is gone loses its line. `today` decides who is a child."""
    rows = []
    ids = list(dossiers)
    wanted = (json.dumps(ids),)
    members: dict[str, dict[str, tuple[str | None, bool]]] = {dossier: {} for dossier in ids}
    for dossier, person, birth, child in plain_rows(conn, _MEMBERS, wanted):
        members[dossier][person] = (birth, bool(child))
    known = same_person.classes(conn)
    heads = {dossier: head for dossier, *head in plain_rows(conn, _HEADS, wanted)}
    numbers = scope_number.numbers(conn, heads)
    for dossier, (title, native, number, closed, phase, owner, disputed) in heads.items():
        *counts, turns = _ages(members[dossier], known, today)
        head = (numbers[dossier], dossier, sort_key(title), title, native, number)
        rows.append((*head, *counts, sum(counts), phase, owner, closed, disputed, turns))
    conn.exec_driver_sql("DELETE FROM d_summary WHERE dossier = ?", [(dossier,) for dossier in ids])
    insert_rows(conn, _WRITE, rows)


def _ages(
    members: Mapping[str, tuple[str | None, bool]], known: Mapping[str, tuple[str, ...]], today: date
) -> tuple[int, int, int, str | None]:
    """Adults, children, of unknown age, and when the last comes of age; each person once (`known`: the classes).

    `members`: date of birth, and whether in the family as a child, by person.
    """
    people = [[members[one] for one in person] for person in same_person.grouped(known, members)]
    ages = [_age_of([birth for birth, _child in person], today) for person in people]
    adults, children, unknown = map(ages.count, ("adult", "child", "unknown"))
    return adults, children, unknown, turns_18_on(map(_as_one, people), today)


def _as_one(records: Sequence[tuple[str | None, bool]]) -> tuple[str | None, bool]:
    """(date of birth, in the family as a child) of one person, by every record of them; two dates count as none."""
    births = {birth for birth, _child in records if birth}
    return births.pop() if len(births) == 1 else None, any(child for _birth, child in records)


def _age_of(births: Iterable[str | None], today: date) -> str:
    """Of one person, by every record of them: what they agree on."""
    found = {_age_group(birth, today) for birth in births} - {"unknown"}
    return found.pop() if len(found) == 1 else "unknown"


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
    "SELECT s.dossier, s.adults, s.children, s.age_unknown, s.turns_18_on FROM d_summary s"
    " WHERE s.children > 0 OR s.age_unknown > 0"
)


def refresh_ages(conn: Connection, today: date) -> int:
    """Count anew who is a child, where a day can have changed that; returns how many lines changed."""
    stood = {dossier: tuple(row) for dossier, *row in plain_rows(conn, _WITH_CHILDREN, ())}
    members: dict[str, dict[str, tuple[str | None, bool]]] = {dossier: {} for dossier in stood}
    for dossier, person, birth, child in plain_rows(conn, _MEMBERS, (json.dumps(list(stood)),)):
        members[dossier][person] = (birth, bool(child))
    known = same_person.classes(conn)
    changed = [
        (*now, dossier)
        for dossier, before in stood.items()
        if (now := _ages(members[dossier], known, today)) != before
    ]
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
        turns = born.turns(ADULT_YEARS, today)
        if not isinstance(turns, date):
            return UNKNOWN
        latest = max(latest or "", turns.isoformat())
    return latest


_WANTED = "FROM wanted w CROSS JOIN"  # from few that are asked for, never through all
_DOSSIERS_OF = (
    "WITH wanted(id) AS MATERIALIZED (SELECT value FROM json_each(?))"
    f" SELECT d.scope {_WANTED} r_dossier d ON d.scope = w.id"
    f" UNION SELECT m.scope {_WANTED} r_membership m ON m.person = w.id"
    f" UNION SELECT s.dossier {_WANTED} d_summary s ON s.dossier = w.id"
    f" UNION SELECT b.scope {_WANTED} r_membership a ON a.scope = w.id"
    "  CROSS JOIN r_membership b ON b.person = a.person AND b.scope <> a.scope"
    f" UNION SELECT b.scope {_WANTED} d_scope d ON d.id = w.id CROSS JOIN d_person a ON a.dossier = d.no"
    "  CROSS JOIN d_scope p ON p.no = a.person CROSS JOIN r_membership b ON b.person = p.id"
)


def dossiers_of(conn: Connection, scopes: Iterable[str]) -> frozenset[str]:
    """The dossiers that these scopes belong to: themselves, those a person is or was a member of, and the other
    dossiers of who is or was in their lists: whom one dossier shields, another may not show."""
    return frozenset(plain_column(conn, _DOSSIERS_OF, (json.dumps(list(scopes)),)))


def all_dossiers(conn: Connection) -> list[str]:
    """The scopes of all dossiers, and of those that only a line is left of."""
    sql = (
        "SELECT scope FROM r_dossier UNION SELECT dossier FROM d_summary"
        " UNION SELECT id FROM d_scope WHERE no IN (SELECT dossier FROM d_person) UNION SELECT dossier FROM d_agenda"
    )
    return plain_column(conn, sql)


def all_persons(conn: Connection) -> list[str]:
    """The scopes of all persons, and of those that only can still be found."""
    return plain_column(conn, "SELECT id FROM r_person UNION SELECT person FROM d_person_key")
