"""The data key: 256 random bits that open a store, in one buffer that can be overwritten.

Python copies freely, so wiping is the best effort and no promise; `docs/store.md` says what remains.
"""

import secrets
from typing import Final, Self

from typing_extensions import override

from app.storage.problem import StoreLocked

KEY_BYTES: Final = 32


class DataKey:
    """Holds the key until `wipe`; every use after that raises StoreLocked."""

    __slots__ = ("_bytes",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._bytes = bytearray(raw)

    @classmethod
    def new(cls) -> Self:
        """A fresh random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def raw(self) -> bytes:
        """The key itself, for wrapping. A copy: keep it no longer than needed."""
        if not self._bytes:
            raise StoreLocked
        return bytes(self._bytes)

    def pragma(self, verb: str = "key") -> str:
        """The statement that hands SQLCipher this key, raw: SQLCipher's own derivation is weak and is not
        used.
        """
        return f"PRAGMA {verb} = \"x'{self.raw().hex()}'\""

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; knowing it says nothing about the data key (HKDF, RFC 5869)."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), KEY_BYTES, None, b"regiemap/1/" + purpose.encode()).derive(self.raw())

    def wipe(self) -> None:
        """Overwrite the key and forget it."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()

    @override
    def __repr__(self) -> str:
        return "DataKey(…)"
