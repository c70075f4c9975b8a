"""From records to the report of a talk: what was asked, said and agreed; never what was told apart."""

from app.content.load import Content
from app.domain.answer import OPEN, Answer, Known, NotApplicable, Unknown
from app.domain.dated_event import bare_code
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.kinds.talk import Agreement, Circumstance, Talk, TalkPerson, TalkStep
from app.domain.kinds.talk import Answer as AnswerRecord
from app.domain.person_name import PersonName
from app.domain.sheet_head import SheetHead
from app.domain.talk_facts import (
    Attendee,
    ChecklistAnswer,
    ChecklistItem,
    NoteKind,
    TalkAgreement,
    TalkNote,
    TalkReportFacts,
)
from app.domain.talk_facts import Circumstance as CircumstanceFact
from app.domain.talk_facts import TalkStep as StepFact
from app.services.handover_reading import local_text
from app.services.paper_reading import LANGUAGE, PaperReader

PAPER = "papier.gespreksverslag"
ANSWERS = {
    "antwoord.ja": ChecklistAnswer.YES,
    "antwoord.nee": ChecklistAnswer.NO,
    "antwoord.niet-besproken": ChecklistAnswer.NOT_DISCUSSED,
    "antwoord.nvt": ChecklistAnswer.NOT_APPLICABLE,
}
NO_INTERPRETER = frozenset({"tolk.niet-nodig"})
QUOTES = '“”„"'  # the paper sets its own
NOT_ASKED = "bijz-antwoord.niet-gevraagd"


def report_facts(
    reader: PaperReader,
    content: Content,
    talk: str,
    head: SheetHead,
    *,
    with_phase: bool,
    with_checklist: bool,
) -> TalkReportFacts:
    """Everything the report may receive. The phase is the officer's working mark: only when asked for."""
    found = reader.records(Talk, "id = ?", (talk,))[0]
    dossier = reader.records(Dossier, "id = ?", (found.scope,))[0]
    began = local_text(found.started_at) if found.started_at else (found.planned_at or "")
    ended = local_text(found.finished_at) if found.finished_at else ""
    agreements = reader.records(Agreement, "talk = ? ORDER BY due_on, id", (talk,))
    return TalkReportFacts(
        head=head,
        family=f"{dossier.title or ''} ({dossier.number or ''})",
        kind=reader.label(found.kind or ""),
        held_on=began[:10],
        started_at=began[11:16],
        ended_at=ended[11:16],
        location=reader.answer("talk.location", found, "place"),
        goal=reader.answer("talk.goal", found, "goal"),
        phase=reader.label(found.phase) if with_phase and found.phase else None,
        attendees=_attendees(reader, found, head),
        interpreter=_interpreter(reader, found),
        recording=reader.answer("talk.recording", found, "recording", reader.label),
        steps=_steps(reader, content, talk),
        checklist=_checklist(reader, content, talk) if with_checklist else (),
        notes=_notes(reader, found),
        circumstances=_circumstances(reader, content, found),
        agreements=tuple(
            TalkAgreement(
                who=reader.plain("talk.agreements", each, "who", item=place),
                what=reader.plain("talk.agreements", each, "what", item=place),
                due=_agreed(reader.answer("talk.agreement-due", each, "due_on")),
            )
            for place, each in enumerate(agreements, start=1)
        ),
        no_agreements=bool(found.finished_at) and not agreements,
        next_talk=_agreed(reader.answer("talk.next-talk", found, "next_at")),
    )


def _agreed(answer: Answer) -> Answer:
    """No day is what was agreed, not something that is missing."""
    return NotApplicable() if answer == OPEN else answer


def _attendees(reader: PaperReader, talk: Talk, head: SheetHead) -> tuple[Attendee, ...]:
    """Who was there, in the order of the family; a member who left the family since is named last, without a role."""
    present = [
        row.person for row in reader.records(TalkPerson, "talk = ? ORDER BY id", (talk.id,)) if row.person
    ]
    members = {
        row.person: row
        for row in reader.records(Membership, "scope = ? ORDER BY position, id", (talk.scope,))
    }
    order = [person for person in members if person in present]
    order += [person for person in present if person not in members]
    found = []
    hidden = reader.hidden_from(talk.scope)
    for place, wanted in enumerate(order, start=1):
        if wanted in hidden:
            found.append(Attendee(name=reader.shielded))
            continue
        person = reader.one(Person, "id = ?", (wanted,))
        if person is not None:
            found.append(_attendee(reader, person, members.get(wanted), place))
    if talk.others_present:
        found.append(
            Attendee(name=reader.plain("talk.attendees", talk, "others_present", item=len(found) + 1))
        )
    return (*found, Attendee(name=head.made_by, role=head.made_by_role))


def _attendee(reader: PaperReader, person: Person, member: Membership | None, place: int) -> Attendee:
    """One member. Where two names stand, both are named and it is a gap (settled rule 10)."""
    family, given, native_family, native_given = (
        reader.plain("talk.attendees", person, field, item=place)
        for field in ("family_name", "given_names", "family_name_native", "given_names_native")
    )
    name = PersonName(family=family, given=given, native_family=native_family, native_given=native_given)
    role = reader.plain("talk.attendees", member, "role", reader.label, place) if member is not None else ""
    return Attendee(name=name.full, native=name.native, role=role)


def _interpreter(reader: PaperReader, talk: Talk) -> Answer:
    answer = reader.answer("talk.interpreter", talk, "interpreter", reader.label)
    if isinstance(answer, Known) and bare_code(talk.interpreter or "") in NO_INTERPRETER:
        return NotApplicable()
    if isinstance(answer, Known) and talk.interpreter_language:
        return Known(f"{answer.text}, {talk.interpreter_language}")
    return answer


def _steps(reader: PaperReader, content: Content, talk: str) -> tuple[StepFact, ...]:
    """The steps that were timed, in their order; a talk that was not timed prints none."""
    used = {bare_code(row.step or ""): row.minutes for row in reader.records(TalkStep, "talk = ?", (talk,))}
    return tuple(
        StepFact(title=step.label(LANGUAGE), minutes=used[step.code])
        for step in content.talk_steps
        if step.code in used
    )


def _checklist(reader: PaperReader, content: Content, talk: str) -> tuple[ChecklistItem, ...]:
    """The lines that were answered, in the order of the packs."""
    rows = {bare_code(row.item or ""): row for row in reader.records(AnswerRecord, "talk = ?", (talk,))}
    order = [item.code for phase in content.phases for item in phase.items]
    order += [item.code for item in content.talk_items]
    order += [item.code for kind in content.talk_kinds.values() for item in kind.items]
    known = [code for code in order if code in rows] + [code for code in rows if code not in order]
    return tuple(
        ChecklistItem(
            text=reader.label(rows[code].item or ""),
            answer=ANSWERS.get(bare_code(rows[code].answer or "")),
            note=rows[code].remark or "",
        )
        for code in known
    )


def _notes(reader: PaperReader, talk: Talk) -> tuple[TalkNote, ...]:
    """Notes as typed, and the summary in the person's own words; opinion has no place in a report."""
    notes = []
    if text := reader.plain("talk.note", talk, "notes", item=1):
        notes.append(TalkNote(kind=NoteKind.FACT, text=text))
    if said := reader.plain("talk.note", talk, "summary", item=len(notes) + 1):
        notes.append(TalkNote(kind=NoteKind.QUOTE, text=said.strip().strip(QUOTES)))
    return tuple(notes)


def _circumstances(reader: PaperReader, content: Content, talk: Talk) -> tuple[CircumstanceFact, ...]:
    """Each topic with its answer; a topic without one stays open, and so does the report."""
    kind = content.talk_kinds.get(bare_code(talk.kind or ""))
    if kind is not None and not kind.asks_special_circumstances:
        return ()
    rows = {bare_code(row.topic or ""): row for row in reader.records(Circumstance, "talk = ?", (talk.id,))}
    return tuple(
        CircumstanceFact(topic=topic.label(LANGUAGE), answer=_circumstance(reader, rows.get(topic.code)))
        for topic in content.topics
    )


def _circumstance(reader: PaperReader, row: Circumstance | None) -> Answer:
    if row is None:
        return OPEN
    answer = reader.answer("talk.circumstance", row, "answer", reader.label)
    if isinstance(answer, Known) and bare_code(row.answer or "") == NOT_ASKED:
        return Unknown(reader.plain("talk.circumstance", row, "reason"))
    return answer
