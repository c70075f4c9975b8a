"""Puts a pair through the whole of the matcher: one record is kept, the other looked up, and the other way round."""

from app.domain.incomplete_date import IncompleteDate
from app.domain.person_name import PersonName
from app.matching.likeness import Likeness
from app.matching.look_up import matches
from app.matching.memory_persons import MemoryPersons
from app.matching.traits import PersonTraits
from tests.matching.pair_set import Made, MadePair, record


def traits(one: Made) -> PersonTraits:
    """A made-up record as the matcher takes it."""
    name = PersonName(
        family=one.family, given=one.given, native_family=one.native_family, native_given=one.native_given
    )
    return PersonTraits(
        names=(name,), birth=IncompleteDate.from_text(one.birth), numbers=(one.number,) if one.number else ()
    )


def person(text: str) -> PersonTraits:
    """`given/family=own given/own family @birth #number`."""
    return traits(record(text))


def found(one: PersonTraits, other: PersonTraits) -> Likeness | None:
    """What is said of `other` when `one` is kept; None when there is no warning."""
    kept = MemoryPersons()
    kept.keep("one", one)
    return next((match.likeness for match in matches(other, kept)), None)


def warned(pair: MadePair) -> bool:
    """Whether the program warns, whichever of the two was there first; the answers have to be the same."""
    a, b = traits(pair.a), traits(pair.b)
    first, second = found(a, b), found(b, a)
    assert (first is None) == (second is None), pair
    return first is not None


def share_warned(pairs: tuple[MadePair, ...]) -> float:
    """How many in a hundred are warned for."""
    return 100 * sum(map(warned, pairs)) / len(pairs)
