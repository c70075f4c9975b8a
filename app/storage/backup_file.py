"""Reading a backup: a plain tar of things that are encrypted already, walked once and never unpacked by name.

Members must be exactly those of the manifest, in its order, with its sizes. Anything else is no backup of
ours: links, folders, devices, other names, more or less of anything.
"""

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from app.storage import backup_manifest
from app.storage.backup_manifest import Manifest, Member
from app.storage.problem import DamagedBackup, MissingBackup

SUFFIX: Final = ".regiemap-backup"
_PIECE_BYTES: Final = 1024 * 1024


class BackupReader:
    """An open backup whose manifest was read."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        head = tar.next()
        if head is None or head.name != backup_manifest.NAME or head.size > backup_manifest.LARGEST_BYTES:
            raise DamagedBackup
        self.manifest: Manifest = backup_manifest.parse(b"".join(self._pieces(head)))

    def members(self) -> Iterator[tuple[Member, Iterator[bytes]]]:
        """Each member with its bytes in pieces, which must be used up in turn. Raises DamagedBackup, OSError.

        The hash is compared after the last piece: what was written before that is worth nothing if it raises.
        """
        for member in self.manifest.members:
            entry = self._tar.next()
            if entry is None or entry.name != member.name or entry.size != member.size:
                raise DamagedBackup
            yield member, self._checked(entry, member)
        if self._tar.next() is not None:
            raise DamagedBackup

    def _checked(self, entry: tarfile.TarInfo, member: Member) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in self._pieces(entry):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != member.sha256:
            raise DamagedBackup

    def _pieces(self, entry: tarfile.TarInfo) -> Iterator[bytes]:
        source = self._tar.extractfile(entry) if entry.isreg() and not entry.issparse() else None
        if source is None:
            raise DamagedBackup
        left = entry.size
        while left:
            piece = source.read(min(left, _PIECE_BYTES))
            if not piece:
                raise DamagedBackup
            left -= len(piece)
            yield piece


@contextmanager
def open_backup(file: Path) -> Iterator[BackupReader]:
    """Open a backup and read its manifest. Raises MissingBackup, DamagedBackup, NewerBackup, OSError."""
    try:
        raw: IO[bytes] = file.open("rb")
    except FileNotFoundError as error:
        raise MissingBackup from error
    with raw:
        try:
            with tarfile.open(fileobj=raw, mode="r:") as tar:
                yield BackupReader(tar)
        except (tarfile.TarError, EOFError) as error:
            raise DamagedBackup from error


def check_whole(file: Path) -> Manifest:
    """Read a backup from beginning to end. Raises as `open_backup`."""
    with open_backup(file) as backup:
        for _member, pieces in backup.members():
            for _piece in pieces:
                pass
        return backup.manifest
