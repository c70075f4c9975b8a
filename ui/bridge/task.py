"""Runs slow work away from the screen: one thread for the database, a small pool for documents and files.

Plain data goes in, plain data comes out. The outcome is delivered in the screen's thread and only while the screen
that asked for it still exists. A known problem goes back to who asked; anything else is ours and goes to the crash
handler, so that no worker has to catch everything.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.domain.errors import KnownProblem

_FILE_THREADS: Final = 2
T = TypeVar("T")


class Lane(Enum):
    """Where work runs: DATABASE keeps one order for all reads and writes, FILES is for documents and files."""

    DATABASE = "database"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who wants the outcome. Held until it is delivered, then dropped, so that nothing keeps a closed dialog alive."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[KnownProblem], None] | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    number: int
    future: "Future[Any]"


class TaskRunner(QObject):
    """Owns the threads. `bug_met` carries an exception that nobody foresaw."""

    bug_met = Signal(object)
    arrived = Signal(object)  # from the worker to the screen's thread; nobody else listens

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            Lane.DATABASE: ThreadPoolExecutor(1, thread_name_prefix="database"),
            Lane.FILES: ThreadPoolExecutor(_FILE_THREADS, thread_name_prefix="files"),
        }
        self._waiting: dict[int, _Waiting] = {}
        self._running: dict[int, Future[Any]] = {}
        self._last_number = 0
        self._stopped = False
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether some outcome is still to be delivered."""
        return bool(self._waiting)

    def start(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownProblem], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run `work` in `lane`, then `done(result)` or `failed(problem)` in this thread while `owner` still exists.

        `work` must touch no widget. Without `failed`, a known problem counts as unforeseen too: a screen that shows
        nothing would leave the officer waiting. After `stop` nothing is begun any more.
        """
        if self._stopped:
            return
        self._last_number += 1
        number = self._last_number
        self._waiting[number] = _Waiting(owner, done, failed)
        future = self._lanes[lane].submit(work)
        self._running[number] = future
        future.add_done_callback(_Announcer(self, number))

    def bound_to(self, owner: QObject) -> "OwnedRunner":
        """A runner for a presenter, which knows no Qt: outcomes live as long as `owner` does."""
        return OwnedRunner(self, owner)

    def wait(self) -> None:
        """Wait until everything asked of the database so far is done: what pages hand over before a lock is kept."""
        self._lanes[Lane.DATABASE].submit(_nothing).result()

    def finish(self) -> tuple[KnownProblem, ...]:
        """Wait until all work in both lanes is done, deliver none of it, and return what was refused.

        For the lock: afterwards nothing under way holds the session, and no answer comes to a screen that is gone.
        """
        running, self._running = dict(self._running), {}
        wait_for(running.values())
        refused = []
        for number, future in running.items():
            problem = None if future.cancelled() else future.exception()
            # What was about to be delivered has no screen to go to any more; a bug still comes to light.
            if self._waiting.pop(number, None) is not None and isinstance(problem, KnownProblem):
                refused.append(problem)
        return tuple(refused)

    def stop(self) -> None:
        """Let work under way end, start nothing new and deliver nothing more; for locking and leaving."""
        self._stopped = True
        self._waiting.clear()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, arrival: _Arrival) -> None:
        waiting = self._waiting.pop(arrival.number, None)
        self._running.pop(arrival.number, None)
        if arrival.future.cancelled():
            return
        problem = arrival.future.exception()
        if waiting is None:
            if problem is not None and not isinstance(problem, KnownProblem):
                self.bug_met.emit(problem)
            return
        owner_lives = shiboken6.isValid(waiting.owner)
        if problem is None:
            if owner_lives:
                waiting.done(arrival.future.result())
        elif isinstance(problem, KnownProblem) and waiting.failed is not None:
            if owner_lives:
                waiting.failed(problem)
        else:
            self.bug_met.emit(problem)


def _nothing() -> None:
    """The work behind which `wait` stands in the queue."""


class _Announcer:
    """Called in the worker's thread when work has ended; sends word, so that the screen's thread delivers."""

    def __init__(self, runner: TaskRunner, number: int) -> None:
        self._runner, self._number = runner, number

    def __call__(self, future: "Future[Any]") -> None:
        if shiboken6.isValid(self._runner):
            self._runner.arrived.emit(_Arrival(self._number, future))


class OwnedRunner:
    """Starts work in the name of one widget."""

    def __init__(self, runner: TaskRunner, owner: QObject) -> None:
        self._runner, self._owner = runner, owner

    def start(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """As `TaskRunner.start` in the database's thread."""
        self._runner.start(self._owner, work, done, failed)

    def start_on_files(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[KnownProblem], None] | None = None,
    ) -> None:
        """As `TaskRunner.start` beside the database, for documents and files."""
        self._runner.start(self._owner, work, done, failed, Lane.FILES)
