"""The form of a scan's file: AES-256-GCM in chunks, in the manner of STREAM (Hoang, Reyhanitabar, Rogaway,
Vizár 2015).

magic (8 bytes) · random prefix (7 bytes) · chunks of 256 KiB and a tag of 16 bytes each, the last one shorter

A chunk's nonce is prefix, number (4 bytes) and whether it is the last (1 byte): no chunk can be moved, left
out or cut off unseen. Each file has its own random key, and the id of the scan is authenticated with every
chunk.
"""

import secrets
from collections.abc import Iterator
from typing import IO, Final

from app.storage.problem import ScanDamaged

CHUNK_BYTES: Final = 256 * 1024
TAG_BYTES: Final = 16
_MAGIC: Final = b"RGMSCAN1"
_PREFIX_BYTES: Final = 7
HEADER_BYTES: Final = len(_MAGIC) + _PREFIX_BYTES


def encrypt(data: bytes, key: bytes, blob: str) -> Iterator[bytes]:
    """The parts of the file, in order."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, prefix = AESGCM(key), secrets.token_bytes(_PREFIX_BYTES)
    yield _MAGIC + prefix
    for number, start in enumerate(range(0, len(data), CHUNK_BYTES)):
        last = start + CHUNK_BYTES >= len(data)
        yield cipher.encrypt(_nonce(prefix, number, last), data[start : start + CHUNK_BYTES], blob.encode())


def decrypt(source: IO[bytes], key: bytes, blob: str) -> Iterator[bytes]:
    """The plain chunks, each verified before it is given out. Raises ScanDamaged, at the latest after the
    last chunk.

    Who shows a part before the end must take it back when the end raises.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = source.read(HEADER_BYTES)
    if len(header) != HEADER_BYTES or not header.startswith(_MAGIC):
        raise ScanDamaged
    cipher, prefix = AESGCM(key), header[len(_MAGIC) :]
    number, sealed = 0, source.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = source.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(prefix, number, not following), sealed, blob.encode())
        except InvalidTag as error:
            raise ScanDamaged from error
        if not following:
            return
        number, sealed = number + 1, following


def sealed_bytes(size: int) -> int:
    """How long the file of a scan of `size` bytes is."""
    return HEADER_BYTES + size + -(-size // CHUNK_BYTES) * TAG_BYTES


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4) + bytes((last,))
