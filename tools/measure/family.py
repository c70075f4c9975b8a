"""The family as it really is: who may be here already while typing, reading a family, and a file of many persons."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.domain.ident import new_id
from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person, PersonNumber
from app.domain.person_name import PersonName
from app.domain.record import Compartment, Record, ScopeKind, kind_of
from app.files.dossier_json import JsonRecord, JsonScope
from app.files.dossier_json_write import written
from app.matching.traits import PersonTraits
from app.services import dossier_import, duplicates, facts, family_page, timeline
from app.services.demo_names import MAN, WOMAN, Namer
from app.services.demo_source import source
from app.services.session import Session
from tools.measure.figure import Figure, median, p95, rate, seconds
from tools.measure.made_store import SEED, MadeStore, empty_store
from tools.measure.service import some_dossiers

PERSONS, QUICK_PERSONS = 20_000, 40
TYPED, QUICK_TYPED = 200, 6
A_FAMILY = 4
QUICK_RUNS = 3


def measure(made: MadeStore, runs: int) -> Iterator[Figure]:
    """On the store of families, and for the file on an empty one."""
    quick = runs <= QUICK_RUNS
    unlocked = made.unlock()
    try:
        session = unlocked.session
        dossiers = some_dossiers(session, runs)
        opened = [seconds(partial(family_page.load, session, dossier)) for dossier in dossiers]
        yield median("board", "the board of a family, read", opened, target=150)
        read = [seconds(partial(facts.load, session, dossier)) for dossier in dossiers]
        yield median("facts", "the register of a family, read", read)
        told = [seconds(partial(timeline.read, session, dossier, most=200)) for dossier in dossiers]
        yield median("timeline", "timeline, at most 200 entries", told, target=100)
        yield from _typing(session, QUICK_TYPED if quick else TYPED)
    finally:
        unlocked.lock()
    yield from _file(QUICK_PERSONS if quick else PERSONS)


def _typing(session: Session, count: int) -> Iterator[Figure]:
    """Every second one before the birth date is typed, which finds most people to compare with."""
    make = Made(SEED + 1)
    typed = [make.traits() for _one in range(count)]
    typed = [replace(one, birth=UNKNOWN_DATE) if at % 2 else one for at, one in enumerate(typed)]
    took = [seconds(partial(duplicates.look, session, one)) for one in typed]
    yield p95("duplicates", "who may be here already, while typing", took, target=50)
    yield median("duplicates.median", "who may be here already, while typing", took)


def _file(count: int) -> Iterator[Figure]:
    """A file as another program makes it: families of four, each person with a name, a birth date and a V-number."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "personen.json"
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(text_of(count))
        other = empty_store(Path(folder) / "empty")
        try:
            with file.open("rb") as given:
                took = seconds(lambda: dossier_import.import_dossiers(other.session, given))
            yield rate(
                "import.persons",
                f"{count:,} persons taken in, looked at for duplicates",
                count,
                took,
                of="/s",
            )
        finally:
            other.lock()


def text_of(count: int) -> Iterator[str]:
    """The file with `count` persons."""
    make, scopes, records = Made(SEED), [], []
    for _family in range(count // A_FAMILY):
        dossier = new_id()
        scopes.append(JsonScope(dossier, ScopeKind.DOSSIER))
        records.append(_json(Dossier(id=dossier, scope=dossier, title=make.namer().family_name())))
        for position in range(1, A_FAMILY + 1):
            person = new_id()
            scopes.append(JsonScope(person, ScopeKind.PERSON))
            records += map(_json, make.records(person, dossier, position))
    records.sort(key=lambda record: record.kind not in ("dossier", "person"))
    return written(compartments=(Compartment.KERN,), scopes=scopes, records=records, packs=())


def _json(record: Record) -> JsonRecord:
    return JsonRecord(kind_of(record).name, record.id, record.scope, record.values(), None)


class Made:
    """Made-up persons, named as made-up families are; one birth date in six is not full."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._nationalities = source().nationalities
        self._weights = [one.weight for one in self._nationalities]

    def namer(self) -> "_Namer":
        """Names of one group."""
        group = self._rng.choices(self._nationalities, self._weights)[0].group
        return _Namer(Namer.of(source(), group, self._rng), self._rng)

    def traits(self) -> PersonTraits:
        """What is typed of somebody."""
        return PersonTraits(names=(self.namer().name(),), birth=self._birth(), numbers=(self._number(),))

    def records(self, person: str, dossier: str, position: int) -> Iterator[Record]:
        """Somebody in a family."""
        name = self.namer().name()
        yield Person(
            id=person,
            scope=person,
            family_name=name.family or None,
            given_names=name.given or None,
            birth_date=self._birth().text,
        )
        yield PersonNumber(id=new_id(), scope=person, kind="basis:nummer.v-nummer", value=self._number())
        yield Membership(
            id=new_id(), scope=dossier, person=person, role="basis:gezinsrol.kind", position=position
        )

    def _birth(self) -> IncompleteDate:
        rng = self._rng
        year, month, day = rng.randint(1950, 2022), rng.randint(1, 12), rng.randint(1, 28)
        choices = (IncompleteDate(year, month, day), IncompleteDate(year, 1, 1), IncompleteDate(year))
        return rng.choices(choices, (84, 10, 6))[0]

    def _number(self) -> str:
        return f"27{self._rng.randrange(10**8):08}"


class _Namer:
    def __init__(self, namer: Namer, rng: random.Random) -> None:
        self._namer, self._rng = namer, rng

    def name(self) -> PersonName:
        return self._namer.child(self._rng.choice((WOMAN, MAN)))

    def family_name(self) -> str:
        return self.name().family or "Voorbeeld"
