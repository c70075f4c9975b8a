"""How it stands with each person of a family, for the list of persons: kept true by the deriver of the agenda.

Who belongs to the family stands where the main course of states says (the own state, else that of the family); who
left the caseload by the outflow; who left the family by why the membership ended. What is disputed says nothing.
"""

import json
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from sqlalchemy import Connection

from app.domain.dated_event import bare_code
from app.services import outflows
from app.services.session import Session
from app.storage.person_line import Part
from app.storage.plain_rows import plain_rows
from app.storage.settled import settled


class Gone(IntEnum):
    """Whether somebody is still there: no longer in the caseload, or no longer in this family."""

    HERE = 0
    LEFT = 1
    EARLIER = 2


class _Standing(NamedTuple):
    """As the columns of the line: a reference to content, a day of the records, and `Gone`."""

    what: str | None
    on: str | None
    gone: int


_NOTHING = _Standing(None, None, int(Gone.HERE))
_AMONG = "IN (SELECT value FROM json_each(?))"
_LINES = (
    "SELECT p.no, p.membership, d.id, s.id, p.part, p.standing, p.standing_on, p.gone FROM json_each(?) j"
    " CROSS JOIN d_scope d ON d.id = j.value CROSS JOIN d_person p ON p.dossier = d.no"
    " CROSS JOIN d_scope s ON s.no = p.person"
)
_STATES = (
    f"SELECT s.scope, coalesce(s.person, ''), {settled('s', 'state')} FROM r_dossier_state s"
    f" WHERE s.scope {_AMONG} AND s.to_on IS NULL ORDER BY s.from_on, s.id"
)
_ENDED = (
    f"SELECT m.id, {settled('m', 'reason')}, {settled('m', 'to_on')} FROM r_membership m"
    f" WHERE m.scope {_AMONG} AND m.to_on IS NOT NULL"
)
_EARLIER = frozenset({Part.EARLIER, Part.CLOSED_EARLIER})


def refresh(conn: Connection, session: Session, dossiers: Sequence[str]) -> None:
    """Fill in how it stands with everybody who has a line in these families."""
    wanted = (json.dumps(list(dossiers)),)
    states, left = _states(conn, session, wanted), _left(conn, session, wanted)
    ended = {row[0]: (row[1], row[2]) for row in plain_rows(conn, _ENDED, wanted)}
    changed = []
    for line, membership, dossier, person, part, *stood in plain_rows(conn, _LINES, wanted):
        if part == Part.AGAIN:
            now = _NOTHING
        elif part in _EARLIER:
            now = _ended(session, *ended.get(membership, (None, None)))
        elif (dossier, person) in left:
            now = left[dossier, person]
        else:
            state = states.get((dossier, person)) or states.get((dossier, ""))
            now = _Standing(state, None, int(Gone.HERE)) if state else _NOTHING
        if tuple(stood) != now:
            changed.append((*now, line))
    if changed:
        conn.exec_driver_sql(
            "UPDATE d_person SET standing = ?, standing_on = ?, gone = ? WHERE no = ?", changed
        )


def _states(conn: Connection, session: Session, wanted: tuple[str]) -> dict[tuple[str, str], str]:
    """By dossier and person ("" for the family) the state of the main course that stands, the last begun."""
    known = session.content.case_states
    found = {}
    for dossier, person, state in plain_rows(conn, _STATES, wanted):
        about = known.get(bare_code(state or ""))
        if about is not None and not about.is_parallel:
            found[dossier, person] = state
    return found


def _left(conn: Connection, session: Session, wanted: tuple[str]) -> dict[tuple[str, str], _Standing]:
    """Who left the caseload and did not come back, with how and when."""
    sql = f"SELECT DISTINCT scope FROM r_outflow WHERE scope {_AMONG}"
    return dict(
        each
        for (dossier,) in conn.exec_driver_sql(sql, wanted).all()
        for each in _left_of(conn, session, dossier)
    )


def _left_of(conn: Connection, session: Session, dossier: str) -> Iterator[tuple[tuple[str, str], _Standing]]:
    gone = outflows.left_in(conn, session, dossier)
    for each in reversed(
        outflows.of_dossier_in(conn, dossier)
    ):  # the latest of somebody comes last and counts
        if each.person in gone:
            yield (dossier, each.person or ""), _Standing(each.kind, each.on, int(Gone.LEFT))


def _ended(session: Session, reason: str | None, on: str | None) -> _Standing:
    return _Standing(reason if says_why(session, reason) else None, on, int(Gone.EARLIER))


def says_why(session: Session, reason: str | None) -> bool:
    """Whether a reason is one to end a membership: who was only taken off the form has the reason to begin still."""
    listed = {choice.code: choice.traits for choice in session.content.choices("basis", "lidmaatschap")}
    return "moment:begin" not in listed.get(bare_code(reason or ""), frozenset())
