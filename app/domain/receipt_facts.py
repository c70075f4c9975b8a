"""What sheet 7, the receipt, may receive; it stays abroad (bijzonder-vertrek, b.3 K and L, c-01).

No V-number, no reason for departure, nothing medical: there is no field for them.
"""

from dataclasses import dataclass, field

from app.domain.answer import OPEN, Answer
from app.domain.handover_facts import Flight
from app.domain.sheet_head import SheetHead


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """Sheet 7, the receipt: two languages side by side, filled in by hand where the person is taken over.

    It stays abroad, therefore no V-number, no reason for departure, no name of a return organisation unless
    the
    officer chose it as the sender's text (b.3 K).
    """

    head: SheetHead
    beside_language: str = "en"
    sender: Answer = OPEN
    officer: Answer = OPEN
    phone: Answer = OPEN
    name: Answer = OPEN
    birth_date: Answer = OPEN
    language: Answer = OPEN
    flight: Flight = field(default_factory=Flight)
    receiver: Answer = OPEN
    bag_count: Answer = OPEN
    document_count: Answer = OPEN
    sealed_envelope: Answer = OPEN
    """The number of the seal, or `NotApplicable`."""
