"""Puts together the members of a made-up family: who, how old, named how and since when here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.person_name import PersonName
from app.services.demo_family import DemoMember, DemoSchool, DemoVoice, Role
from app.services.demo_names import MAN, WOMAN, Namer
from app.services.demo_plan import Plan, drawn, workday
from app.services.demo_source import Source

YEAR: Final = 365.25
ADULT_YEARS: Final = 18
SCHOOL_YEARS: Final = 4
_INCOMPLETE: Final = {"year": 62, "month": 15, "about": 15, "unknown": 8}
_V_NUMBER_STEP: Final = (
    387_420_489  # 3^18 has no factor in common with 10^9: every person gets another number
)
_V_NUMBERS: Final = 1_000_000_000
_PER_FAMILY: Final = 16


@dataclass(frozen=True, slots=True)
class _Person:
    """A member before the details."""

    role: Role
    sex: str
    born_on: date


def members(
    number: int, plan: Plan, rng: Random, source: Source, arrived: date, today: date
) -> tuple[DemoMember, ...]:
    """The members, oldest generation first. `arrived` is the day the family came to the Netherlands."""
    namer = Namer.of(source, plan.nationality.group, rng, plan.family)
    people = list(_people(plan, rng, today))
    return tuple(
        _member(
            _v_number(number, place, rng), person, _name(person, namer), plan, rng, source, arrived, today
        )
        for place, person in enumerate(people)
    )


def title_of(plan: Plan, source: Source, people: tuple[DemoMember, ...]) -> tuple[str, str]:
    """The family's name in Latin letters and in its own script; empty where the script is Latin.

    Where fathers' names stand in for a family name, the eldest parent's whole name is how a family is known.
    """
    child = next((one.name for one in people if one.role is Role.CHILD), people[0].name)
    if source.groups[plan.nationality.group].surname != "father" or plan.family:
        return _unmarried(child, people)
    head = next((one for one in people if one.role is Role.PARENT), people[0]).name
    return head.full, head.native


def _unmarried(child: PersonName, people: tuple[DemoMember, ...]) -> tuple[str, str]:
    """The shared name, in the man's form when a boy or man of the family bears it (gendered names)."""
    stem = child.family[:4]
    name = next((one.name for one in people if one.sex == MAN and one.name.family.startswith(stem)), child)
    return name.family, name.native_family


def _people(plan: Plan, rng: Random, today: date) -> Iterator[_Person]:
    children = _children(plan, rng, today)
    eldest = children[-1]
    mother = eldest - timedelta(days=round(rng.uniform(18.5, 31) * YEAR))
    father = min(
        mother - timedelta(days=round(rng.uniform(-3, 9) * YEAR)), eldest - timedelta(days=round(18.5 * YEAR))
    )
    if plan.household == "drie-generaties":
        born = min(mother, father) - timedelta(days=round(rng.uniform(19, 29) * YEAR))
        yield _Person(Role.GRANDPARENT, WOMAN if plan.told or rng.random() < 0.7 else MAN, born)
    if plan.household == "grootmoeder":
        yield _Person(Role.GRANDPARENT, WOMAN, mother - timedelta(days=round(rng.uniform(19, 29) * YEAR)))
    if plan.household in ("gezin", "vader", "drie-generaties"):
        yield _Person(Role.PARENT, MAN, father)
    if plan.household in ("gezin", "moeder", "drie-generaties"):
        yield _Person(Role.PARENT, WOMAN, mother)
    for place, born in enumerate(reversed(children)):
        son = plan.adult_child and place == 0
        yield _Person(Role.CHILD, MAN if son else rng.choice((WOMAN, MAN)), born)


def _children(plan: Plan, rng: Random, today: date) -> list[date]:
    """Birth days, youngest first; at least one is a minor."""
    youngest = rng.uniform(0.4, 11)
    if plan.household == "alleenstaand-kind":
        youngest = rng.uniform(14.2, 17.4)
    elif plan.teenagers:
        youngest = rng.uniform(17.2, 17.9)
    elif plan.adult_child:
        youngest = rng.uniform(14.0, 16.0)
    elif plan.born_here:
        youngest = rng.uniform(0.4, 1.0)
    ages = [youngest]
    for _ in range(plan.children - 1):
        ages.append(ages[-1] + (rng.uniform(1.1, 1.8) if plan.born_here else rng.uniform(1.2, 3.6)))
    if plan.adult_child and len(ages) > 1:
        ages[-1] = max(ages[-1], rng.uniform(19, 21))
    return [today - timedelta(days=round(age * YEAR)) for age in ages]


def _name(person: _Person, namer: Namer) -> PersonName:
    if person.role is Role.CHILD:
        return namer.child(person.sex)
    if person.role is Role.GRANDPARENT and not namer.fathers:
        return namer.child(person.sex)
    if person.role is Role.GRANDPARENT:
        return namer.parent(WOMAN)
    return namer.parent(person.sex)


def _member(
    v_number: str,
    person: _Person,
    name: PersonName,
    plan: Plan,
    rng: Random,
    source: Source,
    arrived: date,
    today: date,
) -> DemoMember:
    years = (today - person.born_on).days / YEAR
    minor = years < ADULT_YEARS
    here = person.born_on > arrived
    speaks_dutch = plan.nationality.language == "Nederlands" or (
        minor and (here or years > 7) and plan.stay_years > 2
    )
    spoken = plan.nationality.language.split(" (")[0]
    return DemoMember(
        role=person.role,
        name=name,
        sex=person.sex,
        born=_known_part(person, plan, rng, here=here, minor=minor),
        minor=minor,
        birth_place="Noordermeer" if here else rng.choice(plan.nationality.birth_places),
        birth_country="NL" if here else plan.nationality.iso2,
        nationality=plan.nationality.iso2,
        language=plan.nationality.language,
        interpreter_language="" if speaks_dutch else spoken,
        reading=_reading(person, plan, rng, years),
        v_number=v_number,
        school=_school(rng, years, max(arrived, person.born_on + timedelta(days=round(4 * YEAR))), today)
        if minor
        else None,
        voice=_voice(plan, rng, source, years, today) if minor else None,
        health=_health(person, plan),
    )


def _known_part(person: _Person, plan: Plan, rng: Random, *, here: bool, minor: bool) -> IncompleteDate:
    """The birth date as it is known: less than whole for some, never for a child born here."""
    day = person.born_on
    share = plan.nationality.incomplete / (300 if minor else 100)
    form = drawn(rng, _INCOMPLETE)
    if here or (not (plan.unknown_dates and not minor) and rng.random() >= share):
        return IncompleteDate.of(day)
    if form == "month":
        return IncompleteDate(day.year, day.month)
    if form == "about" and not minor:
        return IncompleteDate(day.year, approximate=True)
    if form == "unknown" and not minor:
        return UNKNOWN_DATE
    return IncompleteDate(day.year)


def _reading(person: _Person, plan: Plan, rng: Random, years: float) -> str:
    if years < 7 or (not plan.reads and person.role is Role.PARENT):
        return "lezen.niet"
    return f"lezen.{drawn(rng, {'goed': 76, 'beetje': 12, 'niet': 5, 'onbekend': 7})}"


def _school(rng: Random, years: float, since: date, today: date) -> DemoSchool | None:
    if years < SCHOOL_YEARS:
        return None
    if years < 12:
        level, name = (
            f"groep {min(8, int(years) - 3)}",
            rng.choice(("Basisschool De Meerkoet", "Basisschool Het Riet")),
        )
    else:
        level, name = rng.choice(("ISK", f"klas {min(5, int(years) - 11)}")), "Noordermeer College"
    return DemoSchool(name=name, level=level, from_on=min(since + timedelta(days=rng.randint(5, 40)), today))


def _voice(plan: Plan, rng: Random, source: Source, years: float, today: date) -> DemoVoice | None:
    """Whether the child was heard: always answered in the stories, in part of the other families not yet."""
    if not plan.told and rng.random() < 0.6:
        return None
    texts = source.texts["child"]
    knows = rng.choice(texts["knows"])
    if years < 6:
        reason = f"{int(years)} jaar oud"
        return DemoVoice(heard="gehoord.niet-andere-reden", on=None, by="", reason=reason, knows="", wish="")
    if rng.random() < 0.15:
        reason = "Wens van de ouders."
        return DemoVoice(heard="gehoord.wens-ouders", on=None, by="", reason=reason, knows=knows, wish="")
    own = rng.random() < 0.6
    return DemoVoice(
        heard="gehoord.zelf" if own else "gehoord.door-ander",
        on=workday(today - timedelta(days=rng.randint(5, 90))),
        by="regievoerder" if own else "mentor van school",
        reason="",
        knows=knows,
        wish=rng.choice(texts["wish"]),
    )


def _health(person: _Person, plan: Plan) -> str:
    """What travel asks of others, in functional words; the medical content stays with the doctor."""
    if not plan.medical or person.role is Role.CHILD:
        return ""
    if person.role is Role.GRANDPARENT or plan.household != "drie-generaties":
        return "Loopt korte stukken met een stok. Rolstoel nodig tot aan de stoel in het vliegtuig."
    return ""


def _v_number(number: int, place: int, rng: Random) -> str:
    """Ten digits that start with 0 or 9: made up, different for every person of one run."""
    turned = (number * _PER_FAMILY + place + 1) * _V_NUMBER_STEP % _V_NUMBERS
    return f"{rng.choice('09')}{turned:09}"
