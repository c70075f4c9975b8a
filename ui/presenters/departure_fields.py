"""Which fields the form of a departure has, in reading order, and the code under which each stands on sheet 1."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.words import N_

PERSON, DOCUMENT, ANYBODY = "*person", "*document", "*anybody"
"""Lists that come from the dossier instead of the content pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecl:
    """One field. `choices` is "pack/list" or one of the lists above; `title` "" is the one of the declaration.

    `form`: "" by its type, "kg" grams typed as kilograms, "money" cents typed as an amount, "yes" a flag.
    """

    name: str
    code: str = ""
    title: str = ""
    choices: str = ""
    form: str = ""
    hint: str = ""


def _f(name: str, code: str = "", **more: str) -> FieldDecl:
    return FieldDecl(name=name, code=code, **more)


JOURNEY: Final = (
    _f("planned_on"),
    _f("leave_from", "journey.pickup-place"),
    _f("pickup_at", "journey.pickup-at"),
    _f("carrier", "journey.carrier"),
    _f("escort", "journey.escort-kind", choices="vertrek/begeleiding"),
    _f("announced", "journey.airline-notice", choices="vertrek/aangemeld"),
    _f("announced_on"),
    _f("checked_on", hint=N_("Travel document or promise, money, luggage.")),
)
ENDING: Final = (
    _f("departed_on"),
    _f("cancelled_on", title=N_("Does not go on, since")),
    _f("cancel_reason", title=N_("Why it does not go on")),
)
CONTACTS: Final = (
    _f("contact_name", "contact.name"),
    _f("contact_phone", "contact.phone", hint=N_("With +31 in front: the receipt goes abroad.")),
    _f("deputy_name", "contact.deputy-name"),
    _f("deputy_phone", "contact.deputy-phone"),
    _f("report_to_name", "request.report-to-name"),
    _f("report_to_phone", "request.report-to-phone"),
)
FIELDS: Final[Mapping[str, tuple[FieldDecl, ...]]] = {
    "flight": (
        _f("flight_number", "journey.flight"),
        _f("from_place"),
        _f("departs_at"),
        _f("departs_zone", hint=N_("For example Europe/Amsterdam")),
        _f("to_place"),
        _f("arrives_at"),
        _f("arrives_zone", hint=N_("For example Asia/Yerevan")),
    ),
    "escort": (_f("name", "journey.escorts"), _f("organisation"), _f("phone")),
    "receiver": (
        _f("name", "receiver.name"),
        _f("organisation"),
        _f("kind", choices="vertrek/ontvanger"),
        _f("person", title=N_("Takes over"), choices=ANYBODY),
        _f("phone_day", "receiver.phone"),
        _f("phone_night"),
        _f("relation"),
        _f("relation_shown_by"),
        _f("confirmed_on", "receiver.confirmed-on"),
        _f("confirmed_by"),
        _f(
            "reconfirmed_at", "receiver.reconfirmed-at", hint=N_("Within the last 24 hours before departure.")
        ),
        _f("on_call", "receiver.on-call"),
        _f("payer", "receiver.payer"),
        _f("paid_until", "receiver.paid-until"),
    ),
    "travel_condition": (
        _f("condition", "condition.item", choices="*condition"),
        _f("person", title=N_("For"), choices=PERSON),
        _f("description"),
        _f("source"),
        _f("source_on"),
        _f("arranged_by"),
        _f("arranged_on"),
        _f("evidence"),
        _f("contact_name", hint=N_("For a handover in person: who was spoken to.")),
        _f("contacted_on"),
        _f("confirmation"),
    ),
    "belonging": (
        _f("kind", choices="vertrek/bezit"),
        _f("description"),
        _f("person", title=N_("Of"), choices=ANYBODY),
        _f("count"),
        _f("weight_g", title=N_("Weight in kg"), form="kg"),
        _f("label_number"),
        _f("currency", hint=N_("For example EUR")),
        _f("amount_cents", title=N_("Amount"), form="money"),
        _f("left_behind", form="yes"),
    ),
}
PERSONAL: Final[Mapping[str, tuple[FieldDecl, ...]]] = {
    "departure_person": (
        _f("document", "identity.document-kind", choices=DOCUMENT),
        _f("health_information", "health.information", choices="vertrek/gezondheidsinformatie"),
        _f("health_as_of", "health.information-on"),
        _f("belongings_known", "belongings.bags-counted", choices="basis/bezit-bekend"),
    ),
    "person": (
        _f("language", "identity.language"),
        _f("interpreter", "identity.interpreter", choices="basis/tolk-nodig"),
        _f("reading", "identity.literacy", choices="basis/lezen"),
    ),
    "appearance": (_f("body", "identity.recognition", title=N_("Recognised by")), _f("as_of")),
    "medical_handover": (
        _f("made", "receipt.sealed-envelope", title=N_("Sealed envelope"), choices="basis/gemaakt"),
        _f("made_by"),
        _f("seal_number"),
        _f("on", title=N_("Made on")),
    ),
}
TABS: Final = (
    ("journey", N_("Journey")),
    ("persons", N_("Persons")),
    ("receiving", N_("Handover")),
    ("belongings", N_("Belongings")),
    ("checks", N_("Checklist")),
)
_TAB_OF: Final = {
    "journey": "journey",
    "contact": "journey",
    "request": "journey",
    "identity": "persons",
    "health": "persons",
    "receipt": "persons",
    "receiver": "receiving",
    "condition": "receiving",
    "belongings": "belongings",
}
_PERSONS_TAB: Final = (
    "journey.may-depart",
    "journey.check-at",
    "journey.check-with",
    "request.kinds",
    "belongings.bags-counted",
)
ADDED: Final[Mapping[str, tuple[str, str]]] = {
    "flight": ("journey", N_("Add a flight")),
    "escort": ("journey", N_("Add an escort")),
    "receiver": ("receiving", N_("Add a receiver")),
    "travel_condition": ("receiving", N_("Add a travel condition")),
    "belonging": ("belongings", N_("Add a belonging")),
}
GROUPS: Final[Mapping[str, str]] = {
    "flight": N_("Flight %(number)d"),
    "escort": N_("Escort %(number)d"),
    "receiver": N_("Receiver %(number)d"),
    "travel_condition": N_("Travel condition %(number)d"),
    "belonging": N_("Belonging %(number)d"),
}


def tab_of(code: str) -> str:
    """The tab on which the field of sheet 1 with this code stands."""
    if code in _PERSONS_TAB:
        return "persons"
    return code if code in dict(TABS) and "." not in code else _TAB_OF.get(code.partition(".")[0], "journey")


def anchor_of(code: str) -> str:
    """The field that a gap without one of its own leads to."""
    return {"journey.flights": "journey.flight", "condition.asked": "condition.item"}.get(code, code)
