"""Brings a backup back into a new folder, which then opens with the passphrase the store had when it was
made.

Everything is written beside the folder and checked; the last step is one rename. The folder carries a mark
until the store that is opened from it has made itself a new device identity (settled rule 16).
"""

import os
from collections.abc import Iterator
from pathlib import Path

from app.storage import restored_mark
from app.storage.backup_file import open_backup
from app.storage.new_folder import new_folder
from app.storage.restored_mark import RestoredMark
from app.storage.translate_errors import translate_errors


def restore(file: Path, target: Path) -> RestoredMark:
    """Restore `file` into `target`, which must be empty or not be there.

    Raises FolderNotEmpty, MissingBackup, DamagedBackup, NewerBackup, DiskFull, ReadOnlyFolder, DiskFault;
    then `target` is as it was.
    """
    with translate_errors(), open_backup(file) as backup, new_folder(target) as aside:
        for member, pieces in backup.members():
            path = aside.path.joinpath(*member.name.split("/"))
            path.parent.mkdir(exist_ok=True, mode=0o700)
            _write_pieces(path, pieces)
        manifest = backup.manifest
        mark = RestoredMark(manifest.store, manifest.made, manifest.render().decode())
        restored_mark.write(aside, mark)
        return mark


def _write_pieces(path: Path, pieces: Iterator[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
