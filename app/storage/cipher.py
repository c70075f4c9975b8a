"""The one place that knows which encrypted SQLite is used: a change of engine stays a change of this file.

Connections are driven without the driver's own transactions: whoever writes says BEGIN IMMEDIATE.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import quote

from app.storage.data_key import DataKey
from app.storage.problem import DamagedStore, IncompleteInstallation, MissingStore

if TYPE_CHECKING:
    import sqlite3
    from types import ModuleType

Mode = Literal["rw", "ro", "rwc", "immutable"]

OLDEST_SQLITE: Final = (3, 51, 0)
OLDEST_CIPHER: Final = (4, 12)
WRITER_CACHE_KIB: Final = 64 * 1024
PASSING_CACHE_KIB: Final = 8 * 1024
READER_CACHE_KIB: Final = 48 * 1024
"""A page costs 8 µs to decrypt. Looking for one letter among 80,000 persons reads 45 MB of them: kept, it takes half
the time. A store of a few hundred families never fills this."""
BUSY_MS: Final = 5_000


def driver() -> ModuleType:
    """The DB-API module. Raises IncompleteInstallation."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise IncompleteInstallation from error
    return cast("ModuleType", dbapi2)


def connect(
    path: Path, key: DataKey, mode: Mode = "rw", *, cache_kib: int = READER_CACHE_KIB
) -> sqlite3.Connection:
    """A connection on the database at `path` that has proved its key.

    Raises MissingStore (SQLite itself would make an empty database), DamagedStore, StoreLocked, or the
    driver's error.
    """
    if mode != "rwc" and not path.is_file():
        raise MissingStore
    dbapi = driver()
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection = cast(
        "sqlite3.Connection",
        dbapi.connect(
            f"file:{quote(path.as_posix())}?{query}", uri=True, isolation_level=None, check_same_thread=False
        ),
    )
    try:
        _prepare(connection, key, mode, cache_kib)
    except dbapi.DatabaseError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (11, 26):  # SQLITE_CORRUPT, SQLITE_NOTADB
            raise DamagedStore from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, key: DataKey, mode: Mode, cache_kib: int) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes page faults on the program's stderr
    connection.execute(key.pragma())
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "foreign_keys = ON",
        f"cache_size = -{cache_kib}",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a wrong key fails now, not later
    if mode in ("rw", "rwc"):
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    else:
        connection.execute("PRAGMA query_only = ON")


def assert_engine() -> None:
    """Refuse to start on another SQLite than was tested: packages of the same import name overwrite each
    other.

    Raises IncompleteInstallation.
    """
    dbapi = driver()
    connection = cast("sqlite3.Connection", dbapi.connect(":memory:"))
    try:
        sqlite = tuple(
            int(part) for part in connection.execute("SELECT sqlite_version()").fetchone()[0].split(".")
        )
        row = connection.execute("PRAGMA cipher_version").fetchone()
        if row is None or sqlite < OLDEST_SQLITE or _cipher_version(str(row[0])) < OLDEST_CIPHER:
            raise IncompleteInstallation
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5(text, tokenize = 'trigram')")
    except dbapi.DatabaseError as error:
        raise IncompleteInstallation from error
    finally:
        connection.close()


def _cipher_version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(maxsplit=1)[0].split(".")[:2] if part.isdigit())
