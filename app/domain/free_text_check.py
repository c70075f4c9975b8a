"""Looks for words that may not stand on a paper that leaves the country (bijzonder-vertrek, c-01, BV-22).

The words are content, not code. A hit tells where; the officer rephrases, nothing is changed for them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self


class MatchKind(StrEnum):
    """How a word is looked for."""

    WORD = "word"
    """The whole word."""
    START = "start"
    """Words that begin so."""
    PART = "part"
    """Anywhere, also inside a compound."""
    PATTERN = "pattern"
    """A regular expression on the text as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """One entry of the list; capitals matter only where `is_case_sensitive` says so, accents never."""

    code: str
    text: str
    language: str = ""
    kind: MatchKind = MatchKind.WORD
    is_case_sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place in the text: `text[start:end] == found`."""

    start: int
    end: int
    found: str
    rule: WordRule


def check_free_text(text: str, rules: Iterable[WordRule]) -> tuple[Hit, ...]:
    """Return the hits in order of place; of hits that overlap only the longest."""
    bare, folded = _Bare.of(text), _Bare.of(text, fold=True)
    hits: list[Hit] = []
    for rule in rules:
        where = (
            _Bare.untouched(text)
            if rule.kind is MatchKind.PATTERN
            else bare
            if rule.is_case_sensitive
            else folded
        )
        for match in re.finditer(_pattern(rule), where.text):
            start, end = where.places[match.start()], where.places[match.end()]
            hits.append(Hit(start=start, end=end, found=text[start:end], rule=rule))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in hits:
        if hit.end > hit.start and (not kept or hit.start >= kept[-1].end):
            kept.append(hit)
    return tuple(kept)


@cache
def _pattern(rule: WordRule) -> str:
    """Kept: a paper is looked through field by field, with the same few dozen rules each time."""
    if rule.kind is MatchKind.PATTERN:
        return rule.text
    words = re.split(r"[\s-]+", _Bare.of(rule.text, fold=not rule.is_case_sensitive).text)
    # "demandeur d'asile" may be broken over a line or joined by a hyphen.
    body = r"[\s-]+".join(map(re.escape, words))
    before = "" if rule.kind is MatchKind.PART else r"(?<!\w)"
    after = r"(?!\w)" if rule.kind is MatchKind.WORD else r"\w*"
    return before + body + after


@dataclass(frozen=True, slots=True)
class _Bare:
    """A text without accents; `places[i]` is where its i-th sign stands in the original (one more for the
    end).
    """

    text: str
    places: Sequence[int]

    @classmethod
    def untouched(cls, text: str) -> Self:
        return cls(text, range(len(text) + 1))

    @classmethod
    def of(cls, text: str, *, fold: bool = False) -> Self:
        if text.isascii():  # most texts: nothing to take off, so every sign stays where it stands
            return cls(text.lower() if fold else text, range(len(text) + 1))
        out: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(text):
            if unicodedata.combining(sign):
                continue
            base = unicodedata.normalize("NFD", sign)[0]
            lower = base.lower()
            out.append("'" if base == "’" else lower if fold and len(lower) == 1 else base)
            places.append(place)
        return cls("".join(out), [*places, len(text)])
