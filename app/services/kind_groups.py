"""Which record kinds belong together when history is told: each kind stands in one group, declared here once."""

from dataclasses import dataclass
from typing import Final

from app.domain.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGroup:
    """Kinds under one heading; `title` is an English msgid."""

    key: str
    title: str
    kinds: tuple[str, ...]


GROUPS: Final = (
    KindGroup(key="members", title=N_("Members"), kinds=("person", "membership", "same_person")),
    KindGroup(
        key="identity",
        title=N_("Names, numbers, identity"),
        kinds=("alias", "person_number", "identity_fact", "appearance"),
    ),
    KindGroup(
        key="dossier",
        title=N_("The dossier"),
        kinds=("dossier", "dossier_state", "inflow", "outflow", "owner", "handover", "redaction"),
    ),
    KindGroup(
        key="requests",
        title=N_("Travel documents"),
        kinds=("request", "request_person", "request_event", "set_term", "original", "original_mark"),
    ),
    KindGroup(
        key="talks",
        title=N_("Talks and agreements"),
        kinds=(
            "talk", "talk_person", "talk_step", "answer", "agreement", "circumstance", "phase", "alliance",
        ),
    ),
    KindGroup(
        key="departure",
        title=N_("Departure"),
        kinds=(
            "departure", "departure_person", "departure_kind", "departure_check", "flight", "escort", "receiver",
            "belonging", "arrangement", "field_answer", "handover_outcome", "travel_condition", "medical_handover",
        ),
    ),
    KindGroup(
        key="decisions",
        title=N_("Decisions and measures"),
        kinds=(
            "decision", "procedure", "measure", "reporting", "reporting_duty", "asylum_check", "delicate_fact",
            "delicate_scan", "removability_check", "availability",
        ),
    ),
    KindGroup(key="contacts", title=N_("Contacts, and who was told"), kinds=("contact", "notice")),
    KindGroup(
        key="stay",
        title=N_("Stay, school and health"),
        kinds=("stay", "secret_address", "school", "child_voice", "health_fact", "health_scan"),
    ),
    KindGroup(
        key="work",
        title=N_("Support and work"),
        kinds=("support", "todo", "quick_note", "obstacle", "signal", "own_note"),
    ),
    KindGroup(
        key="papers",
        title=N_("Papers and consent"),
        kinds=("disclosure", "sheet", "paper_text", "consent", "scan"),
    ),
)  # fmt: skip

GROUP_OF: Final = {kind: group for group in GROUPS for kind in group.kinds}
KINDS_OF: Final = {group.key: group.kinds for group in GROUPS}
