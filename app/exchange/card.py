"""The card of a device: public keys, name and office, signed by the device itself (`.regiemap-card`).

A card proves that name and keys were put together by the holder of the signing key, not who that is: colleagues
compare six groups of five digits. The file is taken only in the exact form in which it is written.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

from app.domain.clock import moment_text, parse_moment
from app.domain.errors import KnownProblem
from app.domain.ident import is_id
from app.domain.text import NAME, problems
from app.domain.words import N_
from app.storage import seal_key
from app.storage.identity import signed_by

SUFFIX: Final = ".regiemap-card"
VERSION: Final = 1
MAX_BYTES: Final = 8192
QR_TAG: Final = "REGIEMAP1:"
_CARD, _FINGERPRINT = b"regiemap/card/1\0", b"regiemap/fingerprint/1\0"
_DEVICE, _SIGNATURE, _SIGN_KEY = (re.compile(rf"[0-9a-f]{{{n}}}") for n in (64, 128, 64))
_SEAL_KEY = re.compile(rf"[0-9a-f]{{{2 * seal_key.PUBLIC_BYTES}}}")
_DIGITS = re.compile(r"[0-9]{30}")


class BadCard(KnownProblem):
    """Not a card, cut, changed, or signed by somebody else."""

    message = N_("This is not a whole and unchanged card. Ask your colleague to send the card again.")


class NewerCard(KnownProblem):
    """A card of a version that this program does not know."""

    message = N_("This card was made by a newer version of the program. Install that version to use it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Keys and signatures in lowercase hexadecimal; `officer` is the id of a record, `made` a moment (UTC).

    `heir_of` names the earlier device whose signature under this one is `heir_signature`; both empty for a first.
    """

    device: str
    sign_key: str
    seal_key: str
    name: str
    office: str
    officer: str
    made: str
    heir_of: str
    heir_signature: str
    signature: str

    @property
    def seal_bytes(self) -> bytes:
        """The public seal key, for the envelope."""
        return bytes.fromhex(self.seal_key)

    @property
    def sign_bytes(self) -> bytes:
        """The public signing key."""
        return bytes.fromhex(self.sign_key)


_NAMES = tuple(field.name for field in fields(Card))


def make(
    *,
    sign_key: bytes,
    seal_public: bytes,
    sign: Callable[[bytes], bytes],
    name: str,
    office: str,
    officer: str,
    now: datetime,
    heir: tuple[str, bytes] | None = None,
) -> Card:
    """A signed card. `sign` is the device's; `heir`: the device before and its signature under this one."""
    told = {
        "device": hashlib.sha256(sign_key).hexdigest(),
        "sign_key": sign_key.hex(),
        "seal_key": seal_public.hex(),
        "name": name,
        "office": office,
        "officer": officer,
        "made": moment_text(now),
        "heir_of": heir[0] if heir else "",
        "heir_signature": heir[1].hex() if heir else "",
    }
    return Card(**told, signature=sign(_message(told)).hex())


def _message(told: Mapping[str, object]) -> bytes:
    """What is signed: all but the signature, as compact JSON in order of name."""
    body = {"v": VERSION} | {name: told[name] for name in _NAMES if name != "signature"}
    return _CARD + json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def render(card: Card) -> str:
    """The text of the file: JSON with an indent of one and a final newline."""
    return json.dumps({"v": VERSION} | asdict(card), ensure_ascii=False, indent=1) + "\n"


def parse(data: str | bytes) -> Card:
    """The card in a file. Raises `NewerCard` or `BadCard`; any other spelling of the same card is refused too."""
    try:
        text = data if isinstance(data, str) else data.decode()
        if len(text) > MAX_BYTES:
            raise BadCard
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadCard from None
    if not isinstance(found, dict) or type(found.get("v")) is not int:
        raise BadCard
    if found["v"] > VERSION:
        raise NewerCard
    card = _checked(found)
    if render(card) != text:
        raise BadCard
    return card


def _checked(found: dict[str, Any]) -> Card:
    told = {name: found[name] for name in _NAMES if isinstance(found.get(name), str)}
    if set(found) != {"v", *_NAMES} or len(told) < len(_NAMES):
        raise BadCard
    card = Card(**told)
    if not (_well_formed(card) and _consistent(card)):
        raise BadCard
    return card


def _well_formed(card: Card) -> bool:
    shapes = [(_DEVICE, card.device), (_SIGN_KEY, card.sign_key), (_SEAL_KEY, card.seal_key)]
    shapes.append((_SIGNATURE, card.signature))
    if card.heir_of or card.heir_signature:
        shapes += [(_DEVICE, card.heir_of), (_SIGNATURE, card.heir_signature)]
    if not all(shape.fullmatch(value) for shape, value in shapes) or not is_id(card.officer):
        return False
    return bool(card.name.strip()) and not any(
        problem for value in (card.name, card.office) for problem in problems(value, NAME)
    )


def _consistent(card: Card) -> bool:
    """The device is the hash of its key, the seal key is one, the moment is one, and the device signed it all."""
    try:
        parse_moment(card.made)
    except ValueError:
        return False
    return (
        seal_key.is_public(card.seal_bytes)
        and hashlib.sha256(card.sign_bytes).hexdigest() == card.device
        and card.heir_of != card.device
        and signed_by(card.sign_bytes, bytes.fromhex(card.signature), _message(asdict(card)))
    )


def fingerprint(device: str) -> tuple[str, ...]:
    """Six groups of five digits, to be read aloud: nearly 100 bits of a hash over the device."""
    number = int.from_bytes(hashlib.sha256(_FINGERPRINT + bytes.fromhex(device)).digest()) % 10**30
    digits = f"{number:030d}"
    return tuple(digits[start : start + 5] for start in range(0, 30, 5))


def qr_text(device: str) -> str:
    """What the QR code on screen and paper says: the device itself; the whole card is too long for a good code."""
    return QR_TAG + device.upper()


def names_device(typed: str, device: str) -> bool | None:
    """Whether six groups, or the text of a QR code, belong to `device`; None: it is neither of the two."""
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKC", typed)
        if not character.isspace() and character not in "-–—.,/"
    )
    if bare.upper().startswith(QR_TAG):
        named = bare[len(QR_TAG) :].lower()
        return named == device if _DEVICE.fullmatch(named) else None
    if _DIGITS.fullmatch(bare):
        return bare == "".join(fingerprint(device))
    return None
