"""Another passphrase or another recovery key for the same data key: one small file is rewritten, at any size
of store.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from app.storage import store_lock
from app.storage.kdf_cost import KdfCost, calibrate
from app.storage.key_files import KeyFiles
from app.storage.keyslot import KeySlot
from app.storage.opening import unlock_guarded
from app.storage.recovery_key import RecoveryKey
from app.storage.secret import Secret, from_passphrase, from_recovery
from app.storage.store_folder import StoreFolder
from app.storage.store_lock import StoreLock
from app.storage.translate_errors import translate_errors
from app.storage.unlock_guard import UnlockGuard
from app.storage.unlocking import finish


def change_passphrase(
    path: Path,
    old: Secret,
    new: str,
    *,
    lock: StoreLock | None = None,
    cost: KdfCost | None = None,
    made: date | None = None,
) -> None:
    """Give the store another passphrase. `old` may be the recovery key.

    `lock`: the one this program holds, if it has the store open; `cost` None measures this computer again.
    Raises PassphraseNeeded, StoreInUse, and what opening raises; then the old passphrase stands.
    """
    _put_slot(path, old, from_passphrase(new), cost or calibrate(), lock, made)


def reissue_recovery(
    path: Path,
    secret: Secret,
    recovery: RecoveryKey,
    *,
    lock: StoreLock | None = None,
    cost: KdfCost | None = None,
    made: date | None = None,
) -> None:
    """Give the store another recovery key; the sheet before it opens nothing any more.

    `recovery` must have been shown and typed back before. Raises as `change_passphrase`.
    """
    _put_slot(path, secret, from_recovery(recovery), cost or KdfCost.recovery(), lock, made)


def _put_slot(
    path: Path, secret: Secret, new: Secret, cost: KdfCost, lock: StoreLock | None, made: date | None
) -> None:
    folder = StoreFolder(path)
    day = (made or datetime.now(UTC).date()).isoformat()
    with translate_errors():
        held = lock or store_lock.take_or_refuse(folder)
        try:
            unlocked = unlock_guarded(folder, secret, UnlockGuard(folder.guard_file))
            try:
                finish(folder, unlocked)
                slot = KeySlot.seal(unlocked.key, new, cost, day)
                KeyFiles(folder.keyring).write(unlocked.file.with_slot(unlocked.key, slot))
            finally:
                unlocked.key.wipe()
        finally:
            if lock is None:
                held.release()
