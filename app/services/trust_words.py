"""Trust in plain words: what is known of a device, for list, command and dialog alike."""

from app.domain.exchange_facts import Trust
from app.i18n import N_, _, formats, language
from app.services.session import Session
from app.services.trust_page import Known

_SIMPLE = {
    Trust.OWN: N_("one of your own devices"),
    Trust.UNVERIFIED: N_("not compared yet"),
    Trust.REJECTED: N_("rejected by you"),
}
_COMPARED = {
    "qr": N_("compared in person on %(day)s"),
    "phone": N_("compared by phone on %(day)s"),
}


def trust_words(session: Session, known: Known, *, short: bool = False) -> str:
    """One line without a capital, such as «compared by phone on 23 November»; `short` for the cell of a list."""
    colleague = known.colleague
    if colleague.trust is Trust.REVOKED:
        return _revoked(session, known, short)
    if colleague.trust in _SIMPLE:
        return _(_SIMPLE[colleague.trust])
    if colleague.new_keys:
        return _("new keys, signed by the device that you know")
    if colleague.verified_at is not None:
        day = formats.day(formats.local(colleague.verified_at).date(), session.today)
        return _(_COMPARED.get(known.how, _COMPARED["phone"])) % {"day": day}
    return _("on the roster of %(names)s", names=formats.listed(known.vouched_by))


def _revoked(session: Session, known: Known, short: bool) -> str:
    """Who, when and why, as far as the registrar said it."""
    reason = session.content.label(known.revoked_reason, language()).lower()
    day = formats.day(formats.local(known.revoked_at).date(), session.today) if known.revoked_at else ""
    if short and day:
        return _("revoked on %(day)s", day=day)
    if day and reason:
        return _("revoked by %(name)s on %(day)s: %(reason)s", name=known.revoked_by, day=day, reason=reason)
    return _("revoked by %(name)s", name=known.revoked_by)


def means(trust: Trust, *, new_keys: bool = False) -> str:
    """What follows from a state, in one or two sentences."""
    if new_keys:
        return _("You can exchange files. Compare the digits again when you see or speak this colleague.")
    return _(_MEANING[trust])


_MEANING = {
    Trust.OWN: N_("This device is yours."),
    Trust.UNVERIFIED: N_(
        "You can look at files of this device. Giving and taking waits until you compared the digits."
    ),
    Trust.VERIFIED: N_("You can exchange files with this device."),
    Trust.VOUCHED: N_(
        "You can exchange files with this device, because a registrar whom you know vouches for it."
    ),
    Trust.REVOKED: N_("Nothing is given to this device. What it wrote before it was revoked stays."),
    Trust.REJECTED: N_("You give nothing to this device and take nothing from it."),
}
