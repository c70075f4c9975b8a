"""What the page of colleagues says about one of them, as plain facts: signs, sentences, explanations of deeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.exchange_facts import Trust
from app.domain.words import N_
from app.i18n import _, formats
from app.services import trust_words
from app.services.session import Session
from app.services.trust_page import Deed, Known
from ui.bridge.cell import Cell

COLLEAGUE_HEADS = (N_("Colleague"), N_("What is known"))

_SIGNS = {
    Trust.OWN: ("sign.key", "quiet"),
    Trust.UNVERIFIED: ("state.unknown", "unknown"),
    Trust.VERIFIED: ("state.good", "good"),
    Trust.VOUCHED: ("state.good", "good"),
    Trust.REVOKED: ("state.refused", "late"),
    Trust.REJECTED: ("state.refused", "unknown"),
}
_NEW_KEYS = ("state.watch", "watch")
DEED_WORDS = {
    Deed.REGISTRAR_ON: (
        N_("Mark as registrar"),
        N_(
            "Whom this colleague puts on the roster, you trust too. What this colleague revokes, counts for you."
        ),
    ),
    Deed.REGISTRAR_OFF: (
        N_("No longer registrar"),
        N_("The roster and the revocations of this colleague count for you no more."),
    ),
    Deed.VOUCH: (
        N_("Put on the roster"),
        N_("You vouch for this device. Colleagues who marked you as registrar trust it too."),
    ),
    Deed.END_VOUCH: (
        N_("Take off the roster"),
        N_("Who compared the digits goes on trusting. Others must compare first."),
    ),
    Deed.REJECT: (
        N_("Reject"),
        N_("For yourself. You give nothing to this device and take nothing from it."),
    ),
    Deed.UNREJECT: (N_("Take the rejection back"), N_("The device is known as it was before.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView:
    """One device in full. `groups` are shown only once they were compared: they are typed, never read off."""

    device: str
    name: str
    about: str
    icon: str
    role: str
    state: str
    meaning: str
    facts: tuple[str, ...]
    groups: tuple[str, ...]
    deeds: frozenset[Deed]
    own: bool


def row(session: Session, known: Known, own: str) -> tuple[Cell, Cell]:
    """The line in the list."""
    one, (icon, role) = known.colleague, sign(known)
    name = one.name or own or _("unknown")
    return (
        Cell(main=name, strong=True, second=_about(known, own)),
        Cell(main=_capital(trust_words.trust_words(session, known, short=True)), icon=icon, role=role),
    )


def detail(session: Session, known: Known, own: str) -> DetailView:
    """The panel beside it."""
    one, (icon, role) = known.colleague, sign(known)
    return DetailView(
        device=one.device,
        name=one.name or own or _("unknown"),
        about=_about(known, own),
        icon=icon,
        role=role,
        state=_capital(trust_words.trust_words(session, known)),
        meaning=trust_words.means(one.trust, new_keys=one.new_keys),
        facts=tuple(_facts(session, known)),
        groups=one.groups if one.trust.trusted and not one.new_keys else (),
        deeds=known.deeds,
        own=bool(own),
    )


def sign(known: Known) -> tuple[str, str]:
    """Icon and colour of a state."""
    return _NEW_KEYS if known.colleague.new_keys else _SIGNS[known.colleague.trust]


def _about(known: Known, own: str) -> str:
    parts: Sequence[str] = (
        _("your earlier device") if own else known.colleague.office,
        _("registrar") if known.colleague.registrar else "",
    )
    return "  ·  ".join(part for part in parts if part)


def _facts(session: Session, known: Known) -> list[str]:
    found = []
    if known.vouched_by and known.colleague.trust is not Trust.VOUCHED:
        found.append(_("On the roster of %(names)s.", names=formats.listed(known.vouched_by)))
    if known.colleague.last_file_at is not None:
        day = formats.day(formats.local(known.colleague.last_file_at).date(), session.today)
        found.append(_("Last file taken in: %(day)s.", day=day))
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
