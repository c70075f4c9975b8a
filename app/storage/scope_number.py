"""The number of a scope in the derived tables of this store: an index over ids of 32 signs is five times as large.

Numbers are given here, stand in no journal and no file, and none is given twice: whoever still holds the number of what
is gone finds nothing by it, and never something else.
"""

import json
from collections.abc import Iterable
from itertools import count
from typing import Final

from sqlalchemy import Connection

from app.storage.many_rows import insert_rows
from app.storage.plain_rows import plain_rows

BITS: Final = 16
"""A number in the search index is that of the scope and, in so many bits, which record of it."""
_KNOWN = "SELECT n.id, n.no FROM json_each(?) j CROSS JOIN d_scope n ON n.id = j.value"
_UNUSED = (
    "DELETE FROM d_scope WHERE no NOT IN (SELECT no FROM d_summary) AND no NOT IN (SELECT dossier FROM d_person)"
    f" AND no NOT IN (SELECT person FROM d_person) AND no NOT IN (SELECT no >> {BITS} FROM d_search_text)"
)


def numbers(conn: Connection, scopes: Iterable[str]) -> dict[str, int]:
    """The numbers of these scopes; a scope that has none is given one."""
    wanted = list(dict.fromkeys(scopes))
    found: dict[str, int] = dict(plain_rows(conn, _KNOWN, (json.dumps(wanted),)))
    if len(found) < len(wanted):
        new = [scope for scope in wanted if scope not in found]
        made = list(zip(new, count(next_number(conn, "d_scope")), strict=False))
        insert_rows(conn, "INSERT INTO d_scope(id, no)", made)
        found.update(made)
    return found


def next_number(conn: Connection, table: str) -> int:
    """The first number that no row of the table has or had."""
    sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    return int(conn.exec_driver_sql(sql, (table,)).scalar() or 0) + 1


def remove(conn: Connection, scope: str) -> None:
    """Take out everything that is kept under the number of a scope, and the number."""
    number = conn.exec_driver_sql("SELECT no FROM d_scope WHERE id = ?", (scope,)).scalar()
    if number is not None:
        texts = (number << BITS, (number + 1) << BITS)
        conn.exec_driver_sql("DELETE FROM d_search_text WHERE no >= ? AND no < ?", texts)
        conn.exec_driver_sql("DELETE FROM d_person WHERE dossier = ?", (number,))
        conn.exec_driver_sql("DELETE FROM d_person WHERE person = ?", (number,))
        conn.exec_driver_sql("DELETE FROM d_scope WHERE no = ?", (number,))


def let_go_unused(conn: Connection) -> None:
    """Forget the numbers of scopes that nothing derived is about."""
    conn.exec_driver_sql(_UNUSED)
