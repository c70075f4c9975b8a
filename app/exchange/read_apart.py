"""Has the lines of a large package read, checked and chained by a second process, while this one writes the rows.

Nothing of it may be kept before `finish`: only then the second process has found every seal good. On any fault
everything is taken back and the package is read without it, which says what is wrong (ADR 0020).
"""

import marshal
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from app.exchange import read_worker
from app.storage.intake import Batch

T = TypeVar("T")

LEAST: Final = 10_000
"""Ops, a seal counting for two: with less, starting a process takes longer than it saves."""
LONGEST_S: Final = 60.0
"""For the next answer to come."""


class ReadApartFailed(Exception):
    """The second process did not say that all is well."""


def is_worth_it(ops: int, seals: int) -> bool:
    """Whether there is enough to do, and a core to do it."""
    return ops + 2 * seals >= LEAST and (os.cpu_count() or 1) > 1


def alone_if_need_be(work: "Callable[[ReadApart | None], T]") -> T:
    """`work` with a process that it may begin; where that was begun and anything went wrong, once more without.

    So what is wrong with a package is always found out here. `work` keeps nothing when it raises.
    """
    apart = ReadApart()
    try:
        return work(apart)
    except Exception:
        if not apart.is_begun:
            raise
    finally:
        apart.end()
    return work(None)


class ReadApart:
    """A process that may be begun for a large package."""

    def __init__(self) -> None:
        self.is_begun = False
        self.told: Sequence[int] = ()
        self.last_action = 0
        self._word = secrets.token_bytes(32)
        self._is_fed = self._is_good = False
        self._child: subprocess.Popen[bytes] | None = None
        self._feeder = threading.Thread()

    def begin(self, said: dict[str, Any], blocks: Iterable[bytes]) -> None:
        """`said`: all that it must know; `blocks`: whole lines, taken by a thread of its own until `batches` ends."""
        self.is_begun = True
        self._child = subprocess.Popen(  # noqa: S603 - this program itself
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._feeder = threading.Thread(target=self._feed, args=(self._child, said, blocks), daemon=True)
        self._feeder.start()

    def _feed(self, child: "subprocess.Popen[bytes]", said: dict[str, Any], blocks: Iterable[bytes]) -> None:
        assert child.stdin is not None
        try:
            with child.stdin as to:
                read_worker.put(to, marshal.dumps(said))
                for block in blocks:
                    read_worker.put(to, block)
                for end in (b"", self._word):
                    read_worker.put(to, end)
            self._is_fed = True
        except Exception:  # noqa: BLE001 - whatever it is: the package is read once more without the process
            child.kill()

    def batches(self) -> Iterator[Batch]:
        """What was read, as it comes. Then `told` and `last_action` are known, and all blocks were taken."""
        while len(found := marshal.loads(self._get())) > 2:  # noqa: S302 - from our own process
            yield Batch._make(found)
        self.told, self.last_action = found
        self._feeder.join(LONGEST_S)

    def finish(self) -> None:
        """Wait for its last word, if it was begun. Raises `ReadApartFailed` when that is not that all was right."""
        if not self.is_begun or self._is_good:
            return
        self._is_good = self._get() == read_worker.verdict(self._word) and self._is_fed
        if not self._is_good:
            raise ReadApartFailed

    def _get(self) -> bytes:
        assert self._child is not None
        assert self._child.stdout is not None
        alarm = threading.Timer(LONGEST_S, self._child.kill)
        alarm.start()
        try:
            return read_worker.get(self._child.stdout)
        finally:
            alarm.cancel()

    def end(self) -> None:
        """Leave no process behind."""
        if self._child is None:
            return
        self._child.kill()
        self._feeder.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._child.wait()


def command() -> list[str]:
    """How the worker is started: a frozen program calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, read_worker.WORD]
    return [sys.executable, "-P", read_worker.__file__]
