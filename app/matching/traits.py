"""What is compared of a person: the names they go by, what is known of the birth date, and their V-numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.person_name import PersonName
from app.domain.text import v_number_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTraits:
    """Every name a person is known by (day to day, passport, alias); numbers as typed."""

    names: tuple[PersonName, ...] = ()
    birth: IncompleteDate = UNKNOWN_DATE
    numbers: tuple[str, ...] = ()


PlainTraits = tuple[Sequence[Sequence[str]], str, Sequence[str]]
"""The same as it is kept: of each name the parts in the order of `PersonName`, birth date (empty: unknown), numbers."""


def traits_of(plain: PlainTraits) -> PersonTraits:
    """What is kept, made ready for comparing."""
    names, birth, numbers = plain
    return PersonTraits(
        names=tuple(_name(*parts) for parts in names),
        birth=IncompleteDate.from_text(birth) if birth else UNKNOWN_DATE,
        numbers=tuple(numbers),
    )


def _name(family: str, given: str, call: str, native_family: str, native_given: str) -> PersonName:
    return PersonName(
        family=family, given=given, call=call, native_family=native_family, native_given=native_given
    )


def numbers_of(traits: PersonTraits) -> frozenset[str]:
    """V-numbers in the form for comparing; an empty one is no number."""
    return frozenset(key for number in traits.numbers if (key := _key(number)))


@lru_cache(maxsize=65_536)
def _key(number: str) -> str:
    return v_number_key(number).casefold()
