"""Rows as the driver gives them, for reading many: SQLAlchemy makes an object of its own of each."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, overload

from sqlalchemy import Connection
from typing_extensions import override

from app.domain.ident import ID_LENGTH

AT_ONCE: Final = 1_000
_STEP: Final = ID_LENGTH + 1


def plain_rows(conn: Connection, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement as tuples, read in stretches. Faults come as the driver's own errors."""
    return chain.from_iterable(_stretches(conn, sql, values))


def _stretches(conn: Connection, sql: str, values: Sequence[Any]) -> Iterator[Sequence[tuple[Any, ...]]]:
    cursor = conn.exec_driver_sql(sql, tuple(values)).cursor
    assert cursor is not None
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


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


def id_text(conn: Connection, sql: str, values: Sequence[Any] = ()) -> str:
    """The ids of a statement with one column, in its order, with a blank between; empty cells are left out.

    SQLite puts them together: 80,000 ids come as one row, and the screen's thread is not stopped for each. A
    subquery that `group_concat` reads keeps its order.
    """
    joined = f"WITH found(id) AS ({sql}) SELECT group_concat(id, ' ') FROM found"
    return conn.exec_driver_sql(joined, tuple(values)).scalar_one() or ""


def id_column(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[str]:
    """The same ids one by one."""
    return id_text(conn, sql, values).split()


class Ids(Sequence[str]):
    """Ids as `id_text` gives them, cut off where they are looked at: 80,000 of them are one text of 2.6 MB, there at
    once, where so many texts take 7 MB and 14 ms."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = (len(text) + 1) // _STEP

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    @override
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        places = range(self._count)[at]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        return self._text[places * _STEP : places * _STEP + ID_LENGTH]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._text.split())

    @override
    def index(self, value: str, start: int = 0, stop: int | None = None) -> int:
        """The place of an id; ValueError when it is not there."""
        places = range(self._count)[start:stop]
        at = self._text.find(value, places.start * _STEP, places.stop * _STEP)
        if len(value) != ID_LENGTH or at < 0:
            raise ValueError("not in these ids")
        return at // _STEP
