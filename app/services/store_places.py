"""Other stores than the one at hand: looking whether a folder holds one, and making one from a backup."""

from pathlib import Path

from app.services import backups
from app.storage.problem import FolderNotEmpty, MissingStore, StoreExists
from app.storage.store_folder import StoreFolder
from app.storage.translate_errors import translate_errors


def require_store(path: Path) -> None:
    """Raises `MissingStore` when there is nothing of a store in this folder."""
    if not StoreFolder(path).exists():
        raise MissingStore


def require_room(path: Path) -> None:
    """Raises `StoreExists` or `FolderNotEmpty` when no new store can be made in this folder."""
    if StoreFolder(path).exists():
        raise StoreExists
    with translate_errors():
        if path.is_dir() and any(path.iterdir()):
            raise FolderNotEmpty


def restore(file: Path, folder: Path) -> None:
    """Make a store in a new or empty folder from a backup. Also raises what is wrong with the backup."""
    require_room(folder)
    backups.restore(file, folder)
