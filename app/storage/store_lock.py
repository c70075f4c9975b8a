"""One program writes a store at a time. The lock is the operating system's: it dies with the program,
whatever kills it, and the empty file that carries it means nothing by itself.
"""

import errno
import os
import sys

from app.storage.problem import ReadOnlyFolder, StoreInUse
from app.storage.store_folder import StoreFolder

_HELD_BY_OTHER = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class StoreLock:
    """A held lock. `release` may be called twice."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @property
    def held(self) -> bool:
        """Whether it was not released yet."""
        return self._handle is not None

    def release(self) -> None:
        """Let others in."""
        if self._handle is not None:
            handle, self._handle = self._handle, None
            os.close(handle)  # frees the lock on every system


def take(folder: StoreFolder) -> StoreLock | None:
    """Take the lock of a store, or None if another program holds it. Raises OSError, e.g. in a read-only
    folder.
    """
    handle = os.open(folder.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _lock(handle):
            return StoreLock(handle)
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def take_or_refuse(folder: StoreFolder) -> StoreLock:
    """Take the lock for something that must write. Raises StoreInUse, ReadOnlyFolder, OSError."""
    if not folder.takes_writing():
        raise ReadOnlyFolder
    lock = take(folder)
    if lock is None:
        raise StoreInUse
    return lock


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD_BY_OTHER:
                return False
            raise
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        # flock and not lockf: a POSIX record lock goes as soon as any handle of the same file in this process
        # closes.
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD_BY_OTHER:
                return False
            raise
        return True
