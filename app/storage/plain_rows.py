"""Rows as the driver gives them, for reading many: SQLAlchemy makes an object of its own of each."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final, overload

from sqlalchemy import Connection
from typing_extensions import override

AT_ONCE: Final = 1_000
_BASE: Final = 10**11
"""Added to a number, so that all have twelve digits."""
_STEP: Final = len(str(_BASE)) + 1


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


def number_list(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[int]:
    """The whole numbers of a statement with one column, in its order.

    SQLite puts them together: 80,000 rows would stop the screen's thread at each. A subquery that an aggregate reads
    keeps its order.
    """
    joined = f"WITH found(no) AS ({sql}) SELECT json_group_array(no) FROM found"
    found: list[int] = json.loads(conn.exec_driver_sql(joined, tuple(values)).scalar_one())
    return found


def number_text(conn: Connection, sql: str, values: Sequence[Any] = ()) -> str:
    """The same for `Numbers`."""
    joined = f"WITH found(no) AS ({sql}) SELECT group_concat(no + {_BASE}, ' ') FROM found"
    return conn.exec_driver_sql(joined, tuple(values)).scalar_one() or ""


class Numbers(Sequence[int]):
    """Numbers as `number_text` gives them, cut off where they are looked at: nothing is done for each of 400,000, of
    which a screen shows some dozens. All have as many digits, so that the place of each is known."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = (len(text) + 1) // _STEP

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...

    @override
    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        places = range(self._count)[at]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        return int(self._text[places * _STEP : (places + 1) * _STEP]) - _BASE

    @override
    def __iter__(self) -> Iterator[int]:
        return (int(number) - _BASE for number in self._text.split())

    @override
    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """The place of a number; ValueError when it is not there."""
        places = range(self._count)[start:stop]
        at = self._text.find(str(value + _BASE), places.start * _STEP, places.stop * _STEP)
        if not 0 <= value < _BASE or at < 0:
            raise ValueError("not among these numbers")
        return at // _STEP
