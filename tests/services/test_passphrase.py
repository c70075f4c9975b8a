"""The judgement of a passphrase: easy ones are named, long ones pass, and nothing makes it stumble."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.passphrase import strength


@pytest.mark.parametrize(
    "text", ["welkom", "Welkom2026", "regiemap", "azc terapel", "qwertyuiop", "01-01-1990", "aaaaaa"]
)
def test_what_people_take_first_is_not_enough(text: str) -> None:
    judged = strength(text)
    assert not judged.is_enough
    assert judged.advice


@pytest.mark.parametrize(
    "text", ["paarse olifant zingt zelden vals", "kruiwagen-bliksem-zeven-trompet", "x7#Qp!m2&Lz9@"]
)
def test_unrelated_words_and_chance_are_enough(text: str) -> None:
    judged = strength(text)
    assert judged.is_enough
    assert judged.advice == ()


def test_own_words_make_it_weaker() -> None:
    text = "voorbeeldhuizen marjolein"
    assert strength(text, ["Marjolein Testpersoon", "Voorbeeldhuizen"]).score < strength(text).score
    assert "own name" in strength("Marjolein1", ["Marjolein Testpersoon"]).advice[0]


def test_advice_fits_the_fault() -> None:
    assert "years" in strength("13-07-1984").advice[0]
    assert "rows of keys" in strength("qwertyuiop[]").advice[0]
    assert "hardly helps" in strength("w@chtw00rd").advice[0]
    assert "four or more words" in strength("").advice[0]


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_judged(text: str, own: list[str]) -> None:
    assert 0 <= strength(text, own).score <= 4


def test_importing_is_cheap() -> None:
    code = "import sys, app.services.passphrase; print('zxcvbn' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
