"""Who of all persons kept may be this one: keys narrow it down, the judgement decides, the strongest come first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.matching.keys import wanted
from app.matching.likeness import Likeness, Profile, judge
from app.matching.traits import PersonTraits

MOST_COMPARED: Final = 100
"""Of those who share a key, so many who share most are compared: it keeps the time flat in a very large store."""


class KeptPersons(Protocol):
    """Persons with the keys that `app.matching.keys.keys` gave them; a store or a list in memory."""

    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        """Ids of persons who are kept under any of the keys, those with most of them first, at most `most`."""
        ...

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        """What is known of these persons; who is not there any more is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the same, and why."""

    person: str
    likeness: Likeness


def matches(
    traits: PersonTraits,
    kept: KeptPersons,
    *,
    but: Collection[str] = (),
    asked: Collection[str] | None = None,
) -> tuple[Match, ...]:
    """Everyone who may be this person, the strongest first; `but` names those not meant, such as the person itself.

    `asked`: what `wanted` gave, for who has it already.
    """
    keys = wanted(traits) if asked is None else asked
    persons = [one for one in kept.sharing(keys, MOST_COMPARED) if one not in but]
    if not persons:
        return ()
    this = Profile.of(traits)
    found = [
        Match(person, likeness)
        for person, other in kept.traits(persons).items()
        if (likeness := judge(this, Profile.of(other))) is not None
    ]
    return tuple(sorted(found, key=_order))


def _order(match: Match) -> tuple[int, float, str]:
    return -match.likeness.strength, -match.likeness.score, match.person
