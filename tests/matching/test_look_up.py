"""Keys: who may be the same meets under one; a store is asked for few; the strongest come first."""

from collections.abc import Collection, Sequence

import pytest
from typing_extensions import override

from app.matching.keys import keys, wanted
from app.matching.look_up import MOST_COMPARED, matches
from app.matching.memory_persons import MemoryPersons
from tests.matching.measured import person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nadia/Saleh @1990-03-04", "Nadia/Saleh @?"),
        ("Nadia/Saleh @?", "Nadia/Saleh @?"),
        ("Nadia/Saleh @1990-03-04", "Nadia/Saleh @~1992"),
        ("Nadia/Saleh @1990-03-04", "Nadia/Saleh @1909-03-04"),
        ("Nadia/Saleh @1990-03-04", "Nadia/Saleh @1990-03-24"),
        ("Nadia/Saleh @1990-03-04", "Nadya/Haddad @1990-04-03"),
        ("Li Na/Sun @1994", "Lina/Sun @1994-01-01"),
        ("Sher Agha/Zadran @1960", "Sheragha/Zadran @1960-01-01"),
        ("Nadia/Saleh @? #2712345678", "Rim/Haddad @1990 #271 234 5678"),
    ],
)
def test_they_meet_whoever_is_kept(one: str, other: str) -> None:
    assert keys(person(one)) & wanted(person(other))
    assert keys(person(other)) & wanted(person(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nadia/Saleh @1990-03-04", "Nadia/Saleh @1971-08-29"),
        ("Nadia/Saleh @1990-03-04", "Nadia/Haddad @1990-07-12"),
        ("Nadia/Saleh @1990-01-01", "Rim/Haddad @1990-01-01"),
        ("Nadia/Saleh @1990-03-04", "Rim/Haddad @1990-03-04"),
        ("/. @?", "/. @?"),
    ],
)
def test_others_are_not_even_compared(one: str, other: str) -> None:
    assert not keys(person(one)) & wanted(person(other))


def test_the_strongest_first_and_never_the_person_itself() -> None:
    kept = MemoryPersons()
    for number, text in enumerate(
        (
            "Nadia/Saleh @1990",
            "Nadya/Salih @1990-03-04",
            "Rim/Haddad @? #2712345678",
            "Rim/Haddad @1990-03-04",
        )
    ):
        kept.keep(f"p{number}", person(text))
    kept.keep("self", person("Nadia/Saleh @1990-03-04 #2712345678"))
    found = matches(person("Nadia/Saleh @1990-03-04 #2712345678"), kept, but={"self"})
    assert [match.person for match in found] == ["p2", "p1", "p0"]


class Counting(MemoryPersons):
    """Writes down how many are asked for."""

    asked = 0

    @override
    def sharing(self, keys: Collection[str], most: int) -> Sequence[str]:
        found = super().sharing(keys, most)
        self.asked = len(found)
        return found


def test_in_a_store_full_of_namesakes_only_so_many_are_compared_those_who_share_most_first() -> None:
    kept = Counting()
    for number in range(MOST_COMPARED + 50):
        kept.keep(f"p{number:03}", person("Nadia/Saleh @?"))
    kept.keep("real", person("Nadia/Saleh @1990-03-04 #2712345678"))
    found = matches(person("Nadia/Saleh @1990-03-04 #2712345678"), kept)
    assert kept.asked == MOST_COMPARED
    assert found[0].person == "real"
