"""Terms: from what happened to what is due. A term warns; it never moves a date and never closes anything.

A last day in a weekend or on a holiday is named as such and stays where it is: general administrative law may
treat it differently, and that is for a person to judge (werkproces 6, design notes).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.dated_event import Event, in_order, moment_of
from app.domain.guidance import Item, Words
from app.domain.work_calendar import Length, Unit, WorkCalendar, shift


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStart:
    """What starts a term: an event, its day or one of its fields, only when `after` came before it."""

    event: str
    field: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class TermWarning:
    """When to warn: so long after the start, or so long before the last day."""

    length: Length
    is_after_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDefinition(Item):
    """A term as the pack declares it; `basis` is the short line below the term on screen.

    `length` None with a `length_key` means that the length comes from elsewhere (country, agreement).
    """

    scope: str
    starts: tuple[TermStart, ...]
    basis: Words
    length: Length | None = None
    length_key: str = ""
    counts_back: bool = False
    takes_first_start: bool = False
    restarts_with: frozenset[str] = frozenset()
    warnings: tuple[TermWarning, ...] = ()
    warnings_end_with: frozenset[str] = frozenset()
    satisfied_by: frozenset[str] = frozenset()
    is_satisfied_any_time: bool = False
    lapses_with: frozenset[str] = frozenset()
    is_hard: bool = False
    only_warns: bool = False
    runs_while_paused: bool = False


class TermStatus(StrEnum):
    """Where a term stands."""

    RUNNING = "running"
    PAUSED = "paused"
    SATISFIED = "satisfied"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


class WhyUnknown(StrEnum):
    """Why the last day of a term cannot be told."""

    START_UNKNOWN = "start-unknown"
    LENGTH_UNKNOWN = "length-unknown"
    HOLIDAYS_UNKNOWN = "holidays-unknown"


@dataclass(frozen=True, slots=True)
class ManualTerm:
    """A last day set by hand: it wins over the rule and says so."""

    due_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTerm:
    """A term of one case. `computed_on` is what the rule says, also when a day was set by hand."""

    definition: TermDefinition
    started_by: Event
    starts_on: date | None
    status: TermStatus
    due_on: date | None = None
    due_at: datetime | None = None
    computed_on: date | None = None
    warnings: tuple[date, ...] = ()
    satisfied_on: date | None = None
    lapsed_on: date | None = None
    why_unknown: WhyUnknown | None = None
    manual: ManualTerm | None = None
    ends_on_free_day: bool = False

    @property
    def code(self) -> str:
        """The code of the term in its pack."""
        return self.definition.code

    @property
    def warn_on(self) -> date | None:
        """The first day of warning."""
        return self.warnings[0] if self.warnings else None

    def days_left(self, today: date) -> int | None:
        """Return the days until the last day (negative: so many days late); None when it does not run."""
        return (self.due_on - today).days if self.due_on and self.status is TermStatus.RUNNING else None

    def is_late(self, today: date) -> bool:
        """Tell whether the last day has gone by; a satisfied, lapsed or paused term is never late."""
        left = self.days_left(today)
        return left is not None and left < 0

    def is_warning(self, today: date) -> bool:
        """Tell whether a warning has come up and the term still runs."""
        return self.status is TermStatus.RUNNING and any(day <= today for day in self.warnings)


def due_terms(
    definitions: Iterable[TermDefinition],
    events: Iterable[Event],
    *,
    calendar: WorkCalendar,
    is_paused: bool = False,
    lengths: Mapping[str, Length] | None = None,
    manual: Mapping[str, ManualTerm] | None = None,
) -> tuple[DueTerm, ...]:
    """Return the terms that the events have started, in the order of the definitions.

    `is_paused`: the request is on hold (*Aangehouden*). `lengths`: per `length_key`, of country and
    agreement. `manual`: per term code. A definition whose start did not happen gives no term.
    """
    ordered = in_order(event for event in events if not event.disputed)
    found = []
    for definition in definitions:
        index = _start_index(definition, ordered)
        if index is None:
            continue
        term = _dated(definition, ordered[index], calendar, lengths or {})
        if hand := (manual or {}).get(definition.code):
            term = _by_hand(term, hand, calendar)
        found.append(_settled(term, ordered, index, is_paused=is_paused, calendar=calendar))
    return tuple(found)


def _start_index(definition: TermDefinition, ordered: Sequence[Event]) -> int | None:
    """Return the place of the event that starts the term now, or None."""
    cut = max((i + 1 for i, event in enumerate(ordered) if event.code in definition.restarts_with), default=0)
    indexes = [i for i in range(cut, len(ordered)) if _start_of(definition, ordered, i)]
    if not indexes:
        return None
    return indexes[0] if definition.takes_first_start else indexes[-1]


def _start_of(definition: TermDefinition, ordered: Sequence[Event], index: int) -> TermStart | None:
    """Return the declared start that the event at `index` is, or None."""
    for start in definition.starts:
        if start.event == ordered[index].code and (
            not start.after or any(event.code == start.after for event in ordered[:index])
        ):
            return start
    return None


def _dated(
    definition: TermDefinition, event: Event, calendar: WorkCalendar, lengths: Mapping[str, Length]
) -> DueTerm:
    """Return the term with its days, as the rule gives them."""
    start = next(each for each in definition.starts if each.event == event.code)
    anchor = moment_of(event.fields.get(start.field)) if start.field else _midnight(event.on)
    length = definition.length or lengths.get(definition.length_key)
    starts_on = event.on if definition.counts_back else anchor and anchor.date()
    term = DueTerm(definition=definition, started_by=event, starts_on=starts_on, status=TermStatus.UNKNOWN)
    if anchor is None:
        return replace(term, why_unknown=WhyUnknown.START_UNKNOWN)
    if length is None:
        return replace(term, why_unknown=WhyUnknown.LENGTH_UNKNOWN)
    due = shift(anchor, length, calendar, back=definition.counts_back)
    if due is None:
        return replace(term, why_unknown=WhyUnknown.HOLIDAYS_UNKNOWN)
    return replace(
        term,
        status=TermStatus.RUNNING,
        due_on=due.date(),
        due_at=due if length.unit is Unit.HOUR and due.time() != time.min else None,
        computed_on=due.date(),
        warnings=_warnings(definition, due, anchor, calendar),
    )


def _by_hand(term: DueTerm, hand: ManualTerm, calendar: WorkCalendar) -> DueTerm:
    """Return the term with the day set by hand; warnings counted from the start no longer fit and go."""
    due = datetime.combine(hand.due_on, time.min)
    return replace(
        term,
        status=TermStatus.RUNNING,
        due_on=hand.due_on,
        due_at=None,
        warnings=_warnings(term.definition, due, None, calendar),
        why_unknown=None,
        manual=hand,
    )


def _warnings(
    definition: TermDefinition, due: datetime, anchor: datetime | None, calendar: WorkCalendar
) -> tuple[date, ...]:
    """Return the days of warning that do not lie after the last day, earliest first."""
    days = set()
    for warning in definition.warnings:
        if warning.is_after_start:
            day = shift(anchor, warning.length, calendar) if anchor and not definition.counts_back else None
        else:
            day = shift(due, warning.length, calendar, back=True)
        if day is not None and day <= due:
            days.add(day.date())
    return tuple(sorted(days))


def _settled(
    term: DueTerm, ordered: Sequence[Event], index: int, *, is_paused: bool, calendar: WorkCalendar
) -> DueTerm:
    """Return the term as later events left it: satisfied, lapsed, paused or running."""
    definition = term.definition
    satisfied = _first(ordered, definition.satisfied_by, 0 if definition.is_satisfied_any_time else index + 1)
    lapsed = _first(ordered, definition.lapses_with, index + 1)
    if satisfied is not None and (lapsed is None or satisfied < lapsed):
        return replace(
            term,
            status=TermStatus.SATISFIED,
            satisfied_on=ordered[satisfied].on,
            warnings=(),
            why_unknown=None,
        )
    if lapsed is not None:
        return replace(
            term, status=TermStatus.LAPSED, lapsed_on=ordered[lapsed].on, warnings=(), why_unknown=None
        )
    if term.status is TermStatus.RUNNING and is_paused and not definition.runs_while_paused:
        return replace(term, status=TermStatus.PAUSED, warnings=())
    if _first(ordered, definition.warnings_end_with, index + 1) is not None:
        term = replace(term, warnings=())
    return replace(term, ends_on_free_day=term.due_on is not None and calendar.is_free(term.due_on))


def _first(ordered: Sequence[Event], codes: frozenset[str], begin: int) -> int | None:
    """Return the place of the first event from `begin` on with one of the codes."""
    return next((i for i in range(begin, len(ordered)) if ordered[i].code in codes), None)


def _midnight(day: date | None) -> datetime | None:
    """Return the beginning of `day`."""
    return datetime.combine(day, time.min) if day else None
