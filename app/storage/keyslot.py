"""One slot of the key file: the data key, wrapped in what one secret gives after a slow derivation.

Everything else in the slot is authenticated along with it: a slot whose cost, type or id was changed does not
open.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from app.storage.data_key import DataKey
from app.storage.kdf_cost import KdfCost
from app.storage.secret import Secret, SlotType

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_WRAP_BYTES: Final = 32 + 16
_FIELDS: Final = {"id", "type", "made", "kdf", "nonce", "wrap"}
_KDF_FIELDS: Final = {"alg", "m", "t", "p", "salt"}
_ALGORITHM: Final = "argon2id"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlot:
    """`id` is printed on the recovery sheet; `made` is a date, so that the newest sheet can be told from
    older ones.
    """

    id: str
    type: SlotType
    made: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrap: bytes

    @classmethod
    def seal(cls, key: DataKey, secret: Secret, cost: KdfCost, made: str) -> Self:
        """Wrap `key` for `secret`, with a fresh salt. Raises NotEnoughMemory."""
        bare = cls(
            id=secrets.token_hex(4),
            type=secret.type,
            made=made,
            cost=cost,
            salt=secrets.token_bytes(_SALT_BYTES),
            nonce=secrets.token_bytes(_NONCE_BYTES),
            wrap=b"",
        )
        wrapping = _cipher(secret.derive(bare.salt, cost))
        return replace(bare, wrap=wrapping.encrypt(bare.nonce, key.raw(), bare._others()))

    def open(self, secret: Secret) -> DataKey | None:
        """The data key, or None if this secret does not fit. Raises NotEnoughMemory."""
        from cryptography.exceptions import InvalidTag

        if secret.type is not self.type:
            return None
        try:
            wrapping = _cipher(secret.derive(self.salt, self.cost))
            return DataKey(wrapping.decrypt(self.nonce, self.wrap, self._others()))
        except InvalidTag:
            return None

    def _others(self) -> bytes:
        """Every field but `wrap`, in one fixed form."""
        others = {name: value for name, value in self.to_json().items() if name != "wrap"}
        return b"regiemap/keyslot/1\0" + json.dumps(others, sort_keys=True, separators=(",", ":")).encode()

    def to_json(self) -> dict[str, object]:
        """The form in the key file."""
        kdf = {"alg": _ALGORITHM, "m": self.cost.memory_kib, "t": self.cost.passes, "p": self.cost.lanes}
        return {
            "id": self.id,
            "type": str(self.type),
            "made": self.made,
            "kdf": kdf | {"salt": b64encode(self.salt).decode()},
            "nonce": b64encode(self.nonce).decode(),
            "wrap": b64encode(self.wrap).decode(),
        }

    @classmethod
    def from_json(cls, form: object) -> Self:
        """Read the form in the key file. Raises ValueError for anything else, absurd costs included."""
        slot = _mapping(form, _FIELDS)
        kdf = _mapping(slot["kdf"], _KDF_FIELDS)
        if kdf["alg"] != _ALGORITHM:
            raise ValueError("unknown key derivation")
        return cls(
            id=_text(slot["id"]),
            type=SlotType(_text(slot["type"])),
            made=_text(slot["made"]),
            cost=KdfCost(_number(kdf["m"]), _number(kdf["t"]), _number(kdf["p"])),
            salt=_bytes(kdf["salt"], _SALT_BYTES),
            nonce=_bytes(slot["nonce"], _NONCE_BYTES),
            wrap=_bytes(slot["wrap"], _WRAP_BYTES),
        )


def _cipher(wrapping_key: bytes) -> "ChaCha20Poly1305":
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(wrapping_key)


def _mapping(form: object, fields: set[str]) -> Mapping[str, object]:
    if not isinstance(form, dict) or set(form) != fields:
        raise ValueError("fields")
    return form


def _text(value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 40:
        raise ValueError("text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("number")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str):
        raise ValueError("bytes")
    raw = b64decode(value, validate=True)
    if len(raw) != length:
        raise ValueError("bytes")
    return raw
