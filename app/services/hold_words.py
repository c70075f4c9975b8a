"""Why something of a family in a colleague's file stays out, in words."""

from collections.abc import Iterable

from app.domain.exchange_facts import Hold
from app.domain.words import N_
from app.i18n import _

_HOLDS = {
    Hold.GAP: N_("Something before this is missing. Ask for a complete file."),
    Hold.DESTROYED: N_("Was destroyed here. What still comes in is set apart."),
    Hold.NO_ACCESS: N_("Written by somebody who was not given this family. It is set apart."),
    Hold.REVOKED: N_("Written on a laptop after it was revoked. It is set apart."),
    Hold.FORK: N_("Written on a copied store. Ask the sender for new keys."),
    Hold.NEWER: N_("Partly from a newer version of the program. It shows after an update."),
}
_SHORT = {
    Hold.GAP: N_("something is missing"),
    Hold.DESTROYED: N_("destroyed here"),
    Hold.NO_ACCESS: N_("set apart"),
    Hold.REVOKED: N_("set apart"),
    Hold.FORK: N_("copied store"),
    Hold.NEWER: N_("waits for an update"),
}


def hold_words(holds: Iterable[Hold]) -> str:
    """One sentence per reason, "" when nothing stays out."""
    return " ".join(_(_HOLDS[hold]) for hold in Hold if hold in set(holds))


def hold_short(holds: Iterable[Hold]) -> str:
    """The same in a few words, for a list."""
    return ", ".join(dict.fromkeys(_(_SHORT[hold]) for hold in Hold if hold in set(holds)))
