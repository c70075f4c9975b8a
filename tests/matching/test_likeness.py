"""The judgement: when the program warns, with which reasons, and that what is not known never counts as equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.incomplete_date import IncompleteDate
from app.domain.person_name import PersonName
from app.matching.likeness import Likeness, Reason, Strength, compare
from app.matching.traits import PersonTraits
from tests.matching import pair_set
from tests.matching.measured import found, person, traits
from tests.matching.pair_set import OPEN


def reasons(one: str, other: str) -> set[Reason]:
    likeness = found(person(one), person(other))
    return set() if likeness is None else set(likeness.reasons)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (
            "Nadia/Saleh @1990-03-14",
            "Nadia/Saleh @1990-03-14",
            {Reason.SAME_NAME, Reason.SAME_BIRTH_DATE},
        ),
        (
            "Nadia/Saleh @1990-03-14",
            "Nadya/Salih @1990-03",
            {Reason.OTHER_SPELLING, Reason.BIRTH_DATE_FITS},
        ),
        (
            "Nadia/Saleh @1990-03-04",
            "=نادية/صالح @1990-04-03",
            {Reason.OTHER_SCRIPT, Reason.DAY_AND_MONTH_SWAPPED},
        ),
        (
            "Karapet/Petrosyan @1990-03-14",
            "Garabed/Bedrosian @1990-03-14",
            {Reason.SOUNDS_ALIKE, Reason.SAME_BIRTH_DATE},
        ),
        (
            "Nadia/Saleh @1990-01-01",
            "Saleh/Nadia @1990-05-09",
            {Reason.ORDER_OF_NAMES, Reason.FIRST_OF_JANUARY},
        ),
        (
            "Nadia/Saleh Darwish @1990-03-14",
            "Nadia/Saleh @1990-03-24",
            {Reason.PART_OF_NAME, Reason.BIRTH_DATE_SLIP},
        ),
        (
            "Nadia/Saleh @1990-03-14 #2712345678",
            "Rim/Haddad @1971 #271.234 5678",
            {Reason.SAME_NUMBER},
        ),
        (
            "Nadia/Saleh @1990-03-14 #2712345678",
            "Nadia/Saleh @1990 #2712345678",
            {Reason.SAME_NUMBER, Reason.SAME_NAME, Reason.BIRTH_DATE_FITS},
        ),
    ],
)
def test_the_reasons_an_officer_can_check(one: str, other: str, wanted: set[Reason]) -> None:
    assert reasons(one, other) == wanted == reasons(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nadia/Saleh @?", "Rim/Saleh @?"),
        ("Nadia/. @?", "Nadia/. @?"),
        ("Nadia/. @1990", "Nadia/. @1990"),
        ("/. @1990-03-14", "/. @1990-03-14"),
        ("Nadia/. @1990-01-01", "Nadia/Saleh @1990-01-01"),
        ("Nadia/. @1990-03-04", "Nadia/Saleh @1990-04-03"),
        ("Nadia/Saleh Darwish @?", "Nadia/Salih Darwish @1990-03-14"),
        ("Nadia/Saleh @1990-03-14", "Nadia/Saleh @1991"),
        ("Hassan/Saleh @1990-03-14", "Hussein/Saleh @1990-03-14"),
        ("Nadia/Saleh Darwish @1990-03-14", "Nadia/Haddad @1990-03-14"),
    ],
)
def test_no_warning(one: str, other: str) -> None:
    assert not reasons(one, other)


def test_two_people_of_whom_nothing_is_known_are_not_one() -> None:
    nobody = PersonTraits(names=(PersonName(),), numbers=("", " . "))
    assert compare(nobody, nobody) is None
    assert compare(PersonTraits(), PersonTraits()) is None


def test_any_name_a_person_goes_by_is_compared() -> None:
    names = (PersonName(given="Rim", family="Haddad"), PersonName(given="Nadia", family="Saleh"))
    birth = IncompleteDate(1990, 3, 14)
    likeness = found(PersonTraits(names=names, birth=birth), person("Nadya/Saleh @1990-03-14"))
    assert likeness is not None
    assert likeness.strength is Strength.LIKELY


def test_what_says_more_is_stronger() -> None:
    one = person("Nadia/Saleh @1990-03-14 #2712345678")
    strengths = [
        likeness.strength
        for other in ("Rim/Haddad @? #2712345678", "Nadya/Saleh @1990-03-14", "Nadia/Saleh @1990")
        if (likeness := found(one, person(other))) is not None
    ]
    assert strengths == [Strength.VERY_LIKELY, Strength.LIKELY, Strength.POSSIBLE]


def test_who_comes_first_makes_no_difference() -> None:
    for pair in (*pair_set.same(OPEN), *pair_set.different(OPEN)[::5]):
        one, other = traits(pair.a), traits(pair.b)
        assert compare(one, other) == compare(other, one), pair


texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)
births = st.sampled_from(["?", "~1990", "1990", "1990-03", "1990-03-14", "1990-01-01"])


@given(texts, texts, texts, births)
def test_no_letters_break_it_and_everyone_is_like_themselves(
    one: str, other: str, native: str, birth: str
) -> None:
    name = PersonName(given=one, family=other, native_given=native)
    this = PersonTraits(names=(name,), birth=IncompleteDate.from_text(birth), numbers=("2712345678",))
    likeness = found(this, this)
    assert isinstance(likeness, Likeness)
    assert Reason.SAME_NUMBER in likeness.reasons
