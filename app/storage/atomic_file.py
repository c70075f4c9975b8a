"""Small files that are either old or new, never half: written aside, forced to disk, renamed, folder forced
to disk.

Every step goes through this module's `os`, so that a test can stop the world at each of them.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.storage.problem import NoPlaceForFile

_PRIVATE: Final = 0o600


def check_place(path: Path) -> None:
    """Raise NoPlaceForFile where a file that somebody named can never be: before the work, not after it."""
    if path.is_dir() or not path.parent.is_dir():
        raise NoPlaceForFile


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`; a reader sees the old file or the new one. Raises OSError, then the old one
    stands.

    The name aside is fixed, so that what a power cut left behind is overwritten and not collected.
    """
    with written_aside(path) as aside:
        write_through(aside, data)


@contextlib.contextmanager
def written_aside(path: Path, ending: str = ".new") -> Iterator[Path]:
    """A name aside to write `path` under, which then gets its name.

    After a fault nothing lies aside and the old file stands. Raises OSError, and whatever its writing raises.
    """
    aside = path.with_name(path.name + ending)
    try:
        yield aside
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first fault is the one to tell
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_through(path: Path, data: bytes) -> None:
    """Write `path` and force it to disk; readable by this user only."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), _PRIVATE)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Force a rename to disk. Windows and some network folders cannot; there the rename itself is the best
    there is.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)
