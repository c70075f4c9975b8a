"""Slows down guessing at the unlock screen, and remembers wrong tries for the access log.

It is a hurdle for who sits at the keyboard, not for who copies the files: those are held off by the key
derivation. The file holds times only. The first five wrong tries are free, then the wait is one minute and
grows to fifteen.
"""

import errno
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.storage.atomic_file import write_atomically
from app.storage.problem import WaitBeforeTrying

FREE_TRIES: Final = 5
MINUTE_MS: Final = 60_000
LONGEST_MINUTES: Final = 15
KEPT: Final = 1_000
"""Wrong tries that are remembered for the log."""


def delay_ms(wrong: int) -> int:
    """How long to wait after this many wrong tries: nothing, then 1, 2, 4, 8, 15 minutes."""
    if wrong < FREE_TRIES:
        return 0
    return min(1 << min(wrong - FREE_TRIES, 8), LONGEST_MINUTES) * MINUTE_MS


_BEGAN: dict[tuple[Path, int], int] = {}
"""When the wait after a wrong try began in this run, by file and try, on the clock that nobody sets."""


class UnlockGuard:
    """The wrong tries of one store since somebody last came in. `monotonic_ms` does not follow the wall
    clock.

    `began` is shared by the guards of one run; tests give their own to play a restart.
    """

    def __init__(
        self,
        file: Path,
        monotonic_ms: Callable[[], int] | None = None,
        began: dict[tuple[Path, int], int] | None = None,
    ) -> None:
        self._file = file
        self._monotonic_ms = monotonic_ms or _monotonic_ms
        self._began = _BEGAN if began is None else began
        self._wrong = _read(file)

    def failures(self) -> tuple[int, ...]:
        """The moments of wrong tries, in milliseconds since 1970, oldest first."""
        return tuple(self._wrong)

    def wait_ms(self, now_ms: int) -> int:
        """How long the next try must wait, never longer than the whole delay.

        Within a run the wall clock does not count. After a restart it does; a clock that was set back to
        before the last try starts the delay anew, once, instead of shutting the store until that moment comes
        again.
        """
        delay = delay_ms(len(self._wrong))
        if not delay:
            return 0
        began = self._began.get((self._file, self._wrong[-1]))
        if began is None:
            passed = now_ms - self._wrong[-1]
            if passed < 0:
                self._wrong[-1] = now_ms
                self._write_if_possible()
                passed = 0
            began = self._began[self._file, self._wrong[-1]] = self._monotonic_ms() - passed
        return max(0, delay - (self._monotonic_ms() - began))

    def check(self, now_ms: int) -> None:
        """Raises WaitBeforeTrying if it is too early."""
        wait = self.wait_ms(now_ms)
        if wait:
            raise WaitBeforeTrying(minutes=-(-wait // MINUTE_MS))

    def failed(self, now_ms: int) -> None:
        """Remember a wrong try. Raises OSError; where nothing can be written or the disk is full it is
        forgotten.
        """
        self._wrong = [*self._wrong, now_ms][-KEPT:]
        self._began[self._file, now_ms] = self._monotonic_ms()
        self._write_if_possible()

    def settle(self) -> None:
        """Somebody came in and `failures` stand in the access log: forget those, and none after. Raises
        OSError.
        """
        if self._wrong:
            logged = set(self._wrong)
            self._wrong = [moment for moment in _read(self._file) if moment not in logged]
            self._write()

    def _write_if_possible(self) -> None:
        try:
            self._write()
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC):
                raise

    def _write(self) -> None:
        write_atomically(self._file, json.dumps({"v": 1, "wrong": self._wrong}).encode())


def _read(file: Path) -> list[int]:
    """Times kept earlier. A damaged file is an empty one: it must not shut out who knows the passphrase."""
    try:
        wrong = json.loads(file.read_bytes())["wrong"]
        return [int(moment) for moment in wrong][-KEPT:]
    except (FileNotFoundError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return []


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
