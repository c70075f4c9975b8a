"""How an offer of a family stands, in words, for screens and commands alike."""

from app.i18n import _, formats
from app.services.handing_over import HandoverState, Offer


def waits_words(state: HandoverState) -> str:
    """What of handing over waits for somebody, "" for nothing."""
    if state.offer is not None and state.to_me:
        return offered_to_me(state.offer)
    if state.offer is not None:
        return _("Offered to %(name)s. No answer yet.", name=state.offer.officer_name)
    return _("It is not clear who has this family.") if state.crossed else ""


def offered_to_me(offer: Offer) -> str:
    """Who offers it."""
    return _("%(name)s offers you this family.", name=offer.by_name or _("A colleague"))


def about_offer(offer: Offer) -> str:
    """The day of return and the note, "" for neither."""
    parts = []
    if offer.returns_on is not None:
        parts.append(_("Leave cover until %(day)s.", day=formats.fact(offer.returns_on)))
    if offer.reason:
        parts.append(offer.reason)
    return " ".join(parts)
