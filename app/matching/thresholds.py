"""Every number of the judgement that was chosen, in one place, each with its reason.

Chosen on the open half of the pairs in `tests/matching`, with the sealed half shut. A likeness runs from 0 to 1.
"""

from typing import Final

from app.matching.birth_fit import BirthFit

# --- two words ------------------------------------------------------------------------------------------------------

CONSONANTS_BY_CLASS: Final = 0.5
"""Share of the consonants by class (b, p, f and v are one): what survives every transliteration."""
CONSONANTS: Final = 0.25
"""Share of the consonants as they sound: Hakobyan and Hagopian differ a little, Karim and Ghaleb much."""
VOWELS: Final = 0.25
"""Share of the vowels: nothing else tells Hassan from Hussein, and more would part Fatemeh from Fatma."""
READINGS: Final = 6
"""Ways to read one word (`ch` as in church, loch or chef) that are tried: more found nothing more."""
SLIP: Final = 0.88
SLIP_LETTERS: Final = 7
"""A slip is forgiven in a word this long; in a shorter one it is as often another name: Amina, Amira."""
SHORT: Final = 0.85
"""Factor when one of the words has one consonant or none: there other vowels are another name (Zhou, Zhao)."""
PART: Final = 0.77
"""From here on two words are laid beside each other. Hassan and Hussein reach 0.75, Karapet and Garabed 0.81."""

JOINED: Final = 0.86
"""Two words for one must fit better: the longer a word, the more there is that fits by chance."""

# --- two names ------------------------------------------------------------------------------------------------------

SPELLING: Final = 0.87
"""From here on a word is said to be another spelling, below it to sound alike: a vowel (Saleh, Salih) is spelling.

It decides on the words of the reason and on the strength, never on whether there is a warning.
"""

# --- names and birth dates together: the less the dates say, the more the names must ----------------------------------

LEAST: Final = {
    BirthFit.SAME: 0.77,
    BirthFit.SWAPPED: 0.82,
    BirthFit.FITS: 0.82,
    BirthFit.STAND_IN: 0.82,
    BirthFit.SLIP: 0.84,
    BirthFit.UNKNOWN: 0.93,
}
"""The least alike pair of words must reach this. Without any birth date only what sounds the same is left."""
MEAN: Final = {
    BirthFit.SAME: 0.82,
    BirthFit.SWAPPED: 0.86,
    BirthFit.FITS: 0.87,
    BirthFit.STAND_IN: 0.87,
    BirthFit.SLIP: 0.88,
    BirthFit.UNKNOWN: 0.95,
}
"""And all pairs of words on average this: two doubtful words together are two people."""
LEAST_WORDS: Final = {
    BirthFit.SAME: 1,
    BirthFit.SWAPPED: 2,
    BirthFit.FITS: 2,
    BirthFit.STAND_IN: 2,
    BirthFit.SLIP: 2,
    BirthFit.UNKNOWN: 2,
}
"""So many words must agree. One is enough for a person without a family name, but only with the very same full date."""
STRONG: Final = frozenset({BirthFit.SAME, BirthFit.SWAPPED})
"""Birth dates that make it likely; with the others it is possible."""
