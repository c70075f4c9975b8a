"""Turns what the operating system and the database say into problems that somebody can mend.

Only what is known is translated. The rest goes on unchanged, to the crash handler: it is ours to mend.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.storage.problem import (
    DamagedStore,
    DiskFault,
    DiskFull,
    MissingStore,
    NotEnoughMemory,
    ReadOnlyFolder,
    ReadOnlyStore,
    StorageProblem,
    StoreBusy,
)

_BY_ERRNO: Final[dict[int, type[StorageProblem]]] = {
    errno.ENOSPC: DiskFull,
    errno.EFBIG: DiskFull,  # FAT32 takes no file of 4 GB
    getattr(errno, "EDQUOT", errno.ENOSPC): DiskFull,
    errno.EACCES: ReadOnlyFolder,
    errno.EPERM: ReadOnlyFolder,
    errno.EROFS: ReadOnlyFolder,
    errno.EIO: DiskFault,
    errno.ENXIO: DiskFault,
    errno.ENODEV: DiskFault,
    errno.ENOMEM: NotEnoughMemory,
}

_BY_SQLITE: Final[dict[int, type[StorageProblem]]] = {
    3: ReadOnlyFolder,  # PERM
    5: StoreBusy,
    6: StoreBusy,  # LOCKED
    7: NotEnoughMemory,
    8: ReadOnlyStore,
    10: DiskFault,  # IOERR
    11: DamagedStore,  # CORRUPT
    13: DiskFull,
    14: MissingStore,  # CANTOPEN
    26: DamagedStore,  # NOTADB
}


def known(error: BaseException) -> StorageProblem | None:
    """The problem behind an error, or None if it is ours to mend."""
    if isinstance(error, OSError):
        problem = _BY_ERRNO.get(error.errno or 0)
        return None if problem is None else problem()
    cause: object = getattr(error, "orig", None) or error  # SQLAlchemy wraps what the driver raised
    if isinstance(cause, StorageProblem):
        return cause
    code = getattr(cause, "sqlite_errorcode", None)
    if not isinstance(code, int) or not _from_driver(cause):
        return None
    problem = _BY_SQLITE.get(code & 0xFF)
    return None if problem is None else problem()


@contextmanager
def translate_errors() -> Iterator[None]:
    """Within this block, known faults of disk and database are raised as KnownProblem, with the fault as
    cause.
    """
    try:
        yield
    except _faults() as error:
        problem = known(error)
        if problem is None or problem is error:
            raise
        raise problem from error


def _faults() -> tuple[type[BaseException], ...]:
    """What can be a fault of disk or database. A package that was not loaded has raised nothing."""
    found: list[type[BaseException]] = [OSError]
    for module, name in (("sqlcipher3.dbapi2", "Error"), ("sqlalchemy.exc", "DBAPIError")):
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


def _from_driver(error: object) -> bool:
    module = sys.modules.get("sqlcipher3.dbapi2")
    return module is not None and isinstance(error, module.Error)
