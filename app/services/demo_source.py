"""Reads names, nationalities, sentences and stories for made-up families from `resources/demo/`.

They are data, so that somebody who knows a language better can mend a name without touching code.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.config.paths import RESOURCES

Pair = tuple[str, str]  # Latin letters, own script (may be empty)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Names of one language group; `surname` says how a family name comes about."""

    surname: str
    family: tuple[tuple[str, ...], ...]
    female: tuple[Pair, ...]
    male: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nationality:
    """A country of the caseload with its weight, language, names, representation and airport."""

    iso2: str
    weight: int
    basis: str
    group: str
    language: str
    incomplete: int
    birth_places: tuple[str, ...]
    representation: str
    city: str
    airport: str
    zone: str


@dataclass(frozen=True, slots=True)
class Source:
    """Everything of `resources/demo/`, read once."""

    groups: Mapping[str, NameGroup]
    nationalities: tuple[Nationality, ...]
    stories: tuple[Mapping[str, Any], ...]
    texts: Mapping[str, Mapping[str, tuple[str, ...]]]

    def nationality(self, iso2: str) -> Nationality:
        """The entry of one country; KeyError for a country without names."""
        for entry in self.nationalities:
            if entry.iso2 == iso2:
                return entry
        raise KeyError(iso2)


@cache
def source(folder: Path = RESOURCES / "demo") -> Source:
    """Read the folder; the result is kept."""
    groups = {
        group["code"]: NameGroup(
            surname=group["surname"],
            family=tuple(tuple(parts) for parts in group.get("family", ())),
            female=_pairs(group["female"]),
            male=_pairs(group["male"]),
        )
        for group in _read(folder / "names.toml")["group"]
    }
    nationalities = tuple(
        Nationality(**{**entry, "birth_places": tuple(entry["birth_places"])})
        for entry in _read(folder / "nationalities.toml")["nationality"]
    )
    texts = {
        part: {key: tuple(sentences) for key, sentences in lists.items()}
        for part, lists in _read(folder / "texts.toml").items()
    }
    return Source(groups, nationalities, tuple(_read(folder / "stories.toml")["story"]), texts)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _pairs(rows: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((latin, native) for latin, native in rows)
