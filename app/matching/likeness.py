"""Judges two persons: may they be one, how strongly, and why. The reasons are those that an officer can check."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Self

from app.domain.incomplete_date import IncompleteDate
from app.domain.script import Script
from app.matching.birth_fit import BirthFit, birth_fit
from app.matching.name_form import Form, forms
from app.matching.name_likeness import NameFit, fit
from app.matching.thresholds import LEAST, LEAST_WORDS, MEAN, SPELLING, STRONG
from app.matching.traits import PersonTraits, numbers_of


class Reason(StrEnum):
    """Why two persons may be one."""

    SAME_NUMBER = "same-number"
    SAME_NAME = "same-name"
    OTHER_SPELLING = "other-spelling"
    OTHER_SCRIPT = "other-script"
    SOUNDS_ALIKE = "sounds-alike"
    ORDER_OF_NAMES = "order-of-names"
    PART_OF_NAME = "part-of-name"
    SAME_BIRTH_DATE = "same-birth-date"
    DAY_AND_MONTH_SWAPPED = "day-and-month-swapped"
    BIRTH_DATE_FITS = "birth-date-fits"
    FIRST_OF_JANUARY = "first-of-january"
    BIRTH_DATE_SLIP = "birth-date-slip"


class Strength(IntEnum):
    """How much speaks for it; a list shows the strongest first."""

    POSSIBLE = 1
    LIKELY = 2
    VERY_LIKELY = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two persons may be one. `score` (0 to 1) orders those of one strength."""

    reasons: tuple[Reason, ...]
    strength: Strength
    score: float


_OF_BIRTH = {
    BirthFit.SAME: Reason.SAME_BIRTH_DATE,
    BirthFit.SWAPPED: Reason.DAY_AND_MONTH_SWAPPED,
    BirthFit.FITS: Reason.BIRTH_DATE_FITS,
    BirthFit.STAND_IN: Reason.FIRST_OF_JANUARY,
    BirthFit.SLIP: Reason.BIRTH_DATE_SLIP,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Traits made ready for comparing, once for a person who is compared with many."""

    forms: tuple[Form, ...]
    birth: IncompleteDate
    numbers: frozenset[str]
    is_vocalised: bool

    @classmethod
    def of(cls, traits: PersonTraits) -> Self:
        """Read the names and numbers of a person."""
        return cls(*_ready(traits))


@lru_cache(maxsize=2_048)
def _ready(traits: PersonTraits) -> tuple[tuple[Form, ...], IncompleteDate, frozenset[str], bool]:
    """Whoever has a name that many have is compared again and again."""
    found = forms(traits)
    return found, traits.birth, numbers_of(traits), any(form.vocalised for form in found)


def compare(a: PersonTraits, b: PersonTraits) -> Likeness | None:
    """None when nothing points to one person. The same number suffices, whatever else differs."""
    return judge(Profile.of(a), Profile.of(b))


def judge(a: Profile, b: Profile) -> Likeness | None:
    """`compare` for persons who were made ready."""
    numbered = not a.numbers.isdisjoint(b.numbers)
    birth = birth_fit(a.birth, b.birth)
    named = None if birth is BirthFit.DIFFERENT else _best(a, b, LEAST_WORDS[birth])
    if named is None or not is_enough(named[0], birth):
        return Likeness((Reason.SAME_NUMBER,), Strength.VERY_LIKELY, 1.0) if numbered else None
    name, one, other = named
    reasons = (*_of_name(name, one, other), *([_OF_BIRTH[birth]] if birth in _OF_BIRTH else []))
    if numbered:
        return Likeness((Reason.SAME_NUMBER, *reasons), Strength.VERY_LIKELY, 1.0)
    likely = birth in STRONG and name.least >= SPELLING
    return Likeness(reasons, Strength.LIKELY if likely else Strength.POSSIBLE, name.mean)


def is_enough(name: NameFit, birth: BirthFit) -> bool:
    """Whether the names are alike enough for what the birth dates say."""
    if name.left_a and name.left_b:
        return False
    return name.words >= LEAST_WORDS[birth] and name.least >= LEAST[birth] and name.mean >= MEAN[birth]


def _best(a: Profile, b: Profile, least_words: int) -> tuple[NameFit, Form, Form] | None:
    """The best fit of any two forms; where both have a form with vowels, one without says less and is not asked."""
    spoken = a.is_vocalised and b.is_vocalised
    best: tuple[NameFit, Form, Form] | None = None
    for one in a.forms:
        for other in b.forms:
            if spoken and one.vocalised != other.vocalised:
                continue
            name = fit(one, other, least_words)
            if name is not None and (best is None or name.rank > best[0].rank):
                best = name, one, other
    return best


def _of_name(name: NameFit, a: Form, b: Form) -> list[Reason]:
    if name.same_text:
        return [Reason.SAME_NAME]
    reasons = []
    if a.script is not b.script and Script.NONE not in (a.script, b.script):
        reasons.append(Reason.OTHER_SCRIPT)
    elif name.least < SPELLING:
        reasons.append(Reason.SOUNDS_ALIKE)
    elif not (set(a.words) <= set(b.words) or set(b.words) <= set(a.words)):
        reasons.append(Reason.OTHER_SPELLING)
    if name.order_differs:
        reasons.append(Reason.ORDER_OF_NAMES)
    if name.left_a or name.left_b:
        reasons.append(Reason.PART_OF_NAME)
    return reasons or [Reason.OTHER_SPELLING]
