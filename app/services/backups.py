"""Backups: one file with database, key file and scans; and a store made from such a file."""

from dataclasses import dataclass
from pathlib import Path

from app.services.gate import Unlocked
from app.storage import backup
from app.storage.problem import ReadOnlyStore
from app.storage.restore import restore as restore_file
from app.storage.store_folder import StoreFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written: size in bytes, how many scans went along and how many were missing already."""

    file: Path
    size_bytes: int
    scans: int
    missing_scans: int


def make(unlocked: Unlocked, target: Path) -> Backup:
    """Seal our streams, then write the store to one file that is read back. Raises `ReadOnlyStore` and what
    `backup.make_backup` raises."""
    if unlocked.read_only:
        raise ReadOnlyStore
    unlocked.session.store.seal()
    report = backup.make_backup(
        StoreFolder(unlocked.path), unlocked.opened.key, target, made=unlocked.session.now()
    )
    return Backup(
        file=target, size_bytes=report.size, scans=report.scans, missing_scans=len(report.missing_scans)
    )


def restore(file: Path, target: Path) -> Path:
    """Put a backup in a new or empty folder; the passphrase of that backup opens it, as a new device."""
    restore_file(file, target)
    return target
