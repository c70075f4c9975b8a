"""Who may not show with a dossier (settled rule 4): the one rule, in SQL, for all that lists people of a dossier.

Somebody is hidden from a dossier when a membership of another dossier shields him (two values on that count as yes),
or when his last membership of it ended under the neutral code. The second is what a laptop can see that does not hold
the dossier in which he is shielded; it also serves ordinary endings, so that the code betrays nobody. ADR 0017.
"""

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from app.storage.plain_rows import plain_rows

NEUTRAL_REASON = "lidmaatschap.gewijzigd"


def _disputed(alias: str, field: str) -> str:
    """Asked of the short list of differences, which is read once in a statement."""
    return f"{alias}.id IN (SELECT rec FROM j_conflict WHERE kind = 'membership' AND field = '{field}')"


def shields(membership: str) -> str:
    """SQL: whether the membership row under this alias shields its person, or two officers differ on that."""
    return f"(coalesce({membership}.shielded, 0) = 1 OR {_disputed(membership, 'shielded')})"


def _ended_quietly(membership: str) -> str:
    return (
        f"(({membership}.to_on IS NOT NULL OR {_disputed(membership, 'to_on')})"
        f" AND ({membership}.reason LIKE '%:{NEUTRAL_REASON}' OR {_disputed(membership, 'reason')}))"
    )


def hidden(person: str, dossier: str) -> str:
    """SQL: whether the person (an expression) may not show with the dossier (an expression).

    The first condition alone answers for nearly everybody, with one look at the memberships of the person.
    """
    mine = "EXISTS (SELECT 1 FROM r_membership {0} WHERE {0}.person = " + person
    either = f"CASE WHEN h0.scope = {dossier} THEN {_ended_quietly('h0')} ELSE {shields('h0')} END"
    some = f"{mine.format('h0')} AND {either})"
    elsewhere = f"{mine.format('h1')} AND h1.scope <> {dossier} AND {shields('h1')})"
    here = f"{mine.format('h2')} AND h2.scope = {dossier} AND {shields('h2')})"
    later = f"{mine.format('h4')} AND h4.scope = h3.scope AND h4.id > h3.id)"
    quietly = f"{mine.format('h3')} AND h3.scope = {dossier} AND {_ended_quietly('h3')} AND NOT {later})"
    return f"({some} AND (({elsewhere} AND NOT {here}) OR {quietly}))"


def shown_of(table: str) -> str:
    """SQL: whether a row of `table` (with `person` and `scope`) is about the family, or about somebody who may show."""
    return f"({table}.person IS NULL OR NOT {hidden(f'{table}.person', f'{table}.scope')})"


_ALL_HIDDEN = (
    "SELECT DISTINCT m.scope, m.person FROM r_membership m WHERE m.person IS NOT NULL AND "
    + hidden("m.person", "m.scope")
)


def all_hidden(conn: Connection) -> frozenset[tuple[str, str]]:
    """Of every dossier the persons who may not show with it: (dossier, person)."""
    return frozenset((dossier, person) for dossier, person in conn.exec_driver_sql(_ALL_HIDDEN))


def only_hidden(kind: str, record: str, dossier: str) -> str:
    """SQL: whether a request, departure or talk (`kind`; `record` its id) is for nobody but hidden persons."""
    some = f"SELECT 1 FROM r_{kind}_person ho WHERE ho.{kind} = {record} AND ho.person IS NOT NULL"
    return f"(EXISTS ({some}) AND NOT EXISTS ({some} AND NOT {hidden('ho.person', dossier)}))"


_SHIELDED = f"SELECT DISTINCT m.person FROM r_membership m WHERE m.person IS NOT NULL AND {shields('m')}"
_AMONG: Final = "m.scope IN (SELECT value FROM json_each(?)) AND m.person IS NOT NULL"
_HIDDEN: Final = (
    f"SELECT DISTINCT m.scope, m.person FROM r_membership m WHERE {_AMONG}"
    f" AND {hidden('m.person', 'm.scope')}"
)
_LEFT: Final = (
    f"SELECT m.scope, m.person FROM r_membership m WHERE {_AMONG} GROUP BY m.scope, m.person"
    f" HAVING sum(m.to_on IS NULL) = 0 OR max({hidden('m.person', 'm.scope')})"
)


def shielded_among(conn: Connection, persons: Sequence[str]) -> frozenset[str]:
    """Who of these a membership held here shields."""
    sql = (
        f"SELECT DISTINCT m.person FROM r_membership m WHERE m.person IN ({','.join('?' * len(persons))})"
        f" AND {shields('m')}"
    )
    return frozenset(conn.exec_driver_sql(sql, tuple(persons)).scalars())


def shielded_persons(conn: Connection) -> frozenset[str]:
    """Everybody whom a membership held here shields."""
    return frozenset(conn.exec_driver_sql(_SHIELDED).scalars())


def hidden_from(conn: Connection, dossier: str) -> frozenset[str]:
    """Present and past members of whom nothing may show with this dossier."""
    return hidden_from_each(conn, [dossier])[dossier]


def hidden_from_each(conn: Connection, dossiers: Sequence[str]) -> dict[str, frozenset[str]]:
    """The same of several dossiers in one statement."""
    return _by_dossier(conn, _HIDDEN, dossiers)


def left(conn: Connection, dossier: str) -> frozenset[str]:
    """Who was a member and is none any more, or may not show with the dossier."""
    return left_each(conn, [dossier])[dossier]


def left_each(conn: Connection, dossiers: Sequence[str]) -> dict[str, frozenset[str]]:
    """The same of several dossiers in one statement."""
    return _by_dossier(conn, _LEFT, dossiers)


def _by_dossier(conn: Connection, sql: str, dossiers: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {dossier: set() for dossier in dossiers}
    for dossier, person in plain_rows(conn, sql, (json.dumps(list(dossiers)),)):
        found[dossier].add(person)
    return {dossier: frozenset(persons) for dossier, persons in found.items()}


_NAMING = (
    "SELECT DISTINCT lower(hex(o.rec)) FROM j_op o JOIN j_stream s ON s.no = o.stream"
    " WHERE s.scope = ? AND instr(o.cells, ?) > 0"
)


def records_about(conn: Connection, dossier: str, persons: frozenset[str]) -> frozenset[str]:
    """The records of a dossier that are or were about these persons, removed ones too: their memberships, phases,
    places in a request …"""
    found: set[str] = set()
    for person in sorted(persons):
        found.update(conn.exec_driver_sql(_NAMING, (dossier, person)).scalars())
    return frozenset(found)
