"""Gives the members of a made-up family names as is the custom: shared, gendered or the father's."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

from app.domain.person_name import PersonName
from app.services.demo_source import NameGroup, Pair, Source

# Groups in which a woman keeps the family name she was born with.
KEEPS_OWN_NAME: Final = frozenset(("arabisch", "maghrebijns", "perzisch", "urdu", "vietnamees", "chinees"))
WOMAN, MAN = "geslacht.v", "geslacht.m"


@dataclass(slots=True)
class Namer:
    """Names for one family: no given name twice, one family name where that is the custom."""

    group_code: str
    group: NameGroup
    rng: Random
    wanted: str = ""
    _used: set[Pair] = field(default_factory=set)
    _shared: tuple[str, ...] = ()

    @classmethod
    def of(cls, source: Source, group: str, rng: Random, wanted: str = "") -> "Namer":
        """A namer for one family; `wanted` is the family name of a story and must be in the data."""
        namer = cls(group, source.groups[group], rng, wanted)
        namer._shared = namer._family_name()
        return namer

    @property
    def fathers(self) -> bool:
        """True where the father's name stands in the place of a family name."""
        return self.group.surname == "father"

    def title(self) -> Pair:
        """The name of the family as a list shows it."""
        return self._shared[0], self._shared[1]

    def child(self, sex: str) -> PersonName:
        """A name for a child of this family."""
        return self._named(sex, self._form(self._shared, sex))

    def parent(self, sex: str) -> PersonName:
        """A name for a father or a mother; where that is so, his first name is his children's surname."""
        if self.fathers:
            return self._father() if sex == MAN else self._named(sex, self._given(MAN))
        if sex == WOMAN and self.group_code in KEEPS_OWN_NAME:
            return self._named(sex, self._form(self.rng.choice(self.group.family), sex))
        return self.child(sex)

    def _father(self) -> PersonName:
        own = self._given(MAN)
        return PersonName(
            family=own[0], given=self._shared[0], native_family=own[1], native_given=self._shared[1]
        )

    def _named(self, sex: str, family: Pair) -> PersonName:
        given = self._given(sex)
        return PersonName(family=family[0], given=given[0], native_family=family[1], native_given=given[1])

    def _given(self, sex: str) -> Pair:
        names = self.group.female if sex == WOMAN else self.group.male
        free = [name for name in names if name not in self._used]
        given = self.rng.choice(free or names)
        self._used.add(given)
        return given

    def _family_name(self) -> tuple[str, ...]:
        if self.fathers:
            return self._given_wanted()
        if not self.wanted:
            return self.rng.choice(self.group.family)
        return next(name for name in self.group.family if name[0] == self.wanted)

    def _given_wanted(self) -> Pair:
        if not self.wanted:
            return self._given(MAN)
        found = next(name for name in self.group.male if name[0] == self.wanted)
        self._used.add(found)
        return found

    @staticmethod
    def _form(family: tuple[str, ...], sex: str) -> Pair:
        """The man's or the woman's form of a family name."""
        return (family[2], family[3]) if len(family) == 4 and sex == WOMAN else (family[0], family[1])
