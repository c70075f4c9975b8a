"""Who may be here already: what looking costs while typing and at import, in plain SQLite files of three sizes.

The names are those of the made-up families: some twenty given and ten family names a language. Real names are spread
wider, so far more people share a name here than in a real store.
"""

import sqlite3
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.person_name import PersonName
from app.matching.keys import keys
from app.matching.look_up import matches
from app.matching.traits import PersonTraits
from app.services.demo_names import MAN, WOMAN, Namer
from app.services.demo_source import source
from tools.measure.figure import Figure, p95, rate, seconds
from tools.measure.made_store import SEED, MadeStore

SMALL, TARGET, LARGE = 17_500, 70_000, 350_000  # persons in 5,000, 20,000 and 100,000 dossiers
IMPORTED, CHECKED, RUNS = 20_000, 400, 3
_TABLES = """
CREATE TABLE s_person_key(key TEXT, person TEXT, scope TEXT, PRIMARY KEY(key, person, scope)) WITHOUT ROWID;
CREATE TABLE person(id TEXT PRIMARY KEY, family TEXT, given TEXT, native_family TEXT, native_given TEXT, birth TEXT,
  number TEXT) WITHOUT ROWID;
"""


class FilePersons:
    """Persons in a SQLite file, as a store would keep them; satisfies `KeptPersons`."""

    def __init__(self, path: Path) -> None:
        self.conn = sqlite3.connect(path)
        self.conn.executescript(_TABLES)

    def keep(self, persons: Mapping[str, PersonTraits]) -> None:
        self.conn.executemany("INSERT INTO person VALUES(?,?,?,?,?,?,?)", map(_row, persons.items()))
        rows = ((key, person, person) for person, traits in persons.items() for key in keys(traits))
        self.conn.executemany("INSERT INTO s_person_key VALUES(?,?,?)", rows)
        self.conn.commit()

    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        sql = (
            f"SELECT person FROM s_person_key WHERE key IN ({','.join('?' * len(keys))})"  # noqa: S608
            " GROUP BY person ORDER BY count(*) DESC, person LIMIT ?"
        )
        return [person for (person,) in self.conn.execute(sql, (*keys, most))]

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        sql = f"SELECT * FROM person WHERE id IN ({','.join('?' * len(persons))})"  # noqa: S608
        return {row[0]: _traits(*row[1:]) for row in self.conn.execute(sql, persons)}


def measure(made: MadeStore, runs: int) -> Iterator[Figure]:  # noqa: ARG001 - parts are called alike
    """The store of families is not used: only how many there are matters, and how people are named."""
    sizes = (SMALL, TARGET, LARGE) if runs > RUNS else (100, 200, 300)
    imported, checked = (IMPORTED, CHECKED) if runs > RUNS else (20, 5)
    make = Persons(SEED)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        kept, count = FilePersons(Path(temporary) / "persons.db"), 0
        for size in sizes:
            kept.keep(make.many(count, size))
            count = size
            yield _typing(kept, make, size, checked, target=50 if size == sizes[1] else None)
            if size == sizes[1]:
                yield from _import(kept, make, imported)
        kept.conn.close()


def _typing(kept: FilePersons, make: "Persons", size: int, checked: int, *, target: float | None) -> Figure:
    """Every second one is looked for before the birth date is typed, which finds most people to compare with."""
    typed = [make.person() for _one in range(checked)]
    typed = [replace(one, birth=UNKNOWN_DATE) if number % 2 else one for number, one in enumerate(typed)]
    took = [seconds(partial(matches, one, kept)) for one in typed]
    return p95(f"check-{size}", f"check while typing, {size:,} persons", took, target=target)


def _import(kept: FilePersons, make: "Persons", count: int) -> Iterator[Figure]:
    persons = [make.person() for _one in range(count)]
    took = seconds(lambda: [keys(person) for person in persons])
    yield rate("keys", "keys of persons at import", count, took, of="/s")
    start, warned = time.perf_counter(), 0
    for person in persons:
        warned += bool(matches(person, kept))
    yield rate("import-check", "checking persons at import", count, time.perf_counter() - start, of="/s")
    yield Figure(code="warned", title="of them warned for", value=100 * warned / count, unit="%", kind="once")


class Persons:
    """Made-up persons, named as made-up families are; one birth date in six is not full."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self._nationalities = source().nationalities
        self._weights = [one.weight for one in self._nationalities]

    def many(self, first: int, last: int) -> dict[str, PersonTraits]:
        return {f"{number:032x}": self.person() for number in range(first, last)}

    def person(self) -> PersonTraits:
        rng = self._rng
        group = rng.choices(self._nationalities, self._weights)[0].group
        name = Namer.of(source(), group, rng).child(rng.choice((WOMAN, MAN)))
        if rng.random() < 0.8:
            name = replace(name, native_family="", native_given="")
        year, month, day = rng.randint(1950, 2022), rng.randint(1, 12), rng.randint(1, 28)
        birth = rng.choices(
            (IncompleteDate(year, month, day), IncompleteDate(year, 1, 1), IncompleteDate(year)), (84, 10, 6)
        )[0]
        return PersonTraits(names=(name,), birth=birth, numbers=(f"27{rng.randrange(10**8):08}",))


def _row(kept: tuple[str, PersonTraits]) -> tuple[str, ...]:
    person, traits = kept
    name = traits.names[0]
    return (
        person,
        name.family,
        name.given,
        name.native_family,
        name.native_given,
        traits.birth.text,
        traits.numbers[0],
    )


def _traits(
    family: str, given: str, native_family: str, native_given: str, birth: str, number: str
) -> PersonTraits:
    name = PersonName(family=family, given=given, native_family=native_family, native_given=native_given)
    return PersonTraits(names=(name,), birth=IncompleteDate.from_text(birth), numbers=(number,))
