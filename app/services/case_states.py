"""The states of a dossier and of single members, with parallel tracks: begin, end, mend. The officer decides.

A state without a person is the family's. Each subject (the family, one member) has its own main course with parallel
states beside it; one deed ends what makes way and begins what is new, with one day and one reason.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.case_state import CaseState, Offered, contradicting, ended_by, offered
from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, refuse, refused_at, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import DossierState
from app.domain.words import N_
from app.i18n import formats, language
from app.services.happened import happened_problems
from app.services.reading import known, scopes_of_several
from app.services.session import Session
from app.storage.shielding import shown_of
from app.storage.uow import Moved, UnitOfWork, read, read_where

LIST = "basis"


class OutflowFirst(KnownProblem):
    """Somebody leaves the caseload by an outflow: that says how and when."""

    message = N_("Record how somebody left under “Record outflow”. The state follows from it.")


class StandsAlready(KnownProblem):
    """The same state twice says nothing more."""

    message = N_("“%(state)s” stands already, since %(day)s.")


class BeforeItsPredecessor(KnownProblem):
    """A state cannot end before it began."""

    message = N_("“%(state)s” stands since %(day)s. Choose that day or a later one.")


class EndsBeforeItBegins(KnownProblem):
    """The days of one state stand the wrong way round."""

    message = N_("The last day lies before the first. Mend one of the two.")


class StandsBeside(KnownProblem):
    """Two states of the main course never stand together."""

    message = N_("“%(state)s” stands since %(day)s, and these two cannot stand together. End that one first.")


class NoSuchState(KnownProblem):
    """The state is not in this store."""

    message = N_("This state is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One state as recorded. `code` is bare, "" while two values stand; `state` None when the pack does not know it.

    `stands`: it has not ended, whatever may be said of the day.
    """

    record: DossierState
    code: str
    state: CaseState | None
    words: str
    stands: bool

    @property
    def person(self) -> str:
        """The member it is about, "" for the family."""
        return self.record.person or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewState:
    """What is wanted: a state (bare code) for the family or a member; `also_ends` are codes of parallel states."""

    dossier: str
    code: str
    on: date
    reason: str = ""
    person: str = ""
    also_ends: tuple[str, ...] = ()


def of_dossier(session: Session, dossier: str) -> tuple[Standing, ...]:
    """All states of a dossier and its members, latest first; of nobody who is shielded from it."""
    with session.store.read() as conn:
        return of_dossier_in(conn, session, dossier)


def of_dossier_in(conn: Connection, session: Session, dossier: str) -> tuple[Standing, ...]:
    """`of_dossier` within a transaction of the caller."""
    where = f"scope = ? AND {shown_of('r_dossier_state')} ORDER BY from_on DESC, id DESC"
    rows = read_where(conn, DossierState, where, (dossier,))
    standing = {row.id for row in rows if row.to_on is None}
    return tuple(_standing(session, row, stands=row.id in standing) for row in known(conn, rows))


def _standing(session: Session, record: DossierState, *, stands: bool) -> Standing:
    code = bare_code(record.state or "")
    words = session.content.label(record.state, language()) if record.state else ""
    state = session.content.case_states.get(code)
    return Standing(record=record, code=code, state=state, words=words, stands=stands)


def side_by_side(session: Session, found: Iterable[Standing]) -> tuple[Standing, ...]:
    """What stands for one subject and cannot stand together: neither counts until a person decides."""
    here = [each for each in found if each.stands]
    aside = contradicting(session.content.case_states, (each.code for each in here))
    return tuple(each for each in here if each.code in aside)


_MORE = (
    "SELECT scope, person, substr(state, instr(state, ':') + 1) AS code FROM r_dossier_state"
    " WHERE to_on IS NULL AND scope IN (SELECT value FROM json_each(?))"
)


def in_two_states(conn: Connection, session: Session) -> tuple[tuple[Standing, ...], ...]:
    """By family or member what stands side by side and cannot, the earliest first; sought where two laptops wrote."""
    states = session.content.case_states
    main = [code for code, state in states.items() if not state.is_parallel]
    final = [code for code, state in states.items() if state.is_final]
    sql = (
        f"SELECT DISTINCT scope FROM ({_MORE}) GROUP BY scope, person"
        " HAVING sum(code IN (SELECT value FROM json_each(?))) > 1"
        " OR (count(*) > 1 AND sum(code IN (SELECT value FROM json_each(?))) > 0) ORDER BY scope"
    )
    lists = (json.dumps(each) for each in (scopes_of_several(conn), main, final))
    found = []
    for scope in conn.exec_driver_sql(sql, tuple(lists)).scalars().all():
        rows = of_dossier_in(conn, session, scope)
        for person in sorted({each.person for each in rows}):
            pair = side_by_side(session, (each for each in reversed(rows) if each.person == person))
            if pair:
                found.append(pair)
    return tuple(found)


def standing_codes(found: Iterable[Standing], person: str = "") -> tuple[str, ...]:
    """The bare codes of what stands now for the family, or for one member."""
    return tuple(each.code for each in found if each.stands and each.person == person and each.code)


def offers(session: Session, found: Sequence[Standing], person: str = "") -> Offered:
    """What may be recorded next, nearest first."""
    return offered(session.content.case_states, standing_codes(found, person))


def makes_way(
    session: Session, found: Sequence[Standing], code: str, person: str = ""
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """What ends when this state begins: what must, and what mostly does."""
    here = [each for each in found if each.stands and each.person == person]
    must, mostly = ended_by(session.content.case_states, code, [each.code for each in here])
    return tuple(each for each in here if each.code in must), tuple(
        each for each in here if each.code in mostly
    )


def begin(session: Session, wish: NewState) -> tuple[Moved, ...]:
    """Begin a state and end what makes way for it, in one action. Raises `EntryRefused`."""
    made = _made(session, wish)
    is_final = session.content.case_states[wish.code].is_final
    first = (wrong_at(made, "state", OutflowFirst()),) if is_final else ()
    refuse((*first, *problems(session, made)))
    with session.store.write(verbs.STATE_BEGUN, dossier=wish.dossier) as uow:
        begin_in(uow, session, wish, made)
    return tuple(uow.moved)


def begin_in(uow: UnitOfWork, session: Session, wish: NewState, made: DossierState | None = None) -> None:
    """`begin` as part of another deed: outflow, closing, opening again. Raises `EntryRefused`."""
    made = made or _made(session, wish)
    found = of_dossier_in(uow.conn, session, wish.dossier)
    twin = next(
        (each for each in found if each.stands and (each.person, each.code) == (wish.person, wish.code)), None
    )
    if twin is not None:
        raise refused_at(made, "state", StandsAlready(state=twin.words, day=_since(twin)))
    must, _mostly = makes_way(session, found, wish.code, wish.person)
    here = [each for each in found if each.stands and each.person == wish.person]
    ending = {
        each.record.id: each for each in (*must, *(each for each in here if each.code in wish.also_ends))
    }
    for each in ending.values():
        _refuse_backwards(made, each)
        end_in(uow, each, wish.on)
    uow.add(made)


def end_in(uow: UnitOfWork, standing: Standing, on: date) -> None:
    """Let a state end as part of another deed."""
    before = read(uow.conn, DossierState, standing.record.id)
    if before is not None:
        uow.save(before, before.with_values(to_on=on.isoformat()))


def _made(session: Session, wish: NewState) -> DossierState:
    return DossierState(
        id=new_id(),
        scope=wish.dossier,
        state=session.content.ref(LIST, wish.code),
        person=wish.person or None,
        from_on=wish.on.isoformat(),
        reason=wish.reason.strip() or None,
    )


def _refuse_backwards(made: DossierState, old: Standing) -> None:
    if old.record.from_on and made.from_on and made.from_on < old.record.from_on:
        raise refused_at(made, "from_on", BeforeItsPredecessor(state=old.words, day=_since(old)))


def _since(standing: Standing) -> str:
    on = standing.record.from_on
    return formats.fact(date.fromisoformat(on)) if on else "?"


def load(session: Session, state: str) -> DossierState:
    """One state as it was written. Raises `NoSuchState`."""
    with session.store.read() as conn:
        found = read(conn, DossierState, state)
    if found is None:
        raise NoSuchState
    return found


def mend(session: Session, before: DossierState, after: DossierState) -> tuple[Moved, ...]:
    """Change days or reason of a state, or end it; nothing else moves with it. Raises `EntryRefused`."""
    refuse(problems(session, after))
    verb = verbs.STATE_ENDED if after.to_on and not before.to_on else verbs.STATE_CHANGED
    with session.store.write(verb, dossier=after.scope) as uow:
        if before.to_on and not after.to_on:
            _refuse_beside(uow.conn, session, after)
        uow.save(before, after)
    return tuple(uow.moved)


def problems(session: Session, state: DossierState) -> Iterator[FieldProblem]:
    """Everything that keeps days and reason of a state from being written as they are."""
    yield from happened_problems(session, state, "from_on", "to_on")
    if state.from_on and state.to_on and state.to_on < state.from_on:
        yield wrong_at(state, "to_on", EndsBeforeItBegins())


def _refuse_beside(conn: Connection, session: Session, after: DossierState) -> None:
    """What ended does not stand again beside what it made way for."""
    here = [
        each
        for each in of_dossier_in(conn, session, after.scope)
        if each.stands and each.person == (after.person or "") and each.record.id != after.id
    ]
    wanted = bare_code(after.state or "")
    for each in here:
        if wanted in contradicting(session.content.case_states, (wanted, each.code)):
            raise refused_at(after, "to_on", StandsBeside(state=each.words, day=_since(each)))


def remove(session: Session, state: str) -> None:
    """Take away a state that was written down by mistake."""
    before = load(session, state)
    with session.store.write(verbs.STATE_REMOVED, dossier=before.scope) as uow:
        uow.delete(before)
