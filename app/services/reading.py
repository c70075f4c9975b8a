"""Reading records in batches: several dossiers at once in a few statements, grouped for the caller."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from app.domain.record import Record
from app.storage.uow import read_where

R = TypeVar("R", bound=Record)
CHUNK = 400


def by_scope(
    conn: Connection, cls: type[R], scopes: Sequence[str], *, where: str = "", order: str = "id"
) -> dict[str, list[R]]:
    """Records of a kind per scope; every scope asked for has an entry."""
    found: dict[str, list[R]] = {scope: [] for scope in scopes}
    extra = f" AND ({where})" if where else ""
    for start in range(0, len(scopes), CHUNK):
        part = tuple(scopes[start : start + CHUNK])
        marks = ",".join("?" * len(part))
        for record in read_where(conn, cls, f"scope IN ({marks}){extra} ORDER BY {order}", part):
            found[record.scope].append(record)
    return found


def by_id(conn: Connection, cls: type[R], ids: Iterable[str]) -> dict[str, R]:
    """Records of a kind by their ids; those that are not here are left out."""
    wanted = sorted(set(ids))
    found: dict[str, R] = {}
    for start in range(0, len(wanted), CHUNK):
        part = tuple(wanted[start : start + CHUNK])
        marks = ",".join("?" * len(part))
        found.update((record.id, record) for record in read_where(conn, cls, f"id IN ({marks})", part))
    return found


def known(conn: Connection, records: Iterable[R]) -> list[R]:
    """The same records without the cells on which two values stand: those count as unknown (settled rule 10)."""
    found = list(records)
    open_ = disputed(conn, (record.id for record in found)) if _any_dispute(conn) else {}
    return [
        record.with_values(**dict.fromkeys(open_[record.id] & set(record.values())))
        if record.id in open_
        else record
        for record in found
    ]


def known_by_scope(
    conn: Connection, cls: type[R], scopes: Sequence[str], *, where: str = "", order: str = "id"
) -> dict[str, list[R]]:
    """`by_scope`, with what is disputed left out."""
    found = by_scope(conn, cls, scopes, where=where, order=order)
    if not _any_dispute(conn):
        return found
    return {scope: known(conn, records) for scope, records in found.items()}


_OF_SEVERAL = (
    "SELECT DISTINCT s.scope FROM j_stream s WHERE s.device <> (SELECT device FROM j_stream LIMIT 1)"
    " AND EXISTS (SELECT 1 FROM j_stream o WHERE o.scope = s.scope AND o.device <> s.device) ORDER BY s.scope"
)
"""Looks for streams that are not of some one laptop: most are, so that few are left to look at twice."""


def scopes_of_several(conn: Connection) -> list[str]:
    """The scopes in which more than one laptop wrote: only there can two have worked side by side."""
    return list(conn.exec_driver_sql(_OF_SEVERAL).scalars())


def _any_dispute(conn: Connection) -> bool:
    return conn.exec_driver_sql("SELECT 1 FROM j_conflict LIMIT 1").first() is not None


def disputed(conn: Connection, records: Iterable[str]) -> dict[str, frozenset[str]]:
    """The fields of each record on which two values stand (settled rule 10: they count as unknown)."""
    found: dict[str, set[str]] = {}
    wanted = sorted(set(records))
    for start in range(0, len(wanted), CHUNK):
        part = tuple(wanted[start : start + CHUNK])
        sql = f"SELECT rec, field FROM j_conflict WHERE rec IN ({','.join('?' * len(part))})"
        for record, field in conn.exec_driver_sql(sql, part):
            found.setdefault(record, set()).add(field)
    return {record: frozenset(fields) for record, fields in found.items()}
