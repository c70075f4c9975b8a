"""Replacing the data key: for when somebody may have copied the key file and knows the passphrase.

The database is copied, the copy gets the new key and is checked, and only then takes the place of the old
one. The new key file waits beside the old one meanwhile; which of the two is right is decided by the database
(`unlocking`). So at every point either the old secrets open the store or the new ones do. Backups keep the
key they were made with.
"""

import contextlib
import os
from datetime import UTC, date, datetime
from pathlib import Path

from app.storage import health, store_lock
from app.storage.atomic_file import sync_folder, write_atomically
from app.storage.cipher import connect, driver
from app.storage.data_key import DataKey
from app.storage.database_copy import copy_database
from app.storage.kdf_cost import KdfCost, calibrate
from app.storage.key_files import KeyFiles
from app.storage.keyring import KeyFile, make
from app.storage.keyslot import KeySlot
from app.storage.opening import unlock_guarded
from app.storage.problem import DamagedStore, StoreInUse
from app.storage.recovery_key import RecoveryKey
from app.storage.secret import from_passphrase, from_recovery
from app.storage.store_folder import StoreFolder
from app.storage.translate_errors import translate_errors
from app.storage.unlock_guard import UnlockGuard
from app.storage.unlocking import copy_of, drop_copy, finish


def replace_data_key(
    path: Path,
    passphrase: str,
    recovery: RecoveryKey,
    *,
    new_passphrase: str | None = None,
    cost: KdfCost | None = None,
    made: date | None = None,
) -> None:
    """Give a locked store a new data key; `recovery` is a new one, shown and typed back before.

    Needs room for a second database. Raises StoreInUse if it is open anywhere, this program included, and
    what opening raises; then the old key stands.
    """
    folder, files = StoreFolder(path), KeyFiles(StoreFolder(path).keyring)
    chosen = from_passphrase(passphrase if new_passphrase is None else new_passphrase)
    day = (made or datetime.now(UTC).date()).isoformat()
    with translate_errors(), contextlib.ExitStack() as leave:
        lock = store_lock.take_or_refuse(folder)
        leave.callback(lock.release)
        old = unlock_guarded(folder, from_passphrase(passphrase), UnlockGuard(folder.guard_file))
        leave.callback(old.key.wipe)
        finish(folder, old)
        key = DataKey.new()
        leave.callback(key.wipe)
        slots = (
            KeySlot.seal(key, chosen, cost or calibrate(), day),
            KeySlot.seal(key, from_recovery(recovery), cost or KdfCost.recovery(), day),
        )
        coming = make(old.file.store, key, slots, old.file.generation + 1)
        _swap(folder, files, old.key, key, coming)
        files.write(coming)
        files.drop_coming()


def _swap(folder: StoreFolder, files: KeyFiles, old: DataKey, new: DataKey, coming: KeyFile) -> None:
    database, copy = folder.database, copy_of(folder.database)
    _stand_alone(database, old)
    try:
        copy_database(database, copy, old)
        _rekey(copy, old, new)
        if not health.verify(copy, new).good:
            raise DamagedStore
        write_atomically(files.coming, coming.render())
        try:
            copy.replace(database)
        except PermissionError as error:  # Windows: a reader has the old file open
            raise StoreInUse from error
    except BaseException:
        # Not when the computer dies here: then the next unlock clears up.
        with contextlib.suppress(OSError):
            drop_copy(database)
            files.drop_coming()
        raise
    sync_folder(folder.path)


def _stand_alone(database: Path, key: DataKey) -> None:
    """Empty the write-ahead log and leave that mode, which SQLite only does if nobody else is connected.

    A log that stayed behind would be played into the new database and wreck it.
    """
    with contextlib.closing(connect(database, key)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout = 200")
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except driver().OperationalError as error:
            raise StoreInUse from error
    if mode != "delete" or database.with_name(database.name + "-wal").exists():
        raise StoreInUse


def _rekey(copy: Path, old: DataKey, new: DataKey) -> None:
    with contextlib.closing(connect(copy, old)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(new.pragma("rekey"))
    with contextlib.closing(connect(copy, new)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    handle = os.open(copy, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
