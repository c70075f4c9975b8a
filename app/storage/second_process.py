"""This program once more, for what a second core can do: it is given frames over a plain pipe, and answers with frames.

It has no store and no key, and nothing of what it is given stands in a file (ADR 0020). Whoever begins one ends it.
"""

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import IO


def put(out: IO[bytes], data: bytes) -> None:
    """One frame: its length in 4 bytes, then the data."""
    out.write(len(data).to_bytes(4, "big") + data)


def get(source: IO[bytes]) -> bytes:
    """The next frame. Raises EOFError where none is whole."""
    size = source.read(4)
    data = source.read(int.from_bytes(size, "big")) if len(size) == 4 else b""
    if len(size) < 4 or len(data) < int.from_bytes(size, "big"):
        raise EOFError
    return data


def has_core_to_spare() -> bool:
    """With one core a second process only takes time from the first."""
    return (os.cpu_count() or 1) > 1


def command(word: str, script: str | None) -> list[str]:
    """How it is started: a frozen program calls itself with a word (`main.py`), any other runs a file of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    return [sys.executable, "-P", str(script)]


def run(work: Callable[[IO[bytes], IO[bytes]], None]) -> int:
    """What such a process does: `work` with what comes in and what goes out. Returns the exit code; what went wrong is
    found out again, and said, by the program that started this one."""
    gc.disable()  # it lives for seconds, and makes nothing that hangs together in a circle
    try:
        work(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except Exception:  # noqa: BLE001
        return 1
    return 0


class SecondProcess:
    """Begun when made, which raises OSError where that cannot be. `is_fed`: all frames were handed over."""

    def __init__(self, command: Sequence[str], frames: Iterable[bytes]) -> None:
        """`frames` are taken by a thread of its own; when they end or raise, nothing more comes."""
        self.is_fed = False
        self._child = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._feeder = threading.Thread(target=self._feed, args=(frames,), daemon=True)
        self._feeder.start()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._child.poll() is None

    def _feed(self, frames: Iterable[bytes]) -> None:
        assert self._child.stdin is not None
        try:
            with self._child.stdin as to:
                for frame in frames:
                    put(to, frame)
                    to.flush()
            self.is_fed = True
        except Exception:  # noqa: BLE001 - whatever it is: who waits for an answer hears that none comes
            self._child.kill()

    def get(self, longest_s: float) -> bytes:
        """Its next frame. Raises EOFError when none comes, or none in time, after which it has ended."""
        alarm = threading.Timer(longest_s, self._child.kill)
        alarm.start()
        try:
            return self.next()
        finally:
            alarm.cancel()

    def next(self) -> bytes:
        """`get`, however long it takes."""
        assert self._child.stdout is not None
        return get(self._child.stdout)

    def wait_until_fed(self, longest_s: float) -> None:
        """For all frames to be handed over."""
        self._feeder.join(longest_s)

    def kill(self) -> None:
        """Whoever waits for an answer hears that none comes."""
        self._child.kill()

    def end(self) -> None:
        """Leave no process behind. `frames` must end by themselves when nobody takes them."""
        self._child.kill()
        self._feeder.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._child.wait()
