"""How alike two words of a name are, from 0 to 1, whatever spelling or script each was written in."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Indel

from app.matching.reading import Reading, readings
from app.matching.romanise import Word
from app.matching.thresholds import CONSONANTS, CONSONANTS_BY_CLASS, PART, SHORT, SLIP, SLIP_LETTERS, VOWELS

LIKE: Final = 1.0
_HOPELESS: Final = (PART - CONSONANTS - VOWELS) / CONSONANTS_BY_CLASS
"""With less by class the words cannot reach `PART`, whatever else is equal; most pairs of words end here."""


@lru_cache(maxsize=262_144)
def likeness(a: Word, b: Word) -> float:
    """1.0 for words that sound the same; else that of their most alike readings. Below `PART` it may be 0.0."""
    if a == b:
        return LIKE
    best = max(_alike(one, other, a.vocalised, b.vocalised) for one in readings(a) for other in readings(b))
    return max(best, SLIP) if a.vocalised and b.vocalised and _one_slip(a.text, b.text) else best


def _one_slip(a: str, b: str) -> bool:
    """One letter typed wrong, left out, doubled or exchanged with its neighbour, in a long word."""
    return min(len(a), len(b)) >= SLIP_LETTERS and OSA.distance(a, b, score_cutoff=1) <= 1


def _alike(a: Reading, b: Reading, a_vocalised: bool, b_vocalised: bool) -> float:
    by_class = OSA.normalized_similarity(a.classes, b.classes)
    if by_class < _HOPELESS:
        return 0.0
    alike = (
        CONSONANTS_BY_CLASS * by_class
        + CONSONANTS * Indel.normalized_similarity(a.consonants, b.consonants)
        + VOWELS * _vowels(a.vowels, b.vowels, a_vocalised, b_vocalised)
    )
    if a_vocalised and b_vocalised:
        if a.sounds == b.sounds:
            return LIKE
        if a.vowels != b.vowels and min(len(a.consonants), len(b.consonants)) <= 1:
            return alike * SHORT
    return alike


def _vowels(a: str, b: str, a_vocalised: bool, b_vocalised: bool) -> float:
    """Where a script leaves vowels out, those that it has must be found on the other side; others say nothing."""
    if a_vocalised == b_vocalised:
        return OSA.normalized_similarity(a, b)
    few, many = (b, a) if a_vocalised else (a, b)
    return (len(few) + len(many) - Indel.distance(few, many)) / 2 / len(few) if few else 1.0
