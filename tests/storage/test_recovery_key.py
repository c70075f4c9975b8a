"""What somebody wrote on paper is read back, and a slip of the pen is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import recovery_key
from app.storage.problem import RecoveryKeyCharacter, RecoveryKeyGroup, RecoveryKeyLength
from app.storage.recovery_key import ALPHABET, RecoveryKey

KEYS = st.binary(min_size=20, max_size=20).map(RecoveryKey)


@given(KEYS)
def test_what_is_printed_is_read(key: RecoveryKey) -> None:
    assert [len(group) for group in key.groups] == [5] * 8
    assert recovery_key.parse(key.text) == key


@given(KEYS, st.sampled_from(["", " ", " - ", ".", "\n", "–", "\u00a0"]))
def test_people_write_in_their_own_way(key: RecoveryKey, between: str) -> None:
    typed = between.join(key.groups).lower().replace("0", "o").replace("1", "l")
    assert recovery_key.parse(f"  {typed}\n") == key
    assert recovery_key.parse(typed.replace("l", "I")) == key


@given(KEYS, st.integers(0, 39), st.integers(1, 31))
def test_one_wrong_character_names_its_group(key: RecoveryKey, place: int, shift: int) -> None:
    letters = list("".join(key.groups))
    letters[place] = ALPHABET[(ALPHABET.index(letters[place]) + shift) % 32]
    with pytest.raises(RecoveryKeyGroup) as raised:
        recovery_key.parse("".join(letters))
    assert raised.value.params == {"group": place // 5 + 1}


@given(KEYS, st.integers(0, 7), st.integers(0, 3))
def test_two_characters_swapped_name_their_group(key: RecoveryKey, group: int, place: int) -> None:
    groups = [list(text) for text in key.groups]
    letters = groups[group]
    if letters[place] == letters[place + 1]:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    with pytest.raises(RecoveryKeyGroup) as raised:
        recovery_key.parse("-".join("".join(text) for text in groups))
    assert raised.value.params == {"group": group + 1}


@given(KEYS, st.integers(0, 7), st.integers(0, 7))
def test_two_groups_swapped_are_seen(key: RecoveryKey, one: int, other: int) -> None:
    groups = list(key.groups)
    if one == other or groups[one] == groups[other]:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryKeyGroup) as raised:
        recovery_key.parse("-".join(groups))
    assert raised.value.params == {"group": min(one, other) + 1}


def test_too_short_and_too_long_say_how_many() -> None:
    text = recovery_key.new().text
    with pytest.raises(RecoveryKeyLength) as raised:
        recovery_key.parse(text[:-2])
    assert raised.value.params == {"expected": 40, "found": 38}
    with pytest.raises(RecoveryKeyLength):
        recovery_key.parse("")
    with pytest.raises(RecoveryKeyLength):
        recovery_key.parse(text * 2)


def test_a_character_that_never_occurs_is_named() -> None:
    with pytest.raises(RecoveryKeyCharacter) as raised:
        recovery_key.parse("ABC*" + recovery_key.new().text)
    assert raised.value.params == {"character": "*"}


def test_keys_differ() -> None:
    assert len({recovery_key.new().raw for _ in range(50)}) == 50
