"""Something that happened on a day, in order: what tracks and terms are derived from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dated event. `code` is the bare code of the pack (no hash), `on` None when the day is unknown.

    `fields` holds the record's own texts: days `YYYY-MM-DD`, local times `YYYY-MM-DDTHH:MM`, references.
    `disputed` says that two officers wrote different things and nobody chose yet: it then counts as unknown.
    """

    code: str
    on: date | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    disputed: bool = False
    id: str = ""


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events by day; on one day, and without a day, in the order of writing down.

    An event without a day stays behind the one that was written down before it: it is never given a day.
    """
    placed: list[tuple[date, int, Event]] = []
    last = date.min
    for index, event in enumerate(events):
        last = event.on or last
        placed.append((last, index, event))
    return tuple(event for _, _, event in sorted(placed, key=lambda each: each[:2]))


def day_of(text: str | None) -> date | None:
    """Return the day in `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; None when empty or incomplete."""
    moment = moment_of(text)
    return moment.date() if moment else None


def moment_of(text: str | None) -> datetime | None:
    """Return the local moment in `text` (midnight when it holds a day only), or None as `day_of` does."""
    if not text or len(text) not in (10, 16):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def bare_code(reference: str) -> str:
    """Return the code in "«hash16»:«code»"; a text without a hash is a code already."""
    return reference.rpartition(":")[2]
