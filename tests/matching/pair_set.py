"""The pairs of `README.md` beside this file: 300 of one person each, 3,000 of different people from a list of names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TypeVar

HERE = Path(__file__).parent
OPEN, SEALED, FRESH = "open", "sealed", "fresh"
SEED = 20261127
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One record of a made-up person, as typed."""

    given: str = ""
    family: str = ""
    native_given: str = ""
    native_family: str = ""
    birth: str = "?"
    number: str = ""


@dataclass(frozen=True, slots=True)
class MadePair:
    """Two records; `kind` says in what they differ."""

    id: str
    kind: str
    language: str
    a: Made
    b: Made


def same(half: str) -> tuple[MadePair, ...]:
    """The pairs of one person in the open half, the sealed half or the fresh ones."""
    lines = (HERE / f"pairs_{half}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(
        MadePair(number, kind, language, record(a), record(b))
        for number, kind, language, a, b in (line.split("\t") for line in lines)
    )


def different(half: str) -> tuple[MadePair, ...]:
    """The pairs of different people: every second one is sealed."""
    return _different()[half == SEALED :: 2]


def record(text: str) -> Made:
    """Read `given/family=own given/own family @birth #number`."""
    rest, _sign, number = text.partition(" #")
    name, _sign, birth = rest.partition(" @")
    latin, _sign, native = name.partition("=")
    given, _sign, family = latin.partition("/")
    native_given, _sign, native_family = native.partition("/")
    return Made(
        given=given,
        family=family,
        native_given=native_given,
        native_family=native_family,
        birth=birth,
        number=number,
    )


def fingerprint(pairs: tuple[MadePair, ...]) -> str:
    """A hash over pairs, to see that they are still the ones that were measured."""
    return sha256("\n".join(map(repr, pairs)).encode()).hexdigest()[:16]


def opened(ids: list[str]) -> list[str]:
    """The ids of the open half: the first half by SHA-256."""
    return sorted(ids, key=lambda one: sha256(one.encode()).hexdigest())[: len(ids) // 2]


# --- different people -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """One name in its spellings; `hers` is the form for women where there is one."""

    spellings: tuple[str, ...]
    native: str
    hers: tuple[str, ...]
    her_native: str


@dataclass(frozen=True, slots=True)
class Group:
    """The names of one language group; without family names the father's name stands there."""

    code: str
    given: dict[str, tuple[Name, ...]]
    family: tuple[Name, ...]


@cache
def groups() -> tuple[Group, ...]:
    """All groups of `names.tsv`."""
    found: dict[str, dict[str, list[Name]]] = {}
    for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        code, role, spellings, native, *more = line.split("\t")
        hers, her_native = ([*more, ""])[:2] if more else ("", "")
        name = Name(tuple(spellings.split("|")), native, tuple(hers.split("|")) if hers else (), her_native)
        found.setdefault(code, {"m": [], "f": [], "s": []})[role].append(name)
    return tuple(
        Group(code, {"m": tuple(names["m"]), "f": tuple(names["f"])}, tuple(names["s"]))
        for code, names in found.items()
    )


@dataclass(frozen=True, slots=True)
class Someone:
    """A person before the names are written down: which names, not which spelling."""

    sex: str
    given: Name
    family: tuple[Name, ...]
    birth: str


class Maker:
    """Makes people and pairs. Uses `Random.random` only, whose numbers stay the same over versions of Python."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self.group = groups()[0]

    def chance(self, share: float) -> bool:
        return self._rng.random() < share

    def whole(self, first: int, last: int) -> int:
        return first + int(self._rng.random() * (last - first + 1))

    def one_of(self, things: tuple[T, ...]) -> T:
        return things[self.whole(0, len(things) - 1)]

    def birth(self, year: int) -> str:
        """Seven in ten dates are full; the others as registers know them."""
        share = self._rng.random()
        if share < 0.12:
            return f"{year}-01-01"
        if share < 0.22:
            return f"{year}"
        if share < 0.26:
            return f"{year}-{self.whole(1, 12):02}"
        return "?" if share < 0.29 else self.full(year)

    def full(self, year: int) -> str:
        return f"{year}-{self.whole(1, 12):02}-{self.whole(1, 28):02}"

    def family(self) -> tuple[Name, ...]:
        if self.group.family:
            return (self.one_of(self.group.family),)
        fathers = self.group.given["m"]
        return (self.one_of(fathers), self.one_of(fathers)) if self.chance(0.6) else (self.one_of(fathers),)

    def someone(self) -> Someone:
        self.group = self.one_of(groups())
        sex = self.one_of(("m", "f"))
        given = self.one_of(self.group.given[sex])
        return Someone(sex, given, self.family(), self.birth(self.whole(1955, 2015)))

    def other_given(self, person: Someone, sex: str = "") -> Someone:
        """The same but for the given name."""
        sex = sex or self.one_of(("m", "f"))
        names = tuple(name for name in self.group.given[sex] if name is not person.given)
        return replace(person, sex=sex, given=self.one_of(names))

    def other_family(self, person: Someone) -> Someone:
        family = self.family()
        while family[0] is person.family[0]:
            family = self.family()
        return replace(person, family=family)

    def written(self, person: Someone) -> Made:
        """In one of the spellings; sometimes with the own script beside it, or in the own script only."""
        given, native_given = self.one_of(person.given.spellings), person.given.native
        families, natives = [], []
        for name in person.family:
            woman = person.sex == "f" and bool(name.hers)
            families.append(self.one_of(name.hers if woman else name.spellings))
            natives.append(name.her_native if woman else name.native)
        native_family = " ".join(natives) if all(natives) else ""
        share, has_native = self._rng.random(), bool(native_given and native_family)
        number = f"27{self.whole(10_000_000, 99_999_999)}" if self.chance(0.3) else ""
        return Made(
            given="" if has_native and share < 0.08 else given,
            family="" if has_native and share < 0.08 else " ".join(families),
            native_given=native_given if has_native and share < 0.23 else "",
            native_family=native_family if has_native and share < 0.23 else "",
            birth=person.birth,
            number=number,
        )


def _year(person: Someone) -> int:
    return int(person.birth[:4]) if person.birth != "?" else 1990


def _siblings(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    return one, replace(make.other_given(one), birth=make.birth(_year(one) + make.whole(1, 7)))


def _twins(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    return one, make.other_given(one, one.sex if make.chance(0.6) else "")


def _father_and_son(make: Maker) -> tuple[Someone, Someone]:
    son = make.someone()
    return son, replace(son, birth=make.birth(_year(son) - make.whole(17, 45)))


def _namesakes(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    years = make.whole(2, 25) * (1 if make.chance(0.5) else -1)
    return one, replace(one, birth=make.birth(_year(one) + years))


def _namesakes_of_one_year(make: Maker) -> tuple[Someone, Someone]:
    """Both dates are full: with less known nobody could tell that these are two people."""
    one = make.someone()
    first = make.full(_year(one))
    second = make.full(_year(one))
    while first[5:7] == second[5:7] or first[8:] == second[8:] or first[5:7] == second[8:]:
        second = make.full(_year(one))
    return replace(one, birth=first), replace(one, birth=second)


def _one_birth_date(make: Maker) -> tuple[Someone, Someone]:
    """Two of one group on one day, half of them 1 January, mostly with one part of the name in common."""
    one = make.someone()
    one = replace(one, birth=f"{_year(one)}-01-01" if make.chance(0.5) else one.birth)
    other = make.other_family(one)
    return one, other if make.chance(0.5) else make.other_given(other)


def _one_family_name(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    return one, replace(make.other_given(one), birth=make.birth(_year(one)))


def _one_given_name(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    return one, replace(make.other_family(one), birth=make.birth(_year(one)))


def _strangers(make: Maker) -> tuple[Someone, Someone]:
    one = make.someone()
    other = make.other_family(make.other_given(one))
    return one, replace(other, birth=make.birth(make.whole(1955, 2015)))


KINDS: tuple[tuple[str, int, Callable[[Maker], tuple[Someone, Someone]]], ...] = (
    ("siblings", 500, _siblings),
    ("twins", 250, _twins),
    ("father-and-son", 250, _father_and_son),
    ("namesakes", 400, _namesakes),
    ("namesakes-of-one-year", 200, _namesakes_of_one_year),
    ("one-birth-date", 400, _one_birth_date),
    ("one-family-name", 300, _one_family_name),
    ("one-given-name", 300, _one_given_name),
    ("strangers", 400, _strangers),
)


@cache
def _different() -> tuple[MadePair, ...]:
    return tuple(_made(Maker(SEED)))


def _made(make: Maker) -> Iterator[MadePair]:
    number = 0
    for kind, count, pair in KINDS:
        for _each in range(count):
            one, other = pair(make)
            number += 1
            yield MadePair(f"d{number:04}", kind, make.group.code, make.written(one), make.written(other))
