"""Short keys under which a person is kept, so that whoever may be the same is found without looking at everyone.

Each key asks for two words of the name and a part of the date at once, or for a word and a whole date, so that few
people share one, however many there are. 1 January counts as a part: it may stand for a day that is not known.

    n:2712345601        a V-number
    d:1985-0307:KS      a full date and a word, day and month in rising order, so that swapped ones meet
    y:1985:KS:mK        the year and how two words begin; the years around an approximate one
    m:0307:KS:mK        day and month, and two words: for a slip in the year
    p:KSn:mKm           two words: looked up by those of whom no year is known
    q:KSn:mKm           the same, kept by those of whom no year is known and looked up by everyone

`keys` are kept, `wanted` are looked up; they differ in the last two.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from app.domain.incomplete_date import IncompleteDate
from app.matching.birth_fit import ABOUT_YEARS, is_stand_in
from app.matching.name_form import LOOSE, Form, forms
from app.matching.reading import readings
from app.matching.romanise import Word
from app.matching.traits import PersonTraits, numbers_of

BEGINNING: Final = 2
"""Classes of consonants that stand for a word beside a date: a slip further on is forgiven, and compound names meet."""
LONGER: Final = 3
"""The same where there is no date, which would leave too many."""


class Keys(NamedTuple):
    """The keys to keep for a person, and those to look up for a person who may be here already."""

    kept: frozenset[str]
    wanted: frozenset[str]


def keys(traits: PersonTraits) -> frozenset[str]:
    """The keys to keep for a person."""
    return both(traits).kept


def wanted(traits: PersonTraits) -> frozenset[str]:
    """The keys to look up for a person who may be here already."""
    return both(traits).wanted


def both(traits: PersonTraits) -> Keys:
    """`keys` and `wanted`, which have most of them in common."""
    birth, written = traits.birth, forms(traits)
    found = {f"n:{number}" for number in numbers_of(traits)}
    longer = {pair for form in written for pair in _pairs(form, LONGER)}
    asked = [f"q:{pair}" for pair in longer]
    told = [f"p:{pair}" for pair in longer]
    if birth.year is None:
        every = frozenset((*found, *asked, *told))
        return Keys(every, every)
    pairs = {pair for form in written for pair in _pairs(form, BEGINNING)}
    for year in _years(birth):
        found.update([f"y:{year}:{pair}" for pair in pairs])
    if birth.month is not None and birth.day is not None and not is_stand_in(birth):
        low, high = sorted((birth.month, birth.day))
        day = f"{low:02}{high:02}"
        starts = {start for form in written for word in form.words for start in _beginnings(word, BEGINNING)}
        found.update([f"d:{birth.year}-{day}:{start}" for start in starts])
        found.update([f"m:{day}:{pair}" for pair in pairs])
    return Keys(frozenset((*found, *told)), frozenset((*found, *asked)))


def _years(birth: IncompleteDate) -> range:
    assert birth.year is not None
    about = ABOUT_YEARS if birth.approximate else 0
    return range(birth.year - about, birth.year + about + 1)


def _pairs(form: Form, length: int) -> Iterator[str]:
    """How every two words begin, what sorts first in front, so that swapped names meet."""
    starts = [_beginnings(word, length) for word in form.words if word.text not in LOOSE]
    for at, (one, other) in enumerate(pairwise(starts[:-1]) if len(starts) > 2 else ()):
        # A short word may be written together with the next one: Li Na, Xiao Ming.
        starts[at] = one | {
            (first + second)[:length] for first in one for second in other if len(first) < length
        }
    for one, other in combinations(starts, 2):
        for first in one:
            for second in other:
                yield f"{first}:{second}" if first < second else f"{second}:{first}"


@lru_cache(maxsize=131_072)
def _beginnings(word: Word, length: int) -> frozenset[str]:
    return frozenset(reading.classes[:length] for reading in readings(word))
