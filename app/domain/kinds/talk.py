"""*Vertrekgesprekken*: what was prepared, asked, answered, noted and agreed."""

from app.domain.record import (
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    local_time,
    moment,
    note,
    number,
    record,
    ref,
    text,
)
from app.domain.words import N_

WERKWIJZE, DOSSIER = Compartment.WERKWIJZE, ScopeKind.DOSSIER


@record("talk", N_("Talk"), scope=DOSSIER, compartment=WERKWIJZE)
class Talk(Record):
    """One talk. Its state follows from the moments: planned, running, finished or cancelled."""

    kind: str | None = code(N_("Kind of talk"), "gesprek")
    phase: str | None = code(N_("Phase"), "fasen")
    planned_at: str | None = local_time(N_("Planned at"))
    started_at: str | None = moment(N_("Started at"))
    finished_at: str | None = moment(N_("Finished at"))
    cancelled_at: str | None = moment(N_("Cancelled at"))
    cancel_reason: str | None = text(N_("Reason"))
    place: str | None = text(N_("Place"))
    others_present: str | None = text(N_("Also present"))
    interpreter: str | None = code(N_("Interpreter"), "gesprek")
    interpreter_language: str | None = text(N_("Language of the interpreter"))
    recording: str | None = code(N_("Recording"), "basis")
    goal: str | None = text(N_("Goal in one sentence"))
    notes: str | None = note(N_("Notes"))
    summary: str | None = note(N_("Summary by the person"))
    next_at: str | None = local_time(N_("Next appointment"))
    transferred_at: str | None = moment(N_("Copied into the official system at"))


@record("talk_person", N_("Present at the talk"), scope=DOSSIER, compartment=WERKWIJZE)
class TalkPerson(Record):
    """That a member of the family took part."""

    talk: str | None = ref(N_("Talk"), "talk")
    person: str | None = ref(N_("Person"), "person")


@record("answer", N_("Answer"), scope=DOSSIER, compartment=WERKWIJZE)
class Answer(Record):
    """The answer to one checklist item in one talk."""

    talk: str | None = ref(N_("Talk"), "talk")
    item: str | None = code(N_("Item"), "")  # a phase checklist, or the items around a talk
    answer: str | None = code(N_("Answer"), "basis")
    remark: str | None = text(N_("Remark"))


@record("agreement", N_("Agreement"), scope=DOSSIER, compartment=WERKWIJZE)
class Agreement(Record):
    """Who does what by when; also what the officer does."""

    talk: str | None = ref(N_("Talk"), "talk")
    who: str | None = text(N_("Who"))
    what: str | None = text(N_("What"))
    due_on: str | None = date(N_("By"))
    done_on: str | None = date(N_("Done on"))
    outcome: str | None = text(N_("Outcome"))


@record("circumstance", N_("Special circumstance"), scope=DOSSIER, compartment=WERKWIJZE)
class Circumstance(Record):
    """Asked in a talk: none, yes, or not asked with a reason. What was told lies in the compartment it needs."""

    talk: str | None = ref(N_("Talk"), "talk")
    topic: str | None = code(N_("Topic"), "gesprek")
    answer: str | None = code(N_("Answer"), "basis")
    reason: str | None = text(N_("Reason"))
    body: str | None = note(N_("What was told"))


@record("talk_step", N_("Step of the talk"), scope=DOSSIER, compartment=WERKWIJZE)
class TalkStep(Record):
    """Minutes used for a step of the talk."""

    talk: str | None = ref(N_("Talk"), "talk")
    step: str | None = code(N_("Step"), "gesprek")
    minutes: int | None = number(N_("Minutes"))


@record("signal", N_("Signal"), scope=DOSSIER, compartment=WERKWIJZE)
class Signal(Record):
    """What was seen or heard, who was told and what was done."""

    person: str | None = ref(N_("Person"), "person")
    on: str | None = date(N_("On"))
    body: str | None = note(N_("Seen or heard"))
    told: str | None = text(N_("Told to"))
    done: str | None = note(N_("Done"))
