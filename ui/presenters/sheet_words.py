"""Where each gap of a paper is mended, and the words around it."""

from collections.abc import Mapping
from typing import Final

from app.domain.gap import Gap, GapReason
from app.domain.words import N_
from app.services.papers import RECEIPT, SHEET
from ui.bridge.place import Place

TEXT, RECEIVER = "text", "receiver"
"""Keys of what is mended on the page itself: its own texts and who the copy is for."""

_OWN_TEXTS: Final = ("request.request", "request.must-not", "request.stop-rule", "receipt.sender")
_FAMILY: Final = (
    "identity.surname",
    "identity.given-names",
    "identity.call-name",
    "identity.birth-date",
    "identity.sex",
    "identity.v-number",
    "identity.companion",
)
_DOCUMENTS: Final = ("identity.document-number", "identity.document-valid-until")
_ON_RECEIPT: Final[Mapping[str, str]] = {
    "receipt.phone": "contact.phone",
    "receipt.name": "identity.surname",
    "receipt.birth-date": "identity.birth-date",
    "receipt.language": "identity.language",
    "receipt.flight": "journey.flights",
    "receipt.receiver": "receiver.name",
    "receipt.bag-count": "belongings.bags-counted",
    "receipt.document-count": "belongings.bags-counted",
}
_LINKS: Final[Mapping[GapReason, str]] = {
    GapReason.DISPUTED: N_("Clear up"),
    GapReason.TOO_OLD: N_("Look"),
    GapReason.TOO_EARLY: N_("Look"),
    GapReason.REFUSED: N_("Look"),
}
PAPER_KEYS: Final[Mapping[str, str]] = {"sheet": SHEET, "receipt": RECEIPT}


def link_words(gap: Gap) -> str:
    """The msgid of the link beside a gap."""
    return _LINKS.get(gap.reason, N_("Fill in"))


def mended_at(gap: Gap, dossier: str, departure: str, person: str) -> Place | str:
    """Where a gap is mended: a place, or one of the keys above with the field behind a colon."""
    code = _ON_RECEIPT.get(gap.code, gap.code)
    if code in _OWN_TEXTS and gap.reason is not GapReason.DISPUTED:
        return f"{TEXT}:{code}"
    if code == "head.copy-for":
        return RECEIVER
    if gap.reason is GapReason.DISPUTED:
        return Place(page="clear_up", subject=dossier)
    if code in _FAMILY:
        return Place(page="family_form", subject=dossier, part=person)
    if code in _DOCUMENTS:
        return Place(page="family", subject=dossier, part="documents")
    return Place(page="departure", subject=departure, part=field_part(code, person))


def field_part(code: str, person: str) -> str:
    """The part of a Place that leads to a field of the departure."""
    return f"{code}@{person}"


def read_field_part(part: str) -> tuple[str, str]:
    """Code and person out of such a part; a bare word is a tab."""
    code, _at, person = part.partition("@")
    return code, person
