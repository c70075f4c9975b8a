"""Requests for a travel document and their dated events. A return to a state is a new event, never a new date."""

from app.domain.record import (
    Compartment,
    Record,
    ScopeKind,
    code,
    date,
    flag,
    local_time,
    note,
    record,
    ref,
    text,
)
from app.domain.words import N_

KERN, DOSSIER = Compartment.KERN, ScopeKind.DOSSIER


@record("request", N_("Request"), scope=DOSSIER, compartment=KERN)
class Request(Record):
    """A request to a representation (laissez-passer or *terug- en overname*) for one or more persons."""

    track: str | None = code(N_("Track"), "reisdocument")
    country: str | None = code(N_("Country"), "landen")
    purpose: str | None = code(N_("Purpose"), "reisdocument")
    representation: str | None = text(N_("Representation"))
    cooperation: str | None = code(N_("Cooperation"), "reisdocument")
    alternatives: str | None = note(N_("Other ways looked at"))
    follows: str | None = ref(N_("Follows"), "request")
    unknown_fields: str | None = text(N_("Said to be unknown"), inner=True)


@record("request_person", N_("Person in the request"), scope=DOSSIER, compartment=KERN)
class RequestPerson(Record):
    """That a request is for this person."""

    request: str | None = ref(N_("Request"), "request")
    person: str | None = ref(N_("Person"), "person")


@record("request_event", N_("Event of the request"), scope=DOSSIER, compartment=KERN)
class RequestEvent(Record):
    """Something that happened to a request on a day: a new state or a deed such as a reminder."""

    request: str | None = ref(N_("Request"), "request")
    event: str | None = code(N_("Event"), "reisdocument")
    on: str | None = date(N_("On"))
    way: str | None = text(N_("How"))
    reference: str | None = text(N_("Reference"))
    planned_at: str | None = local_time(N_("Planned at"))
    place: str | None = text(N_("Place"))
    kind: str | None = code(N_("Kind"), "reisdocument")
    cause: str | None = code(N_("Cause"), "reisdocument")
    reason: str | None = text(N_("Reason"))
    excusable: str | None = code(N_("Excusable"), "basis")
    in_writing: int | None = flag(N_("In writing"))
    told_on: str | None = date(N_("Told to the person on"))
    conditions: str | None = text(N_("Conditions"))
    document_number: str | None = text(N_("Document number"))
    issued_on: str | None = date(N_("Issued on"))
    valid_until: str | None = date(N_("Valid until"))
    held_by: str | None = text(N_("Held by"))
    remark: str | None = note(N_("Remark"))
    unknown_fields: str | None = text(N_("Said to be unknown"), inner=True)


@record("set_term", N_("Term set by hand"), scope=DOSSIER, compartment=KERN)
class SetTerm(Record):
    """A term that the officer moved, with the reason."""

    about: str | None = ref(N_("About"), "")
    term: str | None = code(N_("Term"), "termijnen")
    due_on: str | None = date(N_("Due on"))
    reason: str | None = text(N_("Reason"))
