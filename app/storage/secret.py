"""What somebody offers to open a store: a passphrase or a recovery key, in the bytes that go into the
derivation.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from app.storage.problem import PassphraseNeeded
from app.storage.recovery_key import RecoveryKey


class SlotType(StrEnum):
    """The ways in. `os+pass` is declared for a later version: its slots are kept and never tried."""

    PASS = "pass"  # noqa: S105 - the type's name
    RECOVERY = "recovery"
    OS_PASS = "os+pass"  # noqa: S105 - the type's name


@dataclass(frozen=True, slots=True)
class Secret:
    """`type` says which slots it can fit."""

    type: SlotType
    material: bytes = field(repr=False)


def from_passphrase(text: str) -> Secret:
    """A passphrase the way RFC 8265 (OpaqueString) reads it, so that another keyboard or system gives the
    same bytes.

    Nothing is trimmed: a space at the end is part of the passphrase. Raises PassphraseNeeded.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in text)
    material = unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")
    if not material:
        raise PassphraseNeeded
    return Secret(SlotType.PASS, material)


def from_recovery(key: RecoveryKey) -> Secret:
    """A recovery key that was read by `recovery_key.parse`."""
    return Secret(SlotType.RECOVERY, key.raw)
