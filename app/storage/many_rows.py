"""Many rows into a table by few statements: what a statement costs beside its rows is paid once for hundreds.

With one statement for each row the search index brings what it gathered to its tables each time, and every step takes
Python's lock anew.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection

VALUES: Final = 4_000
"""In one statement: beyond some thousands nothing more is won."""
FEW: Final = 8
"""Rows up to here go one by one: their statement is the same whatever their number, and known already."""


def insert_rows(
    conn: Connection, into: str, rows: Sequence[Sequence[Any]], *, otherwise: str = "", values: int = VALUES
) -> None:
    """`into` is «INSERT INTO table(columns)»; `otherwise` what stands after the values, such as ON CONFLICT."""
    if not rows:
        return
    width = len(rows[0])
    if len(rows) <= FEW:
        conn.exec_driver_sql(_statement(into, width, 1, otherwise), list(map(tuple, rows)))
        return
    at_once = max(1, values // width)
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        sql = _statement(into, width, len(part), otherwise)
        conn.exec_driver_sql(sql, tuple(chain.from_iterable(part)))


def filled(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[str, Sequence[Sequence[Any]]]:
    """The columns in which any of many rows holds something, for a statement, and the rows as far as these go.

    Each value costs as much as a row does beside them. For tables of which no column has another value than NULL by
    itself.
    """
    if len(rows) > FEW:
        used = [at for at, values in enumerate(zip(*rows, strict=True)) if values.count(None) < len(rows)]
        if 1 < len(used) < len(columns):
            rows = list(map(itemgetter(*used), rows))
            columns = [columns[at] for at in used]
    return ", ".join(f'"{name}"' for name in columns), rows


@lru_cache(maxsize=64)
def _statement(into: str, width: int, count: int, otherwise: str) -> str:
    marks = f"({','.join('?' * width)})"
    return f"{into} VALUES{','.join([marks] * count)} {otherwise}".rstrip()
