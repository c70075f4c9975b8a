"""A talk as it stands, read whole: for the screens of a talk and for the services that change one."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.dated_event import bare_code
from app.domain.errors import KnownProblem
from app.domain.kinds.talk import Agreement, Answer, Circumstance, Talk, TalkPerson, TalkStep
from app.domain.words import N_
from app.services.reading import by_scope
from app.services.session import Session
from app.storage.uow import read, read_where


class NoSuchTalk(KnownProblem):
    """The talk is not in this store."""

    message = N_("This talk is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """A talk with all that belongs to it; answers by bare item code, circumstances by bare topic code.

    `earlier_agreements` are those of other talks of the dossier that are not done.
    """

    talk: Talk
    persons: tuple[str, ...]
    answers: dict[str, Answer]
    circumstances: dict[str, Circumstance]
    agreements: tuple[Agreement, ...]
    minutes: dict[str, int]
    earlier_agreements: tuple[Agreement, ...]


def load(session: Session, talk: str) -> TalkView:
    """A talk as it stands. Raises `NoSuchTalk`."""
    with session.store.read() as conn:
        return load_in(conn, talk)


def load_in(conn: Connection, talk: str) -> TalkView:
    """`load` within a transaction of the caller."""
    found = read(conn, Talk, talk)
    if found is None:
        raise NoSuchTalk
    earlier = read_where(
        conn,
        Agreement,
        "scope = ? AND talk <> ? AND done_on IS NULL ORDER BY due_on, id",
        (found.scope, talk),
    )
    return TalkView(
        talk=found,
        persons=persons_in(conn, talk),
        answers=answers_in(conn, talk),
        circumstances=circumstances_in(conn, talk),
        agreements=tuple(read_where(conn, Agreement, "talk = ? ORDER BY id", (talk,))),
        minutes={bare_code(row.step or ""): row.minutes or 0 for row in steps_in(conn, talk)},
        earlier_agreements=tuple(earlier),
    )


def of_dossier(session: Session, dossier: str) -> tuple[Talk, ...]:
    """The talks of a dossier, latest first."""
    with session.store.read() as conn:
        found = by_scope(conn, Talk, [dossier])[dossier]
    return tuple(sorted(found, key=_when, reverse=True))


def _when(talk: Talk) -> tuple[str, str]:
    return talk.started_at or talk.planned_at or "", talk.id


def persons_in(conn: Connection, talk: str) -> tuple[str, ...]:
    """The members who take part, in the order in which they were chosen."""
    return tuple(row.person for row in rows_of_persons(conn, talk) if row.person)


def rows_of_persons(conn: Connection, talk: str) -> list[TalkPerson]:
    """The records that say who takes part."""
    return read_where(conn, TalkPerson, "talk = ? ORDER BY id", (talk,))


def steps_in(conn: Connection, talk: str) -> list[TalkStep]:
    """Minutes used, a record per step."""
    return read_where(conn, TalkStep, "talk = ? ORDER BY id", (talk,))


def answers_in(conn: Connection, talk: str) -> dict[str, Answer]:
    """Answers to checklist items by bare item code."""
    return {
        bare_code(row.item or ""): row for row in read_where(conn, Answer, "talk = ? ORDER BY id", (talk,))
    }


def circumstances_in(conn: Connection, talk: str) -> dict[str, Circumstance]:
    """Special circumstances by bare topic code."""
    rows = read_where(conn, Circumstance, "talk = ? ORDER BY id", (talk,))
    return {bare_code(row.topic or ""): row for row in rows}
