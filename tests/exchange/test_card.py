"""Cards: what is written is read back, and nothing else is."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.text import NAME, problems
from app.exchange import card as cards
from app.exchange.card import BadCard, Card, NewerCard, fingerprint, names_device, parse, qr_text, render
from app.storage import seal_key

OFFICER = "0190a0000000700080000000000000aa"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SEAL = seal_key.public(bytes(range(96)))
DEVICE = "5f" * 32


def made(name: str = "Robin Voorbeeld", office: str = "GL Verzonnen", heir: bool = False) -> Card:
    return cards.make(
        sign_key=KEY.public_key().public_bytes_raw(),
        seal_public=SEAL,
        sign=KEY.sign,
        name=name,
        office=office,
        officer=OFFICER,
        now=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        heir=("ab" * 32, bytes(64)) if heir else None,
    )


def signed_anew(card: Card, **changes: str) -> Card:
    """A card by a holder of the key who writes nonsense."""
    odd = replace(card, **changes)
    return replace(odd, signature=KEY.sign(cards._message(asdict(odd))).hex())


names = st.text(st.characters(codec="utf-8"), max_size=200).filter(
    lambda text: not list(problems(text, NAME))
)


@given(name=names.filter(lambda text: bool(text.strip())), office=names, heir=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_card_is_read_back_as_it_was_written(name: str, office: str, heir: bool) -> None:
    card = made(name, office, heir)
    assert parse(render(card)) == card == parse(render(card).encode())


def test_a_change_of_any_one_character_is_refused() -> None:
    text = render(made("Zoë", heir=True))
    for place, character in enumerate(text):
        other = {"0": "1", "a": "b"}.get(character, "0")
        with pytest.raises((BadCard, NewerCard)):
            parse(text[:place] + other + text[place + 1 :])


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=1500, deadline=None)
def test_a_character_put_in_left_out_or_replaced_is_refused(data: st.DataObject) -> None:
    text = render(made())
    place = data.draw(st.integers(0, len(text) - 1))
    with_new = (
        text[:place] + data.draw(st.characters(codec="utf-8")) + text[place + data.draw(st.integers(0, 1)) :]
    )
    for changed in (with_new, text[:place] + text[place + 1 :], text[:place]):
        if changed != text:
            with pytest.raises((BadCard, NewerCard)):
                parse(changed)


@given(st.binary(max_size=400) | st.text(max_size=400))
@settings(deadline=None)
def test_what_is_no_card_is_refused_with_one_sentence(data: bytes | str) -> None:
    with pytest.raises(BadCard):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[" * 8000,
        '{"v":' + "1" * 5000 + "}",
        '{"v":true}',
        '{"v":1}',
        "null",
        b"\xff\xfe",
        " " * 9000,
        '{"v": 1, "device": null}',
    ],
)
def test_rubbish_is_refused(data: str | bytes) -> None:
    with pytest.raises(BadCard):
        parse(data)


def test_a_newer_card_asks_for_a_newer_program() -> None:
    with pytest.raises(NewerCard):
        parse(json.dumps({"v": 2, "anders": 1}))


@pytest.mark.parametrize(
    "changes",
    [
        {"device": "00" * 32},
        {"name": "  "},
        {"name": "x" * 201},
        {"name": "twee\nregels"},
        {"name": "om\u202ekeer"},
        {"office": "x\0"},
        {"officer": "iemand"},
        {"made": "gisteren"},
        {"seal_key": "ff" * seal_key.PUBLIC_BYTES},
        {"seal_key": SEAL[:-1].hex()},
        {"heir_of": "ab" * 32},
        {"heir_of": "ab" * 31, "heir_signature": "00" * 64},
        {"sign_key": "00" * 32},
    ],
    ids=str,
)
def test_a_card_whose_own_holder_signed_nonsense_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadCard):
        parse(render(signed_anew(made(), **changes)))


def test_a_card_does_not_name_itself_as_the_device_before() -> None:
    card = made()
    with pytest.raises(BadCard):
        parse(render(signed_anew(card, heir_of=card.device, heir_signature="00" * 64)))


def test_another_spelling_of_the_same_card_is_refused() -> None:
    text = render(made("Zoë"))
    for changed in (
        json.dumps(json.loads(text)),
        text.replace("ë", "\\u00eb"),
        text + " ",
        "\ufeff" + text,
        text.replace("\n", "\r\n"),
    ):
        with pytest.raises(BadCard):
            parse(changed)


def test_a_fingerprint_has_six_groups_of_five_digits_and_stands_for_ever() -> None:
    groups = fingerprint(DEVICE)
    assert groups == ("40118", "36576", "57586", "85117", "77545", "80571")
    assert [len(group) for group in groups] == [5] * 6 and "".join(groups).isdigit()


@given(
    st.binary(min_size=32, max_size=32), st.integers(0, 255), st.sampled_from([" ", "-", "", "\u00a0", "\n"])
)
def test_groups_and_qr_name_their_device_only(raw: bytes, bit: int, between: str) -> None:
    device = raw.hex()
    other = (int.from_bytes(raw) ^ 1 << bit).to_bytes(32).hex()
    for typed in (between.join(fingerprint(device)), qr_text(device), f" {qr_text(device).lower()}\n"):
        assert names_device(typed, device) is True
        assert names_device(typed, other) is False


@pytest.mark.parametrize(
    "typed", ["", "12345", "1" * 29, "1" * 31, "REGIEMAP1:12", "REGIEMAP2:" + "AB" * 32, "ja"]
)
def test_something_else_is_neither_right_nor_wrong(typed: str) -> None:
    assert names_device(typed, DEVICE) is None


def test_the_bytes_of_a_card_stand_for_ever() -> None:
    """As `docs/trust.md` says them, and the same tomorrow."""
    text = render(made("Zoë", heir=True))
    told = json.loads(text)
    assert json.dumps(told, ensure_ascii=False, indent=1) + "\n" == text
    signature = bytes.fromhex(told.pop("signature"))
    message = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    KEY.public_key().verify(signature, b"regiemap/card/1\0" + message)
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        == "2e8d9767439775addc387cc4155b1537fad50a0aa72a696e56b5f8da03fbab81"
    )


def test_wide_digits_from_an_input_method_count() -> None:
    wide = "".join(chr(ord(digit) - 48 + 0xFF10) for digit in "".join(fingerprint(DEVICE)))
    assert names_device(wide, DEVICE) is True
