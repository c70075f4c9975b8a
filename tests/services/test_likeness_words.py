"""Every reason and strength of a likeness has words in Dutch and English, each its own."""

from app.i18n import set_language
from app.matching.likeness import Likeness, Reason, Strength
from app.services.likeness_words import likeness_words, reason_words


def test_every_reason_in_both_languages() -> None:
    everything = Likeness(tuple(Reason), Strength.POSSIBLE, 1.0)
    dutch = reason_words(everything)
    set_language("en")
    english = reason_words(everything)
    assert len(set(dutch)) == len(set(english)) == len(Reason)
    assert not set(dutch) & set(english)


def test_one_line() -> None:
    likeness = Likeness((Reason.OTHER_SCRIPT, Reason.SAME_BIRTH_DATE), Strength.LIKELY, 0.9)
    assert (
        likeness_words(likeness)
        == "Waarschijnlijk dezelfde persoon: de naam in een ander schrift, dezelfde geboortedatum"
    )
    assert len({likeness_words(Likeness((), strength, 1.0)) for strength in Strength}) == len(Strength)
