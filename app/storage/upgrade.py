"""Brings a store of an older program to the present schema, or says why it will not.

A newer store is refused untouched. An older one is copied beside first; then one transaction changes the schema,
checks everything, fills the tables anew from the journal where they say something else, and only then is it committed.
Any failure on the way leaves the database as it was, and the copy besides.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.words import N_
from app.storage import chain, project, schema, search
from app.storage.database_copy import copy_database
from app.storage.health import verify
from app.storage.problem import StorageProblem
from app.storage.told import Told, to_nobody
from app.storage.translate_errors import translate_errors

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.storage.opening import Opened

Migrate = Callable[["Connection"], None]


class NewerStore(StorageProblem):
    """The schema number is higher than this program knows; nothing was touched."""

    message = N_("This store was made by a newer version of the program. Install that version to open it.")


class UnfinishedStore(StorageProblem):
    """Making the store was interrupted before it held anything."""

    message = N_("This store was never finished and holds nothing. Remove its folder and make a new store.")


class OlderStoreReadOnly(StorageProblem):
    """An upgrade needs to write."""

    message = N_(
        "This store must be brought up to date first. Close the other program, or open it where you may write."
    )


class UpgradeFailed(StorageProblem):
    """What came out was not what the journal says, so nothing was changed."""

    message = N_(
        "The store could not be brought up to date. Nothing was changed. Keep using the earlier version."
    )


def bring_up_to_date(
    opened: Opened,
    *,
    target: int = schema.SCHEMA,
    migrate: Migrate = schema.migrate,
    told: Told = to_nobody,
) -> int:
    """Upgrade an open store if it is older; returns the schema number that it had. `told` hears that it begins.

    `target` and `migrate` are for tests. Raises NewerStore, UnfinishedStore, OlderStoreReadOnly, UpgradeFailed and
    the problems of disk and memory.
    """
    with translate_errors():
        with opened.engines.reader.connect() as conn:
            found = schema.version(conn)
        if found > target:
            raise NewerStore
        if found == 0:
            raise UnfinishedStore
        if found < target:
            if opened.read_only:
                raise OlderStoreReadOnly
            told(0, 0)
            copied = _copy(opened, found)
            with opened.engines.writer.begin() as conn:
                migrate(conn)
                _check(conn, target)
            copied.unlink()  # kept only while it was needed: it would outlive what is taken out of the store
    return found


def copy_path(database: Path, number: int) -> Path:
    """Where the copy of a database of schema `number` lies while it is upgraded."""
    return database.with_name(f"{database.stem}.schema{number}.db")


def _copy(opened: Opened, number: int) -> Path:
    """A whole copy under the same key, checked; one left by an earlier failure is made anew."""
    database = opened.folder.database
    target = copy_path(database, number)
    target.unlink(missing_ok=True)
    copy_database(database, target, opened.key)
    if not verify(target, opened.key).good:
        raise UpgradeFailed
    return target


def _check(conn: Connection, target: int) -> None:
    """Look at everything, inside the transaction that is still open; tables that are not what the journal says are
    filled anew from it. Most upgrades only add tables and columns: reading is half the work of writing all again.
    """
    if schema.version(conn) != target or chain.check_chains(conn):
        raise UpgradeFailed
    if project.differences(conn):
        project.rebuild(conn)
        if project.differences(conn):
            raise UpgradeFailed
    search.rebuild(conn)
    if conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
        raise UpgradeFailed
