"""A connection that only reads, for checks that run after every step of thousands of worlds.

SQLAlchemy looks up the names of the columns of every answer; what a check reads needs none. The statements and the
database are the same.
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Connection


class Answer:
    """The rows of a statement, in as many ways to ask for them as checks use."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)

    @property
    def cursor(self) -> "Answer":
        """For who reads rows as the driver gives them."""
        return self

    def fetchmany(self, _most: int) -> list[tuple[Any, ...]]:
        """What was not fetched yet."""
        rows, self._rows = self._rows, []
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The same."""
        return self.fetchmany(len(self._rows))

    def all(self) -> list[tuple[Any, ...]]:
        """Every row."""
        return self._rows

    def first(self) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> tuple[Any, ...]:
        """The only row."""
        (row,) = self._rows
        return row

    def scalars(self) -> "_Column":
        """The first column."""
        return _Column([row[0] for row in self._rows])

    def scalar(self) -> Any:
        """The first value, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The only value."""
        return self.one()[0]


class _Column:
    """One column: rows are values."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def all(self) -> list[Any]:
        """Every value."""
        return self._values


class _Plain:
    """What of a connection the checks use."""

    def __init__(self, conn: Connection) -> None:
        self._cursor = conn.connection.cursor()

    def exec_driver_sql(self, sql: str, params: Sequence[Any] = ()) -> Answer:
        """Run it and read the answer to its end."""
        self._cursor.execute(sql, tuple(params))
        return Answer(list(map(tuple, self._cursor.fetchall())))


def plain(conn: Connection) -> Connection:
    """The same connection without names of columns; for reading only."""
    return cast("Connection", _Plain(conn))
