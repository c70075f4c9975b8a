"""Requests for a travel document: start one, record what happened on a day, set a term, ask about asylum.

What follows from the events (state, terms, gates) is derived in `request_view`; nothing here stores a state.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.dated_event import bare_code, day_of
from app.domain.entry import FieldProblem, check, record_problems, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.person import Original
from app.domain.kinds.request import Request, RequestEvent, RequestPerson, SetTerm
from app.domain.kinds.sensitive import AsylumCheck
from app.domain.request_track import EntryCheck, entry_check
from app.domain.words import N_
from app.i18n import formats, language
from app.services.happened import future_days, happened_problems
from app.services.request_view import (
    NoSuchRequest,
    RequestView,
    asylum_facts,
    dated_events,
    last_asylum_check,
    load,
    of_dossier,
    texts,
    track_of,
    unknown_names,
    views_in,
)
from app.services.session import Session
from app.storage import shielding
from app.storage.uow import Moved, read, read_where

__all__ = [
    "NoSuchRequest",
    "NobodyNamed",
    "Recorded",
    "RequestView",
    "Step",
    "asylum_checks",
    "asylum_facts",
    "change",
    "check_step",
    "correct_step",
    "drop_term",
    "load",
    "of_dossier",
    "record_asylum_check",
    "record_step",
    "set_term",
    "start",
    "views_in",
]

_DOCUMENT_KINDS = {"document.anders": "documentsoort.anders"}


class NobodyNamed(KnownProblem):
    """A request is for somebody."""

    message = N_("Choose for whom the request is.")


class BeforePresentState(KnownProblem):
    """A state of an earlier day would not become the present one."""

    message = N_("The request has stood at “%(here)s” since %(day)s. A new state cannot be earlier.")


class ReasonForTermMissing(KnownProblem):
    """A day set by hand stands above the rule, so it needs a reason."""

    message = N_("Write why you set this day yourself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The id of what was written, and cells that somebody else had changed meanwhile."""

    record: str
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened, with what the form asked beside it.

    `request`: the request as it becomes, when the step asked for what stands there (the representation).
    `numbers`: of a document that was issued, the number per person.
    """

    event: RequestEvent
    request: Request | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)


def start(
    session: Session,
    request: Request,
    persons: Sequence[str],
    *,
    on: date,
    agreement: str = "",
    unknown: str = "",
) -> Recorded:
    """File a new request: its record, whom it is for, and its first state on `on`. Raises `EntryRefused`.

    `agreement` is what a readmission request stands on; `unknown` names what was said to be unknown of the
    first state (`reference` for the agreement).
    """
    if not persons:
        raise NobodyNamed
    track = track_of(session.content, request)
    first = RequestEvent(
        id=new_id(),
        scope=request.scope,
        request=request.id,
        event=session.content.ref("reisdocument", track.start),
        on=on.isoformat(),
        reference=agreement.strip() or None,
        unknown_fields=unknown or None,
    )
    refuse(start_problems(session, request, first))
    values = texts(request.values()) | texts(first.values())
    unsure = unknown_names(request.unknown_fields) | unknown_names(first.unknown_fields)
    problem = entry_check(track, (), track.start, values, unknown=unsure).problem(language())
    if problem is not None:
        raise problem
    with session.store.write(verbs.REQUEST_STARTED, dossier=request.scope) as uow:
        uow.add(request)
        for person in persons:
            uow.add(RequestPerson(id=new_id(), scope=request.scope, request=request.id, person=person))
        uow.add(first)
    return Recorded(record=request.id)


def start_problems(session: Session, request: Request, first: RequestEvent) -> Iterator[FieldProblem]:
    """Everything that is wrong with the answers of a new request, each by itself."""
    yield from record_problems(request)
    yield from happened_problems(session, first, "on")


def change(session: Session, before: Request, after: Request) -> Recorded:
    """Change what stands in the request itself."""
    check(after)
    with session.store.write(verbs.REQUEST_CHANGED, dossier=after.scope) as uow:
        uow.save(before, after)
    return Recorded(record=after.id, moved=tuple(uow.moved))


def check_step(session: Session, request: str, step: Step) -> EntryCheck:
    """Whether a state or deed may be entered now, what is missing and which gates stand in the way."""
    view = load(session, request)
    refuse(day_problems(session, view, step.event))
    return _entry_check(session, view, step)


def _entry_check(session: Session, view: RequestView, step: Step) -> EntryCheck:
    now, event = step.request or view.request, step.event
    values = texts(now.values()) | texts(event.values())
    unknown = unknown_names(now.unknown_fields) | unknown_names(event.unknown_fields)
    facts = asylum_facts(session, view.persons)
    code = bare_code(event.event or "")
    events = dated_events(view.events, view.open_fields)
    return entry_check(view.track, events, code, values, facts=facts, unknown=unknown)


def day_problems(session: Session, view: RequestView, event: RequestEvent) -> Iterator[FieldProblem]:
    """What is wrong with the day of a step that is not written down yet."""
    yield from future_days(session, event, "on")
    since, happened = view.position.since, day_of(event.on)
    is_state = bare_code(event.event or "") in view.track.states
    if is_state and since and happened and happened < since and view.position.state:
        here = view.position.state.label(language())
        yield wrong_at(event, "on", BeforePresentState(here=here, day=formats.fact(since)))


def step_problems(session: Session, view: RequestView, step: Step) -> Iterator[FieldProblem]:
    """Everything that is wrong with the answers of a step, each by itself."""
    for record in (step.event, step.request):
        if record is not None:
            yield from record_problems(record)
    yield from day_problems(session, view, step.event)


def mend_problems(session: Session, event: RequestEvent) -> Iterator[FieldProblem]:
    """Everything that keeps what happened from being mended like this."""
    return happened_problems(session, event, "on")


def record_step(session: Session, step: Step | RequestEvent) -> Recorded:
    """Write down that something happened. A document that was issued is registered with it, in the same action.

    Raises `EntryRefused`, `StepNotForeseen`, `DetailsMissing` or `GateClosed`.
    """
    step = step if isinstance(step, Step) else Step(event=step)
    event, after = step.event, step.request
    view = load(session, event.request or "")
    refuse(step_problems(session, view, step))
    problem = _entry_check(session, view, step).problem(language())
    if problem is not None:
        raise problem
    with session.store.write(verbs.REQUEST_EVENT, dossier=event.scope) as uow:
        uow.add(event)
        if after is not None:
            uow.save(read(uow.conn, Request, after.id), after)
        if _holds_document(session, event):
            for original in _issued(session, uow.conn, step):
                uow.add(original)
    return Recorded(record=event.id, moved=tuple(uow.moved))


def correct_step(session: Session, before: RequestEvent, after: RequestEvent) -> Recorded:
    """Mend what was written down wrongly; what happened later is a new step, never a correction.

    Raises `EntryRefused`. Its gates are not judged anew: it happened.
    """
    refuse(mend_problems(session, after))
    with session.store.write(verbs.REQUEST_EVENT, dossier=after.scope) as uow:
        uow.save(before, after)
    return Recorded(record=after.id, moved=tuple(uow.moved))


def _holds_document(session: Session, event: RequestEvent) -> bool:
    """Whether this is the state in which a document lies ready; consent has a last day too, and is none."""
    code = bare_code(event.event or "")
    return any(
        code in track.states and track.states[code].holds_document
        for track in session.content.tracks.values()
    )


def _issued(session: Session, conn: Connection, step: Step) -> Iterable[Original]:
    """The travel document as an original of each person; with several, each needs a number of its own."""
    event = step.event
    rows = read_where(conn, RequestPerson, "request = ? ORDER BY id", (event.request,))
    gone = shielding.left(conn, event.scope)
    persons = [row.person for row in rows if row.person not in gone]
    request = step.request or read(conn, Request, event.request or "")
    if request is None:
        return
    alone = len(persons) == 1
    for person in persons:
        number = step.numbers.get(person or "") or (event.document_number if alone else None)
        if person and (number or event.valid_until):
            yield Original(
                id=new_id(),
                scope=person,
                kind=session.content.ref("basis", _document_kind(event)),
                number=number,
                country=request.country,
                issued_on=event.issued_on or event.on,
                valid_until=event.valid_until,
                held_by=event.held_by,
                request=request.id,
            )


def _document_kind(event: RequestEvent) -> str:
    """The kind in the register of papers; the two lists share the last part of their codes."""
    kind = bare_code(event.kind or "")
    return _DOCUMENT_KINDS.get(kind) or f"documentsoort.{kind.removeprefix('document.') or 'lp'}"


def set_term(session: Session, request: Request, term: str, due_on: date, reason: str) -> Recorded:
    """Set the last day of a term by hand, with the reason; it stands above what the rule says."""
    code = session.content.ref("termijnen", term)
    made = SetTerm(
        id=new_id(),
        scope=request.scope,
        about=request.id,
        term=code,
        due_on=due_on.isoformat(),
        reason=reason.strip(),
    )
    without = () if made.reason else (wrong_at(made, "reason", ReasonForTermMissing()),)
    refuse((*without, *record_problems(made)))
    with session.store.write(verbs.TERM_SET, dossier=request.scope) as uow:
        for old in read_where(uow.conn, SetTerm, "about = ? AND term LIKE ?", (request.id, f"%:{term}")):
            uow.delete(old)
        uow.add(made)
    return Recorded(record=made.id)


def drop_term(session: Session, request: Request, term: str) -> None:
    """Let the rule count again for a term that was set by hand."""
    with session.store.write(verbs.TERM_SET, dossier=request.scope) as uow:
        for old in read_where(uow.conn, SetTerm, "about = ? AND term LIKE ?", (request.id, f"%:{term}")):
            uow.delete(old)


def record_asylum_check(
    session: Session, persons: str | Sequence[str], answer: str, on: date, source: str
) -> Recorded:
    """Write down whether an asylum application is running (bare code of the answer); asked again, new records.

    One action for all persons, each with a record of their own. Returns the id of the first.
    """
    who = [persons] if isinstance(persons, str) else list(persons)
    if not who:
        raise NobodyNamed
    made = [
        AsylumCheck(
            id=new_id(),
            scope=person,
            answer=session.content.ref("basis", answer),
            checked_on=on.isoformat(),
            source=source.strip() or None,
        )
        for person in who
    ]
    refuse(problem for each in made for problem in asylum_problems(session, each))
    with session.store.write(verbs.CHECK_RECORDED) as uow:
        for each in made:
            uow.add(each)
    return Recorded(record=made[0].id)


def asylum_problems(session: Session, check_: AsylumCheck) -> Iterator[FieldProblem]:
    """Everything that keeps an answer about asylum from being written as it is."""
    return happened_problems(session, check_, "checked_on")


def asylum_checks(session: Session, persons: Sequence[str]) -> dict[str, AsylumCheck]:
    """The latest answer of each person; persons of whom it was never asked are left out."""
    with session.store.read() as conn:
        found = {person: last_asylum_check(conn, person) for person in persons}
    return {person: row for person, row in found.items() if row is not None}
