"""What the overview for a new case officer may receive: kern and the way of working, no health, asylum or address."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewMember:
    """A present member; every text may be empty, and holds both values where two stand."""

    name: str
    native: str
    role: str
    born: str
    number: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRequest:
    """A request for a travel document and its latest event. `on` is "YYYY-MM-DD" or ""."""

    title: str
    state: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewStep:
    """Something that is planned or agreed. `on` is "YYYY-MM-DD" or ""."""

    what: str
    who: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewFacts:
    """The family as it is handed over. Days are "YYYY-MM-DD" or ""; `disputed` when somewhere two values stand."""

    family: str
    number: str
    location: str
    since: str
    from_officer: str
    to_officer: str
    returns_on: str
    note: str
    phase: str
    made_at: str
    made_on: str
    members: tuple[OverviewMember, ...]
    requests: tuple[OverviewRequest, ...]
    steps: tuple[OverviewStep, ...]
    disputed: bool
