"""What is shown of extracts: a part of a dossier to read only, until its last day, never merged and never passed on."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.exchange_facts import Colleague
from app.domain.paper_text import TextLine
from app.domain.record import Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractChoice:
    """What an officer chose to let somebody read: one family, some of its parts, until and with `until`."""

    dossier: str
    receivers: tuple[str, ...]
    compartments: frozenset[Compartment]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldExtract:
    """An extract of a colleague that can be read here. `id` is that of its package."""

    id: str
    title: str
    sender: Colleague
    arrived_at: datetime
    ends_on: date
    compartments: frozenset[Compartment]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractText:
    """An extract with all that it says, in reading order and as plain text."""

    held: HeldExtract
    lines: tuple[TextLine, ...]
