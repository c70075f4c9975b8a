"""Records that every scope begins with, and those of the location itself (no case data)."""

from app.domain.record import (
    ANY_SCOPE,
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    flag,
    moment,
    note,
    number,
    record,
    ref,
    text,
)
from app.domain.words import N_

KERN, PLACE = Compartment.KERN, ScopeKind.PLACE


@record("scope", N_("Scope"), scope=ANY_SCOPE, compartment=KERN, appended=True)
class Scope(Record):
    """The first record of each scope: what it is about, who made it and its random key for names of scans."""

    kind: str | None = text(N_("Kind"))
    made_by: str | None = text(N_("Made by"))
    key: str | None = text(N_("Key"))


@record("access", N_("Access"), scope=ANY_SCOPE, compartment=KERN, lasting=True)
class Access(Record):
    """*Toegang*: the device that may write this scope, from and to (settled rule 22)."""

    device: str | None = text(N_("Device"))
    from_at: str | None = moment(N_("From"))
    to_at: str | None = moment(N_("Until"))


@record("officer", N_("Case officer"), scope=PLACE, compartment=KERN, lasting=True)
class Officer(Record):
    """A *regievoerder* of the location."""

    name: str | None = text(N_("Name"))
    position: str | None = text(N_("Position"))
    phone: str | None = text(N_("Phone"))
    email: str | None = text(N_("E-mail"))


@record("device", N_("Device"), scope=PLACE, compartment=KERN, lasting=True)
class Device(Record):
    """A laptop with a key of its own; `device` is the SHA-256 of its signing key (settled rule 16)."""

    device: str | None = text(N_("Device"))
    sign_key: str | None = text(N_("Signing key"))
    seal_key: str | None = text(N_("Encryption key"))
    certificate: str | None = text(N_("Certificate"))
    officer: str | None = ref(N_("Case officer"), "officer")
    label: str | None = text(N_("Label"))
    made_at: str | None = moment(N_("Made at"))
    retired_at: str | None = moment(N_("Retired at"))


@record("revocation", N_("Revocation"), scope=PLACE, compartment=KERN, appended=True)
class Revocation(Record):
    """From which point the ops of a device are no longer taken."""

    device: str | None = text(N_("Device"))
    tips: str | None = note(N_("Valid up to"))
    reason: str | None = code(N_("Reason"), "basis")
    at: str | None = moment(N_("At"))


@record("location", N_("Location"), scope=PLACE, compartment=KERN, lasting=True)
class Location(Record):
    """The family location that this store serves."""

    name: str | None = text(N_("Name"))
    address: str | None = note(N_("Address"))
    phone: str | None = text(N_("Phone"))


@record("content_pack", N_("Content pack"), scope=PLACE, compartment=KERN, appended=True)
class ContentPack(Record):
    """A pack that a record has named; kept for ever, so that old papers can still be read (settled rule 21)."""

    name: str | None = text(N_("Name"))
    hash: str | None = text(N_("Hash"))
    body: str | None = note(N_("Content"))


@record("country_note", N_("Country note"), scope=PLACE, compartment=KERN)
class CountryNote(Record):
    """What the location learnt about a country or a representation."""

    country: str | None = code(N_("Country"), "landen")
    body: str | None = note(N_("Note"))
    source: str | None = text(N_("Source"))
    as_of: str | None = date(N_("As of"))


@record("own_setting", N_("Setting of the location"), scope=PLACE, compartment=KERN)
class LocationSetting(Record):
    """A choice of the location that content leaves open, such as the days between reminders."""

    name: str | None = text(N_("Name"))
    amount: int | None = number(N_("How many"))
    body: str | None = text(N_("Value"))
    on: int | None = flag(N_("On"))
    reason: str | None = text(N_("Reason"))


@record("roster_entry", N_("On the roster"), scope=PLACE, compartment=KERN, lasting=True)
class RosterEntry(Record):
    """That the registrar of the location vouches for a colleague's device; the card is kept as it was signed."""

    device: str | None = text(N_("Device"))
    card: str | None = note(N_("Card"))
    from_on: str | None = date(N_("From"))
    to_on: str | None = date(N_("Until"))


@record("redaction", N_("Taken out"), scope=ANY_SCOPE, compartment=KERN, appended=True)
class Redaction(Record):
    """That values of a record were taken out for good: names of fields and the ops that held them, never a value."""

    record: str | None = ref(N_("Record"), "")
    fields: str | None = text(N_("Fields"))
    ops: str | None = note(N_("Up to"))
    at: str | None = moment(N_("At"))
