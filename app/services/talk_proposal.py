"""What a new talk is proposed to be: kind and phase from what came before, people and language from the family.

Everything is a proposal that the officer may change; what nobody recorded stays empty, so that no value is invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app.domain.dated_event import bare_code, day_of
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Phase
from app.domain.kinds.talk import Talk
from app.domain.person_name import PersonName
from app.services import families, talks
from app.services.families import Member
from app.services.reading import disputed, known
from app.services.session import Session
from app.services.talk_view import answers_in, load_in, persons_in
from app.storage.shielding import hidden
from app.storage.uow import read_where

ADULT_YEARS = 18  # artikel 1:233 BW
NEEDS_INTERPRETER = frozenset({"tolk-nodig.ja", "tolk-nodig.soms"})
NEEDS_NONE = "tolk-nodig.nee"
FIRST, NEXT = "gesprek.eerste", "gesprek.vervolg"
NO_INTERPRETER = "tolk.niet-nodig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member who can take part. `is_child` None: the age is not known well enough to say."""

    person: str
    name: PersonName
    role: str
    is_child: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPhase:
    """The phase recorded last: for the family, else for one of them; with the officer's reason."""

    phase: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkForm:
    """What the form of a talk opens with. `before` None: nothing is stored yet; `answers` by bare code."""

    before: Talk | None
    talk: Talk
    family: str
    native: str
    persons: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    answers: dict[str, str]
    last_phase: LastPhase | None
    earlier: int


def propose(session: Session, dossier: str) -> TalkForm:
    """A new talk with this family. Raises `families.NoSuchDossier`."""
    with session.store.read() as conn:
        family = families.load_in(conn, session, dossier)
        held = _held(conn, dossier)
        phase = last_phase(conn, dossier)
        candidates = candidates_of(conn, session, family.once())
        people = known(conn, [member.person for member in family.once()])
    members = [replace(member, person=person) for member, person in zip(family.once(), people, strict=True)]
    adults = tuple(each.person for each in candidates if not each.is_child)
    last = held[-1] if held else None
    content = session.content
    language = _language(members, adults) or (last.interpreter_language if last else None)
    talk = talks.new_talk(session, dossier).with_values(
        kind=content.ref("gesprek", NEXT if held else FIRST),
        phase=phase.phase if phase else None,
        place=last.place if last else None,
        interpreter=_mode(session, members, adults, last),
        interpreter_language=language or None,
    )
    return TalkForm(
        before=None,
        talk=talk,
        family=family.dossier.title or "",
        native=family.dossier.title_native or "",
        persons=adults,
        candidates=candidates,
        answers={},
        last_phase=phase,
        earlier=len(held),
    )


def open_planned(session: Session, talk: str) -> TalkForm:
    """The form of a talk that was planned. Raises `NoSuchTalk`, `NoSuchDossier`."""
    with session.store.read() as conn:
        found = load_in(conn, talk).talk
        family = families.load_in(conn, session, found.scope)
        there = persons_in(conn, talk)
        return TalkForm(
            before=found,
            talk=found,
            family=family.dossier.title or "",
            native=family.dossier.title_native or "",
            persons=there,
            candidates=candidates_of(conn, session, family.once(there)),
            answers={code: bare_code(row.answer or "") for code, row in answers_in(conn, talk).items()},
            last_phase=last_phase(conn, found.scope),
            earlier=len(_held(conn, found.scope)),
        )


def candidates_of(conn: Connection, session: Session, members: Sequence[Member]) -> tuple[Candidate, ...]:
    """The members as they can take part; a birth date on which two officers differ counts as unknown."""
    unsure = disputed(conn, [member.person.id for member in members])
    return tuple(
        Candidate(
            person=member.person.id,
            name=PersonName(
                family=member.person.family_name or "",
                given=member.person.given_names or "",
                call=member.person.call_name or "",
                native_family=member.person.family_name_native or "",
                native_given=member.person.given_names_native or "",
            ),
            role=member.membership.role or "",
            is_child=_is_child(session, member, "birth_date" in unsure.get(member.person.id, ())),
        )
        for member in members
    )


def last_phase(conn: Connection, dossier: str, person: str | None = None) -> LastPhase | None:
    """The phase recorded last: of `person` ("" is the family as a whole); None: of the family, else of anybody."""
    shown = f"scope = ? AND NOT {hidden('r_phase.person', 'r_phase.scope')}"
    marks = known(conn, read_where(conn, Phase, f"{shown} ORDER BY from_on, id", (dossier,)))
    if person is not None:
        mine = [mark for mark in marks if (mark.person or "") == person]
    else:
        mine = [mark for mark in marks if not mark.person] or marks
    if not mine:
        return None
    return LastPhase(phase=mine[-1].phase or "", on=day_of(mine[-1].from_on), reason=mine[-1].reason or "")


def _held(conn: Connection, dossier: str) -> list[Talk]:
    where = "scope = ? AND started_at IS NOT NULL AND cancelled_at IS NULL ORDER BY started_at, id"
    return read_where(conn, Talk, where, (dossier,))


def _is_child(session: Session, member: Member, unsure: bool) -> bool | None:
    text = member.person.birth_date
    ages = IncompleteDate.from_text(text).age_between(session.today) if text and not unsure else None
    if ages is None or ages[0] < ADULT_YEARS <= ages[1]:
        return None
    return ages[1] < ADULT_YEARS


def _language(members: Sequence[Member], adults: Sequence[str]) -> str:
    """The language an adult asked an interpreter for, else the language of the first adult who needs one."""
    grown = [member.person for member in members if member.person.id in adults]
    wanted = [person for person in grown if bare_code(person.interpreter or "") in NEEDS_INTERPRETER]
    said = (person.interpreter_language or person.language for person in (*wanted, *grown))
    return next((language for language in said if language), "")


def _mode(
    session: Session, members: Sequence[Member], adults: Sequence[str], last: Talk | None
) -> str | None:
    if last is not None and last.interpreter:
        return last.interpreter
    needs = {bare_code(member.person.interpreter or "") for member in members if member.person.id in adults}
    if needs == {NEEDS_NONE}:
        return session.content.ref("gesprek", NO_INTERPRETER)
    return None
