"""The course of a request: states derived from events, gates, missing details, the stage line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.content.load import load
from app.domain.dated_event import Event, bare_code, day_of, in_order
from app.domain.guidance import Words
from app.domain.request_track import (
    DetailsMissing,
    Fact,
    GateClosed,
    GateStatus,
    StepNotForeseen,
    entry_check,
    gate_views,
    is_unknown,
    missing,
    position,
)
from app.domain.stage_line import StageProgress, document_covers, stage_line

CONTENT = load(Path(__file__).resolve().parents[2] / "resources" / "content")
LP, TO = CONTENT.tracks["lp"], CONTENT.tracks["to"]
NO_ASYLUM = {"feit.asielaanvraag-loopt": Fact("0123456789abcdef:antwoord.nee", date(2026, 11, 9))}
FILLED = {"way": "koerier", "representation": "Ambassade", "planned_at": "2026-11-27T10:30",
          "kind": "presentatie.fysiek", "place": "Brussel"}  # fmt: skip


def at(code: str, day: int = 1, month: int = 11, **fields: str) -> Event:
    """Make an event of November 2026."""
    return Event(code=code, on=date(2026, month, day), fields=fields)


def test_nothing_happened_yet_and_a_running_request_may_be_taken_in_anywhere() -> None:
    now = position(LP, [])
    assert now.state is None
    assert not now.is_paused
    assert now.raw_code == ""
    assert len(now.next_states(LP)) == len(LP.states)


def test_the_state_is_the_last_state_event_by_day_and_other_events_do_not_change_it() -> None:
    events = [at("lp.ingediend", 12), at("lp.opdracht-dia", 2), at("lp.rappel", 20)]
    now = position(LP, events)
    assert now.state is LP.states["lp.ingediend"]
    assert now.since == date(2026, 11, 12)
    assert [step.event.code for step in now.steps] == ["lp.opdracht-dia", "lp.ingediend"]


def test_a_return_is_a_new_event_and_the_first_date_stays() -> None:
    events = [at("lp.opdracht-dia", 2), at("lp.teruggestuurd", 8), at("lp.opdracht-dia", 9)]
    now = position(LP, events)
    assert [step.event.on for step in now.steps] == [date(2026, 11, day) for day in (2, 8, 9)]
    assert all(step.is_foreseen for step in now.steps)


def test_on_hold_pauses_until_a_known_next_state() -> None:
    events = [at("lp.ingediend", 2), at("lp.aangehouden", 5)]
    assert position(LP, events).is_paused
    assert not position(LP, [*events, at("lp.ingediend", 9)]).is_paused


def test_an_unknown_code_is_kept_raw_and_makes_the_state_unknown_until_a_known_one() -> None:
    events = [at("lp.ingediend", 2), at("lp.nieuwe-stand", 5)]
    now = position(LP, events)
    assert now.state is None
    assert now.raw_code == "lp.nieuwe-stand"
    assert not now.is_known
    assert position(LP, [*events, at("lp.presentatie-gepland", 9)]).is_known


def test_a_disputed_event_counts_as_unknown() -> None:
    disputed = Event(code="lp.afgegeven", on=date(2026, 11, 9), disputed=True)
    assert not position(LP, [at("lp.ingediend", 2), disputed]).is_known


def test_a_step_that_is_not_foreseen_is_kept_and_named() -> None:
    now = position(LP, [at("lp.opdracht-dia", 2), at("lp.afgegeven", 5)])
    assert now.state is LP.states["lp.afgegeven"]
    assert not now.steps[-1].is_foreseen


def test_an_event_without_a_day_stays_where_it_was_written_and_gets_none() -> None:
    undated = Event(code="lp.presentatie-gepland")
    ordered = in_order([at("lp.ingediend", 2), undated, at("lp.rappel", 1)])
    assert [event.code for event in ordered] == ["lp.rappel", "lp.ingediend", "lp.presentatie-gepland"]
    assert ordered[-1].on is None


def test_filing_with_a_running_or_unknown_asylum_application_is_stopped() -> None:
    events = [at("lp.opdracht-dia", 2)]
    assert entry_check(LP, events, "lp.ingediend", FILLED, facts=NO_ASYLUM).is_allowed
    for fact, status in (
        (Fact("antwoord.ja"), GateStatus.CLOSED),
        (Fact(), GateStatus.UNKNOWN),
        (Fact("antwoord.onbekend"), GateStatus.UNKNOWN),
        (Fact("antwoord.nee", disputed=True), GateStatus.UNKNOWN),
    ):
        check = entry_check(LP, events, "lp.ingediend", FILLED, facts={"feit.asielaanvraag-loopt": fact})
        assert not check.is_allowed
        assert check.stopped_by[0].status is status
        assert isinstance(check.problem("nl"), GateClosed)
        assert check.stopped_by[0].gate.suggests == "lp.aangehouden"


def test_the_check_before_a_presentation_counts_only_after_the_last_planning() -> None:
    checked = at("lp.presenteerbaarheidscheck", 3, kind="0123456789abcdef:check.mag")
    planned = at("lp.presentatie-gepland", 2)
    events = [at("lp.ingediend", 1), planned, checked]
    assert gates(events)["poort.presenteerbaarheid"] is GateStatus.OPEN
    later = [*events, at("lp.presentatie-niet-doorgegaan", 9), at("lp.presentatie-gepland", 10)]
    assert gates(later)["poort.presenteerbaarheid"] is GateStatus.UNKNOWN
    refused = [*later, at("lp.presenteerbaarheidscheck", 12, kind="check.mag-niet")]
    assert gates(refused)["poort.presenteerbaarheid"] is GateStatus.CLOSED


def test_a_copy_once_given_stays_given_whatever_is_planned_after() -> None:
    events = [at("lp.ingediend", 1), at("lp.kopie-gegeven", 2), at("lp.presentatie-gepland", 3)]
    assert gates(events)["poort.kopie"] is GateStatus.OPEN
    assert gates(events)["poort.uitleg"] is GateStatus.UNKNOWN


def gates(events: list[Event]) -> dict[str, GateStatus]:
    """Return the gates of the laissez-passer track by code."""
    return {view.gate.code: view.status for view in gate_views(LP, events, NO_ASYLUM)}


def test_what_happened_can_be_written_down_with_a_warning() -> None:
    events = [at("lp.ingediend", 1), at("lp.presentatie-gepland", 2)]
    check = entry_check(LP, events, "lp.gepresenteerd", {"remark": "verliep rustig"}, facts=NO_ASYLUM)
    assert check.is_allowed
    assert {view.gate.code for view in check.warned_by} == {
        "poort.presenteerbaarheid",
        "poort.kopie",
        "poort.uitleg",
    }
    assert all(isinstance(view.reason, Words) for view in check.warned_by)


def test_missing_details_are_named_and_unknown_is_an_answer_where_it_may_be() -> None:
    issued = LP.states["lp.afgegeven"]
    names = {need.name for need in missing(issued, {"document_number": "X1"})}
    assert names == {"kind", "issued_on", "valid_until", "held_by"}
    assert not missing(issued, {"document_number": "X1"}, unknown=names)
    planned = LP.states["lp.presentatie-gepland"]
    assert [need.name for need in missing(planned, {}, ("planned_at", "kind", "place"))] == ["planned_at"]
    problem = entry_check(LP, [], "lp.afgegeven", {}).problem("nl")
    assert isinstance(problem, DetailsMissing)
    assert "Geldig tot" in str(problem.params["fields"])


def test_not_appearing_asks_why_and_whether_it_can_be_excused() -> None:
    state = LP.states["lp.presentatie-niet-doorgegaan"]
    cause = "0123456789abcdef:oorzaak.niet-verschenen"
    assert {need.name for need in missing(state, {"cause": cause})} == {"reason", "excusable"}
    assert not missing(state, {"cause": "oorzaak.vervoer"})


def test_a_step_that_the_track_does_not_know_is_refused_with_both_names() -> None:
    check = entry_check(LP, [at("lp.opdracht-dia")], "lp.gebruikt", {})
    problem = check.problem("en")
    assert isinstance(problem, StepNotForeseen)
    assert problem.params == {"here": "Order with DIA", "there": "Used at departure"}
    assert entry_check(LP, [at("lp.opdracht-dia")], "lp.kopie-gegeven", {}).is_allowed
    with pytest.raises(KeyError):
        entry_check(LP, [], "lp.bestaat-niet", {})


def test_silence_as_consent_asks_for_a_reason() -> None:
    check = entry_check(TO, [at("to.ingediend")], "to.stilzwijgend-akkoord", {})
    assert [need.name for need in check.missing] == ["reason"]


def test_the_stage_line_has_done_now_ahead_and_passed_by() -> None:
    events = [at("lp.opdracht-dia", 2), at("lp.ingediend", 12), at("lp.nationaliteit-bevestigd", 20)]
    marks = stage_line(LP, position(LP, events))
    assert [mark.progress.value for mark in marks] == [
        "done", "done", "passed-by", "passed-by", "now", "ahead", "ahead",
    ]  # fmt: skip
    assert marks[1].on == date(2026, 11, 12)
    assert marks[2].on is None
    held = stage_line(LP, position(LP, [*events[:2], at("lp.aangehouden", 15)]))
    assert held[1].progress is StageProgress.NOW
    unknown = stage_line(LP, position(LP, [*events[:2], at("lp.iets", 15)]))
    assert StageProgress.NOW not in {mark.progress for mark in unknown}


def test_issued_is_not_the_same_as_usable() -> None:
    flight = date(2026, 12, 17)
    assert document_covers(date(2026, 12, 17), flight) is True
    assert document_covers(date(2026, 12, 16), flight) is False
    assert document_covers(None, flight) is None


@pytest.mark.parametrize("code", ["", "onbekend", "antwoord.onbekend"])
def test_unknown_has_three_spellings(code: str) -> None:
    assert is_unknown(code)


def test_small_readers() -> None:
    assert bare_code("0123456789abcdef:lp.ingediend") == "lp.ingediend" == bare_code("lp.ingediend")
    assert day_of("2026-11-23T10:00") == day_of("2026-11-23") == date(2026, 11, 23)
    assert day_of("2026-11") is day_of("") is day_of(None) is day_of("2026-02-30") is None


class WalkTheTrack(RuleBasedStateMachine):
    """Walk along allowed steps only: no path overwrites a date, leaves the track or gets stuck before an end."""

    @initialize(track=st.sampled_from([LP, TO]))
    def begin(self, track: object) -> None:
        """Start an empty request."""
        self.track = LP if track is LP else TO
        self.events: list[Event] = []
        self.seen: list[tuple[str, date | None]] = []
        self.day = date(2026, 1, 1).toordinal()

    @rule(data=st.data(), wait=st.integers(0, 40))
    def step(self, data: st.DataObject, wait: int) -> None:
        """Take one of the allowed steps."""
        now = position(self.track, self.events)
        if now.is_ended:
            return
        state = data.draw(st.sampled_from(now.next_states(self.track)))
        self.day += wait
        self.events.append(Event(code=state.code, on=date.fromordinal(self.day)))
        self.seen.append((state.code, self.events[-1].on))
        assert position(self.track, self.events).state is state

    @invariant()
    def nothing_is_overwritten(self) -> None:
        """Every step taken is still there with its own date."""
        if not hasattr(self, "events"):
            return
        now = position(self.track, self.events)
        assert [(step.event.code, step.event.on) for step in now.steps] == self.seen
        assert all(step.is_foreseen for step in now.steps)
        assert now.is_ended or now.next_states(self.track)


TestWalkTheTrack = WalkTheTrack.TestCase


@given(st.lists(st.builds(
    Event, code=st.sampled_from([*LP.states, *LP.events, "", "iets"]),
    on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)), disputed=st.booleans(),
), max_size=10))  # fmt: skip
def test_any_heap_of_events_gives_a_position_and_loses_none(events: list[Event]) -> None:
    now = position(LP, events)
    states = [event for event in events if event.disputed or event.code not in LP.events]
    assert sorted(step.event.code for step in now.steps) == sorted(event.code for event in states)
    assert len(stage_line(LP, now)) == 7
    assert now.is_known or not now.is_paused
