"""Persons who were said to be one: the class of linked ids (settled rule 6). No id is ever rewritten."""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection


def classes(conn: Connection) -> Mapping[str, tuple[str, ...]]:
    """By person, everybody of the same class in order of their ids; who is linked with nobody is not named."""
    found: dict[str, frozenset[str]] = {}
    for a, b in conn.exec_driver_sql("SELECT a, b FROM r_same_person WHERE a IS NOT NULL AND b IS NOT NULL"):
        joined = found.get(a, frozenset({a})) | found.get(b, frozenset({b}))
        found.update(dict.fromkeys(joined, joined))
    return {person: tuple(sorted(one)) for person, one in found.items() if len(one) > 1}


def again(conn: Connection, persons: Sequence[str]) -> frozenset[str]:
    """Who of these, in their order, is the same person as somebody before them."""
    known = classes(conn)
    seen: set[str] = set()
    found = set()
    for person in persons:
        if person in seen:
            found.add(person)
        seen.update(known.get(person, (person,)))
    return frozenset(found)


def groups(conn: Connection, persons: Iterable[str]) -> list[tuple[str, ...]]:
    """These persons by class, in the order of the first of each."""
    return grouped(classes(conn), persons)


def grouped(known: Mapping[str, tuple[str, ...]], persons: Iterable[str]) -> list[tuple[str, ...]]:
    """`groups` for classes that were read already."""
    wanted = list(dict.fromkeys(persons))
    made: dict[tuple[str, ...], list[str]] = {}
    for person in wanted:
        made.setdefault(known.get(person, (person,)), []).append(person)
    return [tuple(one) for one in made.values()]


_ENDS = (
    "SELECT DISTINCT o.cells ->> ? FROM j_op o JOIN j_kind k ON k.no = o.kind"
    " WHERE k.name = 'same_person' AND o.rec IN (SELECT unhex(value) FROM json_each(?))"
)


def concerned(conn: Connection, links: Sequence[str]) -> frozenset[str]:
    """Everybody whom these links join, or joined before: in a class of three also whom no link of these names."""
    if not links:
        return frozenset()
    named = {
        person
        for end in ("$.a", "$.b")
        for (person,) in conn.exec_driver_sql(_ENDS, (end, json.dumps(list(links))))
        if person
    }
    known = classes(conn)
    return frozenset(one for person in named for one in known.get(person, (person,)))
