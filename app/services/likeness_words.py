"""Why two persons may be one, in the words of the field. A warning asks to look; it never says that it is so."""

from app.domain.words import N_
from app.i18n import _
from app.matching.likeness import Likeness, Reason, Strength

_REASONS = {
    Reason.SAME_NUMBER: N_("the same V-number"),
    Reason.SAME_NAME: N_("the same name"),
    Reason.OTHER_SPELLING: N_("the name in another spelling"),
    Reason.OTHER_SCRIPT: N_("the name in another script"),
    Reason.SOUNDS_ALIKE: N_("the name sounds alike"),
    Reason.ORDER_OF_NAMES: N_("given name and family name the other way round"),
    Reason.PART_OF_NAME: N_("a part of the name is missing"),
    Reason.SAME_BIRTH_DATE: N_("the same date of birth"),
    Reason.DAY_AND_MONTH_SWAPPED: N_("day and month of birth swapped"),
    Reason.BIRTH_DATE_FITS: N_("date of birth equal as far as it is known"),
    Reason.FIRST_OF_JANUARY: N_("1 January can stand for a day that is not known"),
    Reason.BIRTH_DATE_SLIP: N_("perhaps a typing error in the date of birth"),
}
_STRENGTHS = {
    Strength.VERY_LIKELY: N_("Very likely the same person"),
    Strength.LIKELY: N_("Probably the same person"),
    Strength.POSSIBLE: N_("Perhaps the same person"),
}


def reason_words(likeness: Likeness) -> tuple[str, ...]:
    """Each reason, ready to stand in a list."""
    return tuple(_(_REASONS[reason]) for reason in likeness.reasons)


def likeness_words(likeness: Likeness) -> str:
    """One line: "Probably the same person: the name in another script, the same date of birth"."""
    strength, reasons = _(_STRENGTHS[likeness.strength]), ", ".join(reason_words(likeness))
    return _("%(strength)s: %(reasons)s", strength=strength, reasons=reasons)
