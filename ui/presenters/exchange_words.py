"""Words about exchange by file that its screens share: parts of a dossier, colleagues, sizes, what stays out."""

from collections.abc import Collection

from app.domain.exchange_facts import Colleague, Trust
from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _, formats, ngettext
from ui.bridge.place import Place

COLLEAGUES_PAGE = "colleagues"

PART_ORDER = (
    Compartment.KERN,
    Compartment.WERKWIJZE,
    Compartment.GEZONDHEID,
    Compartment.ASIEL_STRAF,
    Compartment.VEILIG_ADRES,
    Compartment.EIGEN,
)
_PARTS = {
    Compartment.KERN: (N_("Family, papers and departure"), N_("This always goes along.")),
    Compartment.WERKWIJZE: (N_("Way of working"), N_("Phases, talks and agreements.")),
    Compartment.GEZONDHEID: (N_("Health"), N_("For who arranges care.")),
    Compartment.ASIEL_STRAF: (N_("Asylum and criminal law"), N_("For who works with this.")),
    Compartment.VEILIG_ADRES: (N_("Safe address"), N_("Only for who really must know.")),
    Compartment.EIGEN: (N_("Your own notes"), N_("These never go along.")),
}
_STATES = {
    Trust.VERIFIED: N_("Compared by you"),
    Trust.VOUCHED: N_("On the roster of your location"),
    Trust.UNVERIFIED: N_("Not compared yet"),
    Trust.REVOKED: N_("This laptop was revoked. Nothing goes to it any more."),
    Trust.REJECTED: N_("Rejected by you"),
    Trust.OWN: N_("This laptop"),
}


def part_words(part: Compartment) -> str:
    """The name of a compartment as an officer says it."""
    return _(_PARTS[part][0])


def part_about(part: Compartment) -> str:
    """What it holds, or whom it is for."""
    return _(_PARTS[part][1])


def parts_words(parts: Collection[Compartment]) -> str:
    """The names of compartments in one line, in the order of the choice."""
    return ", ".join(part_words(part) for part in PART_ORDER if part in parts)


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
