"""Terms: what starts, satisfies, lapses and pauses them, by hand or by rule, and what they never do."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.load import load
from app.domain.dated_event import Event
from app.domain.term import DueTerm, ManualTerm, TermStatus, WhyUnknown, due_terms
from app.domain.work_calendar import Length, Unit

CONTENT = load(Path(__file__).resolve().parents[2] / "resources" / "content")
LP = CONTENT.terms_of("spoor.lp")
CALENDAR = CONTENT.work_calendar
FILED = date(2026, 10, 12)
TODAY = date(2026, 11, 23)


def event(code: str, on: date | None, **fields: str) -> Event:
    """Make an event of the laissez-passer track."""
    return Event(code=f"lp.{code}", on=on, fields=fields)


def terms(events: Sequence[Event], *, is_paused: bool = False, **manual: ManualTerm) -> dict[str, DueTerm]:
    """Compute the terms, by the last part of their code."""
    by_hand = {f"termijn.{name.replace('_', '-')}": hand for name, hand in manual.items()}
    found = due_terms(LP, events, calendar=CALENDAR, is_paused=is_paused, manual=by_hand)
    return {term.code.removeprefix("termijn."): term for term in found}


ORDERED = event("opdracht-dia", date(2026, 10, 2))
SENT = event("ingediend", FILED)
PLANNED = event("presentatie-gepland", date(2026, 11, 2), planned_at="2026-11-27T10:30")


def test_filing_starts_the_published_norms() -> None:
    found = terms([ORDERED, SENT])
    assert found["lp-verwachte-datum"].due_on == date(2026, 11, 11)
    assert found["lp-verwachte-datum"].warn_on == date(2026, 11, 1)
    assert found["lp-presentatie"].due_on == date(2026, 12, 12)
    assert found["lp-presentatie"].days_left(TODAY) == 19
    assert found["lp-geen-antwoord"].due_on == date(2027, 10, 12)
    assert found["lp-geen-antwoord"].warn_on == date(2027, 9, 12)
    assert found["lp-rappel"].due_on == date(2026, 11, 11)
    assert "lp-check" not in found


def test_a_last_day_in_the_weekend_is_named_and_not_moved() -> None:
    presentation = terms([SENT])["lp-presentatie"]
    assert presentation.due_on == date(2026, 12, 12)
    assert presentation.due_on.weekday() == 5
    assert presentation.ends_on_free_day


def test_a_planned_presentation_gives_the_check_and_ends_the_warning_to_plan() -> None:
    found = terms([SENT, PLANNED])
    assert found["lp-check"].due_on == date(2026, 11, 24)
    assert found["lp-check"].warn_on == date(2026, 11, 23)
    assert found["lp-check"].is_warning(TODAY)
    assert found["lp-kopie"].due_on == date(2026, 11, 26)
    assert found["lp-verwachte-datum"].status is TermStatus.SATISFIED
    assert found["lp-presentatie"].warnings == ()
    assert found["lp-presentatie"].status is TermStatus.RUNNING


def test_a_presentation_planned_again_asks_for_a_new_check_but_not_for_a_new_copy() -> None:
    checked = event("presenteerbaarheidscheck", date(2026, 11, 23), kind="check.mag")
    copied = event("kopie-gegeven", date(2026, 10, 14))
    off = event("presentatie-niet-doorgegaan", date(2026, 11, 26))
    again = event("presentatie-gepland", date(2026, 11, 27), planned_at="2026-12-18T09:00")
    found = terms([SENT, copied, PLANNED, checked, off, again])
    assert found["lp-check"].status is TermStatus.RUNNING
    assert found["lp-check"].due_on == date(2026, 12, 15)
    assert found["lp-kopie"].status is TermStatus.SATISFIED
    assert found["lp-kopie"].satisfied_on == date(2026, 10, 14)


def test_a_reminder_starts_the_next_and_leaves_the_twelve_months_alone() -> None:
    found = terms([SENT, event("rappel", date(2026, 11, 11))])
    assert found["lp-rappel"].due_on == date(2026, 12, 11)
    assert found["lp-geen-antwoord"].due_on == date(2027, 10, 12)


def test_on_hold_stops_terms_and_reminders_except_the_check_whether_filing_is_allowed() -> None:
    held = [SENT, event("aangehouden", date(2026, 11, 3))]
    found = terms(held, is_paused=True)
    assert found["lp-presentatie"].status is TermStatus.PAUSED
    assert not found["lp-presentatie"].is_late(date(2028, 1, 1))
    assert found["lp-presentatie"].warnings == ()
    assert found["lp-hercontrole"].status is TermStatus.RUNNING
    assert found["lp-hercontrole"].due_on == date(2026, 11, 17)


def test_filing_goes_on_after_a_hold_without_a_new_start() -> None:
    found = terms([SENT, event("aangehouden", date(2026, 11, 3)), event("ingediend", date(2026, 11, 20))])
    assert found["lp-presentatie"].due_on == date(2026, 12, 12)


def test_a_new_order_takes_the_old_norms_away_and_a_new_filing_starts_them_anew() -> None:
    back = event("onvoldoende-informatie", date(2026, 11, 1))
    order = event("opdracht-dia", date(2026, 11, 5))
    assert "lp-presentatie" not in terms([SENT, back, order])
    found = terms([SENT, back, order, event("ingediend", date(2026, 11, 9))])
    assert found["lp-presentatie"].due_on == date(2027, 1, 9)


def test_an_unknown_day_is_unknown_and_says_why() -> None:
    found = terms([event("ingediend", None), event("afgegeven", TODAY, valid_until="2027-02")])
    assert found["lp-presentatie"].why_unknown in (None, WhyUnknown.START_UNKNOWN)
    expiry = found["lp-verloopt"]
    assert expiry.status is TermStatus.UNKNOWN
    assert expiry.why_unknown is WhyUnknown.START_UNKNOWN
    assert expiry.due_on is None
    assert not expiry.is_late(date(2030, 1, 1))


def test_a_day_set_by_hand_wins_and_says_so() -> None:
    hand = ManualTerm(date(2026, 11, 30), "afgesproken met DIA")
    found = terms([event("ingediend", None)], lp_presentatie=hand)["lp-presentatie"]
    assert (found.due_on, found.manual, found.why_unknown) == (hand.due_on, hand, None)
    ruled = terms([SENT], lp_presentatie=hand)["lp-presentatie"]
    assert ruled.due_on == hand.due_on
    assert ruled.computed_on == date(2026, 12, 12)


def test_what_ended_a_term_first_stays_the_end_of_it() -> None:
    answered = event("niet-erkend", date(2026, 10, 20))
    told = event("verwachte-datum-gemeld", date(2026, 10, 25))
    assert terms([SENT, answered, told])["lp-verwachte-datum"].status is TermStatus.LAPSED
    assert terms([SENT, answered, told])["lp-verwachte-datum"].lapsed_on == date(2026, 10, 20)
    early = event("verwachte-datum-gemeld", date(2026, 10, 19))
    assert terms([SENT, early, answered])["lp-verwachte-datum"].status is TermStatus.SATISFIED


def test_holidays_that_are_not_known_leave_the_day_unknown() -> None:
    far = event("presentatie-gepland", TODAY, planned_at="2031-02-03T10:00")
    assert terms([SENT, far])["lp-check"].why_unknown is WhyUnknown.HOLIDAYS_UNKNOWN


def test_flight_data_wait_for_the_country_and_then_count_working_days() -> None:
    flight = Event(code="vertrek.vlucht", on=TODAY, fields={"at": "2026-12-17T10:30"})
    waiting = {term.code: term for term in due_terms(LP, [flight], calendar=CALENDAR)}
    assert waiting["termijn.lp-vluchtgegevens"].why_unknown is WhyUnknown.LENGTH_UNKNOWN
    length = {"land.vluchtgegevens": Length(12, Unit.WORKING_DAY)}
    (found,) = due_terms(LP, [flight], calendar=CALENDAR, lengths=length)
    assert found.due_on == date(2026, 12, 1)


def test_forty_eight_hours_before_a_flight_is_a_moment() -> None:
    flight = Event(code="vertrek.vlucht", on=TODAY, fields={"at": "2026-12-17T10:30"})
    found = {term.code: term for term in due_terms(CONTENT.terms_of("vertrek"), [flight], calendar=CALENDAR)}
    assert found["termijn.vertrek-48"].due_at == datetime.fromisoformat("2026-12-15T10:30")


def test_disputed_events_do_not_count() -> None:
    assert not due_terms(LP, [Event(code="lp.ingediend", on=FILED, disputed=True)], calendar=CALENDAR)


CODES = sorted({*CONTENT.tracks["lp"].states, *CONTENT.tracks["lp"].events, "lp.onbekende-code"})
EVENTS = st.lists(
    st.builds(
        Event,
        code=st.sampled_from(CODES),
        on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        fields=st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(["2026-12-01T10:00", "2027-05-31", "2027", ""])
                          for name in ("planned_at", "valid_until")},
        ),
        disputed=st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(EVENTS, st.booleans(), st.dates(date(2026, 1, 1), date(2029, 1, 1)))
def test_whatever_happened_a_term_stays_true_to_itself(
    events: list[Event], paused: bool, today: date
) -> None:
    before = list(events)
    for term in due_terms(LP, events, calendar=CALENDAR, is_paused=paused):
        if term.status is not TermStatus.RUNNING:
            assert not term.is_late(today)
            assert not term.is_warning(today)
            assert term.days_left(today) is None
        if term.status is TermStatus.RUNNING:
            assert term.due_on is not None
        if term.status is TermStatus.UNKNOWN:
            assert term.due_on is None
            assert term.why_unknown is not None
        assert all(term.due_on is not None and day <= term.due_on for day in term.warnings)
        assert list(term.warnings) == sorted(term.warnings)
        assert term.started_by in events
    assert events == before


@given(st.dates(date(2025, 2, 1), date(2029, 12, 1)), st.integers(0, 200))
def test_shifting_the_start_never_brings_the_end_forward(start: date, days: int) -> None:
    first = terms([event("ingediend", start)])
    later = terms([event("ingediend", start + timedelta(days=days))])
    for name, term in first.items():
        assert term.due_on is not None
        other = later[name].due_on
        assert other is not None
        assert other >= term.due_on


def test_every_definition_of_the_pack_can_be_started() -> None:
    for definition in CONTENT.terms:
        chain = []
        for start in definition.starts[:1]:
            if start.after:
                chain.append(Event(code=start.after, on=FILED))
            chain.append(Event(code=start.event, on=FILED, fields={start.field: "2026-12-01T10:00"}))
        lengths = {definition.length_key: Length(5, Unit.WORKING_DAY)} if definition.length_key else {}
        (term,) = due_terms([definition], chain, calendar=CALENDAR, lengths=lengths)
        assert term.due_on is not None, definition.code


@pytest.mark.parametrize("satisfied_by", ["gepresenteerd"])
def test_satisfied_after_the_last_day_is_satisfied_and_not_late(satisfied_by: str) -> None:
    found = terms([SENT, event(satisfied_by, date(2027, 3, 1))])["lp-presentatie"]
    assert found.status is TermStatus.SATISFIED
    assert found.satisfied_on == date(2027, 3, 1)
    assert not found.is_late(date(2027, 4, 1))
