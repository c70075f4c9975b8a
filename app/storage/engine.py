"""SQLAlchemy on an open store: one connection that writes, a few that read, and a way to shut all of them at
once.

The driver's habit of opening transactions by itself is off; `BEGIN IMMEDIATE` is sent for each write, so that
two writers meet at the start of a transaction and never in its middle, and DDL rolls back like everything
else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.storage.cipher import WRITER_CACHE_KIB, assert_engine, connect
from app.storage.data_key import DataKey
from app.storage.problem import StoreExists

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine

__all__ = ["Engines", "assert_engine", "create_database", "open_engines"]

APPLICATION_ID: Final = 0x52474D50
"""`RGMP`, so that a database on its own can be told from any other once it is decrypted."""

_POOL_WAIT_S: Final = 5


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` has one connection, `reader` a few. Read-only: one engine for both, which cannot write."""

    writer: Engine
    reader: Engine
    key: DataKey
    read_only: bool

    def lock(self) -> None:
        """Close every connection and overwrite the key; what is still checked out closes when it is given
        back.
        """
        self.reader.dispose()
        self.writer.dispose()
        self.key.wipe()


def create_database(path: Path, key: DataKey) -> None:
    """Make a new, empty, encrypted database. Raises StoreExists; the driver's error or OSError if it cannot
    be made.
    """
    if path.exists():
        raise StoreExists
    connection = connect(path, key, "rwc")
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        connection.close()


def open_engines(path: Path, key: DataKey, *, read_only: bool = False) -> Engines:
    """Open the database at `path`, proving the key before returning.

    Raises MissingStore, DamagedStore, IncompleteInstallation, or the driver's error (see `translate_errors`).
    """
    assert_engine()
    if read_only:
        reader = _engine(lambda: _connect_reading(path, key), "BEGIN", connections=2, more=2)
        return _proved(Engines(reader, reader, key, read_only=True))
    writer = _engine(
        lambda: connect(path, key, cache_kib=WRITER_CACHE_KIB), "BEGIN IMMEDIATE", connections=1, more=0
    )
    reader = _engine(lambda: _reading(connect(path, key)), "BEGIN", connections=2, more=2)
    return _proved(Engines(writer, reader, key, read_only=False))


def _proved(engines: Engines) -> Engines:
    try:
        engines.writer.connect().close()
    except BaseException:
        engines.writer.dispose()
        raise
    return engines


def _engine(creator: Callable[[], sqlite3.Connection], begin: str, *, connections: int, more: int) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    from app.storage.cipher import driver

    # The plain dialect: the one for SQLCipher would send an empty key of its own.
    engine = create_engine(
        "sqlite://",
        module=driver(),
        creator=creator,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=more,
        pool_timeout=_POOL_WAIT_S,
        pool_use_lifo=True,  # the one used last has the pages in its cache
        hide_parameters=True,  # values of records must not get into the text of an error
    )

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    return engine


def _reading(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect_reading(path: Path, key: DataKey) -> sqlite3.Connection:
    """Read-only. In a folder that cannot be written a closed database is read as it lies, since WAL needs a
    file.
    """
    from app.storage.cipher import driver

    try:
        return connect(path, key, "ro")
    except driver().OperationalError as error:
        wal = path.with_name(path.name + "-wal")
        shut = getattr(error, "sqlite_errorcode", 0) & 0xFF in (8, 14)  # SQLITE_READONLY, SQLITE_CANTOPEN
        if not shut or (wal.exists() and wal.stat().st_size):
            raise
        return connect(path, key, "immutable")
