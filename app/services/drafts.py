"""Drafts of forms: what was typed and not saved yet. Kept on a pause, on leaving and on locking; offered again.

A draft is local to this laptop and never part of a dossier. The officer decides about it: it is never saved by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.record import Value
from app.services.session import Session
from app.storage import draft as stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form held. `typed` by name of field; `read` what the form had been opened with; `at` in UTC."""

    form: str
    key: str
    typed: Mapping[str, Value]
    read: Mapping[str, Value]
    at: datetime


def keep(
    session: Session, form: str, key: str, typed: Mapping[str, Value], read: Mapping[str, Value] | None = None
) -> None:
    """Write or replace the draft of `form` for `key` (the record or place it belongs to).

    A store that is only read keeps no drafts: nothing can be saved there either.
    """
    if session.store.read_only:
        return
    with session.store.local() as conn:
        stored.keep(conn, form, key, typed, read or {})


def find(session: Session, form: str, key: str) -> Draft | None:
    """The draft of one form, None when there is none."""
    return next((draft for draft in waiting(session, form) if draft.key == key), None)


def waiting(session: Session, form: str = "") -> tuple[Draft, ...]:
    """All drafts of a form (empty: of every form), latest first."""
    with session.store.read() as conn:
        found = stored.find(conn, form)
    return tuple(
        Draft(
            form=row.form,
            key=row.key,
            typed=row.typed,
            read=row.read,
            at=datetime.fromtimestamp(row.at / 1000, UTC),
        )
        for row in found
    )


def drop(session: Session, form: str, key: str) -> None:
    """The draft was saved, or thrown away by its writer."""
    if session.store.read_only:
        return
    with session.store.local() as conn:
        stored.drop(conn, form, key)
