"""How the two big lists come in order: by groups that an index gives in order, one after the other.

Sorting 70,000 lines costs more than reading them. What is empty comes last, both ways; where a column is sorted
downwards lines with the same value stand the other way round too, and under a code they keep the order of the list.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from app.storage.plain_rows import Numbers, number_list, number_text

Asked = tuple[str, tuple[Any, ...]]
"""A statement with its values; one to be put in order ends within its conditions."""


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" * len(values))


def by_column(
    asked: Asked, column: str, ties: Sequence[str], *, before_ties: Sequence[str] = (), descending: bool
) -> Iterator[Asked]:
    """In the order of a column; `ties`: columns that decide between equals, after those of `before_ties`."""
    sql, values = asked
    by = tuple(dict.fromkeys((column, *before_ties, *ties)))
    down = tuple(f"{each} DESC" for each in by)
    yield f"{sql} AND {column} IS NOT NULL ORDER BY {', '.join(down if descending else by)}", values
    yield f"{sql} AND {column} IS NULL ORDER BY {', '.join(ties)}", values


def by_groups(
    asked: Asked,
    column: str,
    groups: Sequence[Sequence[str]],
    ties: Sequence[str],
    *,
    empty: Sequence[str] = (),
    descending: bool,
) -> Iterator[Asked]:
    """In the order of these groups of values that a column has; those in `empty` count as nothing."""
    sql, values = asked
    by = ", ".join(ties)
    for group in reversed(groups) if descending else groups:
        # The plus: several values are found by the column's own index and sorted, not by going through all lines.
        plus = "+" if len(group) > 1 else ""
        yield f"{sql} AND {column} IN ({marks(group)}) ORDER BY {plus}{by}", (*values, *group)
    last = f"({column} IS NULL OR {column} IN ({marks(empty)}))" if empty else f"{column} IS NULL"
    yield f"{sql} AND {last} ORDER BY {'+' if empty else ''}{by}", (*values, *empty)


def read(conn: Connection, groups: Iterable[Asked], found: frozenset[int] | None) -> Sequence[int]:
    """The lines of these groups, those that were `found` when anything was looked for."""
    if found is None:
        return Numbers(" ".join(filter(None, (number_text(conn, *group) for group in groups))))
    return [line for group in groups for line in filter(found.__contains__, number_list(conn, *group))]
