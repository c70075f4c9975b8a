"""A whole copy of an encrypted database, page by page, under the same key; never readable on the way.

The driver's backup interface and not VACUUM: rows keep their numbers, which the search index relies on.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from app.storage.cipher import connect
from app.storage.data_key import DataKey
from app.storage.problem import DamagedStore, DiskFault, DiskFull, StorageProblem

_SAID: Final[dict[str, type[StorageProblem]]] = {
    "database or disk is full": DiskFull,
    "disk I/O error": DiskFault,
}
"""What the backup interface says of the disk of the copy: in SQLite's words, without its code."""


def copy_database(source: Path, target: Path, key: DataKey) -> None:
    """Copy `source` as it is now to `target`, which must not exist, and force it to disk.

    The copy stands alone: no `-wal` beside it. Raises MissingStore, DamagedStore, DiskFull, DiskFault,
    OSError or the driver's error.
    """
    from app.storage.cipher import driver

    with contextlib.closing(connect(source, key, "ro")) as reading:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with contextlib.closing(driver().connect(f"{target}", isolation_level=None)) as writing:
            writing.execute(key.pragma())
            try:
                reading.backup(writing)
            except driver().DatabaseError as error:
                if (
                    getattr(error, "sqlite_errorcode", 0) == 1
                ):  # a page whose seal is broken comes out as "SQL logic error"
                    raise DamagedStore from error
                problem = _SAID.get(str(error))
                if problem is not None:
                    raise problem from error
                raise
    with contextlib.closing(connect(target, key, "rw")) as copied:
        copied.execute("PRAGMA journal_mode = DELETE")
    handle = os.open(target, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
