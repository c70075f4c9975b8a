"""One folder per store: the database, its key file and its scans, and the small files that go with them."""

import errno
import os
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from app.domain.words import N_

_SYNC_NAMES: Final = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "sharepoint",
    "sync.com",
    "stack",
)
_NETWORK_TYPES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "ncpfs"}
)
_DRIVE_REMOTE: Final = 4


class FolderWarning(Enum):
    """Why a folder is a bad place for a store. The store still opens: the officer may know better."""

    SYNCED = N_(
        "This folder is copied to other computers by a sync service. That can damage the store. "
        "Keep it in a folder of this computer only, and make backups."
    )
    NETWORK = N_(
        "This folder lies on a network drive. When the connection drops, the store can be damaged. "
        "Keep it on this computer, and make backups on the network drive."
    )

    @property
    def message(self) -> str:
        """The sentence, as msgid."""
        return self.value


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """The places within the folder of one store."""

    path: Path

    @property
    def database(self) -> Path:
        """SQLCipher; beside it `-wal` and `-shm` while it is open."""
        return self.path / "store.db"

    @property
    def keyring(self) -> Path:
        """The key file."""
        return self.path / "store.keyring"

    @property
    def blobs(self) -> Path:
        """Scans, one encrypted file each."""
        return self.path / "blobs"

    @property
    def lock_file(self) -> Path:
        """Empty; what counts is the operating system's lock on it, so a file left behind does no harm."""
        return self.path / "store.lock"

    @property
    def guard_file(self) -> Path:
        """Times of wrong tries."""
        return self.path / "store.guard"

    @property
    def restored_file(self) -> Path:
        """Says that this folder came out of a backup and has no own device yet."""
        return self.path / "restored.json"

    def exists(self) -> bool:
        """Whether there is a store here, whole or not."""
        return self.database.exists() or self.keyring.exists()

    def make(self) -> None:
        """Make the folder, for this user only. Raises OSError."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.blobs.mkdir(exist_ok=True, mode=0o700)

    def takes_writing(self) -> bool:
        """Whether files can be made here, by making one: rights alone do not tell (ACLs, read-only disks)."""
        probe = self.path / f".writable-{os.getpid()}"
        try:
            os.close(os.open(probe, os.O_CREAT | os.O_WRONLY, 0o600))
            probe.unlink()
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                return False
            if (
                error.errno != errno.ENOSPC
            ):  # a full disk may still be read from; what is written there says it is full
                raise
        return True


def folder_warning(path: Path) -> FolderWarning | None:
    """What is wrong with this place for a store, by its name and by what kind of disk it is on."""
    if _is_synced(path):
        return FolderWarning.SYNCED
    return FolderWarning.NETWORK if _is_remote(path) else None


def _is_synced(path: PurePath) -> bool:
    return any(part.casefold().startswith(name) for part in path.parts for name in _SYNC_NAMES)


def _is_remote(path: Path) -> bool:
    if str(path).startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        drive = PureWindowsPath(path.absolute()).anchor
        return int(ctypes.windll.kernel32.GetDriveTypeW(drive)) == _DRIVE_REMOTE
    mounts = Path("/proc/mounts")
    return mounts.exists() and is_on_network(path.absolute(), mounts.read_text("utf-8", "replace"))


def is_on_network(path: PurePath, mounts: str) -> bool:
    """Whether the mount that holds `path` is a network one, by a table in the form of /proc/mounts."""
    kind, deepest = "", -1
    for line in mounts.splitlines():
        _device, place, found, *_rest = line.split(" ")
        mount = PurePath(place.replace("\\040", " "))
        if path.is_relative_to(mount) and len(mount.parts) >= deepest:
            kind, deepest = found, len(mount.parts)
    return kind in _NETWORK_TYPES or kind.startswith(("fuse.ssh", "fuse.rclone"))
