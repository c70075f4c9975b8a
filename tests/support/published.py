"""A location made up from published totals: the recipe of 2023, and the published table read back from the figures.

The totals were published rounded to tens, so the recipe first draws numbers that round to every one of them, parts and
sums alike. It then writes persons, their dossiers, inflow and outflow, as an officer's laptop would have them.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Inflow, Membership, Outflow
from app.domain.kinds.person import Person
from app.domain.record import Record, ScopeKind
from app.services.figure import Period
from app.services.figures import figures
from app.services.session import Session
from app.storage.uow import UnitOfWork

TABLE = Path(__file__).with_name("published_2023.csv")
YEAR = Period(start=date(2023, 1, 1), end=date(2023, 12, 31))
_IN, _OUT = "DT&V instroom: ", "Stand van de uitvoering: "
SOURCES = {
    "van IND": ("instroom.ind",),
    "van Nationale Politie": ("instroom.avim",),
    "van KMar": ("instroom.kmar",),
    "overige": ("instroom.zelf", "instroom.bemiddeling", "instroom.anders"),
}
_WITHOUT = "uitstroom zonder vertrek"
KINDS = {
    "zelfstandig vertrek": ("zelfstandig", ("iom", "eigen-kracht")),
    "gedwongen vertrek": ("gedwongen", ("begeleid", "onbegeleid")),
    "zelfstandig vertrek zonder toezicht": ("zonder-toezicht", ("onbekend",)),
    f"{_WITHOUT} - opnieuw asielprocedure": ("zonder-vertrek", ("asiel",)),
    f"{_WITHOUT} - verblijfsvergunning": ("zonder-vertrek", ("vergunning",)),
    f"{_WITHOUT} - anders": ("zonder-vertrek", ("anders",)),
}
INFLOW_TOTAL, OUTFLOW_TOTAL = "instroom personen", "vertrekprocedures met resultaat"
SHARE = "aantoonbaar vertrek (percentage)"
_FAMILY = 5


def published() -> dict[str, int]:
    """The published totals by their name without its prefix, for the rows that this recipe is about."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = {row["measure_nl"]: int(row["value"]) for row in csv.DictReader(lines)}
    wanted = [*SOURCES, *KINDS, _WITHOUT, INFLOW_TOTAL, OUTFLOW_TOTAL, SHARE]
    found = {name.removeprefix(_IN).removeprefix(_OUT): value for name, value in rows.items()}
    return {name: found[name] for name in wanted}


def to_tens(number: int, to: int = 10) -> int:
    """Rounded as the service publishes; halves go up."""
    return (number + to // 2) // to * to


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many persons came in by whom, and left in which way, before rounding."""

    inflow: Mapping[str, int]
    outflow: Mapping[str, int]


def recipe(scale: int = 1) -> Recipe:
    """Numbers that round to the published ones. With a scale of ten: a tenth of each, which is a whole number."""
    table, rng = published(), Random(2023)
    if scale > 1:
        return Recipe(
            {name: table[name] // scale for name in SOURCES}, {name: table[name] // scale for name in KINDS}
        )
    while True:
        inflow = {name: table[name] + rng.randint(-4, 4) for name in SOURCES}
        outflow = {name: table[name] + rng.randint(-4, 4) for name in KINDS}
        without = sum(number for name, number in outflow.items() if name.startswith(_WITHOUT))
        sums = (
            (sum(inflow.values()), INFLOW_TOTAL),
            (sum(outflow.values()), OUTFLOW_TOTAL),
            (without, _WITHOUT),
        )
        if all(to_tens(number) == table[name] for number, name in sums):
            return Recipe(inflow, outflow)


def write(session: Session, made: Recipe) -> None:
    """Write families of five: who came in by whom on days over the year, and who of all those left in which way."""
    ways = [name for name, number in made.outflow.items() for _each in range(number)]
    people = _People(session, ways)
    sources = [name for name, number in made.inflow.items() for _each in range(number)]
    with session.store.write(verbs.DEMO_FILLED) as uow:
        at = 0
        while at < len(sources):
            name = sources[at]
            family = [each for each in sources[at : at + _FAMILY] if each == name]
            people.family(uow, name, len(family))
            at += len(family)


class _People:
    def __init__(self, session: Session, ways: list[str]) -> None:
        self._session, self._ways = session, ways
        self._days = _days()
        self._made = 0

    def family(self, uow: UnitOfWork, source: str, size: int) -> None:
        """One dossier with members; everybody in it came in on the same day."""
        scope, on = uow.new_scope(ScopeKind.DOSSIER), next(self._days)
        codes = SOURCES[source]
        came_by = self._ref(codes[self._made % len(codes)])
        uow.add(Dossier(id=scope, scope=scope, title=f"Voorbeeld {self._made}", opened_on=on))
        uow.add(Inflow(id=new_id(), scope=scope, on=on, source=came_by))
        for _member in range(size):
            person = uow.new_scope(ScopeKind.PERSON)
            for record in self._member(scope, person, on):
                uow.add(record)
            self._made += 1

    def _member(self, scope: str, person: str, on: str) -> Iterator[Record]:
        yield Person(id=person, scope=person, family_name="Voorbeeld", given_names=str(self._made))
        yield Membership(id=new_id(), scope=scope, person=person, from_on=on)
        if self._made < len(self._ways):
            kind, sorts = KINDS[self._ways[self._made]]
            yield Outflow(
                id=new_id(),
                scope=scope,
                person=person,
                kind=self._ref(f"uitstroom.{kind}"),
                sub_kind=self._ref(f"uitstroom-soort.{sorts[self._made % len(sorts)]}"),
                on=max(on, next(self._days)),
            )

    def _ref(self, code: str) -> str:
        return self._session.content.ref("basis", code)


def _days() -> Iterator[str]:
    """Days of the year, over and over."""
    while True:
        for number in range(365):
            yield (YEAR.start + timedelta(days=number)).isoformat()


def table_of(session: Session, to: int = 10) -> dict[str, int]:
    """The published table as the program's own figures give it, rounded to tens; the share in whole per cents."""
    found = {(each.code, each.key): each.number or 0 for each in figures(session, YEAR)}
    made = {name: sum(found["inflow.source", code] for code in codes) for name, codes in SOURCES.items()}
    for name, (kind, sorts) in KINDS.items():
        keys = (f"uitstroom.{kind}/uitstroom-soort.{sort}" for sort in sorts)
        made[name] = sum(found.get(("outflow.sort", key), 0) for key in keys)
    made[_WITHOUT] = found["outflow.kind", "uitstroom.zonder-vertrek"]
    made[INFLOW_TOTAL] = found["inflow.persons", ""]
    made[OUTFLOW_TOTAL] = found["outflow.persons", ""]
    rounded = {name: to_tens(number, to) for name, number in made.items()}
    return {**rounded, SHARE: found["outflow.share", ""]}
