"""A package in parts that a mail server takes, and the whole again from any one of them (docs/package-format.md).

A part says which set it is of, its number and what the whole and itself must hash to. The others are looked for in
the same folder under whatever name a mail program gave them. The hashes find transport faults and name the part to
fetch again; they prove nothing about a sender: the envelope inside does.
"""

import hashlib
import io
import secrets
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from typing_extensions import override

from app.exchange.problem import DamagedPackage, PartDamaged, PartMissing
from app.exchange.whole_file import Prepared, prepare
from app.storage.translate_errors import translate_errors

MAGIC: Final = b"REGIEMAPPART1\n"
PART_BYTES: Final = 20_000_000  # the header included
MOST_PARTS: Final = 999
PIECE: Final = 1 << 20

_HEADER: Final = struct.Struct(">14s16sHHIQ32s32s")
HEADER_BYTES: Final = _HEADER.size
LARGEST_ROOM: Final = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a part says about itself. `room`: bytes of the whole in every part but the last."""

    number: int
    set_id: bytes
    total: int
    room: int
    size: int
    whole_sha256: bytes
    own_sha256: bytes

    @property
    def own_size(self) -> int:
        """Bytes of the whole in this part."""
        return self.room if self.number < self.total else self.size - self.room * (self.total - 1)

    def belongs_to(self, other: "_Part") -> bool:
        """Whether both are of one set."""
        mine = (self.set_id, self.total, self.room, self.size, self.whole_sha256)
        return mine == (other.set_id, other.total, other.room, other.size, other.whole_sha256)

    def header(self) -> bytes:
        """Its first bytes."""
        numbers = (self.number, self.total, self.room, self.size)
        return _HEADER.pack(MAGIC, self.set_id, *numbers, self.whole_sha256, self.own_sha256)


# --- making -----------------------------------------------------------------------------------------------------


def split(package: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Write the parts of a package beside it: `sync-20261123-7F3A-1-3.regiemap` and so on, all or none.

    Raises what `write_file` raises. A package that fits in one part gets one.
    """
    return put_all(prepare_parts(package, package, part_bytes))


def prepare_parts(package: Path, named: Path, part_bytes: int = PART_BYTES) -> list[Prepared]:
    """Put the parts aside, for names after that of `named`; all or none. Raises what `write_file` raises."""
    parts, made = _planned(package, part_bytes), list[Prepared]()
    try:
        with translate_errors(), package.open("rb") as source:
            for part in parts:
                path = named.with_name(f"{named.stem}-{part.number}-{part.total}{named.suffix}")
                made.append(prepare(path, partial(_fill, part, source)))
    except BaseException:
        for each in made:
            each.drop()
        raise
    return made


def put_all(prepared: Sequence[Prepared]) -> list[Path]:
    """Give each its name; all or none."""
    paths = list[Path]()
    try:
        for each in prepared:
            paths.append(each.put().path)
    except BaseException:
        for path in paths:
            with suppress(OSError):
                path.unlink()
        raise
    finally:
        for each in prepared:
            each.drop()
    return paths


def _planned(package: Path, part_bytes: int) -> list[_Part]:
    """Every part of a package, with its hash."""
    room, set_id = part_bytes - HEADER_BYTES, secrets.token_bytes(16)
    whole, hashes, size = hashlib.sha256(), list[bytes](), 0
    with translate_errors(), package.open("rb") as source:
        while True:
            own = hashlib.sha256()
            before = size
            for piece in _pieces(source, room):
                own.update(piece)
                whole.update(piece)
                size += len(piece)
            if size == before and hashes:
                break
            hashes.append(own.digest())
    if len(hashes) > MOST_PARTS:
        raise ValueError("too many parts; this is nothing for mail")
    return [
        _Part(
            number=number,
            set_id=set_id,
            total=len(hashes),
            room=room,
            size=size,
            whole_sha256=whole.digest(),
            own_sha256=own_sha256,
        )
        for number, own_sha256 in enumerate(hashes, 1)
    ]


def _fill(part: _Part, source: BinaryIO, out: BinaryIO) -> None:
    source.seek(part.room * (part.number - 1))
    out.write(part.header())
    for piece in _pieces(source, part.own_size):
        out.write(piece)


# --- joining ----------------------------------------------------------------------------------------------------


def open_whole(path: Path) -> BinaryIO:
    """The package at `path`, for `read_package`: the file itself, or the whole that it is a part of. Can be sought in.

    Close it after use. Raises PartMissing, PartDamaged, DamagedPackage, OSError.
    """
    with path.open("rb") as source:
        start = source.read(HEADER_BYTES)
    if not start.startswith(MAGIC):
        return path.open("rb")
    chosen = _part(start)
    if chosen is None:
        raise DamagedPackage
    return io.BufferedReader(_Joined(_found_parts(path, chosen), chosen), PIECE)


def _found_parts(path: Path, chosen: _Part) -> list[Path]:
    """The path of each part of the set, in order, each read and found whole."""
    found: dict[int, Path] = {}
    damaged: set[int] = set()
    for candidate, part in _candidates(path, chosen):
        if part.number not in found:
            if _is_whole(candidate, part):
                found[part.number] = candidate
            else:
                damaged.add(part.number)
    numbers = range(1, chosen.total + 1)
    if broken := sorted(damaged - found.keys()):
        raise PartDamaged(numbers=broken, total=chosen.total)
    if missing := [number for number in numbers if number not in found]:
        raise PartMissing(numbers=missing, total=chosen.total)
    paths = [found[number] for number in numbers]
    if _sha256(_joined_pieces(paths)) != chosen.whole_sha256:
        raise DamagedPackage
    return paths


def _candidates(path: Path, chosen: _Part) -> Iterator[tuple[Path, _Part]]:
    """The files in the folder that say they are of the set; one that cannot be read is not there."""
    for candidate in (path, *sorted(path.parent.iterdir())):
        with suppress(OSError):
            if candidate.is_file() and candidate.stat().st_size <= HEADER_BYTES + chosen.room:
                with candidate.open("rb") as source:
                    part = _part(source.read(HEADER_BYTES))
                if part is not None and part.belongs_to(chosen):
                    yield candidate, part


def _is_whole(path: Path, part: _Part) -> bool:
    with suppress(OSError):
        return path.stat().st_size == HEADER_BYTES + part.own_size and (
            _sha256(_joined_pieces([path])) == part.own_sha256
        )
    return False


def _part(start: bytes) -> _Part | None:
    """What the first bytes of a file say, if they can be true."""
    if len(start) < HEADER_BYTES or not start.startswith(MAGIC):
        return None
    _magic, set_id, number, total, room, size, whole_sha256, own_sha256 = _HEADER.unpack(start[:HEADER_BYTES])
    if not (
        1 <= number <= total <= MOST_PARTS and 0 < room <= LARGEST_ROOM and total == max(1, -(-size // room))
    ):
        return None
    return _Part(
        number=number,
        set_id=set_id,
        total=total,
        room=room,
        size=size,
        whole_sha256=whole_sha256,
        own_sha256=own_sha256,
    )


class _Joined(io.RawIOBase):
    """The whole: the bytes of the parts, one after the other."""

    def __init__(self, paths: Sequence[Path], part: _Part) -> None:
        self._paths, self._room, self._size = paths, part.room, part.size
        self._at = 0
        self._open: tuple[int, BinaryIO] | None = None

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the start")
        self._at = start + offset
        return self._at

    @override
    def readinto(self, buffer: Any, /) -> int:
        if self._at >= self._size:
            return 0
        index, within = divmod(self._at, self._room)
        if self._open is None or self._open[0] != index:
            self._let_go()
            self._open = index, self._paths[index].open("rb")
        source = self._open[1]
        source.seek(HEADER_BYTES + within)
        view = memoryview(buffer).cast("B")
        data = source.read(min(len(view), self._room - within, self._size - self._at))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    @override
    def close(self) -> None:
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None


def _joined_pieces(paths: Iterable[Path]) -> Iterator[bytes]:
    """What the parts hold of the whole, without their headers."""
    for path in paths:
        with path.open("rb") as source:
            source.seek(HEADER_BYTES)
            while piece := source.read(PIECE):
                yield piece


def _pieces(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (piece := source.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _sha256(pieces: Iterable[bytes]) -> bytes:
    made = hashlib.sha256()
    for piece in pieces:
        made.update(piece)
    return made.digest()
