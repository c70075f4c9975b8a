"""Persons of the store as the matcher asks for them: by keys that are derived with every change, and their traits.

A person is kept whether or not he is a member of a family now: he may come back. Keys say no more than the names,
birth dates and V-numbers that stand beside them in the same encrypted database.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from app.matching.keys import keys
from app.matching.memory_persons import counted
from app.matching.traits import PersonTraits, traits_of
from app.services.reading import CHUNK
from app.storage.many_rows import insert_rows
from app.storage.plain_rows import all_rows, plain_rows

V_NUMBER = "nummer.v-nummer"
NAME = ("family_name", "given_names", "call_name", "family_name_native", "given_names_native")
"""The fields of a person that `name_parts` takes."""
ALIAS_NAME = ("family_name", "given_names", "native")
"""Those of an alias that `alias_parts` takes."""
_PERSONS = f"SELECT id, {', '.join(NAME)}, birth_date FROM r_person WHERE id IN ({{marks}})"
_ALIASES = f"SELECT scope, {', '.join(ALIAS_NAME)} FROM r_alias WHERE scope IN ({{marks}})"
_NUMBERS = "SELECT scope, value FROM r_person_number WHERE kind LIKE ? AND value <> '' AND scope IN ({marks})"
_KEYS = "SELECT person, key FROM d_person_key WHERE person IN ({marks})"
_UNDER = "SELECT key, person FROM d_person_key WHERE key IN (SELECT value FROM json_each(?))"
_SHARING = (
    "SELECT person FROM d_person_key WHERE key IN ({marks}) GROUP BY person"
    " ORDER BY count(*) DESC, person LIMIT ?"
)


class KeptPersons:
    """Everybody in this store; satisfies `app.matching.look_up.KeptPersons`."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        """Ids of persons kept under any of the keys, those with most of them first."""
        if not keys:
            return ()
        sql = _SHARING.format(marks=",".join("?" * len(keys)))
        return [person for (person,) in self._conn.exec_driver_sql(sql, (*sorted(keys), most))]

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        """What is known of these persons."""
        return traits(self._conn, persons)


class KeptForMany:
    """The same for a stretch of persons who are looked for one after the other: their keys, and whoever shares one,
    are read in a few statements. `asked` are the keys to look up of each; `most` is how many are compared."""

    def __init__(self, conn: Connection, asked: Sequence[Collection[str]], most: int) -> None:
        self._persons: defaultdict[str, list[str]] = defaultdict(list)
        every = json.dumps(sorted({key for keys in asked for key in keys}))
        for key, person in plain_rows(conn, _UNDER, (every,)):
            self._persons[key].append(person)
        shared = {person for keys in asked for person in self.sharing(keys, most)} if self._persons else set()
        self._traits = traits(conn, sorted(shared))

    def is_any(self, keys: Collection[str]) -> bool:
        """Whether anybody is kept under any of them."""
        return not self._persons.keys().isdisjoint(keys)

    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        """As `KeptPersons.sharing`."""
        shared = counted(self._persons, keys)
        return sorted(shared, key=lambda person: (-shared[person], person))[:most]

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        """What is known of these persons, who share a key with somebody asked for."""
        return {person: self._traits[person] for person in persons if person in self._traits}


def traits(conn: Connection, persons: Sequence[str]) -> dict[str, PersonTraits]:
    """Names, birth date and V-numbers by person; who is not here is left out."""
    found: dict[str, PersonTraits] = {}
    for start in range(0, len(persons), CHUNK):
        part = tuple(persons[start : start + CHUNK])
        numbers: dict[str, list[str]] = {}
        for scope, value in _rows(conn, _NUMBERS, part, (f"%:{V_NUMBER}",)):
            numbers.setdefault(scope, []).append(value)
        others: dict[str, list[tuple[str, ...]]] = {}
        for scope, *alias in _rows(conn, _ALIASES, part):
            others.setdefault(scope, []).append(alias_parts(*alias))
        for person, *name, birth in _rows(conn, _PERSONS, part):
            names = (name_parts(*name), *others.get(person, ()))
            found[person] = traits_of((names, birth or "", numbers.get(person, ())))
    return found


def name_parts(*parts: object) -> tuple[str, ...]:
    """The parts of a name as they are kept, none of them missing."""
    return tuple([str(part or "") for part in parts])


def alias_parts(family: object, given: object, native: object) -> tuple[str, ...]:
    """The same of an alias, which is one text in its own script."""
    return name_parts(family, given, None, None, native)


def refresh_persons(conn: Connection, persons: Sequence[str]) -> dict[str, frozenset[str]]:
    """Bring the keys of these persons up to date; a scope that is no person (any more) has none. Returns by person the
    keys that are new; who has none new is left out."""
    fresh: dict[str, frozenset[str]] = {}
    gone: list[tuple[str, str]] = []
    for start in range(0, len(persons), CHUNK):
        part = persons[start : start + CHUNK]
        known = traits(conn, part)
        for person, before in keys_of(conn, part).items():
            now = keys(known[person]) if person in known else frozenset()
            gone += [(key, person) for key in before - now]
            if now - before:
                fresh[person] = now - before
    if gone:
        conn.exec_driver_sql("DELETE FROM d_person_key WHERE key = ? AND person = ?", sorted(gone))
    keep_new(conn, fresh)
    return fresh


def keep_new(conn: Connection, found_by: Mapping[str, Collection[str]]) -> None:
    """Keep persons under keys under which they are not kept yet."""
    new = [(key, person) for person, made in found_by.items() for key in made]
    insert_rows(conn, "INSERT INTO d_person_key(key, person)", sorted(new, key=itemgetter(0)))


def keys_of(conn: Connection, persons: Sequence[str]) -> dict[str, frozenset[str]]:
    """What these persons are kept under; everybody asked for has an entry."""
    found: dict[str, set[str]] = {person: set() for person in persons}
    for start in range(0, len(persons), CHUNK):
        for person, key in _rows(conn, _KEYS, tuple(persons[start : start + CHUNK])):
            found[person].add(key)
    return {person: frozenset(kept) for person, kept in found.items()}


def _rows(
    conn: Connection, sql: str, ids: tuple[str, ...], before: tuple[str, ...] = ()
) -> Sequence[tuple[Any, ...]]:
    marks = ",".join("?" * len(ids))
    return all_rows(conn, sql.format(marks=marks), (*before, *ids)) if ids else ()
