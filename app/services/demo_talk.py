"""Gives a made-up family its talks: held ones with notes and agreements, and the next one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from app.services.demo_family import DemoAgreement, DemoMember, DemoPhase, DemoTalk
from app.services.demo_plan import Plan, workday, workday_from
from app.services.demo_source import Source

CYCLE: Final = ("voorbeschouwing", "overpeinzing", "besluitvorming", "voorbereiding", "actie", "volhouden")
ITEMS: Final = {
    "voorbeschouwing": ("VB", 10),
    "overpeinzing": ("OP", 9),
    "besluitvorming": ("BE", 8),
    "voorbereiding": ("VO", 10),
    "actie": ("AC", 9),
    "volhouden": ("VH", 8),
    "terugval": ("TV", 9),
}
TOPICS: Final = ("gezondheid", "mensenhandel", "schrijnend", "veiligheid", "kinderen")
_ANSWERS: Final = ("ja", "nee", "niet-besproken", "nvt")


def phases(
    plan: Plan, people: tuple[DemoMember, ...], opened: date, rng: Random, source: Source, today: date
) -> tuple[DemoPhase, ...]:
    """Where the family and each adult stand now, and the way the family came there."""
    path = _path(plan.phase)
    days = max(len(path), (today - opened).days)
    found = [
        DemoPhase(
            member=None,
            phase=f"fase.{phase}",
            on=workday(opened + timedelta(days=days * place // len(path))) if place else opened,
            reason=rng.choice(source.texts["reason"][phase]),
        )
        for place, phase in enumerate(path)
    ]
    adults = [place for place, member in enumerate(people) if not member.minor]
    for place in adults[1:] if len(adults) > 1 else ():
        nearby = path[-1] if rng.random() < 0.6 else path[max(0, len(path) - 2)]
        found.append(
            DemoPhase(
                member=place,
                phase=f"fase.{nearby}",
                on=found[-1].on if found[-1].member is None else found[len(path) - 1].on,
                reason=rng.choice(source.texts["reason"][nearby]),
            )
        )
    return tuple(found)


def talks(
    plan: Plan, people: tuple[DemoMember, ...], opened: date, rng: Random, source: Source, today: date
) -> tuple[DemoTalk, ...]:
    """Held talks in the order of time, then the one that is planned or still open."""
    held = _held_days(plan, opened, rng, today)
    path = _path(plan.phase)
    found = [
        _held(
            plan,
            people,
            day,
            place,
            len(held),
            path[min(len(path) - 1, place * len(path) // len(held))],
            rng,
            source,
            today,
        )
        for place, day in enumerate(held)
    ]
    if plan.talk_days is not None:
        found.append(_open(plan, people, rng, source, today, first=not held))
    return tuple(found)


def _path(phase: str) -> tuple[str, ...]:
    """The phases up to this one; a fall-back comes after a decision was near."""
    return (*CYCLE[:3], "terugval") if phase == "terugval" else CYCLE[: CYCLE.index(phase) + 1]


def _held_days(plan: Plan, opened: date, rng: Random, today: date) -> list[date]:
    """Working days from a first talk soon after opening to one in the last weeks."""
    first = workday_from(opened + timedelta(days=rng.randint(3, 12)))
    last = workday(today - timedelta(days=rng.randint(7, 45)))
    if first >= last:
        return [first] if first < today and plan.talk_days != 0 else []
    wanted = rng.randint(4, 8) if plan.told else rng.randint(2, 4)
    count = min(wanted, 2 + (last - first).days // 21)
    span = (last - first).days
    return [
        workday(first + timedelta(days=span * place // (count - 1))) if place else first
        for place in range(count)
    ]


def _held(
    plan: Plan,
    people: tuple[DemoMember, ...],
    day: date,
    place: int,
    count: int,
    phase: str,
    rng: Random,
    source: Source,
    today: date,
) -> DemoTalk:
    newest = place == count - 1
    kind = "eerste" if place == 0 else "lp" if phase == "voorbereiding" else "vervolg"
    present = _present(people)
    interpreter = _interpreter_language(people, present)
    words = {"naam": people[rng.choice(present)].name.first, "kind": people[-1].name.first}
    return DemoTalk(
        kind=f"gesprek.{kind}",
        phase=f"fase.{phase}",
        starts_at=datetime.combine(day, time(rng.choice((9, 10, 11, 13, 14)), rng.choice((0, 30)))),
        minutes=rng.randint(35, 75),
        finished=True,
        present=present,
        place=f"Spreekkamer {rng.randint(1, 4)}",
        interpreter=_interpreter(interpreter, rng),
        interpreter_language=interpreter,
        goal=rng.choice(source.texts["goal"][kind]),
        notes=rng.choice(source.texts["notes"][phase]) % words,
        summary=rng.choice(source.texts["summary"][phase]),
        agreements=_agreements(plan, words["naam"], day, newest, rng, source, today),
        circumstances=_circumstances(plan, rng),
        answers=_answers(phase, rng) if plan.told and newest else (),
    )


def _open(
    plan: Plan, people: tuple[DemoMember, ...], rng: Random, source: Source, today: date, *, first: bool
) -> DemoTalk:
    """The talk ahead, today's, or one of the past days that was not rounded off."""
    wanted = today + timedelta(days=plan.talk_days or 0)
    day = workday_from(wanted) if wanted > today else workday(wanted) if wanted < today else today
    present = _present(people)
    interpreter = _interpreter_language(people, present)
    kind = "eerste" if first else "lp" if plan.request == "concept" else "vervolg"
    return DemoTalk(
        kind=f"gesprek.{kind}",
        phase=f"fase.{plan.phase}",
        starts_at=datetime.combine(day, time(10 if plan.told else rng.randint(9, 15), 0)),
        minutes=0,
        finished=False,
        present=present,
        place=f"Spreekkamer {rng.randint(1, 4)}",
        interpreter=_interpreter(interpreter, rng),
        interpreter_language=interpreter,
        goal=rng.choice(source.texts["goal"][kind]),
    )


def _present(people: tuple[DemoMember, ...]) -> tuple[int, ...]:
    """All adults; a child who is here alone is present itself."""
    return tuple(place for place, member in enumerate(people) if not member.minor) or (0,)


def _interpreter_language(people: tuple[DemoMember, ...], present: Sequence[int]) -> str:
    return next(
        (people[place].interpreter_language for place in present if people[place].interpreter_language), ""
    )


def _interpreter(language: str, rng: Random) -> str:
    return rng.choice(("tolk.telefonisch", "tolk.aanwezig")) if language else "tolk.niet-nodig"


def _agreements(
    plan: Plan, name: str, day: date, newest: bool, rng: Random, source: Source, today: date
) -> tuple[DemoAgreement, ...]:
    """One for the family and one for the officer; older ones are done, in one story the newest is late."""
    texts = source.texts["agreement"]
    late = newest and plan.late == "afspraak"
    found = []
    for who, sentences in ((name, texts["gezin"]), ("Regievoerder", texts["regievoerder"])):
        due = workday_from(day + timedelta(days=rng.randint(5, 14)))
        done: date | None = due - timedelta(days=rng.randint(0, 3))
        if late and who == name:
            due, done = workday(today - timedelta(days=1)), None
        elif newest and (due >= today or not late):
            due = max(due, workday_from(today + timedelta(days=rng.randint(1, 12))))
            done = None
        found.append(DemoAgreement(who=who, what=rng.choice(sentences), due_on=due, done_on=done))
    return tuple(found)


def _circumstances(plan: Plan, rng: Random) -> tuple[tuple[str, str, str], ...]:
    """All five topics asked; mostly *geen*, sometimes not asked with the reason."""
    skipped = rng.random() < 0.1
    return tuple(
        (f"bijz.{topic}", "bijz-antwoord.wel", "")
        if topic == "gezondheid" and plan.medical
        else (f"bijz.{topic}", "bijz-antwoord.niet-gevraagd", "Kinderen waren in de kamer.")
        if topic == "veiligheid" and skipped
        else (f"bijz.{topic}", "bijz-antwoord.geen", "")
        for topic in TOPICS
    )


def _answers(phase: str, rng: Random) -> tuple[tuple[str, str], ...]:
    """Answers on the checklist of the phase and on the ten items during the talk."""
    prefix, count = ITEMS[phase]
    codes = [f"{prefix}-{number:02}" for number in range(1, count + 1)]
    codes += [f"TG-{number:02}" for number in range(1, 11)]
    return tuple((code, f"antwoord.{rng.choices(_ANSWERS, (66, 9, 19, 6))[0]}") for code in codes)
