"""Checks signatures in a process of its own, so that a second core works too. It is run as a file, and knows nothing
of the rest of the program.

From standard input come, for each seal, 32 bytes of the key, 64 of the signature, the length of the message in 4 bytes
and the message. To standard output goes `verdict` of all that when every signature is right, and nothing otherwise.
"""

import hashlib
import sys

WORD = "--check-seals"
"""With this argument a frozen program does only this (`main.py`)."""


def record(key: bytes, signature: bytes, message: bytes) -> bytes:
    """One seal, as it goes to the worker."""
    return b"".join((key, signature, len(message).to_bytes(4, "big"), message))


def verdict(data: bytes) -> bytes:
    """What only somebody says who has read all of `data`."""
    return hashlib.sha256(b"regiemap/seals are good\0" + data).digest()


def all_good(data: bytes) -> bool:
    """Whether each signature is right. Raises ValueError for a key that is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    keys: dict[bytes, Ed25519PublicKey] = {}
    at = 0
    try:
        while at < len(data):
            key, signature = data[at : at + 32], data[at + 32 : at + 96]
            end = at + 100 + int.from_bytes(data[at + 96 : at + 100], "big")
            if end > len(data):
                return False
            if key not in keys:
                keys[key] = Ed25519PublicKey.from_public_bytes(key)
            keys[key].verify(signature, data[at + 100 : end])
            at = end
    except InvalidSignature:
        return False
    return True


def main() -> int:
    """Read, check, answer."""
    data = sys.stdin.buffer.read()
    if not all_good(data):
        return 1
    sys.stdout.buffer.write(verdict(data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
