"""Made-up families in any number, the same for the same count, seed and day; the first forty tell a story.

For `--demo`, for the benchmark (20,000 dossiers) and for trying things out. Pure values, nothing is stored.
Each family has a random source of its own, so family 7 is the same whether 10 or 20,000 are made.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from app.domain.incomplete_date import IncompleteDate
from app.services.demo_departure import departure
from app.services.demo_family import (
    DemoCheck,
    DemoContact,
    DemoDecision,
    DemoFamily,
    DemoMeasure,
    DemoMember,
    DemoObstacle,
)
from app.services.demo_household import YEAR, members, title_of
from app.services.demo_plan import Plan, plan, workday, workday_from
from app.services.demo_request import requests
from app.services.demo_source import Source, source
from app.services.demo_talk import phases, talks

LOCATION: Final = "GL Noordermeer"
OFFICERS: Final = ("J. Terpstra", "M. de Wit", "S. Amrani")
TERM_DAYS: Final = 28  # art. 62 Vw
_LAWYERS: Final = ("mr. D. van Duin", "mr. S. Kromhout", "mr. E. Baas", "mr. L. Wind")


def families(count: int, seed: int, today: date) -> Iterator[DemoFamily]:
    """`count` families as they stand on `today`, made one at a time."""
    data = source()
    for number in range(count):
        yield family(number, seed, today, data)


def family(number: int, seed: int, today: date, data: Source) -> DemoFamily:
    """Family `number`, counted from 0."""
    rng = Random(f"{seed}/{number}")  # noqa: S311 - the same people every time, no secret
    outline = plan(number, rng, data)
    opened = workday(today - timedelta(days=max(6, round(outline.stay_years * YEAR))))
    decided = workday(opened - timedelta(days=rng.randint(35, 420)))
    arrived = decided - timedelta(days=rng.randint(240, 1500))
    people = members(number, outline, rng, data, arrived, today)
    title, native = title_of(outline, data, people)
    return DemoFamily(
        number=number,
        about=outline.about,
        title=title,
        title_native=native,
        nationality=outline.nationality.iso2,
        officer=OFFICERS[0] if outline.told and number % 4 != 3 else rng.choice(OFFICERS),
        room=f"{rng.choice('ABCD')}{rng.randint(1, 48):02}",
        in_netherlands_since=arrived,
        opened_on=opened,
        location_since=_since(opened, outline, rng),
        decision=DemoDecision(
            on=decided, term_days=TERM_DAYS, term_ends_on=decided + timedelta(days=TERM_DAYS)
        ),
        measure=_measure(outline, people, opened, rng),
        check=_check(outline, opened, rng, today),
        members=people,
        contacts=_contacts(outline, rng),
        phases=phases(outline, people, opened, rng, data, today),
        obstacles=_obstacles(outline, people, rng, data, today),
        talks=talks(outline, people, opened, rng, data, today),
        requests=requests(outline, people, rng, today),
        departure=departure(outline, people, rng, today),
    )


def _since(opened: date, outline: Plan, rng: Random) -> IncompleteDate:
    """Known to the day; of old dossiers sometimes only to the month."""
    whole = outline.stay_years < 4 or rng.random() < 0.85
    return IncompleteDate.of(opened) if whole else IncompleteDate(opened.year, opened.month)


def _measure(outline: Plan, people: tuple[DemoMember, ...], opened: date, rng: Random) -> DemoMeasure | None:
    """Usual at a family location; not for a child alone, and not for everybody."""
    if outline.household == "alleenstaand-kind" or rng.random() < 0.2:
        return None
    return DemoMeasure(
        from_on=opened,
        area="gemeente Noordermeer",
        reporting_days="maandag tot en met vrijdag",
        handed_over_on=opened,
        handed_over_in=people[0].interpreter_language or "Nederlands",
    )


def _check(outline: Plan, opened: date, rng: Random, today: date) -> DemoCheck | None:
    """*Mag vertrekken*, asked and answered not long ago; not yet for a new family."""
    asked = workday(today - timedelta(days=rng.randint(3, 40)))
    if asked <= opened or (not outline.told and rng.random() < 0.3):
        return None
    answered = min(workday_from(asked + timedelta(days=1)), today)
    held = outline.request == "aangehouden"
    return DemoCheck(
        asked_on=asked,
        answered_on=answered,
        may_leave="mag-vertrekken.nee" if held else "mag-vertrekken.ja",
        valid_until=answered + timedelta(days=30),
    )


def _contacts(outline: Plan, rng: Random) -> tuple[DemoContact, ...]:
    def phone() -> str:
        return f"06-0000{rng.randint(0, 9999):04}"

    found = [
        DemoContact(
            role="contactrol.gemachtigde",
            name=rng.choice(_LAWYERS),
            organisation="Advocatenkantoor",
            phone=phone(),
        ),
        DemoContact(role="contactrol.coa", name="K. Bloem", organisation="COA Noordermeer", phone=phone()),
    ]
    if outline.household == "alleenstaand-kind":
        found.append(
            DemoContact(role="contactrol.voogd", name="T. Linde", organisation="Nidos", phone=phone())
        )
    return tuple(found)


def _obstacles(
    outline: Plan, people: tuple[DemoMember, ...], rng: Random, data: Source, today: date
) -> tuple[DemoObstacle, ...]:
    """None to two, with an owner and a day that lies ahead."""
    if outline.phase in ("actie", "volhouden"):
        return ()
    topics = rng.sample(tuple(data.texts["obstacle"]), rng.choice((0, 1, 1, 2)))
    return tuple(
        DemoObstacle(
            topic=f"belemmering.{topic}",
            body=rng.choice(data.texts["obstacle"][topic]) % {"kind": people[-1].name.first},
            owner=rng.choice((people[0].name.first, "Regievoerder", "COA")),
            due_on=workday_from(today + timedelta(days=rng.randint(2, 30))),
        )
        for topic in topics
    )
