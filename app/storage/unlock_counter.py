"""What is kept about a store outside its folder: how often it was opened here, and what was destroyed in it.

A folder that was copied by hand, or put back from an older copy, has a lower count than the one kept here,
and the store then makes a new device identity (settled rule 16). The list of destroyed scopes lets a restored
backup forget what this computer had forgotten already. Marks are hashes of random ids: they can be compared
and tell nothing.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.storage.atomic_file import write_atomically

_STORE_ID = re.compile(r"[0-9a-f]{32}")


class Standing(Enum):
    """How the count in the store compares with the one kept here."""

    FIRST_HERE = "first here"
    """Nothing is known here of this store: new, brought from elsewhere, or another user of the computer."""
    SAME = "same"
    COPIED = "copied"
    """An older or another copy was opened here in between."""


@dataclass(frozen=True, slots=True)
class OutsideRecord:
    """`unlocks`: how often; `destroyed`: marks made by `destruction_mark`."""

    unlocks: int
    destroyed: frozenset[str] = frozenset()


def destruction_mark(scope: str) -> str:
    """The mark of a destroyed scope: 64 hex characters."""
    return hashlib.sha256(b"regiemap/destroyed/1\0" + scope.encode()).hexdigest()


def standing(inside: int, outside: OutsideRecord | None) -> Standing:
    """Compare the count in the store, before it is raised for this unlock, with the record kept here.

    The count inside is raised and committed first, then the one here: one more inside is a program that was
    killed in between. A copy is always behind.
    """
    if outside is None:
        return Standing.FIRST_HERE
    return Standing.SAME if inside in (outside.unlocks, outside.unlocks + 1) else Standing.COPIED


def read(folder: Path, store: str) -> OutsideRecord | None:
    """What is kept of this store, or None: nothing, or nothing that can be read. Raises OSError."""
    file = _file(folder, store)
    try:
        form = json.loads(file.read_bytes())
        return OutsideRecord(int(form["unlocks"]), frozenset(str(mark) for mark in form["destroyed"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None


def write(folder: Path, store: str, record: OutsideRecord) -> None:
    """Keep this. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    form = {"v": 1, "unlocks": record.unlocks, "destroyed": sorted(record.destroyed)}
    write_atomically(_file(folder, store), json.dumps(form).encode())


def _file(folder: Path, store: str) -> Path:
    if not _STORE_ID.fullmatch(store):
        raise ValueError("not the id of a store")
    return folder / f"{store}.json"
