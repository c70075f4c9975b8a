"""A name cut into words that can be laid beside the words of another name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.domain.person_name import PersonName
from app.domain.script import Script, script_of
from app.matching.romanise import Word, words
from app.matching.traits import PersonTraits

# Words that come and go in front of a name and tell nobody apart: articles, and *son of* or *daughter of* at its end.
_PARTICLES: Final = frozenset((
    "al", "el", "ul", "ad", "ar", "as", "ash", "az", "an", "at", "de", "da", "do", "dos", "das", "del", "di", "von",
    "u", "i", "oglu", "ogly", "kyzy", "qizi",
))  # fmt: skip
# Titles, *son of*, and middle words that one paper has and another leaves out. They match, but are not missed.
LOOSE: Final = frozenset((
    "seyed", "sayed", "sayyid", "syed", "sheikh", "sheik", "shaikh", "haji", "hajji", "hadji", "haj", "mir", "mullah",
    "mulla", "thi", "van", "bin", "ibn", "bint", "ben", "bent", "ould",
))  # fmt: skip
# *Servant of*, which is written apart, joined, with or without the article that follows: Abd al-Rahman, Abdurrahman.
_SERVANT_WORDS: Final = frozenset(
    ("abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdoul", "cabd", "ebdul", "bd")
)
_SERVANT: Final = re.compile(r"^(?:c?abd|ebd)(?:ou|[aeiou])(?:[lnrsdzt](?=[^aeiou])|l(?=[aeiou]))?(?=.{3})")
_SERVANT_WITHOUT_VOWELS: Final = re.compile(r"^bd(?:al)?(?=..)")
# *Of the faith* at the end, with the article or what became of it: Saif al-Din, Saifuldeen, Noureddine.
_FAITH: Final = re.compile(r"(?<=..)[aeou]+(?:l|d)?d(?:ee|i)ne?$")
_GOD: Final = re.compile("^al(?=l)")


@dataclass(frozen=True, slots=True)
class Form:
    """One way a name is written: given names first; `given` says how many of the words they are.

    `vocalised` is true when every word is written with its vowels.
    """

    words: tuple[Word, ...]
    given: int
    script: Script
    plain: str
    vocalised: bool


def forms(traits: PersonTraits) -> tuple[Form, ...]:
    """Every way in which the names of a person are written, each once."""
    if len(traits.names) == 1:
        return forms_of(traits.names[0])
    return tuple(dict.fromkeys(form for name in traits.names for form in forms_of(name)))


@lru_cache(maxsize=65_536)
def forms_of(name: PersonName) -> tuple[Form, ...]:
    """The Latin form and the form in the own script, as far as they are held."""
    pairs = ((name.given, name.surname), (name.native_given, name.native_family.strip(" .")))
    return tuple(form for given, family in pairs if (form := _form(given, family)) is not None)


def _form(given: str, family: str) -> Form | None:
    first, last = tuple(_told(words(given))), tuple(_told(words(family)))
    if not first and not last:
        return None
    return Form(
        words=first + last,
        given=len(first),
        script=script_of(given + family),
        plain=f"{given} {family}".casefold(),
        vocalised=all(word.vocalised for word in first + last),
    )


def _told(found: Iterable[Word]) -> Iterator[Word]:
    """Without particles, with *servant of* joined to what follows."""
    kept = [word for word in found if word.text not in _PARTICLES]
    is_servant = False
    for word in kept:
        if word.text in _SERVANT_WORDS and word is not kept[-1]:
            is_servant = True
            continue
        yield _servant(word) if is_servant else _plain(word)
        is_servant = False


def _servant(word: Word) -> Word:
    return Word("abd" + _GOD.sub("", word.text), word.vocalised)


def _plain(word: Word) -> Word:
    if word.vocalised:
        return Word(_FAITH.sub("din", _SERVANT.sub("abd", word.text)))
    return Word(_SERVANT_WITHOUT_VOWELS.sub("abd", word.text), vocalised=False)
