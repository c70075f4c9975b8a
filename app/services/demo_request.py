"""Gives a made-up family a laissez-passer request whose events could have happened in this order.

The path to each state follows the transitions of the content pack `reisdocument`. Dates are laid backwards
from the last state, on working days: the present is what the outline asked for and no event lies ahead.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from app.services.demo_family import DemoEvent, DemoMember, DemoRequest
from app.services.demo_plan import Plan, workday, workday_from

_START: Final = ("lp.concept", "lp.opdracht-dia")
_FILED: Final = (*_START, "lp.ingediend")
_CALLED: Final = (*_FILED, "lp.presentatie-gepland")
_SHOWN: Final = (*_CALLED, "lp.gepresenteerd")
_KNOWN: Final = (*_SHOWN, "lp.nationaliteit-bevestigd")
_PROMISED: Final = (*_KNOWN, "lp.toegezegd")
_ISSUED: Final = (*_PROMISED, "lp.afgegeven")
PATHS: Final = {
    "concept": _START[:1],
    "bij-dia": _START,
    "teruggestuurd": (*_START, "lp.teruggestuurd"),
    "aangehouden": (*_FILED, "lp.aangehouden"),
    "ingediend": _FILED,
    "presentatie-gepland": _CALLED,
    "niet-doorgegaan": (*_CALLED, "lp.presentatie-niet-doorgegaan"),
    "gepresenteerd": _SHOWN,
    "onderzoek": (*_SHOWN, "lp.in-onderzoek"),
    "bevestigd": _KNOWN,
    "toegezegd": _PROMISED,
    "afgegeven": _ISSUED,
    "heruitgifte": (*_ISSUED, "lp.verlopen", "lp.heruitgifte-gevraagd"),
    "gebruikt": (*_ISSUED, "lp.gebruikt"),
    "niet-erkend": (*_SHOWN, "lp.niet-erkend"),
    "onvoldoende": (*_SHOWN, "lp.onvoldoende-informatie"),
    "geen-antwoord": (*_FILED, "lp.geen-antwoord"),
    "ingetrokken": (*_FILED, "lp.ingetrokken"),
}
# Days from the state before, lowest and highest: assumptions. They may break the norms, as in real life.
GAPS: Final = {
    "lp.opdracht-dia": (2, 9),
    "lp.teruggestuurd": (3, 8),
    "lp.aangehouden": (20, 80),
    "lp.ingediend": (6, 20),
    "lp.presentatie-gepland": (12, 30),
    "lp.presentatie-niet-doorgegaan": (14, 30),
    "lp.gepresenteerd": (14, 30),
    "lp.in-onderzoek": (5, 12),
    "lp.nationaliteit-bevestigd": (20, 90),
    "lp.toegezegd": (8, 30),
    "lp.afgegeven": (6, 21),
    "lp.verlopen": (92, 92),
    "lp.heruitgifte-gevraagd": (3, 9),
    "lp.gebruikt": (8, 30),
    "lp.niet-erkend": (20, 90),
    "lp.onvoldoende-informatie": (15, 60),
    "lp.geen-antwoord": (366, 380),
    "lp.ingetrokken": (60, 200),
}
REMARKS: Final = {"lp.gepresenteerd": "Rustig verlopen. Gesprek in de eigen taal."}
REASONS: Final = {
    "lp.presentatie-niet-doorgegaan": "Kind was ziek.",
    "lp.teruggestuurd": "Pasfoto’s ontbreken.",
    "lp.aangehouden": "Er loopt een nieuwe aanvraag.",
    "lp.in-onderzoek": "Gegevens worden nagegaan in het register.",
    "lp.onvoldoende-informatie": "Geboorteplaats is niet gevonden.",
    "lp.heruitgifte-gevraagd": "Nieuw document met nieuwe vluchtgegevens.",
    "lp.ingetrokken": "Nieuwe aanvraag; opnieuw bij een volgend besluit.",
}
VALID_DAYS: Final = 92
REMINDER_DAYS: Final = 30
SHORT_DAYS: Final = 15  # in the story of a document that ends before the flight
OWN_PAPER: Final = 5  # the member whose document it is
_WAITING: Final = frozenset(("lp.ingediend", "lp.gepresenteerd", "lp.in-onderzoek"))


def requests(plan: Plan, people: tuple[DemoMember, ...], rng: Random, today: date) -> tuple[DemoRequest, ...]:
    """The request of the outline, if there is one; in one story a child has its own, ending earlier."""
    if not plan.request:
        return ()
    dates = _dates(plan, rng, today)
    events = [event for state, on in dates for event in _state(state, on, dates, plan, rng, today)]
    events += _deeds(dates, plan, today)
    refuses = plan.request == "bij-dia" and plan.phase == "voorbeschouwing"
    whole = DemoRequest(
        country=plan.nationality.iso2,
        purpose="doel.terugkeer",
        representation=plan.nationality.representation or "Vertegenwoordiging",
        cooperation="medewerking.geweigerd" if refuses else "medewerking.getekend",
        members=tuple(range(len(people))),
        events=tuple(sorted(events, key=lambda event: event.on)),
    )
    if plan.late != "document":
        return (whole,)
    own = tuple(_ending(event, today + timedelta(days=SHORT_DAYS)) for event in whole.events)
    others = tuple(place for place in whole.members if place != OWN_PAPER)
    return replace(whole, members=others), replace(whole, members=(OWN_PAPER,), events=own)


def _ending(event: DemoEvent, valid_until: date) -> DemoEvent:
    """The same event with another document that ends on another day; other events are kept."""
    if event.valid_until is None:
        return event
    return replace(event, valid_until=valid_until, document_number=f"{event.document_number[:-1]}X")


def _dates(plan: Plan, rng: Random, today: date) -> list[tuple[str, date]]:
    """Each state with its day, in order, the last one `request_days` ago."""
    path = PATHS[plan.request]
    on = workday(today - timedelta(days=plan.request_days))
    dates = [(path[-1], on)]
    for state, before in zip(reversed(path), path[-2::-1], strict=False):
        on = workday(on - timedelta(days=rng.randint(*GAPS[state])))
        dates.append((before, on))
    return dates[::-1]


def _state(
    state: str, on: date, dates: list[tuple[str, date]], plan: Plan, rng: Random, today: date
) -> list[DemoEvent]:
    """The event of a state with what the content pack asks for it."""
    if state == "lp.presentatie-gepland":
        return [_planned(on, dates, plan, rng, today)]
    if state == "lp.afgegeven":
        return _issued(on, plan, rng, today)
    event = DemoEvent(event=state, on=on, reason=REASONS.get(state, ""), remark=REMARKS.get(state, ""))
    if state == "lp.ingediend":
        event = replace(event, way="aangetekende post", reference=f"LP-{on:%y%m}-{rng.randint(100, 999)}")
    elif state == "lp.presentatie-niet-doorgegaan":
        event = replace(event, cause="oorzaak.niet-verschenen", excusable="ja-nee-onbekend.ja")
    elif state in ("lp.nationaliteit-bevestigd", "lp.niet-erkend"):
        event = replace(event, way="brief", told_on=_next_day(on, today))
    elif state == "lp.toegezegd":
        event = replace(event, in_writing=True, conditions="Vluchtgegevens vijf werkdagen vooraf.")
    elif state == "lp.ingetrokken":
        event = replace(event, held_by="Regievoerder")
    return [event]


def _next_day(on: date, today: date) -> date | None:
    """The working day after, unless it still has to come."""
    day = workday_from(on + timedelta(days=1))
    return day if day <= today else None


def _planned(on: date, dates: list[tuple[str, date]], plan: Plan, rng: Random, today: date) -> DemoEvent:
    """The appointment lies on the day of the presentation that followed, else ahead."""
    states = dict(dates)
    held = states.get("lp.gepresenteerd") or states.get("lp.presentatie-niet-doorgegaan")
    ahead = max(today + timedelta(days=plan.presentation_days), on + timedelta(days=1))
    day = held or workday_from(ahead)
    return DemoEvent(
        event="lp.presentatie-gepland",
        on=on,
        planned_at=datetime.combine(day, time(rng.randint(9, 14), rng.choice((0, 30)))),
        place=plan.nationality.representation or "Vertegenwoordiging",
        kind="presentatie.fysiek",
        told_on=_next_day(on, today),
    )


def _issued(on: date, plan: Plan, rng: Random, today: date) -> list[DemoEvent]:
    valid = today + timedelta(days=13) if plan.late == "verloopt" else on + timedelta(days=VALID_DAYS)
    return [
        DemoEvent(
            event="lp.afgegeven",
            on=on,
            kind="document.lp",
            issued_on=on,
            valid_until=valid,
            document_number=f"ZZ{rng.randint(100_000, 999_999)}",
            held_by="DTenV",
        )
    ]


def _expected(filed: date) -> datetime:
    """The day the person was told to expect: within two months after filing."""
    return datetime.combine(workday(filed + timedelta(days=56)), time(9, 0))


def _deeds(dates: list[tuple[str, date]], plan: Plan, today: date) -> list[DemoEvent]:
    """The copy for the person, telling the expected day, and reminders while no answer came."""
    states = dict(dates)
    filed = states.get("lp.ingediend")
    if filed is None:
        return []
    last_state, last_on = dates[-1]
    until = today if last_state in _WAITING else last_on
    copied = workday_from(filed + timedelta(days=4))
    deeds = [DemoEvent(event="lp.kopie-gegeven", on=copied)] if copied <= until else []
    told = workday_from(filed + timedelta(days=21))
    if told <= until and plan.late != "informeren":
        deeds.append(DemoEvent(event="lp.verwachte-datum-gemeld", on=told, planned_at=_expected(filed)))
    day = workday_from(filed + timedelta(days=REMINDER_DAYS))
    while day < until and len(deeds) < 12:
        deeds.append(DemoEvent(event="lp.rappel", on=day, way="e-mail"))
        day = workday_from(day + timedelta(days=REMINDER_DAYS))
    return deeds
