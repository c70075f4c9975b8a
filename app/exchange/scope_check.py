"""What the `scope` records say: one as a rule, two where two officers made a family from one open JSON file.

A scope is about what each of them says. No package, and no second record in it, makes a person a location: a location
goes along with every file to everybody.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from app.exchange.problem import DangerousPackage
from app.storage.uow import scope_kinds


def check_scopes(conn: Connection, said: Mapping[str, str]) -> None:
    """`said`: the kind of each scope that something came in for. Raises `DangerousPackage` where a record here says
    another."""
    if any(said[scope] != kind for scope, kind in scope_kinds(conn, said)):
        raise DangerousPackage


def scope_keys(conn: Connection, scope: str) -> list[bytes]:
    """The keys for the names of its scans: one for each record that has one."""
    sql = "SELECT key FROM r_scope WHERE scope = ? AND key IS NOT NULL ORDER BY id"
    try:
        return [bytes.fromhex(key) for key in conn.exec_driver_sql(sql, (scope,)).scalars()]
    except ValueError as error:
        raise DangerousPackage from error
