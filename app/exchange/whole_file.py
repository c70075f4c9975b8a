"""Puts a file on a stick or in a folder: there whole, read back and found the same, or not there at all.

Written under a name aside that ends in `.part`, forced to disk, read back, and only then given its name. What a stick
loses in silence is found here and not at the receiver's desk. A name that is taken is never written over.
"""

import hashlib
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from typing_extensions import override

from app.exchange.problem import FileExists, StickFault
from app.storage.atomic_file import check_place, sync_folder
from app.storage.translate_errors import known

ASIDE: Final = ".part"
PIECE: Final = 1 << 20

Fill = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFile:
    """A file that was read back and found the same."""

    path: Path
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(WholeFile):
    """The same while it still lies aside: it leaves with `put`, or not at all with `drop`."""

    @property
    def aside(self) -> Path:
        """Where it lies."""
        return aside_of(self.path)

    def put(self) -> WholeFile:
        """Give it its name. Raises FileExists, StickFault and what a disk may refuse; then nothing is left."""
        try:
            if self.path.exists():
                raise FileExists
            self.aside.rename(self.path)
            sync_folder(self.path.parent)
        except FileExistsError as error:
            raise FileExists from error
        except OSError as error:
            raise known(error) or StickFault() from error
        finally:
            self.drop()
        return WholeFile(path=self.path, size=self.size, sha256=self.sha256)

    def drop(self) -> None:
        """Leave nothing aside; one that has its name stays."""
        with suppress(OSError):
            self.aside.unlink(missing_ok=True)


def aside_of(path: Path) -> Path:
    """The name aside of a file."""
    return path.with_name(path.name + ASIDE)


def prepare(path: Path, fill: Fill) -> Prepared:
    """Put aside what `fill` writes, forced to disk and read back. Raises what `write_file` raises."""
    check_place(path)
    if path.exists():
        raise FileExists
    aside = aside_of(path)
    try:
        made, size = _write(aside, fill)
        if _read_back(aside) != (made, size):
            raise StickFault
    except BaseException as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError):  # a stick that is pulled out says many things
            raise known(error) or StickFault() from error
        raise
    return Prepared(path=path, size=size, sha256=made)


def write_file(path: Path, fill: Fill) -> WholeFile:
    """Put at `path` what `fill` writes.

    Raises what `fill` raises, NoPlaceForFile, FileExists, StickFault and what a disk may refuse (DiskFull,
    ReadOnlyFolder, DiskFault); then nothing is left, unless the disk is gone.
    """
    return prepare(path, fill).put()


class _Hashed(io.FileIO):
    """A file that hashes what it takes."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "wb")
        self.made, self.size = hashlib.sha256(), 0

    @override
    def write(self, data: Any, /) -> int:
        count = super().write(data)
        self.made.update(memoryview(data).cast("B")[:count])
        self.size += count
        return count


def _write(aside: Path, fill: Fill) -> tuple[bytes, int]:
    raw = _Hashed(aside)
    out = io.BufferedWriter(raw, PIECE)
    try:
        fill(out)
        out.flush()
        os.fsync(raw.fileno())
        if sys.platform == "linux":  # or the reading back would come from memory
            os.posix_fadvise(raw.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except BaseException:
        with suppress(OSError):  # the first fault is the one to tell
            out.close()
        raise
    out.close()
    return raw.made.digest(), raw.size


def _read_back(aside: Path) -> tuple[bytes, int]:
    made, size = hashlib.sha256(), 0
    with aside.open("rb", buffering=0) as source:
        while piece := source.read(PIECE):
            made.update(piece)
            size += len(piece)
    return made.digest(), size
