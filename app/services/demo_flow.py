"""How a made-up family came in, the states it went through, and who left: records beside its story.

Drawn from a random source of its own, so that nothing else of the family changes. Sources and what a file lacked are
spread after the published inflow of 2019 (domain notes, 5.1); the rest only has to look plausible.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from app.domain.ident import derived_id, new_id
from app.domain.kinds.dossier import DossierState, Inflow, Outflow
from app.domain.record import Record
from app.services.demo_family import DemoFamily

Ref = Callable[[str, str], str]
SOURCES: Final = {"instroom.ind": 61, "instroom.zelf": 30, "instroom.kmar": 5, "instroom.avim": 4}
MISSING: Final = ("", "", "", "Geboorteakte van het jongste kind", "Uitspraak van de rechtbank", "Foto’s")
TRACK: Final = {"voorbereiding": "s3", "actie": "s3", "volhouden": "s3", "besluitvorming": "s3"}
GONE_EVERY: Final = 13
"""One family in so many misses an adult who left without supervision."""


def flow(family: DemoFamily, dossier: str, persons: Sequence[str], ref: Ref, today: date) -> Iterator[Record]:
    """Inflow, states and outflow of one family."""
    rng = Random(f"flow/{family.number}")  # noqa: S311 - the same course every time, no secret
    yield _inflow(family, dossier, ref, rng, today)
    maker = _Maker(dossier, ref)
    departed = family.closed_on
    until = departed or today
    for code, on, ended in _states(family, rng, until):
        yield maker.state(code, on, ended or departed)
    if departed is not None:
        kind, sort = ("gedwongen", "begeleid") if family.number % 3 == 0 else ("zelfstandig", "iom")
        for person in persons:
            yield maker.outflow(person, kind, sort, departed, proof="Vertrek bevestigd door de luchthaven")
            yield maker.state("s10", departed, person=person)
        yield maker.state("s10", departed)
    elif family.number % GONE_EVERY == GONE_EVERY - 1 and len(family.adults) > 1:
        on = max(family.opened_on, today - timedelta(days=rng.randint(20, 300)))
        person = persons[family.adults[-1]]
        reported = min(on + timedelta(days=1), today).isoformat()
        gone = maker.outflow(person, "zonder-toezicht", "onbekend", on)
        yield gone.with_values(reported_on=reported, reported_to="AVIM")
        yield maker.state("s10", on, person=person)


def _inflow(family: DemoFamily, dossier: str, ref: Ref, rng: Random, today: date) -> Inflow:
    source = rng.choices(tuple(SOURCES), tuple(SOURCES.values()))[0]
    missing, on = rng.choice(MISSING), family.opened_on
    asked = on + timedelta(days=2) if missing else None
    came = asked + timedelta(days=rng.randint(5, 40)) if asked else None
    return Inflow(
        id=new_id(),
        scope=dossier,
        on=on.isoformat(),
        source=ref("basis", source),
        missing=missing or None,
        asked_on=_day(asked, today),
        complete_on=_day(came, today),
    )


def _states(family: DemoFamily, rng: Random, until: date) -> Iterator[tuple[str, date, date | None]]:
    """Code, first day and last day; the main course one after the other, the parallel ones beside it."""
    opened = family.opened_on
    step = min(opened + timedelta(days=rng.randint(7, 30)), until)
    phase = family.phases[-1].phase.rpartition(".")[2] if family.phases else ""
    planned = family.departure is not None and family.departure.departed_on is None
    track = TRACK.get(phase, "s4" if family.number % 3 == 0 else "s3")
    settled = step < until
    yield "s1", opened, step if settled else None
    ticket = max(step, until - timedelta(days=10))
    if settled:
        yield track, step, ticket if planned else None
        if planned:
            yield "s9", ticket, None
    running = [each for each in family.requests if each.events]
    if running:
        begun = max(opened, running[-1].events[0].on)
        yield "s5", begun, None
        if running[-1].state == "lp.aangehouden":
            yield "s7", max(opened, running[-1].events[-1].on), None
    if family.measure is not None:
        yield "s6", family.measure.from_on, None


class _Maker:
    def __init__(self, dossier: str, ref: Ref) -> None:
        self._dossier, self._ref = dossier, ref

    def state(self, code: str, on: date, ended: date | None = None, person: str = "") -> DossierState:
        """A state of the family, or of one person."""
        return DossierState(
            id=new_id(),
            scope=self._dossier,
            state=self._ref("basis", f"stand.{code}"),
            person=person or None,
            from_on=on.isoformat(),
            to_on=ended.isoformat() if ended else None,
        )

    def outflow(self, person: str, kind: str, sort: str, on: date, proof: str = "") -> Outflow:
        """How one person left."""
        return Outflow(
            id=derived_id("outflow", self._dossier, person, "0"),
            scope=self._dossier,
            person=person,
            kind=self._ref("basis", f"uitstroom.{kind}"),
            sub_kind=self._ref("basis", f"uitstroom-soort.{sort}"),
            on=on.isoformat(),
            proof=proof or None,
        )


def _day(day: date | None, today: date) -> str | None:
    """A day that has come."""
    return day.isoformat() if day is not None and day <= today else None
