"""A store in one file: database, key file and scans, all encrypted as they are, to put on another disk.

The file gets its name only when it was written whole, forced to disk and read back. Until then it is called
`.part`, and a later backup of the same name writes over it.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.storage import backup_manifest, health
from app.storage.atomic_file import check_place, sync_folder
from app.storage.backup_file import SUFFIX, check_whole, open_backup
from app.storage.backup_manifest import DATABASE, KEYRING, Manifest, Member
from app.storage.cipher import connect
from app.storage.data_key import DataKey
from app.storage.database_copy import copy_database
from app.storage.key_files import KeyFiles
from app.storage.problem import (
    BackupExists,
    DamagedBackup,
    DamagedStore,
    MissingBackup,
    NewerBackup,
)
from app.storage.scan import BLOB_NAME
from app.storage.scan_table import NAME as SCAN_TABLE
from app.storage.store_folder import StoreFolder
from app.storage.translate_errors import translate_errors


@dataclass(frozen=True, slots=True)
class BackupReport:
    """`size` in bytes; `missing_scans`: ids whose file is not there any more, so that the backup lacks them
    too.
    """

    file: Path
    size: int
    scans: int
    missing_scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """`made`: the moment in UTC."""

    file: Path
    store: str
    made: datetime


def make_backup(folder: StoreFolder, key: DataKey, target: Path, *, made: datetime) -> BackupReport:
    """Write a backup of an open store to `target`, whose folder must exist.

    Raises NoPlaceForFile, BackupExists, DamagedStore (a damaged database makes no good backup), DiskFull,
    ReadOnlyFolder, DiskFault; then there is no file of that name.
    """
    if target.is_file():
        raise BackupExists
    check_place(target)
    part, copy = target.with_name(target.name + ".part"), target.with_name(target.name + ".db.part")
    with translate_errors():
        _drop(part, copy)
        try:
            copy_database(folder.database, copy, key)
            if not health.verify(copy, key).good:
                raise DamagedStore
            sources, missing = _sources(folder, copy, key)
            manifest = _manifest(folder, sources, made).sealed(key)
            _write(part, manifest, [path for _name, path in sources])
            check_whole(part)
            part.replace(target)
        finally:
            with suppress(OSError):
                _drop(part, copy)
        sync_folder(target.parent)
        return BackupReport(target, target.stat().st_size, len(sources) - 2, missing)


def find_backups(place: Path, store: str) -> list[BackupInfo]:
    """The backups of this store in a folder, newest first, by their manifests; `check_backup` reads them to
    the end.
    """
    found = []
    with translate_errors():
        for file in place.glob("*" + SUFFIX):
            with suppress(DamagedBackup, NewerBackup, MissingBackup), open_backup(file) as backup:
                if backup.manifest.store == store:
                    found.append(BackupInfo(file, store, backup.manifest.moment()))
    return sorted(found, key=lambda info: (info.made, info.file.name), reverse=True)


def check_backup(file: Path, key: DataKey | None = None) -> BackupInfo:
    """Read a backup to the end; with the data key also prove who made it.

    Raises MissingBackup, DamagedBackup, NewerBackup.
    """
    with translate_errors():
        manifest = check_whole(file)
    if key is not None and not manifest.is_by(key):
        raise DamagedBackup
    return BackupInfo(file, manifest.store, manifest.moment())


def _sources(folder: StoreFolder, copy: Path, key: DataKey) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """Names and files of all members, and the scans that the copied database names and that are not there."""
    files = KeyFiles(folder.keyring)
    keyring = files.previous if files.read().from_previous else files.main
    blobs = {path.name.removesuffix(".bin"): path for path in _blobs(folder)}
    members = [(DATABASE, copy), (KEYRING, keyring)]
    members += [(f"blobs/{blob[:2]}/{blob}.bin", path) for blob, path in sorted(blobs.items())]
    return members, tuple(sorted(_named_scans(copy, key) - set(blobs)))


def _blobs(folder: StoreFolder) -> Iterator[Path]:
    for path in folder.blobs.glob("??/*.bin"):
        if BLOB_NAME.fullmatch(path.name) and path.parent.name == path.name[:2]:
            yield path


def _named_scans(copy: Path, key: DataKey) -> set[str]:
    with closing(connect(copy, key, "immutable")) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (SCAN_TABLE,)).fetchone():
            return set()
        return {name for (name,) in connection.execute(f"SELECT blob FROM {SCAN_TABLE}")}


def _manifest(folder: StoreFolder, sources: list[tuple[str, Path]], made: datetime) -> Manifest:
    members = []
    for name, path in sources:
        with path.open("rb") as source:
            members.append(
                Member(name, path.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest())
            )
    store = KeyFiles(folder.keyring).read().file.store
    return Manifest(store, backup_manifest.made_text(made), tuple(members))


def _write(part: Path, manifest: Manifest, paths: list[Path]) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
            head = manifest.render()
            tar.addfile(_entry(backup_manifest.NAME, len(head)), io.BytesIO(head))
            for member, path in zip(manifest.members, paths, strict=True):
                with path.open("rb") as source:
                    tar.addfile(_entry(member.name, member.size), source)
        raw.flush()
        os.fsync(raw.fileno())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _drop(part: Path, copy: Path) -> None:
    part.unlink(missing_ok=True)
    for suffix in ("", "-wal", "-shm", "-journal"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
