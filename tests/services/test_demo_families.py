"""Made-up families are the same every time, could have existed, and look like the caseload."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.incomplete_date import IncompleteDate, Precision
from app.domain.script import Script, script_of
from app.domain.text import LINE, NAME, NOTE, checked, v_number_advice
from app.services.demo_families import OFFICERS, families, family
from app.services.demo_family import DEEDS, DemoFamily, DemoMember, Role
from app.services.demo_request import PATHS
from app.services.demo_source import source

TODAY = date(2026, 11, 24)
MANY = 600


@pytest.fixture(scope="module")
def many() -> tuple[DemoFamily, ...]:
    return tuple(families(MANY, 7, TODAY))


@pytest.fixture(scope="module")
def told(many: tuple[DemoFamily, ...]) -> tuple[DemoFamily, ...]:
    return many[:40]


def test_the_same_wish_gives_the_same_families(many: tuple[DemoFamily, ...]) -> None:
    assert tuple(families(MANY, 7, TODAY)) == many
    assert tuple(islice(families(20_000, 7, TODAY), 50)) == many[:50]
    assert tuple(families(50, 8, TODAY)) != many[:50]


@given(st.integers(0, 400), st.integers(0, 10_000), st.dates(date(2025, 1, 1), date(2032, 12, 31)))
@settings(max_examples=150, deadline=None)
def test_any_family_on_any_day_could_have_existed(number: int, seed: int, today: date) -> None:
    one = family(number, seed, today, source())
    assert 1 <= len(one.members) <= 8
    assert any(member.minor for member in one.members)
    assert_ages_fit(one)
    assert_days_fit(one, today)
    assert_texts_are_taken(one)


def assert_ages_fit(one: DemoFamily) -> None:
    """Each generation is at least sixteen years younger, as far as the dates tell."""
    by_role = {role: [member for member in one.members if member.role is role] for role in Role}
    pairs = [
        *product(by_role[Role.GRANDPARENT], by_role[Role.PARENT]),
        *product(by_role[Role.GRANDPARENT], by_role[Role.CHILD]),
        *product(by_role[Role.PARENT], by_role[Role.CHILD]),
    ]
    for elder, younger in pairs:
        assert not elder.minor
        if elder.born.latest and younger.born.earliest:
            assert younger.born.earliest.year - elder.born.latest.year >= 16


def assert_days_fit(one: DemoFamily, today: date) -> None:
    """Arrival, decision, opening, talks and events come in that order; only plans lie ahead."""
    assert one.in_netherlands_since < one.decision.on < one.opened_on < today
    assert one.decision.term_ends_on == one.decision.on + timedelta(days=28)
    for earlier, later in pairwise(one.talks):
        assert earlier.starts_at <= later.starts_at
    for talk in one.talks:
        assert talk.starts_at.date() >= one.opened_on
        assert talk.finished <= (talk.starts_at.date() < today)
        assert not talk.finished or len(talk.circumstances) == 5
    for request in one.requests:
        assert tuple(event.event for event in request.events if event.event not in DEEDS) in PATHS.values()
        for before, after in pairwise(request.events):
            assert before.on <= after.on
        assert all(event.on <= today and event.on.weekday() < 5 for event in request.events)
        assert all(event.told_on is None or event.told_on <= today for event in request.events)
    if one.departure is not None:
        assert one.departure.pickup_at < one.departure.flights[0].departs_at
        assert (one.departure.departed_on is None) == (one.departure.planned_on >= today)


def assert_texts_are_taken(one: DemoFamily) -> None:
    """Everything typed would pass the entry rules; no phone number can be anybody's."""
    for member in one.members:
        name = member.name
        for text in (name.family, name.given, name.native_family, name.native_given, member.birth_place):
            checked(text, NAME)
            assert text == text.strip()
        assert name.given
        assert name.family
        assert member.v_number[0] in "09"
        assert v_number_advice(member.v_number) is None
    for talk in one.talks:
        checked(talk.goal, LINE)
        checked(talk.notes, NOTE)
        assert "%(" not in talk.notes
    assert all(contact.phone.startswith("06-0000") for contact in one.contacts)
    if one.departure is not None:
        assert all(receiver.phone.startswith("06-0000") for receiver in one.departure.receivers)


def everybody(many: tuple[DemoFamily, ...]) -> Iterator[DemoMember]:
    for one in many:
        yield from one.members


def test_no_two_people_share_a_v_number(many: tuple[DemoFamily, ...]) -> None:
    numbers = [member.v_number for member in everybody(many)]
    assert len(numbers) == len(set(numbers))


def test_the_five_large_nationalities_are_half_of_the_families(many: tuple[DemoFamily, ...]) -> None:
    counts = Counter(one.nationality for one in many[40:])
    share = sum(counts[iso2] for iso2 in ("SY", "TR", "DZ", "MA", "NG")) / (MANY - 40)
    assert 0.42 < share < 0.58
    assert counts["SY"] == max(counts.values())


def test_time_at_the_location_is_as_published(many: tuple[DemoFamily, ...]) -> None:
    years = [(TODAY - one.opened_on).days / 365.25 for one in many[40:]]
    assert 0.52 < sum(year > 3 for year in years) / len(years) < 0.68
    assert 0.27 < sum(year > 5 for year in years) / len(years) < 0.42


def test_every_kind_of_date_and_script_occurs(many: tuple[DemoFamily, ...]) -> None:
    assert {member.born.precision for member in everybody(many)} == set(Precision)
    scripts = {script_of(member.name.native) for member in everybody(many)}
    assert scripts >= {
        Script.NONE,
        Script.ARABIC,
        Script.ARMENIAN,
        Script.CYRILLIC,
        Script.ETHIOPIC,
        Script.GEORGIAN,
        Script.OTHER,
    }
    assert all(script_of(member.name.full) is Script.LATIN for member in everybody(many))


def test_a_child_born_here_has_a_whole_date(many: tuple[DemoFamily, ...]) -> None:
    here = [member for member in everybody(many) if member.birth_country == "NL"]
    assert here
    assert all(member.born.precision is Precision.FULL for member in here)


def test_the_first_forty_have_a_story_of_their_own(told: tuple[DemoFamily, ...]) -> None:
    assert len({one.about for one in told}) == 40
    assert all(one.talks for one in told)
    assert {one.officer for one in told} == set(OFFICERS)
    assert len({one.nationality for one in told}) >= 20
    assert len({request.state for one in told for request in one.requests}) >= 15
    assert all(
        talk.answers for one in told for talk in one.talks if talk.finished and talk is _last_held(one)
    )


def _last_held(one: DemoFamily) -> object:
    return [talk for talk in one.talks if talk.finished][-1]


def test_the_stories_that_the_screens_need_are_there(told: tuple[DemoFamily, ...]) -> None:
    first = told[0]
    assert (first.title, first.title_native, len(first.members)) == ("Hakobyan", "Հակոբյան", 8)
    assert first.departure is not None
    assert first.departure.planned_on == TODAY + timedelta(days=23)
    issued = [
        event.valid_until for request in first.requests for event in request.events if event.valid_until
    ]
    assert sorted(place for request in first.requests for place in request.members) == list(range(8))
    assert min(issued) < first.departure.planned_on < max(issued)
    assert any(talk.starts_at.date() == TODAY for talk in first.talks)

    medical = told[3].departure
    assert medical is not None
    assert medical.conditions
    assert any(condition.arranged_on is None for condition in medical.conditions)
    assert {kind for _, kind in medical.kinds} >= {"MED", "OUD", "GEZ"}

    alone = told[4]
    assert len(alone.members) == 1
    assert alone.members[0].minor
    assert alone.measure is None
    assert "contactrol.voogd" in {contact.role for contact in alone.contacts}

    assert all(member.born.precision is not Precision.FULL for member in told[16].members if not member.minor)
    assert script_of(told[17].title_native) is Script.OTHER


def test_late_terms_stand_on_the_day_itself(told: tuple[DemoFamily, ...]) -> None:
    assert not any(event.event == "lp.verwachte-datum-gemeld" for event in told[2].requests[0].events)
    filed = next(event.on for event in told[5].requests[0].events if event.event == "lp.ingediend")
    assert (TODAY - filed).days > 366
    planned = next(
        event.planned_at for event in told[6].requests[0].events if event.event == "lp.presentatie-gepland"
    )
    assert planned is not None
    assert 0 < (planned.date() - TODAY).days <= 4
    assert any(
        agreement.due_on < TODAY and not agreement.done_on
        for talk in told[10].talks
        for agreement in talk.agreements
    )
    assert told[13].talks[-1].starts_at.date() < TODAY
    assert not told[13].talks[-1].finished


def test_flights_keep_the_zones_of_their_places(told: tuple[DemoFamily, ...]) -> None:
    departure = told[0].departure
    assert departure is not None
    one, two = departure.flights
    assert (one.departs_zone, two.arrives_zone) == ("Europe/Amsterdam", "Asia/Yerevan")
    assert one.arrives_at < two.departs_at


def test_the_location_date_may_be_known_to_the_month_only(many: tuple[DemoFamily, ...]) -> None:
    assert {one.location_since.precision for one in many} == {Precision.FULL, Precision.MONTH}
    assert all(one.location_since <= IncompleteDate.of(TODAY) for one in many)
