"""What devices signed: seals of streams, checked many at a time."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Seal:
    """What a device signed: its key, the message, the signature."""

    sign_key: bytes
    message: bytes
    signature: bytes


def good_seals(seals: Sequence[Seal]) -> bool:
    """Whether every signature is that of its device. Two at a time: the library lets go of Python meanwhile."""
    keys = {seal.sign_key: Ed25519PublicKey.from_public_bytes(seal.sign_key) for seal in seals}

    def good(part: Iterable[Seal]) -> bool:
        try:
            for seal in part:
                keys[seal.sign_key].verify(seal.signature, seal.message)
        except InvalidSignature:
            return False
        return True

    if len(seals) < 32:
        return good(seals)
    with ThreadPoolExecutor(2) as pool:
        return all(pool.map(good, (seals[::2], seals[1::2])))
