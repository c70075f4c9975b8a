"""A small file that says: this folder came out of a backup. It stands until the store made a new device
identity.
"""

import json
from dataclasses import dataclass

from app.storage.atomic_file import sync_folder, write_through
from app.storage.problem import DamagedBackup
from app.storage.store_folder import StoreFolder


@dataclass(frozen=True, slots=True)
class RestoredMark:
    """`manifest`: the backup's own list with its MAC, checked when the key is there. `made`: when the backup
    was made.
    """

    store: str
    made: str
    manifest: str


def write(folder: StoreFolder, mark: RestoredMark) -> None:
    """Leave the mark. Raises OSError."""
    form = {"v": 1, "store": mark.store, "made": mark.made, "manifest": mark.manifest}
    write_through(folder.restored_file, json.dumps(form).encode())


def read(folder: StoreFolder) -> RestoredMark | None:
    """The mark, or None. Raises DamagedBackup if it is there and cannot be read: a clone must not pass
    unseen.
    """
    try:
        form = json.loads(folder.restored_file.read_bytes())
        return RestoredMark(str(form["store"]), str(form["made"]), str(form["manifest"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedBackup from error


def drop(folder: StoreFolder) -> None:
    """Take the mark away. Raises OSError."""
    if folder.restored_file.exists():
        folder.restored_file.unlink()
        sync_folder(folder.path)
