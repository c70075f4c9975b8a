"""The head that every sheet of a set carries (bijzonder-vertrek, b.3 A).

Moments are UTC (`YYYY-MM-DDTHH:MM:SSZ`), local times `YYYY-MM-DDTHH:MM`.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.answer import OPEN, Answer


class AskedStatus(StrEnum):
    """What the officer asks for. A sheet with gaps becomes a concept whatever is asked."""

    CONCEPT = "concept"
    FINAL = "final"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """The head of every sheet (b.3 A)."""

    set_number: str
    version: int
    asked_status: AskedStatus = AskedStatus.CONCEPT
    made_at: str
    """Moment in UTC; dates the file."""
    made_at_local: str
    """The same in the officer's local time; printed."""
    made_by: str
    made_by_role: str
    valid_until: Answer = OPEN
    """Local time after which the facts must be checked again."""
    copy_for: Answer = OPEN
    """The receiver of this copy."""
