"""A dossier: the family as the unit, who belongs to it, who works on it and how it came in and out."""

from app.domain.record import (
    CENTS,
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

KERN, WERKWIJZE, DOSSIER = Compartment.KERN, Compartment.WERKWIJZE, ScopeKind.DOSSIER


@record("dossier", N_("Dossier"), scope=DOSSIER, compartment=KERN)
class Dossier(Record):
    """One family. `number` is made here and carries the device's prefix, so that two laptops cannot collide."""

    title: str | None = text(N_("Family"), searched=True)
    title_native: str | None = text(N_("Family in own script"), searched=True)
    number: str | None = text(N_("Dossier number"), searched=True)
    opened_on: str | None = date(N_("Opened on"))
    closed_on: str | None = date(N_("Closed on"))
    location_since: str | None = incomplete_date(N_("At the location since"))


@record("membership", N_("Member"), scope=DOSSIER, compartment=KERN)
class Membership(Record):
    """That a person belongs to this family, from and to. `shielded`: known to nobody but this dossier."""

    person: str | None = ref(N_("Person"), "person")
    role: str | None = code(N_("Role"), "basis", "gezinsrol")
    from_on: str | None = incomplete_date(N_("From"))
    to_on: str | None = incomplete_date(N_("Until"))
    reason: str | None = code(N_("Reason"), "basis", "lidmaatschap")
    custody: str | None = code(N_("Custody"), "basis", "gezag")
    elsewhere: int | None = flag(N_("Lives elsewhere"))
    other_status: int | None = flag(N_("Has another status"))
    shielded: int | None = flag(N_("Shielded"))
    position: int | None = number(N_("Place in the list"), inner=True)


@record("owner", N_("Owner"), scope=DOSSIER, compartment=KERN)
class Owner(Record):
    """The case officer who has the dossier."""

    officer: str | None = ref(N_("Case officer"), "officer")
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    reason: str | None = text(N_("Reason"))


@record("handover", N_("Handing over"), scope=DOSSIER, compartment=KERN, appended=True)
class Handover(Record):
    """Offer, acceptance, refusal or withdrawal of a dossier between officers (settled rule 17)."""

    step: str | None = code(N_("Step"), "basis", "overdracht")
    offer: str | None = ref(N_("Offer"), "handover")
    officer: str | None = ref(N_("Case officer"), "officer")
    device: str | None = text(N_("Device"))
    returns_on: str | None = date(N_("Returns on"))
    reason: str | None = text(N_("Reason"))


@record("inflow", N_("Inflow"), scope=DOSSIER, compartment=KERN)
class Inflow(Record):
    """How the dossier came in and what the received file lacked."""

    on: str | None = date(N_("Received on"))
    from_whom: str | None = text(N_("Received from"))
    missing: str | None = note(N_("Missing in the file"))
    source: str | None = code(N_("Came in through"), "basis", "instroom")
    asked_on: str | None = date(N_("Missing parts asked for on"))
    complete_on: str | None = date(N_("File complete on"))


@record("outflow", N_("Outflow"), scope=DOSSIER, compartment=KERN)
class Outflow(Record):
    """How a person left, with proof."""

    person: str | None = ref(N_("Person"), "person")
    kind: str | None = code(N_("Kind"), "basis", "uitstroom")
    sub_kind: str | None = code(N_("Sort"), "basis", "uitstroom-soort")
    on: str | None = date(N_("On"))
    proof: str | None = text(N_("Proof"))
    country: str | None = code(N_("Country"), "landen", "*")
    support: str | None = ref(N_("Support used"), "support")
    reported_on: str | None = date(N_("Disappearance reported on"))
    reported_to: str | None = text(N_("Disappearance reported to"))


@record("dossier_state", N_("State"), scope=DOSSIER, compartment=KERN)
class DossierState(Record):
    """A state of the process; several may run side by side."""

    state: str | None = code(N_("State"), "basis", "stand")
    person: str | None = ref(N_("Person"), "person")
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    reason: str | None = text(N_("Reason"))


@record("contact", N_("Contact"), scope=DOSSIER, compartment=KERN)
class Contact(Record):
    """Somebody around the family: authorised representative, guardian, shelter, school, interpreter."""

    person: str | None = ref(N_("Person"), "person")
    role: str | None = code(N_("Contact role"), "basis", "contactrol")
    name: str | None = text(N_("Name"), searched=True)
    organisation: str | None = text(N_("Organisation"), searched=True)
    phone: str | None = text(N_("Phone"))
    email: str | None = text(N_("E-mail"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))
    mandate_from: str | None = date(N_("Power of attorney from"))
    mandate_to: str | None = date(N_("Power of attorney until"))


@record("notice", N_("Told"), scope=DOSSIER, compartment=KERN)
class Notice(Record):
    """Who was told what and when; mail that came back."""

    contact: str | None = ref(N_("Contact"), "contact")
    receiver: str | None = text(N_("Receiver"))
    topic: str | None = text(N_("About"))
    told_on: str | None = date(N_("Told on"))
    way: str | None = text(N_("How"))
    came_back_on: str | None = date(N_("Came back on"))


@record("support", N_("Support"), scope=DOSSIER, compartment=KERN)
class Support(Record):
    """Support that was offered, with the amount as it stood on a date."""

    person: str | None = ref(N_("Person"), "person")
    programme: str | None = code(N_("Programme"), "ondersteuning", "*programme")
    amount_cents: int | None = number(N_("Amount"), unit=CENTS)
    offered_on: str | None = date(N_("Offered on"))
    accepted: int | None = flag(N_("Accepted"))
    reason: str | None = text(N_("Reason"))


@record("todo", N_("Action"), scope=DOSSIER, compartment=WERKWIJZE)
class Todo(Record):
    """Something to be done outside a talk."""

    person: str | None = ref(N_("Person"), "person")
    what: str | None = text(N_("What"))
    who: str | None = text(N_("Who"))
    due_on: str | None = date(N_("Due on"))
    done_on: str | None = date(N_("Done on"))
    outcome: str | None = text(N_("Outcome"))
    note: str | None = ref(N_("Note"), "quick_note")


@record("quick_note", N_("Note"), scope=DOSSIER, compartment=WERKWIJZE)
class QuickNote(Record):
    """A phone call or a remark."""

    person: str | None = ref(N_("Person"), "person")
    at: str | None = moment(N_("At"))
    with_whom: str | None = text(N_("With"))
    body: str | None = note(N_("Note"))
    way: str | None = code(N_("How"), "basis", "contactwijze")
    transferred_at: str | None = moment(N_("Copied into the official system at"))


@record("obstacle", N_("Obstacle"), scope=DOSSIER, compartment=WERKWIJZE)
class Obstacle(Record):
    """*Belemmering*: what holds departure up, whose it is and by when."""

    person: str | None = ref(N_("Person"), "person")
    topic: str | None = code(N_("Topic"), "gesprek", "belemmering")
    body: str | None = note(N_("What"))
    owner: str | None = text(N_("Who"))
    due_on: str | None = date(N_("Due on"))
    solved_on: str | None = date(N_("Solved on"))


@record("phase", N_("Phase"), scope=DOSSIER, compartment=WERKWIJZE)
class Phase(Record):
    """The officer's working mark of where a person (or the family: no person) stands, with the reason."""

    person: str | None = ref(N_("Person"), "person")
    phase: str | None = code(N_("Phase"), "fasen")
    from_on: str | None = date(N_("From"))
    reason: str | None = note(N_("Reason"))
    observed_by: str | None = text(N_("Seen by"))
    talk: str | None = ref(N_("Talk"), "talk")
