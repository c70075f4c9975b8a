"""Who of many new persons may be one of the others: a file may hold somebody twice. Plain data in and out, so that a
second process can look.
"""

from collections.abc import Sequence

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.person_name import PersonName
from app.matching.keys import both
from app.matching.likeness import Likeness, Reason, Strength
from app.matching.look_up import Match, matches
from app.matching.memory_persons import MemoryPersons
from app.matching.traits import PersonTraits

PlainPerson = tuple[str, tuple[tuple[str, ...], ...], str, tuple[str, ...]]
"""Id, the parts of each name, birth date as it is kept (empty: nothing is known), numbers."""
PlainMatch = tuple[str, tuple[str, ...], int, float]
Looked = tuple[frozenset[str], frozenset[str], list[PlainMatch]]
"""Of one person: the keys to keep, the keys to look up, and who of those before may be the same, strongest first."""


def plain(person: str, traits: PersonTraits) -> PlainPerson:
    """A person as `look_among` takes one."""
    names = tuple(
        (name.family, name.given, name.call, name.native_family, name.native_given) for name in traits.names
    )
    return person, names, "" if traits.birth == UNKNOWN_DATE else traits.birth.text, traits.numbers


def look_among(asked: tuple[Sequence[PlainPerson], int]) -> list[Looked]:
    """Each of these persons beside those who stand before; of each at most so many who may be the same."""
    persons, most = asked
    so_far, found = MemoryPersons(), []
    for person, names, birth, numbers in persons:
        traits = _traits(names, birth, numbers)
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


def _traits(names: tuple[tuple[str, ...], ...], birth: str, numbers: tuple[str, ...]) -> PersonTraits:
    return PersonTraits(
        names=tuple(
            PersonName(
                family=family, given=given, call=call, native_family=native_family, native_given=native_given
            )
            for family, given, call, native_family, native_given in names
        ),
        birth=IncompleteDate.from_text(birth) if birth else UNKNOWN_DATE,
        numbers=tuple(numbers),
    )
