"""Makes an empty database ready, and says which schema a database has. Upgrading stands in `upgrade.py`."""

from pathlib import Path

from sqlalchemy import Connection

import app.domain.kinds  # noqa: F401 - declares the kinds
from app.domain.record import kinds

SCHEMA = 5


def version(conn: Connection) -> int:
    """The schema number of a database; 0 for an empty one."""
    return int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())


def set_version(conn: Connection, number: int) -> None:
    """Write the schema number down."""
    conn.exec_driver_sql(f"PRAGMA user_version = {int(number)}")


def fill_kinds(conn: Connection) -> None:
    """Give each declared kind that has none a local number, and set clock and guard the first time."""
    known = {name for (name,) in conn.exec_driver_sql("SELECT name FROM j_kind")}
    for kind in kinds():
        if kind.name not in known:
            conn.exec_driver_sql("INSERT INTO j_kind(name) VALUES(?)", (kind.name,))
    conn.exec_driver_sql("INSERT OR IGNORE INTO j_clock(id, hlc) VALUES(1, 0)")
    conn.exec_driver_sql("INSERT OR IGNORE INTO j_guard(id, open) VALUES(1, 0)")


def migrate(conn: Connection) -> None:
    """Bring the database of this connection to the present schema, inside the caller's transaction.

    A failure leaves the transaction to be rolled back: DDL included, because the caller began it explicitly.
    """
    from alembic import command  # slow to import, and only needed here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    fill_kinds(conn)
    set_version(conn, SCHEMA)
