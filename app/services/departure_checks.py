"""The checklist of a special departure: every line that the kinds ask for is answered, never shortened (BV-17)."""

from dataclasses import dataclass

from app.domain import verbs
from app.domain.dated_event import bare_code
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.ident import derived_id
from app.domain.kinds.departure import DepartureCheck
from app.domain.special_departure import (
    AskedLine,
    Completeness,
    LineAnswer,
    LineNeed,
    checklist,
    completeness,
)
from app.domain.words import N_
from app.i18n import language
from app.services.departures import DepartureFile
from app.services.reading import disputed
from app.services.session import Session
from app.storage.uow import read

ANSWERS = "antwoord-check"


class ReasonWanted(KnownProblem):
    """*Niet nodig* and *niet gelukt* are answers only with a reason."""

    message = N_("Write why: the colleague who takes over reads it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line for a person. `answer` is the bare code of an answer, "" while open; two that differ count as open."""

    code: str
    words: str
    required: bool
    answer: str
    reason: str
    on: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The lines of one person, and how far they are answered."""

    person: str
    lines: tuple[CheckLine, ...]
    completeness: Completeness


def read_checklist(session: Session, file: DepartureFile, person: str) -> Checklist:
    """The checklist of a person; empty where no kind of special departure holds."""
    asked: tuple[AskedLine, ...] = checklist(session.content.departure_checklist, file.kinds_of(person))
    mine = {bare_code(each.item or ""): each for each in file.checks if each.person == person}
    with session.store.read() as conn:
        open_ = disputed(conn, [each.id for each in mine.values()])
    answers = {
        code: LineAnswer(bare_code(each.answer or ""), each.reason or "", each.id in open_)
        for code, each in mine.items()
    }
    choices = {choice.code: choice for choice in session.content.choices("vertrek", ANSWERS)}
    lines = []
    for line in asked:
        answer, record = answers.get(line.line.code, LineAnswer()), mine.get(line.line.code)
        lines.append(
            CheckLine(
                code=line.line.code,
                words=line.line.label(language()),
                required=line.need is LineNeed.REQUIRED,
                answer="" if answer.disputed else answer.code,
                reason=answer.reason,
                on=(record.on or "") if record is not None else "",
                disputed=answer.disputed,
            )
        )
    return Checklist(person=person, lines=tuple(lines), completeness=completeness(asked, answers, choices))


def answer_line(
    session: Session, departure: str, person: str, code: str, answer: str, reason: str = ""
) -> None:
    """Keep the answer to a line; "" takes it back. Raises `ReasonWanted`, `EntryRefused`."""
    choices = {choice.code: choice for choice in session.content.choices("vertrek", ANSWERS)}
    if answer and choices[answer].needs_reason and not reason.strip():
        raise ReasonWanted
    record = derived_id("departure_check", departure, person, code)
    with session.store.write(verbs.CHECKLIST_KEPT) as uow:
        scope = uow.conn.exec_driver_sql(
            "SELECT scope FROM r_departure WHERE id = ?", (departure,)
        ).scalar_one()
        before = read(uow.conn, DepartureCheck, record)
        after = DepartureCheck(
            id=record,
            scope=str(scope),
            departure=departure,
            person=person,
            item=session.content.ref("vertrek", code) if before is None else before.item,
            answer=session.content.ref("vertrek", answer) if answer else None,
            reason=reason.strip() or None,
            on=session.today.isoformat() if answer else None,
        )
        check(after)
        uow.save(before, after)
