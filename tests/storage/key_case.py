"""What the tests of the store's keys share: made-up secrets, the lowest cost, a small store with something in
it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.storage import opening, recovery_key
from app.storage.kdf_cost import KdfCost
from app.storage.opening import Opened
from app.storage.secret import Secret, from_passphrase

COST = KdfCost.lowest()
PASSPHRASE = "vier kleine woorden hier"
RECOVERY = recovery_key.RecoveryKey(bytes(range(20)))
SECRET = from_passphrase(PASSPHRASE)


def make_store(path: Path, rows: int = 3) -> Path:
    """A locked store at `path` with a table `t` of so many rows."""
    opened = opening.create(path, PASSPHRASE, RECOVERY, cost=COST)
    with opened.engines.writer.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE t(no INTEGER PRIMARY KEY, words TEXT)")
        for no in range(rows):
            conn.exec_driver_sql("INSERT INTO t VALUES(?, ?)", (no, f"merkteken {no} " * 40))
    opened.lock()
    return path


def rows_of(opened: Opened) -> int:
    """How many rows `t` has."""
    with opened.engines.reader.connect() as conn:
        return int(conn.exec_driver_sql("SELECT count(*) FROM t").scalar_one())


def opens(path: Path, secret: Secret) -> int:
    """Open, count the rows, lock again. Raises what opening raises."""
    opened = opening.open_store(path, secret)
    try:
        return rows_of(opened)
    finally:
        opened.lock()


class PowerCut(BaseException):
    """The computer is off. Not an Exception: nothing may handle it."""


@contextmanager
def power_cut_after(steps: int, patch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """Let so many file operations happen, do half of the next if it writes, and none after it.

    Gives a function that says whether the power went. What runs afterwards (`finally`, clearing up) fails
    too, as it would not run at all in a computer that is off.
    """
    done = 0

    def stopping(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def step(*args: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done <= steps:
                return real(*args, **named)
            if done == steps + 1 and name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            raise PowerCut

        return step

    with patch.context() as local:
        for name in ("write", "fsync", "replace", "rename", "unlink", "rmdir", "mkdir"):
            local.setattr(os, name, stopping(name))
        yield lambda: done > steps
