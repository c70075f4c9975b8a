"""The archive inside an envelope: a ustar tar in one zstd frame, read and written from front to back.

Own headers and not `tarfile`: that follows links, sparse files, pax and GNU headers, forgives wrong checksums and
whatever stands after the end, and takes names as they come. Here a header must be, byte for byte, the one that the
writer makes for that name and size, so that nothing can hide in it; any tar program reads the result. Nothing is
ever unpacked to a disk.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

from app.exchange.problem import DamagedPackage, DangerousPackage, PackageTooLarge

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["ArchiveWriter", "Member", "Sink", "read_members", "zstd"]

LEVEL: Final = 9
HASHES_LEVEL: Final = 1
"""For much that is mostly hashes in hex: matches that higher levels look for cost more bytes than they save (46,000
changes: 3.03 MB in 21 ms, against 3.36 MB in 128 ms at level 6)."""
WINDOW_LOG: Final = 27  # 128 MiB
PIECE: Final = 1 << 18
MOST_BYTES: Final = 4 << 30
MOST_MEMBERS: Final = 100_000
LARGEST: Final = 0o77777777777  # what a ustar header can say

_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
_NAME: Final = re.compile(
    r"manifest\.json|manifest\.sig|ops-[0-9]{4}\.jsonl|blobs/[0-9a-f]{64}|extract\.json"
)


class Sink(Protocol):
    """Where an archive goes: a file or an `EnvelopeWriter`."""

    def write(self, data: bytes, /) -> int:
        """Take all of `data`."""
        ...


class _Order:
    """The order of the members: manifest, signature, then ops from 0001 on or one extract, then blobs, none twice."""

    def __init__(self) -> None:
        self._last, self._ops, self._blobs = "", 0, set[str]()

    def takes(self, name: str) -> bool:
        """Whether `name` may come now."""
        before, self._last = self._last, name
        if not _NAME.fullmatch(name):
            return False
        if name == "manifest.json":
            return not before
        if name == "manifest.sig":
            return before == "manifest.json"
        if before in ("", "manifest.json"):
            return False
        if name.startswith("blobs/"):
            fresh = name not in self._blobs and len(self._blobs) < MOST_MEMBERS
            self._blobs.add(name)
            return fresh
        if name == "extract.json":
            return before == "manifest.sig"
        self._ops += 1
        return name == f"ops-{self._ops:04}.jsonl" and (before == "manifest.sig" or before.startswith("ops-"))

    @property
    def complete(self) -> bool:
        """Whether the archive may end here."""
        return self._last not in ("", "manifest.json")


def member_header(name: str, size: int) -> bytes:
    """The only header that a member of this name and size may have."""
    block = bytearray(_BLOCK)
    block[: len(name)] = name.encode("ascii")
    block[100:136] = b"0000644\x000000000\x000000000\x00" + b"%011o\x00" % size
    block[136:148] = b"00000000000\x00"
    block[148:156] = b" " * 8
    block[156:157] = b"0"
    block[257:265] = b"ustar\x0000"
    block[329:345] = b"0000000\x000000000\x00"
    block[148:156] = b"%06o\x00 " % sum(block)
    return bytes(block)


# --- writing ----------------------------------------------------------------------------------------------------


class ArchiveWriter:
    """Writes members to `out`; whole only after a clean exit. A wrong name, order or size is a ValueError."""

    def __init__(self, out: Sink, level: int = LEVEL) -> None:
        self._out, self._order = out, _Order()
        self._compressor = zstd.ZstdCompressor(level=level)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            if not self._order.complete:
                raise ValueError("an archive has a manifest and its signature")
            self._put(_END)
            self._out.write(self._compressor.flush())

    def add(self, name: str, data: bytes) -> None:
        """A member from memory."""
        self.add_chunks(name, len(data), (data,))

    def add_chunks(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """A member of `size` bytes that come bit by bit."""
        if not 0 <= size <= LARGEST or not self._order.takes(name):
            raise ValueError("not a member that may come now")
        self._put(member_header(name, size))
        left = size
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                break
            self._put(chunk)
        if left:
            raise ValueError("a member has another size than was said")
        self._put(bytes(-size % _BLOCK))

    def _put(self, data: bytes) -> None:
        if compressed := self._compressor.compress(data):
            self._out.write(compressed)


# --- reading ----------------------------------------------------------------------------------------------------


class _Plain:
    """The tar inside the zstd frame: exact reads, a bounded total, nothing after the frame."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        self._source, self._left = source, most
        self._decompressor = zstd.ZstdDecompressor(
            options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
        )

    def some(self, most: int) -> bytes:
        """Up to `most` bytes; none only at the end of the frame."""
        while not self._decompressor.eof:
            piece = b""
            if self._decompressor.needs_input and not (piece := self._source.read(PIECE)):
                raise DamagedPackage
            try:
                data = self._decompressor.decompress(piece, most)
            except zstd.ZstdError as error:
                raise DamagedPackage from error
            if data:
                self._left -= len(data)
                if self._left < 0:
                    raise PackageTooLarge
                return data
        return b""

    def exact(self, size: int) -> bytes:
        """Just so many bytes."""
        data = self.some(size)
        if len(data) < size:
            pieces, left = [data], size - len(data)
            while left:
                if not (data := self.some(min(left, PIECE))):
                    raise DamagedPackage
                pieces.append(data)
                left -= len(data)
            data = b"".join(pieces)
        return data

    def finish(self) -> None:
        """Nothing may follow, neither in the frame nor behind it."""
        if self.some(1) or self._decompressor.unused_data or self._source.read(1):
            raise DangerousPackage

    def allows(self, size: int) -> bool:
        """Whether so many bytes more stay within the bound."""
        return size <= self._left


class Member:
    """One member, to be read once and before the next is asked for."""

    def __init__(self, name: str, size: int, plain: _Plain) -> None:
        self.name, self.size = name, size
        self._plain, self._left, self._fill = plain, size, -size % _BLOCK

    def read(self, limit: int) -> bytes:
        """All of it. Raises PackageTooLarge above `limit` bytes, before anything is unpacked."""
        if self._left > limit:
            raise PackageTooLarge
        data = self._plain.exact(self._left) if self._left else b""
        self._left = 0
        return data

    def chunks(self) -> Iterator[bytes]:
        """All of it, bit by bit."""
        while self._left:
            data = self._plain.some(min(self._left, PIECE))
            if not data:
                raise DamagedPackage
            self._left -= len(data)
            yield data

    def lines(self, limit_per_line: int) -> Iterator[bytes]:
        """Its lines, without the line feed that ends each. Raises as `blocks`."""
        for block in self.blocks(limit_per_line):
            yield from block[:-1].split(b"\n")

    def blocks(self, limit_per_line: int) -> Iterator[bytes]:
        """Its lines, many at a time, each with its line feed. Raises PackageTooLarge for a longer line and
        DangerousPackage where the last has no end.
        """
        tail = b""
        for chunk in self.chunks():
            end = chunk.rfind(b"\n") + 1
            if end:
                block, tail = tail + chunk[:end], chunk[end:]
                if len(block) <= limit_per_line:
                    yield block
                else:
                    yield from _one_by_one(block, limit_per_line)
            else:
                tail += chunk
            if len(tail) > limit_per_line:
                raise PackageTooLarge
        if tail:
            raise DangerousPackage

    def skip(self) -> None:
        """Pass over what was not read, and over the zeros behind it."""
        for _chunk in self.chunks():
            pass
        fill, self._fill = self._fill, 0
        if fill and self._plain.exact(fill).count(0) != fill:
            raise DangerousPackage


def _one_by_one(block: bytes, limit: int) -> Iterator[bytes]:
    for line in block[:-1].split(b"\n"):
        if len(line) > limit:
            raise PackageTooLarge
        yield line + b"\n"


def read_members(source: BinaryIO, most: int = MOST_BYTES) -> Iterator[Member]:
    """The members of an archive that unpacks to at most `most` bytes, in order.

    What stands in `source` was authenticated; a sender may still mean harm. Raises DamagedPackage, DangerousPackage,
    PackageTooLarge. Only the end of the iteration says that the archive is whole and nothing follows it.
    """
    plain, order = _Plain(source, most), _Order()
    while (block := plain.exact(_BLOCK)) != _END[:_BLOCK]:
        name, size = _name_and_size(block)
        if not order.takes(name):
            raise DangerousPackage
        if not plain.allows(size):
            raise PackageTooLarge
        member = Member(name, size, plain)
        yield member
        member.skip()
    if plain.exact(_BLOCK) != block or not order.complete:
        raise DangerousPackage
    plain.finish()


def _name_and_size(block: bytes) -> tuple[str, int]:
    try:
        name, size = block[:100].rstrip(b"\0").decode("ascii"), int(block[124:135], 8)
        same = size >= 0 and block == member_header(name, size)
    except (ValueError, OverflowError) as error:
        raise DangerousPackage from error
    if not same:
        raise DangerousPackage
    return name, size
