"""Gives a made-up family its departure: flights with local times, receivers, luggage and conditions."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from app.services.demo_family import (
    DemoBelonging,
    DemoCondition,
    DemoDeparture,
    DemoFlight,
    DemoMember,
    DemoReceiver,
    Role,
)
from app.services.demo_plan import Plan, workday

HOME_ZONE: Final = "Europe/Amsterdam"
STOP: Final = ("Wenen (VIE)", "Europe/Vienna")
HOLD_GRAMS: Final = 23_000
CABIN_GRAMS: Final = 8_000


def departure(plan: Plan, people: tuple[DemoMember, ...], rng: Random, today: date) -> DemoDeparture | None:
    """The departure of the outline, or None. A flight in the past has been flown."""
    if plan.flight_days is None:
        return None
    day = today + timedelta(days=plan.flight_days)
    flown = day < today
    flights = _flights(plan, day, rng)
    return DemoDeparture(
        planned_on=day,
        departed_on=day if flown else None,
        leave_from="Gezinslocatie Noordermeer, hoofdingang",
        pickup_at=flights[0].departs_at - timedelta(hours=4, minutes=30),
        carrier="DV&O",
        escort="begeleiding.verpleegkundige" if plan.medical else "begeleiding.geen",
        announced="aangemeld.medif" if plan.medical else "aangemeld.nvt",
        kinds=tuple(_kinds(plan, people)),
        health_information=tuple(
            (
                place,
                "gezondheidsinformatie.ontvangen" if member.health else "gezondheidsinformatie.niet-gevraagd",
                workday(today - timedelta(days=6)) if member.health else None,
            )
            for place, member in enumerate(people)
        ),
        flights=flights,
        receivers=_receivers(plan, people, rng, today),
        conditions=_conditions(plan, people, today),
        belongings=_belongings(people, rng),
        contact_day="06-00000001",
        contact_night="06-00000002",
    )


def _flights(plan: Plan, day: date, rng: Random) -> tuple[DemoFlight, ...]:
    """Two flights with a stop; arrival follows from the length of the flight and both zones."""
    leaves = datetime.combine(day, time(11, 40))
    stop_at = _arrival(leaves, HOME_ZONE, timedelta(hours=1, minutes=45), STOP[1])
    onward = stop_at + timedelta(hours=1, minutes=50)
    city = f"{plan.nationality.city} ({plan.nationality.airport})"
    lands = _arrival(onward, STOP[1], timedelta(hours=rng.randint(2, 7), minutes=20), plan.nationality.zone)
    first, second = rng.randint(100, 499), rng.randint(500, 999)
    return (
        DemoFlight(
            number=f"ZZ {first}",
            from_place="Amsterdam (AMS)",
            to_place=STOP[0],
            departs_at=leaves,
            departs_zone=HOME_ZONE,
            arrives_at=stop_at,
            arrives_zone=STOP[1],
        ),
        DemoFlight(
            number=f"ZZ {second}",
            from_place=STOP[0],
            to_place=city,
            departs_at=onward,
            departs_zone=STOP[1],
            arrives_at=lands,
            arrives_zone=plan.nationality.zone,
        ),
    )


def _arrival(leaves: datetime, zone: str, lasts: timedelta, arrival_zone: str) -> datetime:
    """The local time of arrival."""
    moment = leaves.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")) + lasts
    return moment.astimezone(ZoneInfo(arrival_zone)).replace(tzinfo=None)


def _kinds(plan: Plan, people: tuple[DemoMember, ...]) -> list[tuple[int, str]]:
    found = []
    for place, member in enumerate(people):
        if len(people) > 1:
            found.append((place, "GEZ"))
        if member.minor and plan.household == "alleenstaand-kind":
            found.append((place, "AMV"))
        if member.role is Role.GRANDPARENT:
            found.append((place, "OUD"))
        if member.health:
            found.append((place, "MED"))
    return found


def _receivers(
    plan: Plan, people: tuple[DemoMember, ...], rng: Random, today: date
) -> tuple[DemoReceiver, ...]:
    """Only who needs one: a child alone, and whoever travels with a condition."""
    found = []
    for place, member in enumerate(people):
        alone = member.minor and plan.household == "alleenstaand-kind"
        if not alone and not member.health:
            continue
        found.append(
            DemoReceiver(
                member=place,
                kind="ontvanger.familie" if alone else "ontvanger.behandelaar",
                name=f"{rng.choice(('Tante', 'Oom'))} van {member.name.first}"
                if alone
                else "Dienstdoende arts",
                organisation="" if alone else f"Ziekenhuis van {plan.nationality.city} (verzonnen)",
                relation="familie" if alone else "",
                phone=f"06-0000{rng.randint(1000, 9999)}",
                confirmed_on=None if alone else workday(today - timedelta(days=4)),
            )
        )
    return tuple(found)


def _conditions(plan: Plan, people: tuple[DemoMember, ...], today: date) -> tuple[DemoCondition, ...]:
    """Three conditions, of which the last is still open: the sheet has a gap to name."""
    advised = workday(today - timedelta(days=35))
    arranged = workday(today - timedelta(days=5))
    rows: tuple[tuple[str, str, str, date | None], ...] = (
        ("voorwaarde.rolstoel", "Rolstoel tot aan de stoel (WCHC aangevraagd)", "Boekingen", arranged),
        (
            "voorwaarde.medische-begeleider",
            "Verpleegkundige reist mee tot de overdracht",
            "Bijzonder Vertrek",
            arranged,
        ),
        ("voorwaarde.schriftelijke-overdracht", "Gesloten envelop voor de arts op de luchthaven", "", None),
    )
    return tuple(
        DemoCondition(
            member=place,
            condition=condition,
            description=description,
            source="Medisch advies over reizen",
            source_on=advised,
            arranged_by=by,
            arranged_on=on,
        )
        for place, member in enumerate(people)
        if member.health and plan.medical
        for condition, description, by, on in rows
    )


def _belongings(people: tuple[DemoMember, ...], rng: Random) -> tuple[DemoBelonging, ...]:
    """A suitcase of at most 23 kg and a bag of at most 8 kg for each who is not a baby."""
    found = []
    for place, member in enumerate(people):
        label = f"NM-{rng.randint(1000, 9999)}"
        weight = rng.randrange(15_000, HOLD_GRAMS + 1, 500)
        found.append(
            DemoBelonging(
                member=place, kind="bezit.koffer", description="Koffer", count=1, weight_g=weight, label=label
            )
        )
        if member.school is not None or not member.minor:
            weight = rng.randrange(3_000, CABIN_GRAMS + 1, 500)
            found.append(
                DemoBelonging(
                    member=place,
                    kind="bezit.handbagage",
                    description="Tas",
                    count=1,
                    weight_g=weight,
                    label="",
                )
            )
    return tuple(found)
