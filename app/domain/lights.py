"""The four lights of a departure per person: may leave, available, measure, travel document (process picture, wp-45).

Each says how it stands, and on which day somebody last looked. Nothing is guessed: what nobody wrote down is unknown,
and a cell on which two values stand counts as unknown (settled rule 10).
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dated_event import bare_code, day_of
from app.domain.kinds.person import Availability, RemovabilityCheck
from app.domain.kinds.sensitive import Measure
from app.domain.words import N_


class Standing(StrEnum):
    """How a light stands; the screen has a sign and a colour for each."""

    GOOD = "good"
    WATCH = "watch"
    REFUSED = "refused"
    LATE = "late"
    INFO = "info"
    UNKNOWN = "unknown"
    NONE = "none"  # does not apply


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One light. `word` is an English msgid, or a word from content when `named`; `on`: last looked at."""

    standing: Standing
    word: str
    on: date | None = None
    until: date | None = None
    by: str = ""
    named: bool = False


UNKNOWN = Light(standing=Standing.UNKNOWN, word=N_("unknown"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """The four of one person, in the order of the process picture."""

    may_leave: Light = UNKNOWN
    available: Light = UNKNOWN
    measure: Light = UNKNOWN
    document: Light = UNKNOWN


YES, NO, ASKED = "mag-vertrekken.ja", "mag-vertrekken.nee", "mag-vertrekken.gevraagd"
AVAILABLE, NOT_AVAILABLE = "ja-nee-onbekend.ja", "ja-nee-onbekend.nee"


def may_leave(
    checks: Iterable[RemovabilityCheck],
    unsure: Set[str],
    needed_on: date,
    today: date,
    to_day: Callable[[str], date],
) -> Light:
    """By the latest check. An answer that ends before `needed_on` (the planned departure) is no longer enough.

    `to_day` gives the day of a moment in the Netherlands.
    """
    last = max(checks, key=lambda each: (each.answered_at or each.asked_at or "", each.id), default=None)
    if last is None or last.id in unsure:
        return UNKNOWN
    moment = last.answered_at or last.asked_at
    on, until = to_day(moment) if moment else None, day_of(last.valid_until)
    standing, word = _answered(bare_code(last.outcome or ""), until, needed_on, today)
    by = last.answered_by or last.asked_of or ""
    return Light(standing=standing, word=word, on=on, until=until, by=by)


def _answered(outcome: str, until: date | None, needed_on: date, today: date) -> tuple[Standing, str]:
    if outcome == YES and until is not None and until < today:
        return Standing.LATE, N_("lapsed")
    if outcome == YES and until is not None and until < needed_on:
        return Standing.WATCH, N_("too short")
    known = {
        YES: (Standing.GOOD, N_("yes")),
        NO: (Standing.REFUSED, N_("no")),
        ASKED: (Standing.WATCH, N_("asked")),
    }
    return known.get(outcome, (Standing.UNKNOWN, N_("unknown")))


def available(looked: Iterable[Availability], unsure: Set[str]) -> Light:
    """By the day last looked at; one without a day counts as oldest."""
    last = max(looked, key=lambda each: (each.checked_on or "", each.id), default=None)
    if last is None or last.id in unsure:
        return UNKNOWN
    on, by, answer = day_of(last.checked_on), last.checked_by or "", bare_code(last.answer or "")
    if answer == AVAILABLE:
        return Light(standing=Standing.GOOD, word=N_("yes"), on=on, by=by)
    if answer == NOT_AVAILABLE:
        return Light(standing=Standing.REFUSED, word=N_("no"), on=on, by=by)
    return Light(standing=Standing.UNKNOWN, word=N_("unknown"), on=on, by=by)


def measure(measures: Iterable[Measure], unsure: Set[str], today: date, short: Callable[[str], str]) -> Light:
    """The measure in force today; `short` gives the short word of a code. None written down: none."""
    mine = list(measures)
    if any(each.id in unsure for each in mine):
        return UNKNOWN
    day = today.isoformat()
    now = [each for each in mine if (each.from_on or "") <= day and (each.to_on is None or each.to_on >= day)]
    last = max(now, key=lambda each: (each.from_on or "", each.id), default=None)
    if last is None:
        return Light(standing=Standing.NONE, word=N_("none"))
    on = day_of(last.checked_on)
    word = short(last.kind) if last.kind else ""
    return Light(
        standing=Standing.INFO, word=word or N_("in force"), on=on, until=day_of(last.to_on), named=bool(word)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStanding:
    """What is known of somebody's travel document: held or not, until when, whether a request for one runs."""

    held: bool = False
    valid_until: date | None = None
    asked: bool = False
    on: date | None = None


def document(paper: PaperStanding, needed_on: date, today: date) -> Light:
    """Whether the document is there and good on `needed_on`."""
    until, on = paper.valid_until, paper.on
    if paper.held and until is not None:
        if until < today:
            return Light(standing=Standing.LATE, word=N_("expired"), on=on, until=until)
        if until < needed_on:
            return Light(standing=Standing.LATE, word=N_("too short"), on=on, until=until)
        return Light(standing=Standing.GOOD, word=N_("valid"), on=on, until=until)
    if paper.held:
        return Light(standing=Standing.UNKNOWN, word=N_("until when?"), on=on)
    if paper.asked:
        return Light(standing=Standing.WATCH, word=N_("requested"), on=on)
    return Light(standing=Standing.WATCH, word=N_("not there"), on=on)
