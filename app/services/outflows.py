"""How persons leave the caseload: kind, sort, day, proof, country, support used, and the report of a disappearance.

Each person has an outflow of their own, recorded for several at once. The state S10 of that person follows in the same
action. Who comes back when a dossier opens again keeps the old outflow and may have another one later.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.case_state import CaseState
from app.domain.dated_event import bare_code, day_of
from app.domain.entry import FieldProblem, refuse, refused_at, wrong_at
from app.domain.errors import KnownProblem
from app.domain.guidance import Choice
from app.domain.ident import derived_id, new_id
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import DossierState, Membership, Outflow, Support
from app.domain.words import N_
from app.services import case_states
from app.services import membership_rules as rules
from app.services.happened import happened_problems
from app.services.reading import known
from app.services.session import Session
from app.storage.shielding import shown_of
from app.storage.uow import Moved, UnitOfWork, read, read_where

KINDS, SORTS = "uitstroom", "uitstroom-soort"


class NobodyLeaves(KnownProblem):
    """An outflow is of somebody."""

    message = N_("Choose who left the caseload.")


class KindMissing(KnownProblem):
    """Without its kind an outflow says nothing."""

    message = N_("Choose how they left the caseload.")


class LeftAlready(KnownProblem):
    """Somebody leaves once, until the dossier opens again for them."""

    message = N_("An outflow is recorded already for somebody you chose. Change that one.")


class NoSuchOutflow(KnownProblem):
    """The outflow is not in this store."""

    message = N_("This outflow is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A departure that took place of which travellers have no outflow yet."""

    departure: Departure
    persons: tuple[str, ...]


def final_state(session: Session) -> CaseState:
    """The state in which somebody has left (S10)."""
    return next(state for state in session.content.case_states.values() if state.is_final)


def kinds(session: Session) -> tuple[Choice, ...]:
    """The kinds of outflow."""
    return session.content.choices("basis", KINDS)


def sorts_of(session: Session, kind: str) -> tuple[Choice, ...]:
    """The sorts that go with a kind (bare code): those of it, and those that go with any."""
    made = session.content.choices("basis", SORTS)
    return tuple(
        each
        for each in made
        if f"of:{kind}" in each.traits or not any(t.startswith("of:") for t in each.traits)
    )


def asks_report(session: Session, kind: str) -> bool:
    """Whether a disappearance is reported for this kind (bare code)."""
    return any(each.code == kind and "reported" in each.traits for each in kinds(session))


def of_dossier(session: Session, dossier: str) -> tuple[Outflow, ...]:
    """All outflows of a dossier, the latest first, without what is disputed."""
    with session.store.read() as conn:
        return of_dossier_in(conn, dossier)


def of_dossier_in(conn: Connection, dossier: str) -> tuple[Outflow, ...]:
    """`of_dossier` within a transaction of the caller."""
    where = f'scope = ? AND {shown_of("r_outflow")} ORDER BY "on" DESC, id DESC'
    rows = read_where(conn, Outflow, where, (dossier,))
    return tuple(known(conn, rows))


def left_in(conn: Connection, session: Session, dossier: str) -> frozenset[str]:
    """Who has left and did not come back. A state S10 that ended on or after the outflow says that somebody is back."""
    final = final_state(session).code
    back: dict[str, str] = {}
    gone = set()
    for each in case_states.of_dossier_in(conn, session, dossier):
        if each.code == final and each.stands:
            gone.add(each.person)
        elif each.code == final:
            back[each.person] = max(back.get(each.person, ""), each.record.to_on or "")
    return frozenset(
        each.person
        for each in of_dossier_in(conn, dossier)
        if each.person
        and (each.person in gone or each.person not in back or (each.on or "") > back[each.person])
    )


def supports_in(conn: Connection, dossier: str) -> tuple[Support, ...]:
    """The support that was offered to this family."""
    where = f"scope = ? AND {shown_of('r_support')} ORDER BY offered_on, id"
    return tuple(known(conn, read_where(conn, Support, where, (dossier,))))


def departed_in(conn: Connection, session: Session, dossier: str) -> tuple[Left, ...]:
    """Departures that took place and propose the outflow of travellers who have none."""
    gone = left_in(conn, session, dossier)
    latest = conn.exec_driver_sql(
        "SELECT coalesce(max(\"on\"), '') FROM r_inflow WHERE scope = ?", (dossier,)
    ).scalar_one()
    found = []
    rows = read_where(
        conn, Departure, "scope = ? AND departed_on IS NOT NULL ORDER BY departed_on", (dossier,)
    )
    for departure in known(conn, rows):
        if not departure.departed_on or departure.departed_on < latest:
            continue
        where = f"departure = ? AND {shown_of('r_departure_person')} ORDER BY id"
        travelled = read_where(conn, DeparturePerson, where, (departure.id,))
        persons = tuple(each.person for each in travelled if each.person and each.person not in gone)
        if persons:
            found.append(Left(departure=departure, persons=persons))
    return tuple(found)


def load(session: Session, outflow: str) -> Outflow:
    """One outflow as it was written. Raises `NoSuchOutflow`."""
    with session.store.read() as conn:
        found = read(conn, Outflow, outflow)
    if found is None:
        raise NoSuchOutflow
    return found


def record(session: Session, wanted: Outflow, persons: Sequence[str]) -> tuple[Moved, ...]:
    """Record the outflow of these persons, alike, in one action, and their state S10. Raises `EntryRefused`.

    `wanted` holds what is the same for all; its person and id are not used.
    """
    nobody = () if persons else (wrong_at(wanted, "person", NobodyLeaves()),)
    refuse((*nobody, *problems(session, wanted)))
    with session.store.write(verbs.OUTFLOW_RECORDED, dossier=wanted.scope) as uow:
        record_in(uow, session, wanted, persons)
    return tuple(uow.moved)


def record_in(uow: UnitOfWork, session: Session, wanted: Outflow, persons: Sequence[str]) -> None:
    """`record` as part of another deed."""
    if left_in(uow.conn, session, wanted.scope) & set(persons):
        raise refused_at(wanted, "person", LeftAlready())
    refuse(too_early(uow.conn, wanted, persons))
    code = final_state(session).code
    standing = case_states.of_dossier_in(uow.conn, session, wanted.scope)
    on = day_of(wanted.on)
    for person in persons:
        before = read_where(uow.conn, Outflow, "scope = ? AND person = ?", (wanted.scope, person))
        made = Outflow(
            id=derived_id("outflow", wanted.scope, person, str(len(before))),
            scope=wanted.scope,
            **{**wanted.values(), "person": person},  # type: ignore[arg-type]
        )
        uow.add(made)
        if code in case_states.standing_codes(standing, person):
            continue
        if on is None:  # nobody knows the day: then nothing else can be said to have ended on it
            state = session.content.ref("basis", code)
            uow.add(DossierState(id=new_id(), scope=wanted.scope, state=state, person=person))
        else:
            wish = case_states.NewState(dossier=wanted.scope, code=code, on=on, person=person)
            case_states.begin_in(uow, session, wish)


def change(session: Session, before: Outflow, after: Outflow) -> tuple[Moved, ...]:
    """Change an outflow; when its day moves, the state that followed from it moves along. Raises `EntryRefused`."""
    refuse(problems(session, after))
    with session.store.write(verbs.OUTFLOW_CHANGED, dossier=after.scope) as uow:
        refuse(too_early(uow.conn, after, (after.person or "",)))
        uow.save(before, after)
        if before.on != after.on:
            for state in _states_of_day(uow.conn, session, before):
                moved = "from_on" if state.from_on == before.on else "to_on"
                if after.on or moved == "from_on":  # what ended stays ended, also when the day is doubted
                    uow.save(state, state.with_values(**{moved: after.on}))
    return tuple(uow.moved)


def remove(session: Session, outflow: str) -> None:
    """Take away an outflow that was recorded by mistake: its state goes, and what had ended with it stands again."""
    before = load(session, outflow)
    final = final_state(session).code
    with session.store.write(verbs.OUTFLOW_REMOVED, dossier=before.scope) as uow:
        uow.delete(before)
        for state in _states_of_day(uow.conn, session, before):
            if bare_code(state.state or "") == final:
                uow.delete(state)
            else:
                uow.save(state, state.with_values(to_on=None))


def _states_of_day(conn: Connection, session: Session, outflow: Outflow) -> Iterable[DossierState]:
    """The S10 that began with this outflow, and the states of that person that ended with it."""
    final, on = final_state(session).code, outflow.on
    rows = read_where(
        conn, DossierState, "scope = ? AND person = ? ORDER BY id", (outflow.scope, outflow.person)
    )
    followed = [
        each
        for each in rows
        if bare_code(each.state or "") == final and each.from_on == on and each.to_on is None
    ]
    return [
        *followed,
        *(each for each in rows if on is not None and each not in followed and each.to_on == on),
    ]


def problems(session: Session, wanted: Outflow) -> Iterator[FieldProblem]:
    """Everything that keeps an outflow from being written as it is."""
    if not wanted.kind:
        yield wrong_at(wanted, "kind", KindMissing())
    yield from happened_problems(session, wanted, "on", "reported_on")


def too_early(conn: Connection, wanted: Outflow, persons: Iterable[str]) -> Iterator[FieldProblem]:
    """Nobody leaves before they were born, or before they belonged to the family."""
    for person in persons:
        rows = read_where(conn, Membership, "scope = ? AND person = ?", (wanted.scope, person))
        yield from rules.too_early(conn, wanted, "on", person, rows)
