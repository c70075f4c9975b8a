"""Persons kept in memory: those of a file that is being read, which may hold one person twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from app.matching.keys import keys
from app.matching.traits import PersonTraits


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
        found = [self._persons[key] for key in keys if key in self._persons]
        if not found:
            return ()
        shared = Counter(chain.from_iterable(found))
        return [person for person, _count in shared.most_common(most)]

    def traits(self, persons: Sequence[str]) -> Mapping[str, PersonTraits]:
        """See `KeptPersons`."""
        return {person: self._traits[person] for person in persons if person in self._traits}
