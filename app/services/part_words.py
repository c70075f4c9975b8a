"""Parts of a dossier (compartments) as an officer says them, for screens and commands alike."""

from collections.abc import Collection
from typing import Final

from app.domain.record import Compartment
from app.domain.words import N_
from app.i18n import _

PART_ORDER: Final = (
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


def part_words(part: Compartment) -> str:
    """The name of a compartment as an officer says it."""
    return _(_PARTS[part][0])


def part_about(part: Compartment) -> str:
    """What it holds, or whom it is for."""
    return _(_PARTS[part][1])


def parts_words(parts: Collection[Compartment]) -> str:
    """The names of compartments in one line, in the order of the choice."""
    return ", ".join(part_words(part) for part in in_order(parts))


def in_order(parts: Collection[Compartment]) -> tuple[Compartment, ...]:
    """In the order of the choice."""
    return tuple(part for part in PART_ORDER if part in parts)
