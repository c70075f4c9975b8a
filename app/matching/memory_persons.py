"""Persons kept in memory: those of a file that is being read, which may hold one person twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from app.matching.keys import keys
from app.matching.traits import PersonTraits


def counted(persons: Mapping[str, Sequence[str]], keys: Collection[str]) -> Counter[str]:
    """How many of these keys everybody has who has one. `persons`: by key."""
    return Counter(chain.from_iterable([persons[key] for key in keys if key in persons]))


class MemoryPersons:
    """Satisfies `KeptPersons`."""

    def __init__(self) -> None:
        self._traits: dict[str, PersonTraits] = {}
        self._persons: defaultdict[str, list[str]] = defaultdict(list)

    def keep(self, person: str, traits: PersonTraits, kept: Collection[str] | None = None) -> None:
        """Add a person; each id once. `kept`: what `keys` gave, for who has it already."""
        self._traits[person] = traits
        for key in keys(traits) if kept is None else kept:
            self._persons[key].append(person)

    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        """See `KeptPersons`."""
        return [person for person, _count in counted(self._persons, keys).most_common(most)]

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        """See `KeptPersons`."""
        return {person: self._traits[person] for person in persons if person in self._traits}
