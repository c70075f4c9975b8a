"""What somebody offers to open a store: a passphrase or a recovery key, in the bytes that go into the
derivation.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.storage.kdf_cost import KdfCost, argon2id
from app.storage.problem import PassphraseNeeded

if TYPE_CHECKING:
    from app.storage.key_ahead import KeyAhead
    from app.storage.recovery_key import RecoveryKey


class SlotType(StrEnum):
    """The ways in. `os+pass` is declared for a later version: its slots are kept and never tried."""

    PASS = "pass"  # noqa: S105 - the type's name
    RECOVERY = "recovery"
    OS_PASS = "os+pass"  # noqa: S105 - the type's name


@dataclass(frozen=True, slots=True)
class Secret:
    """`type` says which slots it can fit. `ahead`: a derivation that was begun before it was asked for."""

    type: SlotType
    material: bytes = field(repr=False)
    ahead: KeyAhead | None = field(default=None, repr=False, compare=False)

    def derive(self, salt: bytes, cost: KdfCost) -> bytes:
        """32 bytes from this secret, slowly. Raises NotEnoughMemory."""
        begun = self.ahead.take(salt, cost) if self.ahead is not None else None
        return begun if begun is not None else argon2id(self.material, salt, cost)


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
