"""A person: who they are, by which names, papers and contacts. What is delicate lies in `sensitive.py`."""

from app.domain.record import (
    BYTES,
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    flag,
    incomplete_date,
    moment,
    note,
    number,
    record,
    ref,
    text,
)
from app.domain.words import N_

KERN, WERKWIJZE, PERSON = Compartment.KERN, Compartment.WERKWIJZE, ScopeKind.PERSON


@record("person", N_("Person"), scope=PERSON, compartment=KERN)
class Person(Record):
    """One person, with the names used from day to day. Parts of the birth date may be unknown."""

    family_name: str | None = text(N_("Family name"), searched=True)
    given_names: str | None = text(N_("Given names"), searched=True)
    family_name_native: str | None = text(N_("Family name in own script"), searched=True)
    given_names_native: str | None = text(N_("Given names in own script"), searched=True)
    call_name: str | None = text(N_("Called"), searched=True)
    sex: str | None = code(N_("Sex"), "basis", "geslacht")
    birth_date: str | None = incomplete_date(N_("Date of birth"))
    birth_date_stated: int | None = flag(N_("Date of birth as stated by the person"))
    birth_place: str | None = text(N_("Place of birth"))
    birth_country: str | None = code(N_("Country of birth"), "landen", "*")
    language: str | None = text(N_("Language"))
    dialect: str | None = text(N_("Dialect"))
    interpreter: str | None = code(N_("Interpreter needed"), "basis", "tolk-nodig")
    interpreter_language: str | None = text(N_("Language of the interpreter"))
    reading: str | None = code(N_("Can read"), "basis", "lezen")
    reading_language: str | None = text(N_("Reads in"))
    died_on: str | None = incomplete_date(N_("Died on"))


@record("alias", N_("Other name"), scope=PERSON, compartment=KERN)
class Alias(Record):
    """A name as it stands elsewhere: in a passport, as spoken, an alias."""

    kind: str | None = code(N_("Kind"), "basis", "naamsoort")
    family_name: str | None = text(N_("Family name"), searched=True)
    given_names: str | None = text(N_("Given names"), searched=True)
    native: str | None = text(N_("Own script"), searched=True)
    source: str | None = text(N_("Source"))
    since: str | None = incomplete_date(N_("Since"))


@record("person_number", N_("Number"), scope=PERSON, compartment=KERN)
class PersonNumber(Record):
    """A number a person is known by: V-number, number of the shelter, other. Kept as typed."""

    kind: str | None = code(N_("Kind"), "basis", "*number")
    value: str | None = text(N_("Number"), searched=True)
    label: str | None = text(N_("Label"))
    since: str | None = date(N_("Since"))


@record("identity_fact", N_("Identity"), scope=PERSON, compartment=KERN)
class IdentityFact(Record):
    """Stated and established nationality or identity are separate facts, each with source and date."""

    aspect: str | None = code(N_("About"), "basis", "identiteit")
    standing: str | None = code(N_("Stated or established"), "basis", "zekerheid")
    country: str | None = code(N_("Country"), "landen", "*")
    value: str | None = text(N_("Value"))
    source: str | None = text(N_("Source"))
    as_of: str | None = date(N_("As of"))
    disagreement: str | None = note(N_("The person disagrees"))


@record("appearance", N_("Appearance"), scope=PERSON, compartment=KERN)
class Appearance(Record):
    """What a person can be recognised by on the day of departure."""

    body: str | None = note(N_("Appearance"))
    height_cm: int | None = number(N_("Height in cm"))
    as_of: str | None = date(N_("As of"))


@record("same_person", N_("Same person"), scope=PERSON, compartment=KERN)
class SamePerson(Record):
    """Two records of one person; its id derives from the sorted pair (settled rule 6)."""

    a: str | None = ref(N_("Person"), "person")
    b: str | None = ref(N_("Same as"), "person")
    reason: str | None = text(N_("Reason"))


@record("stay", N_("Stay"), scope=PERSON, compartment=KERN)
class Stay(Record):
    """Where a person stays, and whether a fit room for talks is there."""

    place: str | None = text(N_("Place"), searched=True)
    room: str | None = text(N_("Room"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    reason: str | None = code(N_("Reason"), "basis", "verblijf-reden")
    talk_room: str | None = code(N_("Fit room for talks"), "basis", "ruimte")
    kind: str | None = code(N_("Kind of stay"), "basis", "verblijf")


@record("original", N_("Original document"), scope=PERSON, compartment=KERN)
class Original(Record):
    """An original paper: travel document, birth certificate, diploma; where it is and when it went back."""

    kind: str | None = code(N_("Kind"), "basis", "documentsoort")
    number: str | None = text(N_("Number"))
    country: str | None = code(N_("Country"), "landen", "*")
    issued_on: str | None = date(N_("Issued on"))
    valid_until: str | None = date(N_("Valid until"))
    held_by: str | None = text(N_("Held by"))
    receipt_on: str | None = date(N_("Receipt given on"))
    sent_on: str | None = date(N_("Sent on"))
    returned_on: str | None = date(N_("Returned on"))
    reason: str | None = text(N_("Reason"))
    request: str | None = ref(N_("Request"), "request")
    checked_on: str | None = date(N_("Checked on"))


@record("scan", N_("Scan"), scope=PERSON, compartment=KERN)
class Scan(Record):
    """A scanned paper; `blob` names the encrypted file (settled rule 14)."""

    title: str | None = text(N_("Title"))
    media_type: str | None = text(N_("Media type"))
    size_bytes: int | None = number(N_("Size"), unit=BYTES)
    blob: str | None = text(N_("File"), inner=True)
    about: str | None = ref(N_("About"), "")


@record("consent", N_("Consent"), scope=PERSON, compartment=KERN)
class Consent(Record):
    """Who agreed that which parts go to which receiver, and when that was taken back."""

    topic: str | None = code(N_("Topic"), "basis", "toestemming")
    given_by: str | None = text(N_("Given by"))
    receiver: str | None = text(N_("Receiver"))
    parts: str | None = text(N_("Parts"))
    answer: str | None = code(N_("Answer"), "basis", "toestemming-antwoord")
    given_on: str | None = date(N_("Given on"))
    valid_until: str | None = date(N_("Valid until"))
    withdrawn_on: str | None = date(N_("Withdrawn on"))


@record("removability_check", N_("Removability check"), scope=PERSON, compartment=KERN)
class RemovabilityCheck(Record):
    """*Mag vertrekken*: asked and answered, by whom, valid until. Only the outcome, never the grounds."""

    asked_at: str | None = moment(N_("Asked at"))
    answered_at: str | None = moment(N_("Answered at"))
    asked_of: str | None = text(N_("Asked of"))
    answered_by: str | None = text(N_("Answered by"))
    outcome: str | None = code(N_("May leave"), "basis", "mag-vertrekken")
    valid_until: str | None = date(N_("Valid until"))


@record("school", N_("School"), scope=PERSON, compartment=WERKWIJZE)
class School(Record):
    """Where a child learns."""

    name: str | None = text(N_("School"))
    level: str | None = text(N_("Group"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    contact: str | None = text(N_("Contact"))


@record("child_voice", N_("Child heard"), scope=PERSON, compartment=WERKWIJZE)
class ChildVoice(Record):
    """Whether a child was spoken with, by whom, what it knows and wants; not heard needs a reason."""

    heard: str | None = code(N_("Heard"), "basis", "gehoord")
    on: str | None = date(N_("On"))
    by: str | None = text(N_("By"))
    reason: str | None = text(N_("Reason"))
    knows: str | None = note(N_("What the child knows"))
    wish: str | None = note(N_("Own words"))
    interest: str | None = note(N_("Interest of the child"))


@record("availability", N_("Available"), scope=PERSON, compartment=KERN)
class Availability(Record):
    """*Beschikbaar*, one of the four lights: whether a person can be found and can travel, as looked at on a day."""

    answer: str | None = code(N_("Available"), "basis", "ja-nee-onbekend")
    checked_on: str | None = date(N_("Checked on"))
    checked_by: str | None = text(N_("Checked by"))
    reason: str | None = text(N_("Reason"))
