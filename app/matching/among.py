"""Who of many new persons may be one of the others: a file may hold somebody twice. Plain data in and out, so that a
second process can look.
"""

from collections.abc import Sequence

from app.matching.keys import both
from app.matching.likeness import Likeness, Reason, Strength
from app.matching.look_up import Match, matches
from app.matching.memory_persons import MemoryPersons
from app.matching.traits import PlainTraits, traits_of

PlainMatch = tuple[str, tuple[str, ...], int, float]
Asked = tuple[Sequence[tuple[str, PlainTraits]], int]
"""Persons by id, and how many are named at most of those who may be the same."""
Looked = tuple[frozenset[str], frozenset[str], list[PlainMatch]]
"""Of one person: the keys to keep, the keys to look up, and who of those before may be the same, strongest first."""


def look_among(asked: Asked) -> list[Looked]:
    """Each of these persons, by id, beside those who stand before; of each at most so many who may be the same."""
    persons, most = asked
    so_far, found = MemoryPersons(), []
    for person, plain in persons:
        traits = traits_of(plain)
        kept, wanted = both(traits)
        alike = matches(traits, so_far, asked=wanted)[:most]
        so_far.keep(person, traits, kept)
        found.append((kept, wanted, [_plain_match(match) for match in alike]))
    return found


def match_of(match: PlainMatch) -> Match:
    """What `look_among` found."""
    person, reasons, strength, score = match
    return Match(person, Likeness(tuple(map(Reason, reasons)), Strength(strength), score))


def _plain_match(match: Match) -> PlainMatch:
    likeness = match.likeness
    return match.person, tuple(map(str, likeness.reasons)), int(likeness.strength), likeness.score
