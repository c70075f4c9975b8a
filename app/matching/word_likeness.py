"""How alike two words of a name are, from 0 to 1, whatever spelling or script each was written in."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Indel

from app.matching.reading import Reading, readings
from app.matching.romanise import Word
from app.matching.thresholds import CONSONANTS, CONSONANTS_BY_CLASS, SHORT, SLIP, SLIP_LETTERS, VOWELS

LIKE: Final = 1.0


@lru_cache(maxsize=262_144)
def likeness(a: Word, b: Word) -> float:
    """1.0 for words that are written the same; else the best of their readings."""
    if a == b:
        return LIKE
    spoken = a.vocalised and b.vocalised
    best = max(
        _alike(one, other, a.vocalised, b.vocalised) if not spoken else _spoken(one, other)
        for one in readings(a)
        for other in readings(b)
    )
    return max(best, SLIP) if spoken and _one_slip(a.text, b.text) else best


def _one_slip(a: str, b: str) -> bool:
    """One letter typed wrong, left out, doubled or exchanged with its neighbour, in a long word."""
    return min(len(a), len(b)) >= SLIP_LETTERS and OSA.distance(a, b, score_cutoff=1) <= 1


def _spoken(a: Reading, b: Reading) -> float:
    if a.sounds == b.sounds:
        return LIKE
    alike = _consonants(a, b) + VOWELS * OSA.normalized_similarity(a.vowels, b.vowels)
    return alike * SHORT if a.vowels != b.vowels and min(len(a.consonants), len(b.consonants)) <= 1 else alike


def _consonants(a: Reading, b: Reading) -> float:
    if not a.consonants or not b.consonants:
        return (CONSONANTS_BY_CLASS + CONSONANTS) * (a.consonants == b.consonants)
    by_class = OSA.normalized_similarity(a.classes, b.classes)
    return CONSONANTS_BY_CLASS * by_class + CONSONANTS * Indel.normalized_similarity(
        a.consonants, b.consonants
    )


def _alike(a: Reading, b: Reading, a_vocalised: bool, b_vocalised: bool) -> float:
    """Where a script leaves vowels out, those that it has must be found on the other side; others say nothing."""
    if a_vocalised == b_vocalised:
        vowels = OSA.normalized_similarity(a.vowels, b.vowels)
    else:
        few, many = (b.vowels, a.vowels) if a_vocalised else (a.vowels, b.vowels)
        vowels = 1.0 if not few else _found(few, many)
    return _consonants(a, b) + VOWELS * vowels


def _found(few: str, many: str) -> float:
    return (len(few) + len(many) - Indel.distance(few, many)) / 2 / len(few)
