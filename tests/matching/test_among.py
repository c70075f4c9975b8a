"""Many new persons looked at in one go find what each finds by itself among those before."""

from app.matching.among import look_among, match_of
from app.matching.keys import both
from app.matching.look_up import matches
from app.matching.memory_persons import MemoryPersons
from app.matching.traits import PlainTraits, numbers_of, traits_of
from tools.measure.family import Made

MOST = 3


def plain(given: str, family: str, birth: str = "", *numbers: str, alias: str = "") -> PlainTraits:
    """As a person of a file is told of."""
    names = [(family, given, "", "", "")]
    if alias:
        names.append((alias, given, "", "", ""))
    return names, birth, numbers


def test_it_finds_what_each_finds_by_itself() -> None:
    made = Made(3)
    persons = [(f"p{number:03}", _as_kept(made)) for number in range(150)]
    persons += [(f"q{number:03}", kept) for number, (_id, kept) in enumerate(persons[::7])]
    so_far, found = MemoryPersons(), look_among((persons, MOST))
    for (person, kept), (keys, wanted, alike) in zip(persons, found, strict=True):
        traits = traits_of(kept)
        assert (keys, wanted) == both(traits)
        assert tuple(map(match_of, alike)) == matches(traits, so_far)[:MOST]
        so_far.keep(person, traits)
    assert all(found[150 + number][2][0][0] == persons[number * 7][0] for number in range(20))


def _as_kept(made: Made) -> PlainTraits:
    traits = made.traits()
    names = [
        (name.family, name.given, name.call, name.native_family, name.native_given) for name in traits.names
    ]
    return names, traits.birth.text, traits.numbers


def test_what_is_kept_becomes_traits() -> None:
    traits = traits_of(plain("Nune", "Voorbeeld", "~1985", "27.123", alias="Elders"))
    assert [name.full for name in traits.names] == ["Nune Voorbeeld", "Nune Elders"]
    assert traits.birth.text == "~1985" and numbers_of(traits) == numbers_of(
        traits_of(plain("", "", "", "27123"))
    )
    assert traits_of(plain("Nune", "Voorbeeld")).birth == traits_of(plain("", "", "?")).birth
