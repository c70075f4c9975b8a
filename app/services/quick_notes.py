"""A quick note from anywhere: a phone call or a remark, with what follows from it, in one action."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.entry import FieldProblem, check, record_problems
from app.domain.ident import new_id
from app.domain.kinds.dossier import QuickNote, Todo
from app.domain.person_name import PersonName
from app.services.session import Session
from app.storage import same_person
from app.storage.shielding import hidden
from app.storage.uow import read

MOST = 300
"""Families offered at once; any other is found by its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A family that a note may be about, with its members and the contacts of whom the name is known."""

    dossier: str
    title: str
    number: str
    people: tuple[tuple[str, str], ...] = ()
    contacts: tuple[str, ...] = ()


_OF_RECORD = (
    "SELECT scope FROM r_dossier WHERE id = :id UNION SELECT scope FROM r_request WHERE id = :id"
    " UNION SELECT scope FROM r_talk WHERE id = :id UNION SELECT scope FROM r_departure WHERE id = :id"
)
_LATELY = (
    "SELECT s.dossier, s.title, s.number FROM d_summary s LEFT JOIN l_recent r ON r.dossier = s.dossier"
    " WHERE s.closed = 0 AND (s.owner = ? OR r.at IS NOT NULL OR s.dossier = ?)"
    " ORDER BY s.dossier = ? DESC, r.at IS NULL, r.at DESC, s.sort_key, s.dossier LIMIT ?"
)
_PEOPLE = (
    "SELECT m.scope, m.person, p.family_name, p.given_names, p.call_name FROM r_membership m"
    f" JOIN r_person p ON p.id = m.person WHERE m.to_on IS NULL AND NOT {hidden('m.person', 'm.scope')}"
    " AND m.scope IN ({marks}) ORDER BY m.position, m.id"
)
_CONTACTS = (
    "SELECT scope, coalesce(name, organisation) FROM r_contact c WHERE scope IN ({marks})"
    f" AND NOT {hidden('c.person', 'c.scope')} ORDER BY id"
)


def dossier_of(session: Session, subject: str) -> str:
    """The dossier that a page is about, by the id of a dossier, request, talk or departure; "" for none."""
    with session.store.read() as conn:
        return str(conn.exec_driver_sql(_OF_RECORD, {"id": subject}).scalar() or "")


def candidates(session: Session, dossier: str = "") -> tuple[Candidate, ...]:
    """The families of this officer and those opened lately, the latest first; `dossier` before them all."""
    with session.store.read() as conn:
        found = conn.exec_driver_sql(_LATELY, (session.officer, dossier, dossier, MOST)).all()
        ids = [row[0] for row in found]
        people = _people(conn, ids)
        contacts = _contacts(conn, ids)
    return tuple(
        Candidate(
            dossier=scope,
            title=title,
            number=number,
            people=tuple(people.get(scope, ())),
            contacts=tuple(contacts.get(scope, ())),
        )
        for scope, title, number in found
    )


def _people(conn: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    if ids:
        rows = conn.exec_driver_sql(_PEOPLE.format(marks=",".join("?" * len(ids))), tuple(ids))
        for scope, person, family, given, call in rows:
            name = PersonName(family=family or "", given=given or "", call=call or "")
            found.setdefault(scope, []).append((person, name.full or name.first))
    return {scope: _once(conn, people) for scope, people in found.items()}


def _once(conn: Connection, people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those who were said to be the same person as somebody before them."""
    twice = same_person.again(conn, [person for person, _name in people])
    return [one for one in people if one[0] not in twice]


def _contacts(conn: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if ids:
        rows = conn.exec_driver_sql(_CONTACTS.format(marks=",".join("?" * len(ids))), tuple(ids))
        for scope, name in rows:
            if name:
                found.setdefault(scope, []).append(name)
    return found


def write(session: Session, note: QuickNote, follow_up: str = "", due_on: str | None = None) -> str:
    """Keep the note, and as an action what follows from it; returns the note's id. Raises `EntryRefused`."""
    todo = _todo(session, note, follow_up, due_on)
    check(note, todo)
    with session.store.write(verbs.NOTE_WRITTEN, dossier=note.scope) as uow:
        uow.add(note)
        if todo is not None:
            uow.add(todo)
    return note.id


def problems(session: Session, note: QuickNote, follow_up: str = "") -> Iterator[FieldProblem]:
    """Everything that keeps a note, and the action that follows from it, from being written as they are."""
    for record in (note, _todo(session, note, follow_up)):
        if record is not None:
            yield from record_problems(record)


def _todo(session: Session, note: QuickNote, follow_up: str, due_on: str | None = None) -> Todo | None:
    if not follow_up.strip():
        return None
    return Todo(
        id=new_id(),
        scope=note.scope,
        person=note.person,
        what=follow_up.strip(),
        who=session.officer_name or None,
        due_on=due_on,
        note=note.id,
    )


def mark_transferred(session: Session, notes: Sequence[str], at: str) -> None:
    """Say that these notes were copied into the official system."""
    with session.store.write(verbs.NOTES_TRANSFERRED) as uow:
        for note in notes:
            found = read(uow.conn, QuickNote, note)
            if found is not None and found.transferred_at is None:
                uow.save(found, found.with_values(transferred_at=at))
