"""Two words of a name: one name in many spellings, or two names that look alike."""

import pytest

from app.matching.reading import readings
from app.matching.romanise import words
from app.matching.thresholds import PART, SPELLING
from app.matching.word_likeness import likeness


def alike(one: str, other: str) -> float:
    (a,), (b,) = words(one), words(other)
    return likeness(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "Maxamed"),
        ("Khadija", "Chadiedja"),
        ("Yusuf", "Joesoef"),
        ("Shcherbakov", "Schtscherbakow"),
        ("Ghukasyan", "Gukasian"),
        ("Çiğdem", "Cigdem"),
        ("Đorđe", "Djordje"),
        ("Nguyễn", "Nguyen"),
        ("Dawood", "Daoud"),
        ("Diallo", "Jallow"),
        ("Cali", "Ali"),
        ("Al-Khatib".replace("-", ""), "Khatib"),
        ("Сергей", "Sergey"),
        ("Հակոբյան", "Hakobyan"),
        ("ბერიძე", "Beridze"),
        ("ተስፋዬ", "Tesfaye"),
        ("حسين", "Hussein"),
        ("یاسمین", "Yasmin"),
        ("کەریم", "Karim"),
        ("建国", "Jianguo"),
        ("Grigorieva", "Grigroieva"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert alike(one, other) >= PART
    assert alike(other, one) == alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan", "Hussein"),
        ("Amina", "Amira"),
        ("Zhou", "Zhao"),
        ("Lo", "Liu"),
        ("Ali", "Alaa"),
        ("Marine", "Karine"),
        ("Petrov", "Pavlov"),
        ("Beridze", "Lomidze"),
        ("سليم", "Salem"),
        ("Solomon", "Salam"),
    ],
)
def test_two_names_that_look_alike(one: str, other: str) -> None:
    assert alike(one, other) < PART
    assert alike(other, one) < PART


def test_a_voiced_letter_is_a_sound_and_a_hook_is_a_spelling() -> None:
    assert PART <= alike("Karapet", "Garabed") < SPELLING
    assert alike("Yıldız", "Yildiz") == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Jean-Pierre N'Diaye", ["jean", "pierre", "ndiaye"]),
        ("عبد الله", ["bd", "ll"]),
        ("Оксана", ["oksana"]),
        ("Երևան", ["erevan"]),
        (" . ", []),
        ("王", ["wang"]),
    ],
)
def test_words_in_plain_letters(text: str, plain: list[str]) -> None:
    assert [word.text for word in words(text)] == plain


def test_arabic_script_does_not_tell_short_vowels_and_sorani_does() -> None:
    assert [word.vocalised for text in ("محمد", "رەشید", "Mohammed") for word in words(text)] == [
        False,
        True,
        True,
    ]


def test_a_letter_that_is_read_in_more_ways_gives_more_readings() -> None:
    (word,) = words("Jana")
    assert {reading.sounds for reading in readings(word)} == {"Jana", "iana"}
