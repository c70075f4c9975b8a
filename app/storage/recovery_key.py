"""The recovery key: 160 random bits on a sheet in a sealed envelope, for the day that a passphrase is
forgotten.

Written in Crockford's base 32 (no I, L, O, U) as eight groups of five: four characters and a check over that
group and its place, so that a slip of the pen is found and its group named. What people write for one another
is read alike: capitals or not, O for 0, I and L for 1, any dashes, dots and spaces.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from app.storage.problem import RecoveryKeyCharacter, RecoveryKeyGroup, RecoveryKeyLength

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_BYTES: Final = 20
GROUPS: Final = 8
GROUP_LENGTH: Final = 5
_DATA_LENGTH: Final = GROUP_LENGTH - 1
_ALIKE: Final = str.maketrans("OILU", "011V")
_SEPARATORS: Final = frozenset("-‐‑‒–—_.,:/|")


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """`raw`: the 20 bytes."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a recovery key has 20 bytes")

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups of five, as printed."""
        number = int.from_bytes(self.raw)
        values = [number >> 5 * place & 31 for place in reversed(range(GROUPS * _DATA_LENGTH))]
        groups = []
        for index in range(GROUPS):
            data = values[index * _DATA_LENGTH : (index + 1) * _DATA_LENGTH]
            groups.append("".join(ALPHABET[value] for value in (*data, _check(index, data))))
        return tuple(groups)

    @property
    def text(self) -> str:
        """The groups with dashes between them."""
        return "-".join(self.groups)


def new() -> RecoveryKey:
    """A fresh random recovery key."""
    return RecoveryKey(secrets.token_bytes(KEY_BYTES))


def parse(text: str) -> RecoveryKey:
    """Read what somebody typed. Raises RecoveryKeyCharacter, RecoveryKeyLength or RecoveryKeyGroup (`group`
    from 1).
    """
    values = _values(text)
    expected = GROUPS * GROUP_LENGTH
    if len(values) != expected:
        raise RecoveryKeyLength(expected=expected, found=len(values))
    number = 0
    for index in range(GROUPS):
        *data, check = values[index * GROUP_LENGTH : (index + 1) * GROUP_LENGTH]
        if check != _check(index, data):
            raise RecoveryKeyGroup(group=index + 1)
        for value in data:
            number = number << 5 | value
    return RecoveryKey(number.to_bytes(KEY_BYTES))


def _values(text: str) -> list[int]:
    values = []
    for character in unicodedata.normalize("NFKC", text).upper().translate(_ALIKE):
        if character.isspace() or character in _SEPARATORS:
            continue
        value = ALPHABET.find(character)
        if value < 0:
            raise RecoveryKeyCharacter(character=character)
        values.append(value)
    return values


def _check(index: int, data: list[int]) -> int:
    """A polynomial over GF(32): finds each wrong character and each swap of two, of two groups also."""
    check = index + 1
    for value in data:
        check = _times_alpha(check) ^ value
    return _times_alpha(check)


def _times_alpha(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
