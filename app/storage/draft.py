"""Drafts: what was being typed, kept locally until it is saved or thrown away (settled rule 11).

A draft keeps the values its form was opened with, so that saving after a crash still knows what was on screen.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.clock import now_ms
from app.domain.record import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form held: `typed` by name of field, and what it had `read` when it was opened. `at` in ms."""

    form: str
    key: str
    typed: Mapping[str, Value]
    read: Mapping[str, Value]
    at: int


def keep(
    conn: Connection, form: str, key: str, typed: Mapping[str, Value], read: Mapping[str, Value]
) -> None:
    """Write or replace the draft of a form (`key`: the record or place it belongs to)."""
    conn.exec_driver_sql(
        'INSERT INTO l_draft(form, "key", body, read_at, at) VALUES(?,?,?,?,?) ON CONFLICT(form, "key")'
        " DO UPDATE SET body = excluded.body, read_at = excluded.read_at, at = excluded.at",
        (form, key, _text(typed), _text(read), now_ms()),
    )


def drop(conn: Connection, form: str, key: str) -> None:
    """The draft was saved, or thrown away by its writer."""
    conn.exec_driver_sql('DELETE FROM l_draft WHERE form = ? AND "key" = ?', (form, key))


def find(conn: Connection, form: str = "") -> list[Draft]:
    """The drafts of a form (empty: all), latest first."""
    sql = "SELECT form, \"key\", body, read_at, at FROM l_draft WHERE ? IN (form, '') ORDER BY at DESC"
    return [
        Draft(form=row[0], key=row[1], typed=json.loads(row[2]), read=json.loads(row[3]), at=row[4])
        for row in conn.exec_driver_sql(sql, (form,))
    ]


def clear_values(conn: Connection, record: str, fields: frozenset[str]) -> None:
    """Redaction reaches drafts: drop these fields from drafts of the record."""
    for draft in find(conn):
        if record in draft.key:
            typed = {name: value for name, value in draft.typed.items() if name not in fields}
            read = {name: value for name, value in draft.read.items() if name not in fields}
            conn.exec_driver_sql(
                'UPDATE l_draft SET body = ?, read_at = ? WHERE form = ? AND "key" = ?',
                (_text(typed), _text(read), draft.form, draft.key),
            )


def drop_about(conn: Connection, words: Iterable[str]) -> None:
    """Throw away the drafts that name one of these ids: what was typed may tell of whom nothing may show any more."""
    for word in words:
        conn.exec_driver_sql(
            'DELETE FROM l_draft WHERE instr("key", ?) OR instr(body, ?) OR instr(read_at, ?)', (word,) * 3
        )


def _text(values: Mapping[str, Value]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)
