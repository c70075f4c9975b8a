"""Computing that needs no store, done by a second process. What that does not answer is computed here by the same code.

A job is a function of plain data (what `marshal` takes) that remembers nothing. So whatever goes wrong with the
process costs time, and changes nothing (ADR 0020).
"""

import marshal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import IO, Any, Final

from app.storage.done_here import here
from app.storage.second_process import SecondProcess, get, put

Job = Callable[[Any], Any]
Answer = Callable[[], Any]
"""Waits for what a job gives; raises what the job raises."""

LONGEST_S: Final = 60.0
"""For the next answer to come."""


def _whatever(_answer: Any) -> bool:
    return True


class Apart:
    """Gives jobs to a second process, once it is begun; answers come in the order of asking."""

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self._jobs = jobs
        self._frames: SimpleQueue[bytes | None] = SimpleQueue()
        self._found: SimpleQueue[bytes | None] = SimpleQueue()
        self._answers: list[Any] = []
        self._given = 0
        self._child: SecondProcess | None = None

    def begin(self, command: Sequence[str]) -> None:
        """Start the process; where it cannot be started, every job is done here."""
        try:
            self._child = SecondProcess(command, iter(self._frames.get, None))
        except OSError:
            return
        threading.Thread(target=self._listen, args=(self._child,), daemon=True).start()

    @property
    def is_begun(self) -> bool:
        """Whether a second process is at work."""
        return self._child is not None

    def give(self, name: str, data: Any, is_right: Callable[[Any], bool] = _whatever) -> Answer:
        """Have a job done; `data` may change afterwards. An answer that is not right is found out here."""
        if self._child is None:
            return here(self._jobs[name], data)
        try:
            frame, number = marshal.dumps((name, data)), self._given
        except ValueError:  # a value of a kind of its own
            return here(self._jobs[name], data)
        self._frames.put(frame)
        self._given += 1
        return lambda: self._answer(number, frame, is_right)

    def _answer(self, number: int, frame: bytes, is_right: Callable[[Any], bool]) -> Any:
        while self._child is not None and number >= len(self._answers):
            self._hear()
        if number < len(self._answers):
            answer, self._answers[number] = self._answers[number], None  # it is asked for once
            if is_right(answer):
                return answer
            self.end()
        name, data = marshal.loads(frame)  # noqa: S302 - made above
        return self._jobs[name](data)

    def _hear(self) -> None:
        """Take one answer in; when none comes, or one that is none, nothing more is asked of the process."""
        try:
            found = self._found.get(timeout=LONGEST_S)
            if found is None:
                self.end()
            else:
                self._answers.append(marshal.loads(found))  # noqa: S302 - from our own process
        except (Empty, EOFError, TypeError, ValueError):
            self.end()

    def _listen(self, child: SecondProcess) -> None:
        """Take answers in as they come, so that the process never waits for somebody to read them."""
        try:
            while True:
                self._found.put(child.next())
        except (EOFError, OSError, ValueError):  # it ended, or the pipe was closed
            self._found.put(None)

    def end(self) -> None:
        """Leave no process behind."""
        child, self._child = self._child, None
        if child is not None:
            self._frames.put(None)
            child.end()


@contextmanager
def apart(jobs: Mapping[str, Job], command: Sequence[str] | None) -> Iterator[Apart]:
    """For as long as the block lasts; with no `command` every job is done here."""
    made = Apart(jobs)
    try:
        if command is not None:
            made.begin(command)
        yield made
    finally:
        made.end()


def serve(jobs: Mapping[str, Job], source: IO[bytes], out: IO[bytes]) -> None:
    """Do jobs until there are no more. Raises whatever a job raises: it is done once more by who asked."""
    while True:
        try:
            frame = get(source)
        except EOFError:
            return
        name, data = marshal.loads(frame)  # noqa: S302 - from the program that started this one
        put(out, marshal.dumps(jobs[name](data)))
        out.flush()
