"""Has the seals of a large file checked by a second process, while this one reads the lines that they are about.

Only its clear word that all are good saves work here. A process that cannot be started, breaks off, takes too long or
says anything else leaves the check to `good_seals`, which then decides.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from app.storage import seal_worker
from app.storage.arrival import Seal, good_seals

LEAST: Final = 2_000
"""Fewer are checked here in the time that starting a process takes."""
LONGEST_S: Final = 60.0


class SealsAhead:
    """The seals that are expected, while they are being checked. Leaving the block ends the process."""

    def __init__(self, expected: Sequence[Seal], *, least: int = LEAST) -> None:
        self._expected = list(expected)
        self._data = b""
        self._said = b""
        self._child: subprocess.Popen[bytes] | None = None
        self._talk: threading.Thread | None = None
        if len(self._expected) >= least and (os.cpu_count() or 1) > 1:
            self._data = b"".join(
                seal_worker.record(seal.sign_key, seal.signature, seal.message) for seal in self._expected
            )
            self._start()

    def _start(self) -> None:
        try:
            self._child = subprocess.Popen(  # noqa: S603 - this program itself
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return
        self._talk = threading.Thread(target=self._converse, args=(self._child,), daemon=True)
        self._talk.start()

    def _converse(self, child: subprocess.Popen[bytes]) -> None:
        try:
            said, _nothing = child.communicate(self._data, timeout=LONGEST_S)
        except (OSError, ValueError, subprocess.SubprocessError):
            child.kill()
            return
        self._said = said if child.returncode == 0 else b""

    def good(self, seals: Sequence[Seal]) -> bool:
        """Whether every signature is that of its device."""
        if self._talk is not None and list(seals) == self._expected:
            self._talk.join(LONGEST_S)
            if not self._talk.is_alive() and self._said == seal_worker.verdict(self._data):
                return True
        return good_seals(seals)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
        if self._talk is not None:
            self._talk.join()


def command() -> list[str]:
    """How the worker is started: a frozen program calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, seal_worker.WORD]
    return [sys.executable, "-P", seal_worker.__file__]
