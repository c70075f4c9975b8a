"""Where the key file lies, and its twin `.prev`, so that one bad sector does not shut a store for ever.

While a change is under way `.prev` holds the generation before; afterwards it is brought level. It must not
stay behind: a passphrase that was changed because somebody knows it would go on opening the store.
"""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from app.storage.atomic_file import sync_folder, write_atomically
from app.storage.keyring import LARGEST_BYTES, KeyFile
from app.storage.problem import DamagedKeyFile, DiskFault, MissingKeyFile


@dataclass(frozen=True, slots=True)
class FoundKeyFile:
    """`from_previous`: the key file itself is damaged or missing, this is its twin."""

    file: KeyFile
    from_previous: bool


class KeyFiles:
    """The key file at `main`, its twin beside it, and the one to come when the data key is replaced."""

    def __init__(self, main: Path) -> None:
        self.main = main
        self.previous = main.with_name(main.name + ".prev")
        self.coming = main.with_name(main.name + ".next")

    def read(self) -> FoundKeyFile:
        """The key file or its twin. Raises MissingKeyFile, DamagedKeyFile, NewerKeyFile, OSError."""
        data = _bytes(self.main)
        try:
            if data is not None:
                return FoundKeyFile(KeyFile.parse(data), from_previous=False)
        except DamagedKeyFile:
            twin = self.read_twin()
            if twin is None:
                raise
            return FoundKeyFile(twin, from_previous=True)
        twin = self.read_twin()
        if twin is None:
            raise MissingKeyFile
        return FoundKeyFile(twin, from_previous=True)

    def read_twin(self) -> KeyFile | None:
        """The twin, if it is there and whole."""
        return _whole(self.previous)

    def read_coming(self) -> KeyFile | None:
        """What an interrupted replacement of the data key left behind, if it is whole."""
        return _whole(self.coming)

    def write(self, file: KeyFile) -> None:
        """Put a new generation in place. Raises OSError or DiskFault; at every moment the old or the new one
        is whole.
        """
        data = file.render()
        if _whole(self.main) is not None:
            self.level()
        write_atomically(self.main, data)
        if _bytes(self.main) != data:
            raise DiskFault
        try:
            write_atomically(self.previous, data)
        except OSError:
            # The change stands. Without room for a twin it is better to have none than one for the old
            # passphrase.
            with contextlib.suppress(OSError):
                self.previous.unlink()

    def level(self) -> None:
        """Make the twin equal to the key file, if it is not. Raises OSError."""
        data = _bytes(self.main)
        if data is not None and _bytes(self.previous) != data:
            write_atomically(self.previous, data)

    def drop_coming(self) -> None:
        """Take away what an interrupted replacement left behind. Raises OSError."""
        if self.coming.exists():
            self.coming.unlink()
            sync_folder(self.coming.parent)


def _bytes(path: Path) -> bytes | None:
    """The file, cut off just beyond the largest size that can be right; None if there is no such file."""
    try:
        with path.open("rb") as source:
            return source.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        return None


def _whole(path: Path) -> KeyFile | None:
    data = _bytes(path)
    try:
        return None if data is None else KeyFile.parse(data)
    except DamagedKeyFile:
        return None
