"""How hard a passphrase is to guess, and what would make it harder, while somebody is choosing one.

The counting is zxcvbn's (Wheeler, USENIX Security 2016), which knows English words, names and keyboards. Words that
people here take first, and the officer's own, are added. Nothing of what is typed is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.words import N_

LONGEST: Final = 72
"""What comes after this many characters is not looked at: it only makes a passphrase stronger."""

ENOUGH: Final = 3
"""The score a store asks for: more than 10^8 guesses, each of which costs half a second."""

_WORDS: Final = (
    N_("Very easy to guess"),
    N_("Easy to guess"),
    N_("Not strong enough yet"),
    N_("Strong"),
    N_("Very strong"),
)

_MORE_WORDS: Final = N_("Use four or more words that do not belong together.")
_OWN_WORDS: Final = N_("Leave out your own name and the name of your location.")
_COMMON_WORDS: Final = N_("Words like months, seasons, cities and words from work are guessed first.")
_DATES: Final = N_("Leave out years and dates.")
_ROWS: Final = N_("Leave out rows of keys and repeated characters.")
_SIGNS: Final = N_("A sign in the place of a letter, such as @ for a, hardly helps.")
_MOST_ADVICE: Final = 2

_DUTCH: Final = """
    welkom wachtwoord geheim inloggen toegang hallo doei lieverd schatje liefde familie moeder vader zomer winter
    herfst lente voorjaar najaar januari februari maart april mei juni juli augustus september oktober november
    december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vakantie voetbal fiets koffie thee kaas
    bloem tulp molen oranje nederland holland amsterdam rotterdam utrecht denhaag eindhoven groningen arnhem zwolle
    assen terapel budel gilze rijswijk katwijk burgum ajax feyenoord psv vitesse hond poes kat paard
    vertrek vertrekken terugkeer regie regievoerder regiemap dienst dossier gesprek laissez passer reisdocument
    asiel azc coa dtenv ind politie justitie ministerie gezin gezinslocatie locatie kantoor laptop computer
    een twee drie vier vijf zes zeven acht negen tien de het van met naar voor
"""


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` 0 to 4; `words` and `advice` are msgids, the advice most useful first and empty if it is strong."""

    score: int
    words: str
    advice: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether a store may be locked with it."""
        return self.score >= ENOUGH


def strength(text: str, own_words: Iterable[str] = ()) -> Strength:
    """Judge a passphrase; `own_words` are the officer's name, the location and the like."""
    own = tuple(part.casefold() for words in own_words for part in (words, *words.split()) if part)
    if not text:
        return Strength(0, _WORDS[0], (_MORE_WORDS,))
    from zxcvbn import zxcvbn

    found = zxcvbn(text[:LONGEST], user_inputs=[*own, *_DUTCH.split()])
    score = int(found["score"])
    advice = () if score >= ENOUGH else _advice(found["sequence"], frozenset(own))
    return Strength(score, _WORDS[score], advice)


def _advice(sequence: Iterable[Mapping[str, object]], own: frozenset[str]) -> tuple[str, ...]:
    found = dict.fromkeys(hint for match in sequence for hint in _hints(match, own))
    return (*found, _MORE_WORDS)[:_MOST_ADVICE]


def _hints(match: Mapping[str, object], own: frozenset[str]) -> Iterable[str]:
    """What is weak in one part of a passphrase, in zxcvbn's words."""
    pattern = match["pattern"]
    if pattern == "dictionary":
        if match.get("l33t"):
            yield _SIGNS
        if match["dictionary_name"] == "user_inputs":
            yield _OWN_WORDS if match["matched_word"] in own else _COMMON_WORDS
    elif pattern in ("date", "regex"):
        yield _DATES
    elif pattern in ("repeat", "sequence", "spatial"):
        yield _ROWS
