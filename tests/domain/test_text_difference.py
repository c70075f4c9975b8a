"""Two changed texts come together without a word of anybody lost."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text_difference import _TOKEN, merged

WORDS = st.lists(st.sampled_from(["school", "tolk", "brief", "maandag", ".", " ", "\n"]), max_size=12).map(
    "".join
)


@pytest.mark.parametrize(
    ("base", "one", "other", "wanted"),
    [
        ("De tolk komt.", "De tolk komt maandag.", "De tolk komt.", "De tolk komt maandag."),
        ("Brief gevraagd.", "Brief gevraagd. School gebeld.", "Brief twee keer gevraagd.", None),
        ("a b c d e", "A b c d e", "a b c d E", "A b c d E"),
        ("", "nieuw", "nieuw", "nieuw"),
    ],
)
def test_changes_in_different_places_stand_in_one_text(
    base: str, one: str, other: str, wanted: str | None
) -> None:
    found = merged(base, one, other)
    assert found.clean
    assert found.text == (wanted or "Brief twee keer gevraagd. School gebeld.")


def test_where_both_changed_the_same_place_both_wordings_stand() -> None:
    found = merged("Komt op maandag.", "Komt op dinsdag.", "Komt op vrijdag.")
    assert not found.clean and "dinsdag" in found.text and "vrijdag" in found.text


@given(base=WORDS, one=WORDS, other=WORDS)
def test_nothing_that_somebody_wrote_is_left_out(base: str, one: str, other: str) -> None:
    found = merged(base, one, other).text
    for text in (one, other):
        old, new = _TOKEN.findall(base), _TOKEN.findall(text)
        for tag, _i, _j, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag in ("insert", "replace"):
                assert "".join(new[start:end]) in found


@given(base=WORDS, text=WORDS)
def test_who_changed_alone_is_right(base: str, text: str) -> None:
    assert (
        merged(base, text, base).text
        == merged(base, base, text).text
        == merged(base, text, text).text
        == text
    )
