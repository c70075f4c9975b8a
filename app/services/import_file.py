"""Dossiers out of a file on disk: previewed, then taken in. What a disk may refuse is a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.files.dossier_json_problem import FileRefused
from app.services.dossier_import import ImportReport, import_dossiers, preview_import
from app.services.session import Session

__all__ = ["FileNotReadable", "FileRefused", "preview", "take_in"]


class FileNotReadable(KnownProblem):
    """The file is gone, is a folder, or may not be read."""

    message = N_("This file cannot be read. Check that it is there and that the stick is connected.")


def preview(session: Session, path: Path) -> ImportReport:
    """What taking this file in would do; writes nothing. Raises `FileNotReadable`."""
    with _opened(path) as source:
        return preview_import(session, source)


def take_in(session: Session, path: Path) -> ImportReport:
    """Take the file in. Raises `FileNotReadable`, `FileRefused`, `ReadOnlyStore`."""
    with _opened(path) as source:
        return import_dossiers(session, source)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        source = path.open("rb")
    except OSError:
        raise FileNotReadable from None
    with source:
        yield source
