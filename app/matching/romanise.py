"""Any name to plain Latin words, so that two scripts can be compared at all.

anyascii knows the letters of every script. Where what it gives loses something that names need, the letter is written
here first: it leaves out the long vowels of Arabic script and the hooks that tell `ş` from `s`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii

from app.domain.script import Script, script_of

# Sorani is written in Arabic script, but with all its vowels, in letters of its own.
_SORANI: Final = re.compile("[ەێۆ]")

# In the letters of `reading`: one sound each, so that two letters never run together (t and s are not ts).
_ARABIC: Final = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "", "ۀ": "", "ء": "", "ع": "",
        "ؤ": "w", "ئ": "y", "و": "w", "ي": "y", "ی": "y", "ے": "y", "ێ": "e", "ۆ": "o", "ە": "e",
        "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ٹ": "t", "ث": "T", "د": "d", "ڈ": "d", "ض": "D", "ذ": "D",
        "ظ": "D", "ز": "z", "س": "s", "ص": "s", "ش": "S", "ژ": "Z", "چ": "C", "ج": "J", "ح": "h", "خ": "h",
        "ه": "h", "ہ": "h", "ھ": "h", "ق": "k", "ك": "k", "ک": "k", "گ": "g", "غ": "g", "ف": "f", "ڤ": "v",
        "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ں": "n", "ر": "r", "ڕ": "r", "ڑ": "r",
    }
)  # fmt: skip
_HEBREW: Final = str.maketrans({
    "ש": "S", "צ": "C", "ץ": "C", "ח": "h", "ך": "h", "א": "", "ע": "", "ו": "w", "י": "y", "ת": "t", "ט": "t",
})  # fmt: skip
# E, H, Q and Y stand for a letter with a hook that others leave out: `ş` is read as sh and as s, `ё` as yo and e.
_LETTERS: Final = {
    "ş": "H", "š": "H", "ș": "H", "ç": "C", "č": "C", "ć": "C", "ž": "Y", "đ": "Q", "ğ": "g", "ə": "a", "ı": "i",
    "ö": "o", "ü": "u", "ä": "a", "ß": "s", "և": "ev", "ց": "C", "ծ": "C", "ձ": "dz", "ջ": "J", "չ": "C", "ճ": "C",
    "ժ": "Z", "շ": "S", "ж": "Z", "ч": "C", "щ": "S", "ш": "S", "х": "h", "ђ": "J", "ћ": "C", "џ": "J", "ц": "C",
    "ё": "E", "ъ": "", "ь": "", "ј": "i", "љ": "l", "њ": "n", "є": "ye", "ї": "i", "ґ": "g",
}  # fmt: skip
# The letters of Ethiopic are syllables; two Latin letters for one consonant become one sound here.
_ETHIOPIC: Final = {"sh": "S", "ch": "C", "ts": "C", "zh": "Z", "ny": "n", "ph": "p", "th": "t"}
_JOINERS: Final = re.compile(r"[-‐‑–./,_·]+")
_NO_LETTER: Final = re.compile(r"[^a-z ]+")
_NO_SOUND: Final = re.compile(r"[^a-zSZCJTDHYQE ]+")


class Word(NamedTuple):
    """A word in the letters a to z; `vocalised` is false where the script left the short vowels out.

    A plain tuple, because words are the keys of the memory for how alike two are, and hashing them is most of the work.
    """

    text: str
    vocalised: bool = True


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[Word, ...]:
    """The words of a name; hyphens and dots part words, apostrophes do not."""
    if text.isascii():
        return tuple(Word(one) for one in _NO_LETTER.sub("", _JOINERS.sub(" ", text.lower())).split())
    return tuple(word for part in _JOINERS.sub(" ", text).split() for word in _word(part))


def _word(part: str) -> list[Word]:
    script = script_of(part)
    text = unicodedata.normalize("NFKC" if script is Script.ARABIC else "NFC", part).lower()
    if script in _WITHOUT and not _SORANI.search(text):
        letters = _WITHOUT[script](text)
        return [Word(one, False) for one in _NO_SOUND.sub("", anyascii(letters)).split()]
    if script is Script.ARABIC:
        return [Word(one) for one in _sorani(text).split()]
    if script is Script.ARMENIAN:
        text = text.replace("ու", "u")
    return [Word(one) for one in _NO_SOUND.sub("", "".join(_latin(letter) for letter in text)).split()]


@lru_cache(maxsize=4096)
def _latin(letter: str) -> str:
    return _LETTERS.get(letter, anyascii(letter).lower())


def _sorani(text: str) -> str:
    """Written as Latin text would be: its vowels are all there, and `وو` is a long u."""
    spelled = text.replace("وو", "u").translate(_ARABIC)
    return _NO_SOUND.sub("", anyascii(spelled))


def _arabic(text: str) -> str:
    """The article goes; a first alif and a last he of Persian stand for a vowel that is not told."""
    text = text.replace("\u200c", " ")
    if text.startswith("ال") and len(text) > 4 and text != "الله":
        text = text[2:]
    if text.startswith("ا"):
        text = "'" + text[1:]
    if len(text) > 2 and text.endswith(("ه", "ہ")):
        text = text[:-1]
    return text.translate(_ARABIC)


def _hebrew(text: str) -> str:
    return text.translate(_HEBREW)


def _ethiopic(text: str) -> str:
    return "".join(_syllable(letter) for letter in text)


@lru_cache(maxsize=1024)
def _syllable(letter: str) -> str:
    plain = anyascii(letter).lower()
    return _ETHIOPIC.get(plain[:2], plain[:2]) + plain[2:]


# Scripts that leave vowels out: what is not written says nothing. In Ethiopic that is one vowel of the seven.
_WITHOUT: Final = {Script.ARABIC: _arabic, Script.HEBREW: _hebrew, Script.ETHIOPIC: _ethiopic}
