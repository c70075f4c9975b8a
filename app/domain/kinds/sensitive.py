"""Facts that only some may know. What must be shared differently is a different record, not a flagged field."""

from app.domain.record import (
    BYTES,
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    flag,
    note,
    number,
    record,
    ref,
    text,
)
from app.domain.words import N_

GEZONDHEID, ASIEL_STRAF = Compartment.GEZONDHEID, Compartment.ASIEL_STRAF
VEILIG_ADRES, EIGEN = Compartment.VEILIG_ADRES, Compartment.EIGEN
PERSON, DOSSIER = ScopeKind.PERSON, ScopeKind.DOSSIER


@record("health_fact", N_("Health"), scope=PERSON, compartment=GEZONDHEID)
class HealthFact(Record):
    """What is needed for departure, by what it asks of others; the medical content stays with the doctor."""

    topic: str | None = code(N_("Topic"), "gesprek")
    body: str | None = note(N_("What is needed"))
    source: str | None = text(N_("Source"))
    as_of: str | None = date(N_("As of"))
    talk: str | None = ref(N_("Talk"), "talk")


@record("travel_condition", N_("Travel condition"), scope=DOSSIER, compartment=GEZONDHEID)
class TravelCondition(Record):
    """A condition for the journey from a medical advice or a court: what, arranged by whom, done when."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    condition: str | None = code(N_("Condition"), "vertrek")
    description: str | None = text(N_("Description"))
    source: str | None = text(N_("Source"))
    source_on: str | None = date(N_("Date of the source"))
    arranged_by: str | None = text(N_("Arranged by"))
    arranged_on: str | None = date(N_("Arranged on"))
    evidence: str | None = text(N_("Evidence"))
    contacted_on: str | None = date(N_("Contacted on"))
    contact_name: str | None = text(N_("Spoken with"))
    confirmation: str | None = text(N_("Written confirmation"))
    carried_out: str | None = text(N_("Carried out"))


@record("medical_handover", N_("Medical handover"), scope=DOSSIER, compartment=GEZONDHEID)
class MedicalHandover(Record):
    """That a closed envelope was made, by whom and with which seal; never what is in it."""

    departure: str | None = ref(N_("Departure"), "departure")
    person: str | None = ref(N_("Person"), "person")
    made: str | None = code(N_("Made"), "basis")
    made_by: str | None = text(N_("Made by"))
    seal_number: str | None = text(N_("Seal number"))
    on: str | None = date(N_("On"))


@record("health_scan", N_("Scan about health"), scope=PERSON, compartment=GEZONDHEID)
class HealthScan(Record):
    """A scanned paper about health."""

    title: str | None = text(N_("Title"))
    media_type: str | None = text(N_("Media type"))
    size_bytes: int | None = number(N_("Size"), unit=BYTES)
    blob: str | None = text(N_("File"), inner=True)
    about: str | None = ref(N_("About"), "")


@record("decision", N_("Decision"), scope=PERSON, compartment=ASIEL_STRAF)
class Decision(Record):
    """A decision on stay or return: kind, date, authority, result, remedy."""

    kind: str | None = code(N_("Kind"), "basis", "besluit")
    on: str | None = date(N_("On"))
    authority: str | None = text(N_("Authority"))
    result: str | None = text(N_("Result"))
    reference: str | None = text(N_("Reference"))
    remedy: str | None = text(N_("Remedy"))
    suspends: int | None = flag(N_("Suspends departure"))
    disagreement: str | None = note(N_("The person disagrees"))


@record("procedure", N_("Procedure"), scope=PERSON, compartment=ASIEL_STRAF)
class Procedure(Record):
    """A running procedure and whether it holds steps towards the embassy."""

    kind: str | None = code(N_("Kind"), "basis", "procedure")
    started_on: str | None = date(N_("Started on"))
    ended_on: str | None = date(N_("Ended on"))
    reference: str | None = text(N_("Reference"))
    suspends: int | None = flag(N_("Suspends departure"))
    checked_on: str | None = date(N_("Checked on"))
    source: str | None = text(N_("Source"))


@record(
    "asylum_check",
    N_("Asked whether an asylum application is running"),
    scope=PERSON,
    compartment=ASIEL_STRAF,
)
class AsylumCheck(Record):
    """Asked and answered: steps towards the embassy stand still while an application is running."""

    answer: str | None = code(N_("Answer"), "basis", "ja-nee-onbekend")
    checked_on: str | None = date(N_("Checked on"))
    source: str | None = text(N_("Source"))


@record("measure", N_("Measure"), scope=PERSON, compartment=ASIEL_STRAF)
class Measure(Record):
    """A measure (art. 54, 56 or 59): area, days of reporting, handed over when and in which language."""

    kind: str | None = code(N_("Kind"), "basis", "maatregel")
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    area: str | None = text(N_("Area"))
    reporting_days: str | None = text(N_("Days of reporting"))
    handed_over_on: str | None = date(N_("Handed over on"))
    handed_over_in: str | None = text(N_("Language"))
    checked_on: str | None = date(N_("Checked on"))


@record("reporting", N_("Reporting"), scope=PERSON, compartment=ASIEL_STRAF)
class Reporting(Record):
    """Whether a person reported on a day."""

    on: str | None = date(N_("On"))
    outcome: str | None = code(N_("Outcome"), "basis", "melding")
    reason: str | None = text(N_("Reason"))


@record("delicate_fact", N_("Delicate fact"), scope=PERSON, compartment=ASIEL_STRAF)
class DelicateFact(Record):
    """What was told that touches asylum, crime or trafficking."""

    topic: str | None = code(N_("Topic"), "gesprek")
    body: str | None = note(N_("What"))
    source: str | None = text(N_("Source"))
    as_of: str | None = date(N_("As of"))
    talk: str | None = ref(N_("Talk"), "talk")


@record("original_mark", N_("Mark on a document"), scope=PERSON, compartment=ASIEL_STRAF)
class OriginalMark(Record):
    """Whether a paper is connected with an asylum story: yes, no, or said so by the person."""

    original: str | None = ref(N_("Document"), "original")
    mark: str | None = code(N_("Connected with asylum"), "basis")
    on: str | None = date(N_("On"))


@record("delicate_scan", N_("Delicate scan"), scope=PERSON, compartment=ASIEL_STRAF)
class DelicateScan(Record):
    """A scanned paper that touches asylum or crime."""

    title: str | None = text(N_("Title"))
    media_type: str | None = text(N_("Media type"))
    size_bytes: int | None = number(N_("Size"), unit=BYTES)
    blob: str | None = text(N_("File"), inner=True)
    about: str | None = ref(N_("About"), "")


@record("secret_address", N_("Secret address"), scope=PERSON, compartment=VEILIG_ADRES)
class SecretAddress(Record):
    """Where somebody lives whom not everybody may find."""

    address: str | None = note(N_("Address"))
    contact: str | None = text(N_("Contact"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    reason: str | None = text(N_("Reason"))


@record("alliance", N_("Working alliance"), scope=DOSSIER, compartment=EIGEN)
class Alliance(Record):
    """The officer's own look at the working alliance; it never leaves this laptop."""

    talk: str | None = ref(N_("Talk"), "talk")
    part: str | None = code(N_("Part"), "gesprek")
    score: int | None = number(N_("Score"))
    remark: str | None = note(N_("Remark"))


@record("own_note", N_("Own note"), scope=DOSSIER, compartment=EIGEN)
class OwnNote(Record):
    """A note for the officer alone."""

    about: str | None = ref(N_("About"), "")
    body: str | None = note(N_("Note"))


@record("reporting_duty", N_("Reporting duty of the family"), scope=DOSSIER, compartment=ASIEL_STRAF)
class ReportingDuty(Record):
    """On which days, at what time and where the family reports; set per family, since it differs per location."""

    days: str | None = text(N_("Days of reporting"))
    at_time: str | None = text(N_("Time"))
    place: str | None = text(N_("Place"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    source: str | None = text(N_("Source"))
