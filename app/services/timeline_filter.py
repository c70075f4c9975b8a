"""Which deeds of a timeline are wanted: those about one person, of one group of kinds, by one author.

The condition is SQL, so that a page is found without reading what is not on it. What is about a person: everything in
the person's own scope; in the family what names the person, and what belongs to a talk, request or departure that
the person takes part in.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.domain.record import KINDS, FieldType, ScopeKind
from app.services.differences import officer_names
from app.services.kind_groups import KINDS_OF
from app.services.record_names import persons
from app.services.session import Session
from app.storage import shielding

_LINKS: Final[Mapping[str, str]] = {
    "talk_person": "talk",
    "request_person": "request",
    "departure_person": "departure",
}
"""Kinds that say that a person takes part, and the field that names in what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`person` an id, `group` a key of `kind_groups`, `author` an officer's id; "" does not narrow."""

    person: str = ""
    group: str = ""
    author: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds wanted, () for all. KeyError for a group that is not declared."""
        return KINDS_OF[self.group] if self.group else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What can be chosen: persons that are or were members, and who wrote, as (id, name)."""

    persons: tuple[tuple[str, str], ...]
    authors: tuple[tuple[str, str], ...]


_EVER = (
    "SELECT person FROM r_membership WHERE scope = ? AND person IS NOT NULL"
    " ORDER BY to_on IS NOT NULL, position, id"
)
_AUTHORS = (
    "SELECT DISTINCT a.officer FROM j_stream s JOIN j_action a ON a.stream = s.no WHERE s.scope = ?"
    " OR s.scope IN (SELECT person FROM r_membership WHERE scope = ? AND person IS NOT NULL)"
)


def narrowing(session: Session, dossier: str) -> Narrowing:
    """What the timeline of a dossier can be narrowed by."""
    with session.store.read() as conn:
        ever = list(dict.fromkeys(conn.exec_driver_sql(_EVER, (dossier,)).scalars()))
        hidden = shielding.hidden_from(conn, dossier)
        ever = [person for person in ever if person not in hidden]
        names = persons(conn, ever) if ever else {}
        officers = officer_names(conn)
        wrote = conn.exec_driver_sql(_AUTHORS, (dossier, dossier)).scalars()
        authors = sorted((officers[each], each) for each in wrote if officers.get(each))
    return Narrowing(
        persons=tuple((person, names[person]) for person in ever if names.get(person)),
        authors=tuple((officer, name) for name, officer in authors),
    )


def condition(conn: Connection, dossier: str, only: Filter) -> tuple[str, tuple[str, ...]]:
    """SQL to stand behind a WHERE on `j_action a` and `j_stream s`, beginning with AND, and its values."""
    where, params = "", []
    if only.author:
        where += " AND a.officer = ?"
        params.append(only.author)
    parts, inside = [], []
    if only.kinds:
        parts.append("o.kind IN (SELECT k.no FROM j_kind k WHERE k.name IN (SELECT value FROM json_each(?)))")
        inside.append(json.dumps(only.kinds))
    if only.person:
        parts.append(
            "(s.scope = ? OR o.rec IN (SELECT unhex(value) FROM json_each(?)) OR instr(o.cells, ?) > 0)"
        )
        inside += [only.person, json.dumps(sorted(_records_of(conn, dossier, only.person))), only.person]
    if parts:
        where += f" AND EXISTS (SELECT 1 FROM j_op o WHERE o.action = a.no AND {' AND '.join(parts)})"
        params += inside
    return where, tuple(params)


def _records_of(conn: Connection, dossier: str, person: str) -> set[str]:
    """Records of the family that are about the person and are there now."""
    found: set[str] = set()
    joined: dict[str, set[str]] = {}
    for kind, field in _references("person"):
        parent = _LINKS.get(kind)
        also = f', "{parent}"' if parent else ""
        sql = f'SELECT id{also} FROM "r_{kind}" WHERE scope = ? AND "{field}" = ?'
        for row in conn.exec_driver_sql(sql, (dossier, person)):
            found.add(row[0])
            if parent and row[1]:
                joined.setdefault(parent, set()).add(row[1])
    for parent, ids in joined.items():
        found |= ids
        for kind, field in _references(parent):
            alone = ' AND "person" IS NULL' if "person" in KINDS[kind].names else ""
            sql = f'SELECT id FROM "r_{kind}" WHERE scope = ? AND "{field}" IN (SELECT value FROM json_each(?)){alone}'
            found |= set(conn.exec_driver_sql(sql, (dossier, json.dumps(sorted(ids)))).scalars())
    return found


def _references(target: str) -> Iterator[tuple[str, str]]:
    """(kind, field) of each reference to a kind from records of a family."""
    for kind in KINDS.values():
        if ScopeKind.DOSSIER in kind.scopes:
            for spec in kind.fields:
                if spec.type is FieldType.REF and spec.target == target:
                    yield kind.name, spec.name
