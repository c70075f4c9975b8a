"""Whether a database is whole: its seals, its structure and its length, each looked at on a fresh connection.

No single check sees everything. SQLCipher's looks only at pages that are there, so a file cut at a page
border passes it; SQLite's does not look at pages it does not need. After one bad page a connection reports
good ones as bad too.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.words import N_
from app.storage.cipher import connect, driver
from app.storage.data_key import DataKey
from app.storage.problem import DamagedStore, MissingStore

if TYPE_CHECKING:
    import sqlite3

_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24


class Finding(Enum):
    """What is wrong with a database."""

    MISSING = N_("The database is missing.")
    UNREADABLE = N_("The database cannot be read with this key.")
    STRUCTURE = N_("The structure of the database is damaged.")
    SEAL = N_("At least one page of the database is damaged.")
    LENGTH = N_("The file of the database has the wrong length.")

    @property
    def message(self) -> str:
        """The sentence, as msgid."""
        return self.value


@dataclass(frozen=True, slots=True)
class Health:
    """`pages`: how many the database says it has; 0 if it cannot say."""

    findings: tuple[Finding, ...]
    pages: int

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(database: Path, key: DataKey) -> Health:
    """Check a database without changing it; may run while it is open. Raises OSError and errors that are not
    damage.
    """
    pages = 0
    findings = []

    def count(connection: "sqlite3.Connection") -> Finding | None:
        nonlocal pages
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        size = int(connection.execute("PRAGMA page_size").fetchone()[0])
        return Finding.LENGTH if _is_short(database, pages, size) else None

    for check, on_error in (
        (count, Finding.UNREADABLE),
        (_structure, Finding.STRUCTURE),
        (_seals, Finding.SEAL),
    ):
        found = _run(database, key, check, on_error)
        if found is not None:
            findings.append(found)
        if found in (Finding.MISSING, Finding.UNREADABLE):
            break
    return Health(tuple(findings), pages)


def _run(
    database: Path, key: DataKey, check: "Callable[[sqlite3.Connection], Finding | None]", on_error: Finding
) -> Finding | None:
    try:
        with contextlib.closing(connect(database, key, "ro")) as connection:
            return check(connection)
    except MissingStore:
        return Finding.MISSING
    except DamagedStore:
        return Finding.UNREADABLE
    except driver().DatabaseError as error:
        # 1 is what SQLCipher answers for a page whose seal is broken; 11 and 26 are SQLite's words for
        # damage.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (1, 11, 26):
            return on_error
        raise


def _structure(connection: "sqlite3.Connection") -> Finding | None:
    rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    return None if rows == [("ok",)] else Finding.STRUCTURE


def _seals(connection: "sqlite3.Connection") -> Finding | None:
    return Finding.SEAL if connection.execute("PRAGMA cipher_integrity_check").fetchone() else None


def _is_short(database: Path, pages: int, page_size: int) -> bool:
    """Pages may stand in the write-ahead log and not yet in the file; a whole number of pages must."""
    length = database.stat().st_size
    wal = database.with_name(database.name + "-wal")
    log = wal.stat().st_size if wal.exists() else 0
    waiting = max(0, log - _WAL_HEADER) // (page_size + _FRAME_HEADER)
    return length % page_size != 0 or length // page_size + waiting < pages
