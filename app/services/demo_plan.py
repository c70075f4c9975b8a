"""Decides the outline of a made-up family before anybody gets a name: who, how long, which phase and papers.

The first forty follow `resources/demo/stories.toml`, the rest is drawn. Shares that rest on a source name it;
the others are assumptions that only have to look plausible.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from app.services.demo_source import Nationality, Source

HOUSEHOLDS: Final = {
    "gezin": 58,
    "moeder": 22,
    "vader": 5,
    "drie-generaties": 9,
    "grootmoeder": 3,
    "alleenstaand-kind": 3,
}
PHASES: Final = {
    "voorbeschouwing": 30,
    "overpeinzing": 25,
    "besluitvorming": 14,
    "voorbereiding": 12,
    "actie": 5,
    "volhouden": 2,
    "terugval": 12,
}
# Few requests end well and many get no answer: in 2014-2018 2,310 were refused and 8,020 withdrawn after a
# year without answer; in 2018 1,760 succeeded, 2,410 did not (published figures of the return service).
REQUESTS: Final = {
    "": 22,
    "concept": 5,
    "bij-dia": 6,
    "teruggestuurd": 2,
    "aangehouden": 6,
    "ingediend": 15,
    "presentatie-gepland": 6,
    "niet-doorgegaan": 3,
    "gepresenteerd": 5,
    "onderzoek": 12,
    "bevestigd": 3,
    "toegezegd": 3,
    "afgegeven": 4,
    "niet-erkend": 2,
    "onvoldoende": 2,
    "heruitgifte": 1,
    "geen-antwoord": 2,
    "ingetrokken": 3,
}
# Time at a family location in 2019: 60 % over three years, over a third five (inspection 2022-2023).
STAY_YEARS: Final = (((0.02, 3.0), 40), ((3.0, 5.0), 26), ((5.0, 9.5), 34))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The outline. Days count from today; None means that there is no such thing."""

    nationality: Nationality
    household: str
    children: int
    phase: str
    request: str
    request_days: int
    stay_years: float
    about: str = ""
    family: str = ""
    late: str = ""
    medical: bool = False
    teenagers: bool = False
    adult_child: bool = False
    born_here: bool = False
    unknown_dates: bool = False
    reads: bool = True
    flight_days: int | None = None
    talk_days: int | None = None
    presentation_days: int = 10

    @property
    def told(self) -> bool:
        """True for the families with a story: those get more detail."""
        return bool(self.about)


def plan(number: int, rng: Random, source: Source) -> Plan:
    """The outline of family `number` (from 0)."""
    story: dict[str, Any] = dict(source.stories[number]) if number < len(source.stories) else {}
    if story:
        nationality = source.nationality(story.pop("iso2"))
        request = story.pop("request", "")
        request_days = story.pop("request_days", 0)
        return Plan(nationality=nationality, request=request, request_days=request_days, **story)
    nationality = rng.choices(source.nationalities, [entry.weight for entry in source.nationalities])[0]
    household = drawn(rng, HOUSEHOLDS)
    stay = rng.choices(STAY_YEARS, [weight for _, weight in STAY_YEARS])[0][0]
    request = drawn(rng, REQUESTS)
    return Plan(
        nationality=nationality,
        household=household,
        children=1
        if household == "alleenstaand-kind"
        else rng.choices((1, 2, 3, 4, 5), (28, 34, 22, 11, 5))[0],
        phase=drawn(rng, PHASES),
        request=request,
        request_days=rng.randint(2, 55),
        stay_years=rng.uniform(*stay),
        flight_days=rng.randint(4, 60) if request == "afgegeven" and rng.random() < 0.5 else None,
        talk_days=rng.randint(-2, 30) if rng.random() < 0.5 else None,
        presentation_days=rng.randint(1, 40),
        medical=rng.random() < 0.06,
    )


def drawn(rng: Random, weights: dict[str, int]) -> str:
    """One key by its weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def workday(day: date) -> date:
    """The same day, or the Friday before when it falls in a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def workday_from(day: date) -> date:
    """The same day, or the Monday after when it falls in a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
