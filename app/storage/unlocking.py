"""From a secret to the data key: which key file, which slot, and whether that key is the one of the database.

When the data key is being replaced there are for a moment two key files. Which of them is right is decided by
the database alone: the one whose key opens it.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.storage.cipher import connect
from app.storage.data_key import DataKey
from app.storage.key_files import FoundKeyFile, KeyFiles
from app.storage.keyring import KeyFile
from app.storage.problem import (
    DamagedKeyFile,
    DamagedStore,
    InterruptedKeyChange,
    MissingKeyFile,
    WrongPassphrase,
    WrongRecoveryKey,
)
from app.storage.secret import Secret, SlotType
from app.storage.store_folder import StoreFolder


class KeySource(Enum):
    """Where the key came from."""

    MAIN = "main"
    PREVIOUS = "previous"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """`file`: the key file that opened."""

    key: DataKey
    file: KeyFile
    source: KeySource


def unlock(folder: StoreFolder, secret: Secret) -> Unlocked:
    """Open the key file; nothing is written.

    Raises WrongPassphrase or WrongRecoveryKey, MissingKeyFile, DamagedKeyFile, NewerKeyFile, NotEnoughMemory.
    Where two key files stand: InterruptedKeyChange if the secret is that of before and the database has the
    new key, DamagedStore if the database takes neither.
    """
    files = KeyFiles(folder.keyring)
    coming = files.read_coming()
    try:
        opened = _open(files.read(), files, secret)
    except (MissingKeyFile, DamagedKeyFile):
        if coming is None:
            raise
        opened = None
    if coming is None:
        if opened is None:
            raise _wrong(secret)
        return opened
    if opened is not None and fits(folder.database, opened.key):
        return opened
    key = coming.unlock(secret)
    if key is not None and fits(folder.database, key):
        return Unlocked(key, coming, KeySource.COMING)
    if key is not None:
        raise DamagedStore
    raise _wrong(secret) if opened is None else InterruptedKeyChange


def finish(folder: StoreFolder, unlocked: Unlocked) -> None:
    """Put the key files in order after a crash or damage; only who holds the store's lock may. Raises
    OSError.
    """
    files = KeyFiles(folder.keyring)
    if unlocked.source is not KeySource.MAIN:
        files.write(unlocked.file)
    files.level()
    files.drop_coming()
    drop_copy(folder.database)


def fits(database: Path, key: DataKey) -> bool:
    """Whether this key opens this database. Raises MissingStore or the driver's error."""
    try:
        connect(database, key, "ro").close()
    except DamagedStore:
        return False
    return True


def copy_of(database: Path) -> Path:
    """Where the database under its new key is prepared."""
    return database.with_name(database.name + ".new")


def drop_copy(database: Path) -> None:
    """Take a half-made copy away, with what SQLite keeps beside it. Raises OSError."""
    copy = copy_of(database)
    for suffix in ("", "-wal", "-shm", "-journal"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _open(found: FoundKeyFile, files: KeyFiles, secret: Secret) -> Unlocked | None:
    try:
        key = found.file.unlock(secret)
    except DamagedKeyFile:
        twin = None if found.from_previous else files.read_twin()
        key = None if twin is None else twin.unlock(secret)
        if twin is None or key is None:
            raise
        return Unlocked(key, twin, KeySource.PREVIOUS)
    if key is None:
        return None
    return Unlocked(key, found.file, KeySource.PREVIOUS if found.from_previous else KeySource.MAIN)


def _wrong(secret: Secret) -> WrongPassphrase | WrongRecoveryKey:
    return WrongRecoveryKey() if secret.type is SlotType.RECOVERY else WrongPassphrase()
