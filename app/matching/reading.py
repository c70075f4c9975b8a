"""How a Latin word may sound: its consonants and vowels, in every way that its letters are read in some language.

`Sjaima` is Dutch for Shaima, `Jusuf` Serbian for Yusuf, `Cali` Somali for Ali, `Chérif` French for Sharif. Letters that
are read in more ways give more readings; two words are as alike as their most alike readings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from app.matching.romanise import Word
from app.matching.thresholds import READINGS

# Sounds: S as in ship, Z as in measure, C as in church or tsar, J as in jam; the others as they stand. Capitals on the
# left come from `romanise`. What is not here sounds as it stands.
_LETTERS: Final[dict[str, tuple[str, ...]]] = {
    "schtsch": ("S",), "stschch": ("S",), "shtsch": ("S",), "sjtsj": ("S",), "shch": ("S",), "szcz": ("S",),
    "chtch": ("S",), "tsch": ("C",), "tch": ("C",), "tsj": ("C",), "dsch": ("J",), "dzh": ("J",), "dzj": ("J",),
    "dsj": ("J",), "sch": ("S",), "dj": ("J",), "gj": ("J",), "xh": ("J",), "sh": ("S",), "sj": ("S",),
    "sz": ("S",), "zh": ("Z", "C"), "zj": ("Z",), "ch": ("C", "h", "S"), "cz": ("C",), "ck": ("k",), "kh": ("h",),
    "gh": ("g",), "gn": ("gn", "n"), "(?<=.)h": ("h", ""),
    "th": ("t", "s"), "dh": ("d", "z"), "ph": ("f",), "ts": ("C",), "tz": ("C",), "dz": ("z",),
    "ds": ("z",), "hs": ("S",), "qu": ("k",), "di(?=[aou])": ("di", "J"), "q": ("k", "C"), "x": ("h", "S", "ks"),
    "c": ("C", "k", ""), "j": ("J", "i"), "w": ("v", "u"),
    "aee": ("ai",), "oe": ("u",), "oo": ("u",), "ou": ("u",), "ow": ("u", "uv"), "ee": ("i",), "ie": ("i",),
    "ij": ("iJ", "i"), "aa": ("a",), "ae": ("a",), "o": ("u",), "y": ("i",),
    "T": ("t", "s"), "D": ("d", "z"), "H": ("S", "s"), "Y": ("Z", "z"), "Q": ("J", "d"), "E": ("e", "iu"),
}  # fmt: skip
# The longest letters first; a group each, so that the match says which it was.
_LOOK: Final = re.compile(r"\(\?.*?\)")
_ORDERED: Final = [*sorted(_LETTERS, key=lambda letters: -len(_LOOK.sub("", letters))), "."]
_PIECE: Final = re.compile("|".join(f"(?P<p{number}>{letters})" for number, letters in enumerate(_ORDERED)))
_PIECES: Final = {f"p{number}": _LETTERS.get(letters, ()) for number, letters in enumerate(_ORDERED)}
_ARTICLE: Final = re.compile(r"^(?:al|el)(?=.{3})")
_TWICE: Final = re.compile(r"(.)\1+")
_NO_CONSONANT: Final = re.compile("[aeiu]+")
_NO_VOWEL: Final = re.compile("[^aiu]+")  # e comes and goes: Fatemeh, Fatma
_CLASS: Final = str.maketrans("bpfvtdszSZCJkgh", "PPPPTTSSSSSSKKK")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a word."""

    sounds: str
    consonants: str
    classes: str
    vowels: str


@lru_cache(maxsize=131_072)
def readings(word: Word) -> tuple[Reading, ...]:
    """All readings of a word, the most usual first."""
    ways = _ways(word.text) if word.vocalised else _ways_without_vowels(word.text)
    bare = _ARTICLE.sub("", word.text) if word.vocalised else word.text
    if bare != word.text:
        ways = [*ways, *_ways(bare)]
    return tuple(dict.fromkeys(_reading(sounds) for sounds in ways))


def _ways(text: str) -> list[str]:
    """Every way to sound a word that is written with its vowels."""
    return _few([_PIECES[piece.lastgroup or ""] or (piece[0],) for piece in _PIECE.finditer(text)])


def _ways_without_vowels(text: str) -> list[str]:
    pieces = [_LETTERS.get(letter, (letter,)) for letter in text]
    if text.endswith("y"):  # also the a of Mustafa in Persian and Urdu
        pieces[-1] = ("i", "a")
    elif text.endswith("w"):  # silent in Amr
        pieces[-1] = ("u", "v", "")
    return _few(pieces)


def _few(pieces: Iterable[tuple[str, ...]]) -> list[str]:
    """A last h comes and goes (Saleh, Salé) and is left out everywhere."""
    found = [_TWICE.sub(r"\1", "".join(way)) for way in islice(product(*pieces), READINGS)]
    return [sounds[:-1] if sounds.endswith("h") and len(sounds) > 2 else sounds for sounds in found]


def _reading(sounds: str) -> Reading:
    consonants = _NO_CONSONANT.sub("", sounds)
    return Reading(sounds, consonants, consonants.translate(_CLASS), _NO_VOWEL.sub("", sounds))
