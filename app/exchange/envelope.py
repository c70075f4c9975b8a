"""The outer envelope of a package: who can open it, and that not a byte of it was changed (docs/package-format.md).

A random file key is wrapped for each receiver by HPKE with a hybrid of ML-KEM-768 and X25519, so that what is
recorded today stays closed to a quantum computer. The contents go through AES-256-GCM in chunks in the manner of
STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): none can be moved, left out, swapped between files or cut off
unseen. Nothing in the clear names a receiver; zeros at the end hide the exact size (Padmé: Nikitin et al. 2019).
"""

import base64
import hashlib
import hmac
import io
import json
import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from app.exchange.problem import DamagedPackage, NewerPackage, NotAPackage, NotForYou, TooManyReceivers
from app.storage import seal_key

MAGIC: Final = b"REGIEMAP1\n"
VERSION: Final = 1
SUITE: Final = "MLKEM768-X25519/HKDF-SHA256/AES-256-GCM"
PADDING: Final = "padme"
CHUNK_BYTES: Final = 65_536  # plain, the length in front included
LENGTH_BYTES: Final = 4
TAG_BYTES: Final = 16
CHECK_BYTES: Final = 8
MAC_BYTES: Final = 32
MOST_RECEIVERS: Final = 50
WRAP_BYTES: Final = 1168
LEAST_BYTES: Final = 4_096  # a receipt and a small change look alike
LONGEST_HEADER: Final = 131_072

HEADER: Final = b"regiemap/header/1\0"
CHUNKS: Final = b"regiemap/chunks/1\0"

_ROOM: Final = CHUNK_BYTES - LENGTH_BYTES
MAGIC_OF_ANY: Final = b"REGIEMAP"


# --- writing ----------------------------------------------------------------------------------------------------


class EnvelopeWriter:
    """Writes an envelope around what goes through `write`; whole only after a clean exit.

    `receivers` are public halves. Left by an exception, the file has no end and no reader accepts it.
    """

    def __init__(self, out: BinaryIO, receivers: Sequence[bytes]) -> None:
        chosen = sorted(set(receivers))  # in no order that tells who was named first
        if not chosen:
            raise ValueError("an envelope needs a receiver")
        if len(chosen) > MOST_RECEIVERS:
            raise TooManyReceivers(most=MOST_RECEIVERS)
        self._out, self._number, self._written = out, 0, 0
        self._held = bytearray()
        file_key = secrets.token_bytes(32)
        info = wrap_info()
        header = header_bytes(
            [seal_key.HPKE.encrypt(file_key, seal_key.sealer(public), info) for public in chosen]
        )
        start = MAGIC + len(header).to_bytes(4) + header
        out.write(start + _check(start) + _mac(file_key, start))
        self._cipher = AESGCM(derived(file_key, CHUNKS))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()

    def write(self, data: bytes) -> int:
        """Seal `data` after what came before; nothing is kept but less than one chunk."""
        self._written += len(data)
        left = memoryview(data)
        if self._held:
            taken = left[: _ROOM - len(self._held)]
            self._held += taken
            left = left[len(taken) :]
        if left and self._held:  # a full chunk waits until it is known not to be the last
            self._seal(self._held, _ROOM, last=False)
            self._held = bytearray()
        while len(left) > _ROOM:
            self._seal(left[:_ROOM], _ROOM, last=False)
            left = left[_ROOM:]
        self._held += left
        return len(data)

    def _finish(self) -> None:
        zeros = padded(self._written) - self._written
        used = len(self._held)
        while zeros > _ROOM - len(self._held):
            zeros -= _ROOM - len(self._held)
            self._seal(self._held.ljust(_ROOM, b"\0"), used, last=False)
            self._held, used = bytearray(), 0
        self._seal(self._held.ljust(len(self._held) + zeros, b"\0"), used, last=True)

    def _seal(self, data: bytes | bytearray | memoryview, used: int, *, last: bool) -> None:
        plain = b"".join((used.to_bytes(LENGTH_BYTES), data))
        self._out.write(self._cipher.encrypt(nonce(self._number, last), plain, None))
        self._number += 1


def padded(size: int) -> int:
    """How many bytes an envelope holds for `size` bytes of contents: Padmé, at most 12 % more, and a least size."""
    size = max(size, LEAST_BYTES)
    exponent = size.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return (size + mask) & ~mask


# --- reading ----------------------------------------------------------------------------------------------------


def open_envelope(source: BinaryIO, secrets: Sequence[bytes]) -> BinaryIO:
    """What is inside, to be read from front to back; every byte was authenticated before it is handed out.

    `secrets`: the secret halves of this device, the newest first. Raises NotAPackage, NewerPackage, NotForYou,
    DamagedPackage; reading raises DamagedPackage. Only the end of the stream says that the file was not cut off.
    """
    file_key = _file_key(source, secrets)
    return io.BufferedReader(_Contents(source, AESGCM(derived(file_key, CHUNKS))), CHUNK_BYTES * 4)


class _Contents(io.RawIOBase):
    """The contents of the chunks, one chunk ahead of the reader."""

    def __init__(self, source: BinaryIO, cipher: AESGCM) -> None:
        self._source, self._cipher, self._number = source, cipher, 0
        self._sealed = _read(source, CHUNK_BYTES + TAG_BYTES)
        self._held = memoryview(b"")
        self._padding = self._ended = self._damaged = False

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any, /) -> int:
        while not self._held and not self._ended:
            self._held = self._next()
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._held))
        view[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _next(self) -> memoryview:
        if self._damaged:  # a reader that tries again must not get further
            raise DamagedPackage
        self._damaged = True
        following = _read(self._source, CHUNK_BYTES + TAG_BYTES)
        try:
            plain = self._cipher.decrypt(nonce(self._number, not following), self._sealed, None)
        except InvalidTag as error:
            raise DamagedPackage from error
        used = int.from_bytes(plain[:LENGTH_BYTES])
        room = len(plain) - LENGTH_BYTES
        if room < 0 or used > room or (self._padding and used):
            raise DamagedPackage
        if used < room:
            self._padding = True
            if plain.count(0, LENGTH_BYTES + used) != room - used:
                raise DamagedPackage
        self._number, self._sealed, self._ended = self._number + 1, following, not following
        self._damaged = False
        return memoryview(plain)[LENGTH_BYTES : LENGTH_BYTES + used]


def _file_key(source: BinaryIO, secrets: Sequence[bytes]) -> bytes:
    """Read as far as the chunks."""
    magic = _read(source, len(MAGIC))
    if magic != MAGIC:
        raise _not_ours(magic)
    start = magic + _read(source, 4)
    length = int.from_bytes(start[len(MAGIC) :])
    if length > LONGEST_HEADER:
        raise DamagedPackage
    header = _read(source, length)
    start += header
    check, mac = _read(source, CHECK_BYTES), _read(source, MAC_BYTES)
    if not hmac.compare_digest(check, _check(start)):
        raise DamagedPackage
    wraps, info = _wraps(header), wrap_info()
    for secret in secrets:
        key = seal_key.opener(secret)
        for wrap in wraps:
            try:
                file_key = seal_key.HPKE.decrypt(wrap, key, info)
            except (InvalidTag, ValueError):
                continue
            if len(file_key) != 32 or not hmac.compare_digest(mac, _mac(file_key, start)):
                raise DamagedPackage
            return file_key
    raise NotForYou


def _not_ours(magic: bytes) -> NotAPackage | NewerPackage | DamagedPackage:
    """What a file is whose first bytes are not those of this version."""
    number = magic[len(MAGIC_OF_ANY) : -1]
    if (
        magic.startswith(MAGIC_OF_ANY)
        and len(magic) == len(MAGIC)
        and magic.endswith(b"\n")
        and number.isdigit()
    ):
        return NewerPackage(version=int(number))
    return DamagedPackage() if magic and MAGIC.startswith(magic) else NotAPackage()


def _wraps(header: bytes) -> list[bytes]:
    """The wrapped keys of a header that is exactly as this version writes it."""
    try:
        found = json.loads(header)
        version = found["v"]
        if type(version) is int and version > VERSION:
            raise NewerPackage(version=version)
        wraps = [base64.b64decode(recipient["enc"], validate=True) for recipient in found["recipients"]]
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise DamagedPackage from error
    if not 1 <= len(wraps) <= MOST_RECEIVERS or header != header_bytes(wraps):
        raise DamagedPackage
    return wraps


# --- both -------------------------------------------------------------------------------------------------------


def header_bytes(wraps: Sequence[bytes]) -> bytes:
    """The only header for these wrapped keys."""
    header = {
        "v": VERSION,
        "suite": SUITE,
        "recipients": [{"enc": base64.b64encode(wrap).decode("ascii")} for wrap in wraps],
        "chunk": CHUNK_BYTES,
        "pad": PADDING,
    }
    return json.dumps(header, separators=(",", ":")).encode("ascii")


def wrap_info() -> bytes:
    """Binds a wrapped key to everything in the header but the wrapped keys, which the MAC binds."""
    return b"regiemap/wrap/1\0" + hashlib.sha256(header_bytes(())).digest()


def _check(start: bytes) -> bytes:
    """Tells a damaged header from one for somebody else; anybody can make it, so it proves nothing."""
    return hashlib.sha256(b"regiemap/check/1\0" + start).digest()[:CHECK_BYTES]


def _mac(file_key: bytes, start: bytes) -> bytes:
    return hmac.digest(derived(file_key, HEADER), start, "sha256")


def derived(file_key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(file_key)


def nonce(number: int, last: bool) -> bytes:
    """The nonce of a chunk."""
    return number.to_bytes(8) + int(last).to_bytes(4)


def _read(source: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; fewer only at the end, also from a stream that gives less than it is asked for."""
    data = source.read(size) or b""
    if len(data) == size or not data:
        return data
    pieces, left = [data], size - len(data)
    while left and (piece := source.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
