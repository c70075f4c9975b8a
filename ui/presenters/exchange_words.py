"""Words about exchange by file that its screens share: colleagues, sizes, what stays out."""

from collections.abc import Iterable

from app.domain.exchange_facts import Colleague, Hold, Trust
from app.domain.words import N_
from app.i18n import _, formats, ngettext
from ui.bridge.place import Place

COLLEAGUES_PAGE = "colleagues"

_SHORT = {
    Hold.GAP: N_("something is missing"),
    Hold.DESTROYED: N_("destroyed here"),
    Hold.NO_ACCESS: N_("set apart"),
    Hold.REVOKED: N_("set apart"),
    Hold.FORK: N_("copied store"),
    Hold.NEWER: N_("waits for an update"),
}
_STATES = {
    Trust.VERIFIED: N_("Compared by you"),
    Trust.VOUCHED: N_("On the roster of your location"),
    Trust.UNVERIFIED: N_("Not compared yet"),
    Trust.REVOKED: N_("This laptop was revoked. Nothing goes to it any more."),
    Trust.REJECTED: N_("Rejected by you"),
    Trust.OWN: N_("This laptop"),
}


def hold_short(holds: Iterable[Hold]) -> str:
    """Why something of a family stays out, in a few words for a list."""
    return ", ".join(dict.fromkeys(_(_SHORT[hold]) for hold in Hold if hold in set(holds)))


def trust_words(one: Colleague) -> str:
    """How far a colleague is known here, with the day when that is known."""
    if one.trust is Trust.VERIFIED and one.verified_at is not None:
        return _("Compared by you on %(day)s", day=formats.fact(formats.local(one.verified_at).date()))
    return _(_STATES[one.trust])


def trust_sign(one: Colleague) -> tuple[str, str]:
    """Icon role and colour role of a colleague's state."""
    if one.trust.trusted:
        return "state.good", "good"
    return ("state.watch", "watch") if one.trust is Trust.UNVERIFIED else ("state.refused", "late")


def colleague_place(one: Colleague) -> Place:
    """Where a colleague is checked."""
    return Place(page=COLLEAGUES_PAGE, subject=one.device)


def named(one: Colleague) -> str:
    """A colleague by name and office; a laptop without a name is said to be unknown."""
    name = one.name or _("an unknown laptop")
    return f"{name}, {one.office}" if one.office else name


def families_words(count: int) -> str:
    """ "8 families"."""
    return ngettext("%(count)s family", "%(count)s families", count, count=formats.number(count))


def changes_words(count: int) -> str:
    """ "41 changes"."""
    return ngettext("%(count)s change", "%(count)s changes", count, count=formats.number(count))


def scans_words(count: int) -> str:
    """ "3 scans"."""
    return ngettext("%(count)s scan", "%(count)s scans", count, count=formats.number(count))


def differences_words(count: int) -> str:
    """ "2 new differences"."""
    return ngettext(
        "%(count)s new difference", "%(count)s new differences", count, count=formats.number(count)
    )
