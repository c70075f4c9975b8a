"""Derived tables name scopes by numbers of this store; tests ask by ids."""

from collections.abc import Iterable

from sqlalchemy import Connection


def ids_of(conn: Connection, numbers: Iterable[int]) -> set[str]:
    """The ids of the scopes that have these numbers."""
    known: dict[int, str] = dict(conn.exec_driver_sql("SELECT no, id FROM d_scope").all())
    return {known[number] for number in numbers}
