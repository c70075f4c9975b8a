"""Departure talks: plan or begin one, answer its checklist, write notes and agreements, and finish it.

Special circumstances have their own file, `circumstances`: a talk is finished only when each topic has an answer.
Reading stands in `talk_view`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, check, record_problems, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Phase
from app.domain.kinds.talk import Agreement, Answer, Talk, TalkPerson, TalkStep
from app.domain.words import N_
from app.i18n import language
from app.services.circumstances import CircumstancesOpen, open_topics
from app.services.session import Session
from app.services.talk_view import answers_in, rows_of_persons, steps_in
from app.storage.uow import Moved, UnitOfWork

Answers = Mapping[str, str]
"""Checklist answers: item code to answer code, both bare; "" takes an answer back."""


class NobodyPresent(KnownProblem):
    """A talk is with somebody."""

    message = N_("Choose who took part in the talk.")


class NoMoment(KnownProblem):
    """A planned talk has a day."""

    message = N_("Write on which day the talk will be.")


class PhaseReasonMissing(KnownProblem):
    """A phase is a working mark with a reason, never a score."""

    message = N_("Write in one sentence why you chose this phase.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The id of what was written, and cells that somebody else had changed meanwhile: both values stand."""

    record: str
    moved: tuple[Moved, ...] = ()


def new_talk(session: Session, dossier: str) -> Talk:
    """An empty talk for a form; nothing is stored yet."""
    return Talk(id=new_id(), scope=dossier, recording=session.content.ref("basis", "opname.niet-gevraagd"))


def item_ref(session: Session, code: str) -> str:
    """The reference of a checklist item: those of the phases stand in another pack than those around a talk."""
    pack = "fasen" if code in session.content.packs["fasen"].items else "gesprek"
    return session.content.ref(pack, code)


def plan(session: Session, talk: Talk, persons: Sequence[str], answers: Answers | None = None) -> Written:
    """Put a talk in the agenda. Raises `EntryRefused`, `NobodyPresent` and `NoMoment` in it."""
    return _make(session, talk, persons, answers or {}, begin=False)


def begin(session: Session, talk: Talk, persons: Sequence[str], answers: Answers | None = None) -> Written:
    """Begin a talk that was not planned. Raises `EntryRefused`, `NobodyPresent` in it."""
    return _make(session, talk, persons, answers or {}, begin=True)


def _make(session: Session, talk: Talk, persons: Sequence[str], answers: Answers, *, begin: bool) -> Written:
    made = talk.with_values(started_at=moment_text(session.now())) if begin else talk
    refuse(problems(made, persons, needs_moment=not begin))
    with session.store.write(verbs.TALK_STARTED if begin else verbs.TALK_PLANNED, dossier=talk.scope) as uow:
        uow.add(made)
        _set_persons(uow, made, persons)
        _set_answers(session, uow, made, answers)
    return Written(record=talk.id)


def prepare(
    session: Session, before: Talk, after: Talk, persons: Sequence[str], answers: Answers, *, begin: bool
) -> Written:
    """Change a planned talk, and begin it if wanted; one that runs already keeps its moment.

    Raises `EntryRefused`, `NobodyPresent` in it.
    """
    starts = begin and not before.started_at
    made = after.with_values(started_at=moment_text(session.now())) if starts else after
    refuse(problems(made, persons, needs_moment=False))
    with session.store.write(
        verbs.TALK_STARTED if starts else verbs.TALK_CHANGED, dossier=after.scope
    ) as uow:
        uow.save(before, made)
        _set_persons(uow, made, persons)
        _set_answers(session, uow, made, answers)
    return Written(record=after.id, moved=tuple(uow.moved))


def problems(talk: Talk, persons: Sequence[str], *, needs_moment: bool) -> Iterator[FieldProblem]:
    """Everything that keeps a talk with these persons from being written as it is; "persons" is named as a field."""
    if not persons:
        yield wrong_at(talk, "persons", NobodyPresent())
    if needs_moment and not talk.planned_at:
        yield wrong_at(talk, "planned_at", NoMoment())
    yield from record_problems(talk)


def _set_persons(uow: UnitOfWork, talk: Talk, persons: Sequence[str]) -> None:
    standing = {row.person: row for row in rows_of_persons(uow.conn, talk.id)}
    for person in persons:
        if person not in standing:
            uow.add(TalkPerson(id=new_id(), scope=talk.scope, talk=talk.id, person=person))
    for row in standing.values():
        if row.person not in persons:
            uow.delete(row)


def _set_answers(session: Session, uow: UnitOfWork, talk: Talk, answers: Answers) -> None:
    standing = answers_in(uow.conn, talk.id)
    for item, value in answers.items():
        _set_answer(session, uow, talk, standing.get(item), item, value)


def _set_answer(
    session: Session, uow: UnitOfWork, talk: Talk, found: Answer | None, item: str, value: str
) -> None:
    if not value:
        if found is not None:
            uow.delete(found)
        return
    if found is not None and bare_code(found.answer or "") == value:
        return
    answer = session.content.ref("basis", value)
    if found is not None:
        uow.save(found, found.with_values(answer=answer))
    else:
        uow.add(
            Answer(id=new_id(), scope=talk.scope, talk=talk.id, item=item_ref(session, item), answer=answer)
        )


def save(session: Session, before: Talk, after: Talk) -> Written:
    """Change what stands in the talk itself: notes, place, who else was there, next appointment."""
    check(after)
    only_notes = before.with_values(notes=after.notes) == after
    with session.store.write(
        verbs.TALK_NOTED if only_notes else verbs.TALK_CHANGED, dossier=after.scope
    ) as uow:
        uow.save(before, after)
    return Written(record=after.id, moved=tuple(uow.moved))


def cancel(session: Session, before: Talk, reason: str) -> Written:
    """The talk did not take place."""
    after = before.with_values(cancelled_at=moment_text(session.now()), cancel_reason=reason or None)
    return save(session, before, after)


def answer(session: Session, talk: Talk, item: str, value: str) -> Written:
    """Answer one checklist item, both as bare codes; an empty value takes the answer back."""
    with session.store.write(verbs.TALK_ANSWERED, dossier=talk.scope) as uow:
        _set_answers(session, uow, talk, {item: value})
    return Written(record=talk.id, moved=tuple(uow.moved))


def agree(session: Session, before: Agreement | None, after: Agreement) -> Written:
    """Write down who does what by when, or change it."""
    check(after)
    verb = verbs.AGREEMENT_MADE if before is None else verbs.AGREEMENT_CHANGED
    with session.store.write(verb, dossier=after.scope) as uow:
        uow.save(before, after)
    return Written(record=after.id, moved=tuple(uow.moved))


def drop_agreement(session: Session, before: Agreement) -> Written:
    """Take an agreement back that was written down by mistake; it can be undone."""
    with session.store.write(verbs.AGREEMENT_CHANGED, dossier=before.scope) as uow:
        uow.delete(before)
    return Written(record=before.id)


def finish(
    session: Session,
    before: Talk,
    after: Talk,
    *,
    phases: Iterable[Phase] = (),
    minutes: Mapping[str, int] | None = None,
) -> Written:
    """Finish the talk; `phases` are the officer's new working marks, each with a reason.

    Raises `CircumstancesOpen` while a topic has no answer, `PhaseReasonMissing`, `EntryRefused`.
    """
    open_ = open_topics(session, before.id)
    if open_:
        raise CircumstancesOpen(topics=", ".join(topic.label(language()) for topic in open_))
    marks = tuple(phases)
    if any(not (mark.reason or "").strip() for mark in marks):
        raise PhaseReasonMissing
    now = moment_text(session.now())
    made = after.with_values(finished_at=now, started_at=after.started_at or now)
    check(made, *marks)
    with session.store.write(verbs.TALK_FINISHED, dossier=after.scope) as uow:
        uow.save(before, made)
        _set_minutes(session, uow, made, minutes or {})
        for mark in marks:
            uow.add(mark)
    return Written(record=after.id, moved=tuple(uow.moved))


def _set_minutes(session: Session, uow: UnitOfWork, talk: Talk, minutes: Mapping[str, int]) -> None:
    standing = {bare_code(row.step or ""): row for row in steps_in(uow.conn, talk.id)}
    for step, used in minutes.items():
        found = standing.get(step)
        if found is not None:
            uow.save(found, found.with_values(minutes=used))
        elif used:
            code = session.content.ref("gesprek", step)
            uow.add(TalkStep(id=new_id(), scope=talk.scope, talk=talk.id, step=code, minutes=used))


def mark_transferred(session: Session, talk: Talk) -> Written:
    """The report was copied into the official system: from now on that one counts (werkproces, NG-08)."""
    return save(session, talk, talk.with_values(transferred_at=moment_text(session.now())))
