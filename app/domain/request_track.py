"""The course of a request for a travel document, derived from its dated events; nothing here stores a state.

A return to an earlier state is a new event, never another date (reisdocumenten 2.1, rule 1). What happened
is never refused: a step that the track does not foresee is kept and named. Codes that are not known, and
events on which two officers differ, count as unknown (settled rules 10 and 21).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dated_event import Event, bare_code, in_order
from app.domain.errors import KnownProblem
from app.domain.guidance import Item, Words
from app.domain.words import N_


class StepNotForeseen(KnownProblem):
    """The track knows no step from here to there."""

    message = N_("From “%(here)s” a request does not go to “%(there)s”.")


class DetailsMissing(KnownProblem):
    """A state or event was entered without what it asks for."""

    message = N_("Fill in: %(fields)s. If it is not known, choose unknown.")


class GateClosed(KnownProblem):
    """Something must be known first; the reason is the content pack's own sentence."""

    message = N_("This step cannot be taken yet. %(reason)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Item):
    """A detail that a state or event asks for. `name` is the field of `record` that holds it."""

    name: str
    record: str
    value: str
    may_be_unknown: bool
    choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalNeed:
    """Details asked for when another detail has a certain value."""

    name: str
    equals: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind(Item):
    """Something that may happen to a request without changing its state."""

    needs: tuple[Need, ...] = ()
    needs_if: tuple[ConditionalNeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackState(EventKind):
    """A state. `stage` is its word on the stage line, empty where it stays at the word before."""

    stage: str
    next_codes: tuple[str, ...]
    is_end: bool = False
    is_outcome: bool = False
    holds_document: bool = False
    pauses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Item):
    """A word of the stage line."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Item):
    """What must be known before a state: a fact from outside, or an event of the request itself."""

    before: frozenset[str]
    stops: bool
    fact: str = ""
    event: str = ""
    after: str = ""
    field: str = ""
    opens_with: frozenset[str] = frozenset()
    suggests: str = ""
    when_closed: Words
    when_unknown: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Item):
    """A track: its states, other events, stage words and gates, each by code in the order of the pack."""

    start: str
    states: Mapping[str, TrackState]
    events: Mapping[str, EventKind]
    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]

    def kind_of(self, code: str) -> EventKind | None:
        """Return the state or event with this code, None when the track does not know it."""
        return self.states.get(code) or self.events.get(code)


@dataclass(frozen=True, slots=True)
class Step:
    """One state event in its place. `is_foreseen`: the track knows this step from the state before."""

    event: Event
    state: TrackState | None
    is_foreseen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a request stands. `state` None: nothing happened yet, or what happened last is not known here."""

    state: TrackState | None
    raw_code: str
    since: date | None
    steps: tuple[Step, ...]

    @property
    def is_known(self) -> bool:
        """Tell whether the present state is one that the track knows."""
        return self.state is not None

    @property
    def is_paused(self) -> bool:
        """Tell whether reminders and terms stand still."""
        return self.state is not None and self.state.pauses

    @property
    def is_ended(self) -> bool:
        """Tell whether the request has come to its end."""
        return self.state is not None and self.state.is_end

    def next_states(self, track: Track) -> tuple[TrackState, ...]:
        """Return the states that may follow; all of them when nothing is known, so that work can go on."""
        if self.state is None:
            return tuple(track.states.values())
        return tuple(track.states[code] for code in self.state.next_codes)


def position(track: Track, events: Iterable[Event]) -> Position:
    """Derive the present state from the events, in the order in which they happened."""
    steps: list[Step] = []
    before: TrackState | None = None
    for event in in_order(events):
        if event.code in track.events and not event.disputed:
            continue
        state = None if event.disputed else track.states.get(event.code)
        foreseen = before is None or (state is not None and state.code in before.next_codes)
        steps.append(Step(event, state, foreseen))
        before = state
    last = steps[-1] if steps else None
    return Position(
        state=last.state if last else None,
        raw_code=last.event.code if last else "",
        since=last.event.on if last else None,
        steps=tuple(steps),
    )


def unforeseen_end(where: Position) -> tuple[Event, Event] | None:
    """Return the last two states where the track knows no step from the one to the other, both being known.

    A step that the track does not foresee is refused to whoever has the state before it on screen. Where two laptops
    wrote the two, neither had the other's: both wrote a state side by side. A later state settles it.
    """
    if len(where.steps) < 2:
        return None
    before, last = where.steps[-2:]
    if last.is_foreseen or before.state is None or last.state is None:
        return None
    return before.event, last.event


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer from outside the request: code of the answer ("" unknown) and the day it was checked."""

    answer: str = ""
    checked_on: date | None = None
    disputed: bool = False


class GateStatus(StrEnum):
    """Whether a gate lets pass; unknown does not."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate as it stands, since when, and the sentence why (None when it is open)."""

    gate: Gate
    status: GateStatus
    on: date | None = None
    reason: Words | None = None


def gate_views(track: Track, events: Iterable[Event], facts: Mapping[str, Fact]) -> tuple[GateView, ...]:
    """Return every gate of the track as it stands, in the order of the pack."""
    ordered = in_order(event for event in events if not event.disputed)
    return tuple(_gate_view(gate, ordered, facts) for gate in track.gates)


def _gate_view(gate: Gate, ordered: Sequence[Event], facts: Mapping[str, Fact]) -> GateView:
    """Judge one gate from its fact or its event."""
    if gate.fact:
        fact = facts.get(gate.fact, Fact())
        answer, on, asked = bare_code(fact.answer), fact.checked_on, not fact.disputed
    else:
        event = _last_event(gate, ordered)
        answer = bare_code(event.fields.get(gate.field, "")) if event and gate.field else ""
        on, asked = (event.on if event else None), event is not None
        if event and not gate.field:
            return GateView(gate, GateStatus.OPEN, on)
    if asked and answer in gate.opens_with:
        return GateView(gate, GateStatus.OPEN, on)
    if not asked or is_unknown(answer):
        return GateView(gate, GateStatus.UNKNOWN, on, gate.when_unknown)
    return GateView(gate, GateStatus.CLOSED, on, gate.when_closed)


def _last_event(gate: Gate, ordered: Sequence[Event]) -> Event | None:
    """Return the last event of the gate, only when it came after the state that asks for it anew."""
    begin = max((i for i, event in enumerate(ordered) if gate.after and event.code == gate.after), default=-1)
    return next((event for event in reversed(ordered[begin + 1 :]) if event.code == gate.event), None)


def is_unknown(code: str) -> bool:
    """Tell whether a code says "unknown": empty, `onbekend` or `«list».onbekend`."""
    return not code or code.rpartition(".")[2] == "onbekend"


def missing(
    kind: EventKind, values: Mapping[str, str | None], unknown: Collection[str] = ()
) -> tuple[Need, ...]:
    """Return the details still asked for. `unknown` names the fields that were said to be unknown."""
    needs = list(kind.needs)
    for conditional in kind.needs_if:
        if bare_code(values.get(conditional.name) or "") == conditional.equals:
            needs.extend(conditional.needs)
    return tuple(
        need
        for need in needs
        if not values.get(need.name) and not (need.may_be_unknown and need.name in unknown)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCheck:
    """Whether a state or event may be entered now, and what stands in the way."""

    kind: EventKind
    here: TrackState | None
    is_foreseen: bool
    missing: tuple[Need, ...]
    stopped_by: tuple[GateView, ...]
    warned_by: tuple[GateView, ...]

    @property
    def is_allowed(self) -> bool:
        """Tell whether nothing stands in the way; warnings do not."""
        return self.is_foreseen and not self.missing and not self.stopped_by

    def problem(self, language: str) -> KnownProblem | None:
        """Return the first thing that stands in the way as a sentence to raise, or None."""
        if not self.is_foreseen and self.here:
            return StepNotForeseen(here=self.here.label(language), there=self.kind.label(language))
        if self.missing:
            return DetailsMissing(fields=", ".join(need.label(language) for need in self.missing))
        for view in self.stopped_by:
            return GateClosed(reason=(view.reason or view.gate.words).text(language))
        return None


def entry_check(
    track: Track,
    events: Sequence[Event],
    code: str,
    values: Mapping[str, str | None],
    *,
    facts: Mapping[str, Fact] | None = None,
    unknown: Collection[str] = (),
) -> EntryCheck:
    """Check a new state or event before it is written down.

    Raise KeyError for a code that the track does not know: only a form of an older pack could ask for it.
    """
    kind = track.kind_of(code)
    if kind is None:
        raise KeyError(code)
    here = position(track, events).state
    foreseen = code in track.events or here is None or code in here.next_codes
    shut = [
        view
        for view in gate_views(track, events, facts or {})
        if code in view.gate.before and view.status is not GateStatus.OPEN
    ]
    return EntryCheck(
        kind=kind,
        here=here,
        is_foreseen=foreseen,
        missing=missing(kind, values, unknown),
        stopped_by=tuple(view for view in shut if view.gate.stops),
        warned_by=tuple(view for view in shut if not view.gate.stops),
    )
