"""A file that the user named and wants to have: there whole, or not there at all."""

from pathlib import Path

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.storage.atomic_file import write_atomically


class FileNotWritten(KnownProblem):
    """The folder cannot be written to, or the disk is full."""

    message = N_("The file cannot be written here. Choose another folder, or make room on the disk.")


def save_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`; nothing else is left in the folder. Raises `FileNotWritten`, then the old file stands."""
    try:
        write_atomically(path, data)
    except OSError:
        raise FileNotWritten from None
