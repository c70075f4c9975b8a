"""Departures: who travels, how, to whom, under which conditions, with what; and the checklist of a special one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, check, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import derived_id, new_id
from app.domain.kinds.departure import (
    Arrangement,
    Belonging,
    Departure,
    DepartureCheck,
    DepartureKind,
    DeparturePerson,
    EscortPerson,
    FieldAnswer,
    Flight,
    Receiver,
)
from app.domain.kinds.person import Appearance, Original, Person, RemovabilityCheck
from app.domain.kinds.sensitive import MedicalHandover, TravelCondition
from app.domain.record import Record
from app.domain.words import N_
from app.services.aggregate import save_all
from app.services.happened import future_days
from app.services.session import Session
from app.storage import shielding
from app.storage.uow import Moved, UnitOfWork, read, read_where

R = TypeVar("R", bound=Record)


class LeftAndCalledOff(KnownProblem):
    """A departure took place or does not go on, never both."""

    message = N_("A departure that took place was not called off. Leave one of the two days empty.")


class CalledOffWhen(KnownProblem):
    """A reason alone reads as if it were called off, while everything goes on."""

    message = N_("Write since when it does not go on, or take the reason out.")


class NobodyTravels(KnownProblem):
    """A departure is of somebody."""

    message = N_("Choose who leaves.")


class NoSuchDeparture(KnownProblem):
    """The departure is not in this store."""

    message = N_("This departure is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureFile:
    """A departure with everything that hangs on it, as read or as wanted.

    `people` and `appearances` are records of the travellers themselves: a form changes them in the same action.
    """

    departure: Departure
    persons: tuple[DeparturePerson, ...] = ()
    kinds: tuple[DepartureKind, ...] = ()
    flights: tuple[Flight, ...] = ()
    escorts: tuple[EscortPerson, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    conditions: tuple[TravelCondition, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    checks: tuple[DepartureCheck, ...] = ()
    answers: tuple[FieldAnswer, ...] = ()
    envelopes: tuple[MedicalHandover, ...] = ()
    people: tuple[Person, ...] = ()
    appearances: tuple[Appearance, ...] = ()

    def records(self) -> Iterator[Record]:
        """Every record of the file, the departure first."""
        yield self.departure
        for field in fields(self)[1:]:
            yield from getattr(self, field.name)

    def kinds_of(self, person: str) -> frozenset[str]:
        """Bare codes of the kinds of special departure that hold for a person."""
        return frozenset(bare_code(each.kind or "") for each in self.kinds if each.person == person)


def changed(file: DepartureFile, **parts: object) -> DepartureFile:
    """The same file with some of its parts replaced: what is wanted, for `save`."""
    return replace(file, **parts)  # type: ignore[arg-type]


def without_value(file: DepartureFile, field: str, answer: str, reason: str, person: str = "") -> FieldAnswer:
    """That a field of a sheet is "unknown" or "not-applicable", for one traveller or (no person) for all."""
    departure = file.departure
    return FieldAnswer(
        id=derived_id("field_answer", departure.id, person, field),
        scope=departure.scope,
        departure=departure.id,
        person=person or None,
        field=field,
        answer=answer,
        reason=reason or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """The departure, and cells that somebody else had changed meanwhile."""

    departure: str
    moved: tuple[Moved, ...] = ()


def new_file(dossier: str, persons: Sequence[str]) -> DepartureFile:
    """An empty file for these persons; each gets a set of their own when it is saved."""
    departure = Departure(id=new_id(), scope=dossier)
    return DepartureFile(
        departure=departure,
        persons=tuple(
            DeparturePerson(id=new_id(), scope=dossier, departure=departure.id, person=person)
            for person in persons
        ),
    )


def save(
    session: Session, before: DepartureFile | None, after: DepartureFile, known: Iterable[Record] = ()
) -> Planned:
    """Plan (`before` is None) or change a departure in one action. Raises `NobodyTravels`, `EntryRefused`.

    `known` are records of members as they were read, who were no travellers then: they are changed, not made anew.
    """
    if not after.persons:
        raise NobodyTravels
    refuse(_ending_problems(session, after.departure))
    with session.store.write(_verb(before, after.departure), dossier=after.departure.scope) as uow:
        numbered = replace(after, persons=tuple(_numbered(session, uow, after.persons)))
        was = {each.id: each for each in before.records()} if before is not None else {}
        wanted = {each.id for each in numbered.records()}
        was.update({each.id: each for each in known if each.id in wanted and each.id not in was})
        save_all(uow, was.values(), numbered.records())
    return Planned(departure=after.departure.id, moved=tuple(uow.moved))


def _verb(before: DepartureFile | None, wanted: Departure) -> verbs.Verb:
    """What saving is called, for timeline and undo: how it ended is named, once."""
    if before is None:
        return verbs.DEPARTURE_PLANNED
    if wanted.cancelled_on and not before.departure.cancelled_on:
        return verbs.DEPARTURE_CALLED_OFF
    if wanted.departed_on and not before.departure.departed_on:
        return verbs.DEPARTURE_CARRIED_OUT
    return verbs.DEPARTURE_CHANGED


def _ending_problems(session: Session, departure: Departure) -> Iterator[FieldProblem]:
    if departure.departed_on and departure.cancelled_on:
        yield wrong_at(departure, "cancelled_on", LeftAndCalledOff())
    if departure.cancel_reason and not departure.cancelled_on:
        yield wrong_at(departure, "cancelled_on", CalledOffWhen())
    yield from future_days(session, departure, "departed_on")


def travellers(session: Session, persons: Sequence[str]) -> tuple[tuple[Person, ...], tuple[Appearance, ...]]:
    """The records of members that a form changes along with their departure."""
    people = tuple(persons)
    with session.store.read() as conn:
        return (
            tuple(read_where(conn, Person, f"id IN ({_marks(people)}) ORDER BY id", people)),
            tuple(read_where(conn, Appearance, f"scope IN ({_marks(people)}) ORDER BY as_of, id", people)),
        )


def _numbered(
    session: Session, uow: UnitOfWork, persons: Sequence[DeparturePerson]
) -> Iterator[DeparturePerson]:
    """Give each person without one a set number: year, this device's prefix and a running number."""
    start = f"{session.today.year}-{session.number_prefix}-"
    sql = "SELECT max(CAST(substr(set_number, ?) AS INTEGER)) FROM r_departure_person WHERE set_number LIKE ? || '%'"
    last = uow.conn.exec_driver_sql(sql, (len(start) + 1, start)).scalar() or 0
    for person in persons:
        if person.set_number:
            yield person
        else:
            last += 1
            yield person.with_values(set_number=f"{start}{last:04d}")


def load(session: Session, departure: str) -> DepartureFile:
    """A departure as it stands. Raises `NoSuchDeparture`."""
    with session.store.read() as conn:
        return load_in(conn, departure)


def load_in(conn: Connection, departure: str) -> DepartureFile:
    """`load` within a transaction of the caller."""
    found = read(conn, Departure, departure)
    if found is None:
        raise NoSuchDeparture
    silent = shielding.hidden_from(conn, found.scope)

    def mine(cls: type[R], order: str = "id") -> tuple[R, ...]:
        """The records of this departure, but for those about somebody who may not show with this dossier."""
        rows = read_where(conn, cls, f"departure = ? ORDER BY {order}", (departure,))
        return tuple(row for row in rows if getattr(row, "person", None) not in silent)

    persons = mine(DeparturePerson)
    travelling = tuple(each.person or "" for each in persons)
    marks = _marks(travelling)
    return DepartureFile(
        departure=found,
        persons=persons,
        kinds=mine(DepartureKind),
        flights=mine(Flight, "position, id"),
        escorts=mine(EscortPerson, "position, id"),
        receivers=mine(Receiver, "position, id"),
        conditions=mine(TravelCondition),
        belongings=mine(Belonging, "position, id"),
        arrangements=mine(Arrangement),
        checks=mine(DepartureCheck),
        answers=mine(FieldAnswer),
        envelopes=mine(MedicalHandover),
        people=tuple(read_where(conn, Person, f"id IN ({marks}) ORDER BY id", travelling)),
        appearances=tuple(read_where(conn, Appearance, f"scope IN ({marks}) ORDER BY as_of, id", travelling)),
    )


def of_dossier(session: Session, dossier: str) -> tuple[Departure, ...]:
    """The departures of a dossier, the next one first, past and cancelled ones after."""
    with session.store.read() as conn:
        shown = (
            f"scope = ? AND NOT {shielding.only_hidden('departure', 'r_departure.id', 'r_departure.scope')}"
        )
        found = read_where(conn, Departure, f"{shown} ORDER BY planned_on, id", (dossier,))
    return tuple(sorted(found, key=lambda each: bool(each.departed_on or each.cancelled_on)))


def originals(session: Session, file: DepartureFile) -> tuple[Original, ...]:
    """The papers of the travellers that are here, to choose the travel document from."""
    people = tuple(each.person or "" for each in file.persons)
    with session.store.read() as conn:
        return tuple(
            read_where(
                conn, Original, f"scope IN ({_marks(people)}) AND returned_on IS NULL ORDER BY id", people
            )
        )


def checks_of(session: Session, file: DepartureFile) -> dict[str, RemovabilityCheck]:
    """The latest answer on *mag vertrekken* of each traveller."""
    people = tuple(each.person or "" for each in file.persons)
    with session.store.read() as conn:
        where = f"scope IN ({_marks(people)}) AND answered_at IS NOT NULL ORDER BY answered_at, id"
        return {each.scope: each for each in read_where(conn, RemovabilityCheck, where, people)}


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def record_check(session: Session, *persons: str, asked_of: str, answered_by: str, outcome: str) -> None:
    """Write down that *mag vertrekken* was asked just now, for each of these persons, and the outcome (bare code)."""
    now = moment_text(session.now())
    made = [
        RemovabilityCheck(
            id=new_id(),
            scope=person,
            asked_at=now,
            answered_at=now,
            asked_of=asked_of,
            answered_by=answered_by or None,
            outcome=session.content.ref("basis", outcome),
        )
        for person in persons
    ]
    check(*made)
    with session.store.write(verbs.CHECK_RECORDED) as uow:
        for each in made:
            uow.add(each)


def cancel(session: Session, departure: str, reason: str) -> None:
    """The departure does not go on, from today. It stays, with the reason. Raises `EntryRefused` when it took place."""
    before = load(session, departure)
    values = before.departure.with_values(
        cancelled_on=session.today.isoformat(), cancel_reason=reason or None
    )
    save(session, before, changed(before, departure=values))
