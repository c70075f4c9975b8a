"""The key with which others seal a file for this device: ML-KEM-768 and X25519 together (HPKE, post-quantum hybrid).

Both forms are plain bytes, the two halves one after the other: secret = ML-KEM seed (64) and X25519 key (32);
public = ML-KEM key (1,184) and X25519 key (32).
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SEED_BYTES: Final = 64
LATTICE_BYTES: Final = 1184
CURVE_BYTES: Final = 32
SECRET_BYTES: Final = SEED_BYTES + CURVE_BYTES
PUBLIC_BYTES: Final = LATTICE_BYTES + CURVE_BYTES
HPKE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def new() -> tuple[bytes, bytes]:
    """A new pair: secret of 96 bytes, public of 1,216 bytes."""
    secret = (
        MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw()
    )
    return secret, public(secret)


def public(secret: bytes) -> bytes:
    """The public half that belongs to `secret`. Raises ValueError for another length."""
    lattice, curve = _halves(secret)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def opener(secret: bytes) -> MLKEM768X25519PrivateKey:
    """What HPKE opens with. Raises ValueError for another length."""
    return MLKEM768X25519PrivateKey(*_halves(secret))


def sealer(key: bytes) -> MLKEM768X25519PublicKey:
    """What HPKE seals to. Raises ValueError for bytes that are no such key."""
    if len(key) != PUBLIC_BYTES:
        raise ValueError(f"a seal key has {PUBLIC_BYTES} bytes")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(key[:LATTICE_BYTES]),
        X25519PublicKey.from_public_bytes(key[LATTICE_BYTES:]),
    )


def is_public(key: bytes) -> bool:
    """Whether something can be sealed to these bytes: asked before a card is believed (points of low order fail)."""
    try:
        HPKE.encrypt(b"", sealer(key))
    except ValueError:
        return False
    return True


def _halves(secret: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a secret seal key has {SECRET_BYTES} bytes")
    lattice = MLKEM768PrivateKey.from_seed_bytes(secret[:SEED_BYTES])
    return lattice, X25519PrivateKey.from_private_bytes(secret[SEED_BYTES:])
