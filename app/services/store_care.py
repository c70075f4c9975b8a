"""Care of the open store from the screen: another passphrase, a new recovery key, a backup, a check."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.clock import parse_moment
from app.services import backups
from app.services.backups import Backup
from app.services.door import NotTheSameKey
from app.services.gate import Unlocked
from app.storage import key_change, recovery_key, secret
from app.storage.kdf_cost import KdfCost

LAST_BACKUP = "last_backup"


def change_passphrase(unlocked: Unlocked, old: str, new: str, *, cost: KdfCost | None = None) -> None:
    """Give the store another passphrase. Raises `WrongPassphrase` and what writing raises; all else stays."""
    key_change.change_passphrase(
        unlocked.path, secret.from_passphrase(old), new, cost=cost, lock=unlocked.opened.store_lock
    )


def fresh_recovery() -> tuple[str, ...]:
    """The groups of a recovery key that nothing opens yet."""
    return recovery_key.new().groups


def check_recovery(groups: Sequence[str], typed: str) -> None:
    """Raises what `recovery_key.parse` raises, naming the group, or `NotTheSameKey`."""
    if recovery_key.parse(typed).groups != tuple(groups):
        raise NotTheSameKey


def new_recovery(
    unlocked: Unlocked, passphrase: str, groups: Sequence[str], *, cost: KdfCost | None = None
) -> None:
    """Put a new recovery key in the place of the old one, which opens nothing from now on."""
    key_change.reissue_recovery(
        unlocked.path,
        secret.from_passphrase(passphrase),
        recovery_key.parse("-".join(groups)),
        cost=cost,
        lock=unlocked.opened.store_lock,
    )


def back_up(unlocked: Unlocked, target: Path) -> Backup:
    """Write a backup and remember when."""
    made = backups.make(unlocked, target)
    session = unlocked.session
    with session.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_meta(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (LAST_BACKUP, session.now().strftime("%Y-%m-%dT%H:%M:%SZ")),
        )
    return made


def last_backup(unlocked: Unlocked) -> datetime | None:
    """When the last backup was made from this store, None when never."""
    with unlocked.session.store.read() as conn:
        found = conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (LAST_BACKUP,)).scalar()
    return parse_moment(str(found)) if found else None
