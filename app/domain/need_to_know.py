"""Which record kinds and fields each paper may receive (bijzonder-vertrek, b.2 and b.3, columns *wie ziet*).

The reader that fills a paper asks this table before it asks the database: what is not named here is never read, so
it cannot reach the code that draws. Asylum-related, criminal and secret-address facts and the officer's own marks
stand in no line; of health only the functional travel conditions of the sheet made for those who carry them out.
"""

from collections.abc import Mapping
from typing import Final

_PERSON: Final = frozenset(
    {
        "family_name",
        "given_names",
        "family_name_native",
        "given_names_native",
        "call_name",
        "sex",
        "birth_date",
        "birth_date_stated",
        "language",
        "interpreter",
        "interpreter_language",
        "reading",
        "reading_language",
    }
)
_JOURNEY: Final = frozenset(
    {"position", "flight_number", "from_place", "to_place", "departs_at", "departs_zone"}
) | {
    "arrives_at",
    "arrives_zone",
    "departure",
}
_TEXT: Final = frozenset({"departure", "person", "paper", "field", "body"})
_ANSWER: Final = frozenset({"departure", "person", "field", "answer", "reason"})

ALLOWED: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "papier.overdrachtsblad": {
        "person": _PERSON,
        "person_number": frozenset({"kind", "value"}),
        "appearance": frozenset({"body", "height_cm", "as_of"}),
        "original": frozenset({"kind", "number", "valid_until", "returned_on"}),
        "removability_check": frozenset({"answered_at", "asked_of", "answered_by", "outcome", "valid_until"}),
        "membership": frozenset({"person", "role", "to_on", "shielded", "position"}),
        "departure": frozenset(
            {
                "planned_on",
                "leave_from",
                "pickup_at",
                "carrier",
                "escort",
                "announced",
                "announced_on",
                "contact_name",
                "contact_phone",
                "deputy_name",
                "deputy_phone",
                "report_to_name",
                "report_to_phone",
            }
        ),
        "departure_person": frozenset(
            {
                "departure",
                "person",
                "set_number",
                "document",
                "health_information",
                "health_as_of",
                "belongings_known",
            }
        ),
        "departure_kind": frozenset({"departure", "person", "kind"}),
        "flight": _JOURNEY,
        "escort": frozenset({"departure", "position", "name", "organisation", "phone"}),
        "receiver": frozenset(
            {
                "departure",
                "person",
                "position",
                "name",
                "organisation",
                "phone_day",
                "phone_night",
                "confirmed_on",
                "reconfirmed_at",
                "on_call",
                "payer",
                "paid_until",
            }
        ),
        "travel_condition": frozenset(
            {
                "departure",
                "person",
                "condition",
                "description",
                "source",
                "source_on",
                "arranged_by",
                "arranged_on",
                "evidence",
                "contacted_on",
                "contact_name",
                "confirmation",
            }
        ),
        "belonging": frozenset(
            {
                "departure",
                "person",
                "kind",
                "description",
                "count",
                "weight_g",
                "label_number",
                "currency",
                "amount_cents",
                "left_behind",
                "position",
            }
        ),
        "paper_text": _TEXT,
        "field_answer": _ANSWER,
    },
    "papier.ontvangstbewijs": {
        "person": frozenset(
            {
                "family_name",
                "given_names",
                "family_name_native",
                "given_names_native",
                "birth_date",
                "language",
            }
        ),
        "departure": frozenset({"contact_phone"}),
        "departure_person": frozenset({"departure", "person", "set_number", "belongings_known"}),
        "flight": _JOURNEY,
        "receiver": frozenset({"departure", "person", "position", "name", "organisation"}),
        "medical_handover": frozenset({"departure", "person", "made", "seal_number"}),
        "belonging": frozenset({"departure", "person", "kind", "count", "left_behind", "position"}),
        "paper_text": _TEXT,
        "field_answer": _ANSWER,
    },
    "papier.gespreksverslag": {
        "person": frozenset(
            {"family_name", "given_names", "family_name_native", "given_names_native", "call_name"}
        ),
        "membership": frozenset({"person", "role", "to_on", "shielded", "position"}),
        "dossier": frozenset({"title", "title_native", "number"}),
        "talk": frozenset(
            {
                "kind",
                "phase",
                "planned_at",
                "started_at",
                "finished_at",
                "place",
                "others_present",
                "interpreter",
                "interpreter_language",
                "recording",
                "goal",
                "notes",
                "summary",
                "next_at",
            }
        ),
        "talk_person": frozenset({"talk", "person"}),
        "answer": frozenset({"talk", "item", "answer", "remark"}),
        "agreement": frozenset({"talk", "who", "what", "due_on", "done_on"}),
        "circumstance": frozenset({"talk", "topic", "answer", "reason"}),
        "talk_step": frozenset({"talk", "step", "minutes"}),
    },
    "papier.overzicht": {
        "person": frozenset(
            {
                "family_name",
                "given_names",
                "family_name_native",
                "given_names_native",
                "birth_date",
                "language",
            }
        ),
        "person_number": frozenset({"kind", "value"}),
        "membership": frozenset({"person", "role", "to_on", "position"}),
        "dossier": frozenset({"title", "number", "location_since"}),
        "phase": frozenset({"person", "phase", "from_on"}),
        "request": frozenset({"track", "country"}),
        "request_event": frozenset({"request", "event", "on"}),
        "talk": frozenset({"kind", "planned_at", "started_at", "cancelled_at"}),
        "agreement": frozenset({"who", "what", "due_on", "done_on"}),
        "todo": frozenset({"what", "due_on", "done_on"}),
    },
}

RECEIVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "papier.overdrachtsblad": (
        "ontvanger.begeleider",
        "ontvanger.kmar",
        "ontvanger.dvo",
        "ontvanger.bijzonder-vertrek",
        "ontvanger.regievoerder",
        "ontvanger.dossier",
    ),
    "papier.ontvangstbewijs": (
        "ontvanger.ontvangende-partij",
        "ontvanger.begeleider",
        "ontvanger.persoon",
        "ontvanger.dossier",
    ),
    "papier.gespreksverslag": (
        "ontvanger.dossier",
        "ontvanger.persoon",
        "ontvanger.gemachtigde",
        "ontvanger.nidos",
        "ontvanger.regievoerder",
        "ontvanger.bijzonder-vertrek",
    ),
}
"""Who a paper is made for (b.2, column *voor wie*), the usual one first; others get another paper."""


class NotForThisPaperError(LookupError):
    """Ours to mend: code asked for a kind that the paper may not receive."""


def fields_for(paper: str, kind: str) -> frozenset[str]:
    """The fields of `kind` that `paper` may receive. Raises `NotForThisPaperError` where it may receive none."""
    try:
        return ALLOWED[paper][kind]
    except KeyError:
        raise NotForThisPaperError(f"{paper} may not receive {kind}") from None
