"""Writes rows: at once, or of a large action by a thread of its own, while the next rows are worked out.

SQLite lets go of Python's lock while it works, so a second core has the writing for itself as long as a statement takes
long enough: that is why many rows go in one. Only one thread at a time has the connection. Whoever gives rows to be
written reads nothing there until the block ends; then everything is written, or what went wrong is raised.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection
from typing_extensions import override

from app.storage.many_rows import insert_rows

LEAST: Final = 4_000
"""Ops: with less a thread wins nothing that anybody would notice."""
VALUES: Final = 30_000
"""In one statement of the thread: each time it has to wait its turn for Python's lock, some milliseconds."""

Rows = Sequence[Sequence[Any]]


class RowWriter:
    """Writes rows where it is called."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def rows(self, into: str, rows: Rows, *, otherwise: str = "") -> None:
        """As `insert_rows`."""
        insert_rows(self._conn, into, rows, otherwise=otherwise)

    def each(self, sql: str, values: Rows) -> None:
        """One statement for each."""
        if values:
            self._conn.exec_driver_sql(sql, [tuple(row) for row in values])


class _Behind(RowWriter):
    """Has a thread write, in the order given. Rows that were given are not to be changed any more."""

    def __init__(self, conn: Connection) -> None:
        super().__init__(conn)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._write, name="rows", daemon=True)
        self._thread.start()

    @override
    def rows(self, into: str, rows: Rows, *, otherwise: str = "") -> None:
        self._jobs.put(partial(insert_rows, self._conn, into, rows, otherwise=otherwise, values=VALUES))

    @override
    def each(self, sql: str, values: Rows) -> None:
        self._jobs.put(partial(super().each, sql, values))

    def _write(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._failed is None:
                try:
                    job()
                except BaseException as error:  # noqa: BLE001 - whatever it is: who waits for the end raises it
                    self._failed = error

    def stop(self) -> None:
        """Write nothing more."""
        self._failed = self._failed or InterruptedError()

    def finish(self) -> BaseException | None:
        """Wait for all that was given; returns what went wrong."""
        self._jobs.put(None)
        self._thread.join()
        return self._failed


@contextmanager
def row_writer(conn: Connection, ops: int) -> Iterator[RowWriter]:
    """A writer for an action of so many ops. When the block ends all is written; raises what the database said."""
    if ops < LEAST:
        yield RowWriter(conn)
        return
    behind = _Behind(conn)
    try:
        yield behind
    except BaseException:
        behind.stop()
        behind.finish()
        raise
    failed = behind.finish()
    if failed is not None:
        raise failed
