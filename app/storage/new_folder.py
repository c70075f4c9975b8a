"""A store's folder that is there whole or not at all: filled beside its place, then renamed into it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.storage.atomic_file import sync_folder
from app.storage.problem import FolderNotEmpty
from app.storage.store_folder import StoreFolder


@contextmanager
def new_folder(target: Path) -> Iterator[StoreFolder]:
    """Give a folder to fill; when the block ends it becomes `target`, and if the block raises it is taken
    away.

    Raises FolderNotEmpty, OSError; then `target` is as it was.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderNotEmpty
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = StoreFolder(target.with_name(target.name + ".part"))
    _drop(aside.path)
    try:
        aside.make()
        yield aside
        for folder in (*aside.blobs.iterdir(), aside.blobs, aside.path):
            sync_folder(folder)
        if target.exists():
            target.rmdir()  # Windows renames a folder onto nothing only
        aside.path.rename(target)
    finally:
        _drop(aside.path)
    sync_folder(target.parent)


def _drop(aside: Path) -> None:
    """Take away a folder that was not finished, this time or earlier."""
    if aside.exists():
        shutil.rmtree(aside)
