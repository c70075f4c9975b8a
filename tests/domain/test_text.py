"""Text is kept as typed or refused at the place, never mended in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import KnownProblem
from app.domain.text import (
    LINE,
    NAME,
    NOTE,
    TextRule,
    checked,
    problems,
    space_advice,
    v_number_advice,
    v_number_key,
)


@pytest.mark.parametrize(
    "name",
    [
        "Siranush",
        "Սիրանուշ",
        "حداد",
        "ተስፋዬ",
        "Nguyễn Thị",
        "陳美玲",
        "O’Neill-d’Arc",
        "می\u200cخواهم",
        "e\u0301",
        " x ",
    ],
)
def test_a_name_is_kept_byte_for_byte(name: str) -> None:
    assert checked(name, NAME) == name


@pytest.mark.parametrize(
    ("text", "rule", "code", "params"),
    [
        ("a" * 10_000, NAME, "TextTooLong", {"length": "10000", "limit": "200"}),
        ("a\x00b", NOTE, "CharacterNotAllowed", {"place": "2", "character": "U+0000"}),
        ("a\x1bb", LINE, "CharacterNotAllowed", {"place": "2", "character": "U+001B"}),
        ("a\rb", NOTE, "CharacterNotAllowed", {"place": "2", "character": "U+000D"}),
        ("a\x85", NOTE, "CharacterNotAllowed", {"place": "2", "character": "U+0085"}),
        ("\ud800", NOTE, "CharacterNotAllowed", {"place": "1", "character": "U+D800"}),
        ("a\nb", LINE, "LineBreakNotAllowed", {"place": "2"}),
        ("a\u2028b", NAME, "LineBreakNotAllowed", {"place": "2"}),
        ("ab\u202ecd", NAME, "HiddenDirection", {"place": "3", "character": "U+202E"}),
        ("\u2066ab", NAME, "HiddenDirection", {"place": "1", "character": "U+2066"}),
    ],
)
def test_what_is_refused_and_where(text: str, rule: TextRule, code: str, params: dict[str, str]) -> None:
    with pytest.raises(KnownProblem) as caught:
        checked(text, rule)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_note_takes_lines_markup_and_direction() -> None:
    note = "regel 1\n\t<b>&amp; \u2067حداد\u2069 100 %(x)s"
    assert checked(note, NOTE) == note


def test_one_problem_of_each_kind_at_most() -> None:
    assert [problem.code for problem in problems("\x00\x01\n\n", NAME)] == [
        "CharacterNotAllowed",
        "LineBreakNotAllowed",
    ]


@given(
    st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cc", "Cs", "Cf"]), max_size=80)
)
def test_a_text_is_returned_untouched_or_refused(text: str) -> None:
    refused = list(problems(text, NOTE))
    assert all(problem.message % problem.params for problem in refused)
    if not refused:
        assert checked(text, NOTE) is text
        assert text.encode().decode() == text
        assert "\x00" not in text


def test_space_around_is_a_remark() -> None:
    assert space_advice(" Haddad") is not None
    assert space_advice("Al Haddad") is None


@pytest.mark.parametrize(
    ("typed", "key", "remark"),
    [
        ("0123456789", "0123456789", False),
        ("012.345.6789", "0123456789", False),
        (" 012 345\u00a06789 ", "0123456789", False),
        ("123", "123", True),
        ("V123456789", "V123456789", True),
        ("", "", False),
    ],
)
def test_a_v_number_is_compared_without_spaces_and_dots(typed: str, key: str, remark: bool) -> None:
    assert v_number_key(typed) == key
    assert (v_number_advice(typed) is not None) == remark
