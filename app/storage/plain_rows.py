"""Rows as the driver gives them, for reading many: SQLAlchemy makes an object of its own of each."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

AT_ONCE: Final = 1_000


def plain_rows(conn: Connection, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement as tuples, read in stretches. Faults come as the driver's own errors."""
    cursor = conn.exec_driver_sql(sql, tuple(values)).cursor
    assert cursor is not None
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def all_rows(conn: Connection, sql: str, values: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
    """The rows of a statement at once: of tens of thousands half as dear as one by one."""
    cursor = conn.exec_driver_sql(sql, tuple(values)).cursor
    assert cursor is not None
    return cursor.fetchall()


def plain_column(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The values of a statement with one column: 80,000 of them without a step in Python for each."""
    cursor = conn.exec_driver_sql(sql, tuple(values)).cursor
    assert cursor is not None
    return list(chain.from_iterable(cursor.fetchall()))


def id_column(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[str]:
    """The ids of a statement with one column, in its order; empty cells are left out.

    SQLite puts them together: 80,000 ids come as one row, and the screen's thread is not stopped for each. A
    subquery that `group_concat` reads keeps its order. An id has no blank in it.
    """
    joined = f"WITH found(id) AS ({sql}) SELECT group_concat(id, ' ') FROM found"
    text = conn.exec_driver_sql(joined, tuple(values)).scalar_one()
    return text.split(" ") if text else []
