"""The whole way into a store and out of it: lock, guard, key file, leftovers of a crash, engines.

Whatever fails on the way leaves nothing open: no lock, no connection, no key.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.clock import now_ms as clock_ms
from app.domain.words import N_
from app.storage import restored_mark, store_lock
from app.storage.cipher import driver
from app.storage.data_key import DataKey
from app.storage.engine import Engines, create_database, open_engines
from app.storage.kdf_cost import KdfCost, calibrate
from app.storage.key_files import KeyFiles
from app.storage.keyring import make
from app.storage.keyslot import KeySlot
from app.storage.new_folder import new_folder
from app.storage.problem import DamagedBackup, MissingStore, StoreExists, WrongPassphrase, WrongRecoveryKey
from app.storage.restored_mark import RestoredMark
from app.storage.secret import Secret, SlotType, from_passphrase, from_recovery
from app.storage.store_folder import StoreFolder
from app.storage.translate_errors import translate_errors
from app.storage.unlock_guard import UnlockGuard
from app.storage.unlocking import KeySource, Unlocked, finish, unlock

if TYPE_CHECKING:
    from app.storage.recovery_key import RecoveryKey
    from app.storage.store_lock import StoreLock


class Notice(Enum):
    """What somebody must be told after the store opened."""

    OTHER_PROGRAM = N_("Another program has this store open. Here you can read, and change nothing.")
    FOLDER_READ_ONLY = N_("The program may not write in this folder. You can read, and change nothing.")
    PREVIOUS_KEY_FILE_USED = N_(
        "The key file was damaged or missing. Its second copy was used. Make a backup today."
    )
    REPLACED_KEY_FINISHED = N_("Replacing the data key had been interrupted. It is finished now.")
    NEW_DEVICE = N_(
        "This store was copied, moved or put back, and goes on as a new device. Work on in one of the copies only. "
        "Give your new card to your colleagues and let them compare the digits again."
    )
    OPENED_BY_RECOVERY_KEY = N_("The store was opened with the recovery key. Choose a new passphrase now.")

    @property
    def message(self) -> str:
        """The sentence, as msgid."""
        return self.value


@dataclass(slots=True)
class Opened:
    """An open store. `failures`: moments of wrong tries since `settle`, in milliseconds since 1970, oldest
    first.
    """

    folder: StoreFolder
    key: DataKey
    engines: Engines
    store_id: str
    notices: tuple[Notice, ...]
    failures: tuple[int, ...]
    restored: RestoredMark | None
    store_lock: StoreLock | None = None
    _guard: UnlockGuard | None = field(default=None, repr=False)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.engines.read_only

    def settle(self) -> None:
        """Forget the wrong tries and the restore mark: both were dealt with in the database and committed."""
        if self.read_only:
            return
        with translate_errors():
            if self._guard is not None:
                self._guard.settle()
            restored_mark.drop(self.folder)

    def lock(self) -> None:
        """Close every connection, overwrite the key, let others in."""
        self.engines.lock()
        if self.store_lock is not None:
            self.store_lock.release()


def create(
    path: Path,
    passphrase: str,
    recovery: RecoveryKey,
    *,
    cost: KdfCost | None = None,
    made: date | None = None,
) -> Opened:
    """Make a new store; `cost` None measures this computer first.

    The folder must be new or empty. Raises PassphraseNeeded, StoreExists, FolderNotEmpty, and the problems of
    disk and memory; a store that could not be made whole is not there at all.
    """
    secret, folder = from_passphrase(passphrase), StoreFolder(path)
    if folder.exists():
        raise StoreExists
    key, day = DataKey.new(), (made or datetime.now(UTC).date()).isoformat()
    slots = (
        KeySlot.seal(key, secret, cost or calibrate(), day),
        KeySlot.seal(
            key, from_recovery(recovery), min(cost or KdfCost.recovery(), KdfCost.recovery(), key=_work), day
        ),
    )
    with translate_errors(), ExitStack() as undo:
        undo.callback(key.wipe)
        file = make(secrets.token_hex(16), key, slots)
        with new_folder(path) as aside:
            create_database(aside.database, key)
            KeyFiles(aside.keyring).write(file)
        lock = store_lock.take_or_refuse(folder)
        undo.callback(lock.release)
        engines = open_engines(folder.database, key)
        undo.pop_all()
    return Opened(folder, key, engines, file.store, (), (), None, lock, UnlockGuard(folder.guard_file))


def get_ready() -> None:
    """Load what opening a store loads, for who has time before the key is there."""
    from sqlalchemy.dialects import sqlite

    from app.storage import backup_manifest

    _ = sqlite, backup_manifest
    driver()


def open_store(
    path: Path, secret: Secret, *, read_only: bool = False, now_ms: Callable[[], int] = clock_ms
) -> Opened:
    """Open a store; read-only if that is asked for, if another program has it, or if the folder takes no
    writing.

    Raises MissingStore, WaitBeforeTrying, WrongPassphrase, WrongRecoveryKey, MissingKeyFile, DamagedKeyFile,
    NewerKeyFile, DamagedStore, DamagedBackup, and the problems of disk and memory.
    """
    folder = StoreFolder(path)
    with translate_errors(), ExitStack() as undo:
        if not folder.database.is_file():
            raise MissingStore
        lock, notices = (None, []) if read_only else _lock_or_notice(folder)
        if lock is not None:
            undo.callback(lock.release)
        guard = UnlockGuard(folder.guard_file)
        unlocked = unlock_guarded(folder, secret, guard, now_ms)
        undo.callback(unlocked.key.wipe)
        notices += _notices(unlocked, secret)
        if lock is not None:
            finish(folder, unlocked)
        mark = _checked_mark(folder, unlocked)
        engines = open_engines(folder.database, unlocked.key, read_only=lock is None)
        undo.pop_all()
    return Opened(
        folder,
        unlocked.key,
        engines,
        unlocked.file.store,
        tuple(notices),
        guard.failures(),
        mark,
        lock,
        guard,
    )


def unlock_guarded(
    folder: StoreFolder, secret: Secret, guard: UnlockGuard, now_ms: Callable[[], int] = clock_ms
) -> Unlocked:
    """`unlock`, with the delay after wrong tries. Raises WaitBeforeTrying and what `unlock` raises."""
    guard.check(now_ms())
    try:
        return unlock(folder, secret)
    except (WrongPassphrase, WrongRecoveryKey):
        guard.failed(now_ms())
        raise


def _notices(unlocked: Unlocked, secret: Secret) -> list[Notice]:
    found = []
    if unlocked.source is KeySource.PREVIOUS:
        found.append(Notice.PREVIOUS_KEY_FILE_USED)
    if unlocked.source is KeySource.COMING:
        found.append(Notice.REPLACED_KEY_FINISHED)
    if secret.type is SlotType.RECOVERY:
        found.append(Notice.OPENED_BY_RECOVERY_KEY)
    return found


def _checked_mark(folder: StoreFolder, unlocked: Unlocked) -> RestoredMark | None:
    """The restore mark, its manifest proved by the key. Raises DamagedBackup."""
    from app.storage.backup_manifest import parse

    mark = restored_mark.read(folder)
    if mark is not None:
        manifest = parse(mark.manifest.encode())
        if not manifest.is_by(unlocked.key) or manifest.store != unlocked.file.store:
            raise DamagedBackup
    return mark


def _lock_or_notice(folder: StoreFolder) -> tuple[StoreLock | None, list[Notice]]:
    if not folder.takes_writing():
        return None, [Notice.FOLDER_READ_ONLY]
    lock = store_lock.take(folder)
    return lock, ([] if lock is not None else [Notice.OTHER_PROGRAM])


def _work(cost: KdfCost) -> int:
    return cost.memory_kib * cost.passes
