"""Words about exchange by file that its screens share: colleagues, sizes, what stays out."""

from app.domain.exchange_facts import Colleague, Trust
from app.domain.words import N_
from app.i18n import _, formats, ngettext
from ui.bridge.place import Place

COLLEAGUES_PAGE = "colleagues"

_STATES = {
    Trust.VERIFIED: N_("Compared by you"),
    Trust.VOUCHED: N_("On the roster of your location"),
    Trust.UNVERIFIED: N_("Not compared yet"),
    Trust.REVOKED: N_("This laptop was revoked. Nothing goes to it any more."),
    Trust.REJECTED: N_("Rejected by you"),
    Trust.OWN: N_("This laptop"),
}


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


def differences_words(count: int) -> str:
    """ "2 new differences"."""
    return ngettext(
        "%(count)s new difference", "%(count)s new differences", count, count=formats.number(count)
    )
