"""A disclosure: what one document may receive, already filtered for its receiver.

What may not be on a paper never reaches the code that draws it: the classes have no field for it. This
module is the way in; each sheet's facts have a file of their own.
"""

from dataclasses import dataclass

from app.domain.handover_facts import HandoverSheetFacts
from app.domain.receipt_facts import ReceiptFacts
from app.domain.talk_facts import TalkReportFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheetFacts:
    """The recovery key for a sealed envelope. Not a document of a case: it is never kept and carries no
    checksum.
    """

    store_name: str
    location: str
    officer: str
    made_at: str
    made_on: str
    key_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheetFacts:
    """The card of a device on paper: what a colleague compares. Not a document of a case; nothing of it is secret."""

    officer: str
    location: str
    made_at: str
    made_on: str
    groups: tuple[str, ...]
    code_text: str


Facts = HandoverSheetFacts | ReceiptFacts | TalkReportFacts
