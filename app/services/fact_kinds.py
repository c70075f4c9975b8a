"""Which record kinds the register of a family holds, in reading order, and what of each is asked.

Everything else about a kind (fields, titles, lists, compartment) follows from its declaration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.record import KINDS, Compartment, FieldSpec, Kind, ScopeKind
from app.domain.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """One kind of the register.

    `headline`: fields that say in a list what it is; `day`: the field it is dated by; `left_out`: fields that the
    form does not ask because other screens keep them; `add`: an English msgid for adding one.
    """

    kind: str
    add: str
    headline: tuple[str, ...]
    day: str = ""
    required: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def declaration(self) -> Kind:
        """The declared kind."""
        return KINDS[self.kind]

    @property
    def of_person(self) -> bool:
        """Whether a record lies with a person, not with the family."""
        return ScopeKind.PERSON in self.declaration.scopes

    @property
    def is_delicate(self) -> bool:
        """Whether its values are shown only when somebody opens it."""
        return self.declaration.compartment not in (Compartment.KERN, Compartment.WERKWIJZE)

    def asked(self) -> Iterator[FieldSpec]:
        """The fields that the form asks, in the order of the declaration."""
        return (spec for spec in self.declaration.fields if spec.name not in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Kinds that stand under one heading; `title` is an English msgid."""

    key: str
    title: str
    kinds: tuple[FactKind, ...]


GROUPS: Final = (
    FactGroup(
        key="identity",
        title=N_("Names, numbers, identity"),
        kinds=(
            FactKind(
                kind="alias",
                add=N_("Other name"),
                headline=("given_names", "family_name", "native", "kind"),
                day="since",
                required=("kind",),
            ),
            FactKind(
                kind="person_number",
                add=N_("Number"),
                headline=("kind", "value", "label"),
                day="since",
                required=("kind", "value"),
            ),
            FactKind(
                kind="identity_fact",
                add=N_("Stated or established"),
                headline=("aspect", "standing", "country", "value"),
                day="as_of",
                required=("aspect", "standing"),
            ),
        ),
    ),
    FactGroup(
        key="stay",
        title=N_("Stay"),
        kinds=(
            FactKind(
                kind="stay", add=N_("Stay"), headline=("kind", "place", "room", "talk_room"), day="from_on"
            ),
            FactKind(
                kind="secret_address",
                add=N_("Secret address"),
                headline=(),
                day="from_on",
                required=("address",),
            ),
        ),
    ),
    FactGroup(
        key="papers",
        title=N_("Documents and consent"),
        kinds=(
            FactKind(
                kind="original",
                add=N_("Original document"),
                headline=("kind", "number", "country", "held_by"),
                day="valid_until",
                required=("kind",),
                left_out=("request",),
            ),
            FactKind(
                kind="consent",
                add=N_("Consent"),
                headline=("topic", "answer", "receiver"),
                day="given_on",
                required=("topic", "answer"),
            ),
        ),
    ),
    FactGroup(
        key="child",
        title=N_("Children"),
        kinds=(
            FactKind(
                kind="child_voice",
                add=N_("Child heard or not"),
                headline=("heard", "by", "reason"),
                day="on",
                required=("heard",),
            ),
            FactKind(kind="school", add=N_("School"), headline=("name", "level"), day="from_on"),
        ),
    ),
    FactGroup(
        key="decisions",
        title=N_("Decisions and procedures"),
        kinds=(
            FactKind(
                kind="decision",
                add=N_("Decision"),
                headline=("kind", "authority", "result"),
                day="on",
                required=("kind",),
            ),
            FactKind(
                kind="procedure",
                add=N_("Procedure"),
                headline=("kind", "suspends"),
                day="started_on",
                required=("kind",),
            ),
        ),
    ),
    FactGroup(
        key="measures",
        title=N_("Measures and reporting"),
        kinds=(
            FactKind(
                kind="measure",
                add=N_("Measure"),
                headline=("kind", "area"),
                day="from_on",
                required=("kind",),
            ),
            FactKind(
                kind="reporting_duty",
                add=N_("Days on which the family reports"),
                headline=("days", "at_time", "place"),
                day="from_on",
                required=("days",),
            ),
            FactKind(
                kind="reporting",
                add=N_("Reported or not"),
                headline=("outcome", "reason"),
                day="on",
                required=("on", "outcome"),
            ),
        ),
    ),
    FactGroup(
        key="lights",
        title=N_("May leave, available"),
        kinds=(
            FactKind(
                kind="removability_check",
                add=N_("May leave: asked or answered"),
                headline=("outcome", "answered_by", "asked_of"),
                day="answered_at",
                required=("outcome",),
            ),
            FactKind(
                kind="availability",
                add=N_("Available or not"),
                headline=("answer", "reason"),
                day="checked_on",
                required=("answer", "checked_on"),
            ),
        ),
    ),
    FactGroup(
        key="contacts",
        title=N_("Contacts, and who was told"),
        kinds=(
            FactKind(
                kind="contact",
                add=N_("Contact"),
                headline=("role", "name", "organisation", "phone"),
                day="from_on",
                required=("role",),
            ),
            FactKind(
                kind="notice",
                add=N_("Told, or mail that came back"),
                headline=("topic", "receiver", "contact", "way"),
                day="told_on",
            ),
        ),
    ),
    FactGroup(
        key="work",
        title=N_("Support and work"),
        kinds=(
            FactKind(
                kind="support",
                add=N_("Support offered"),
                headline=("programme", "accepted", "amount_cents"),
                day="offered_on",
                required=("programme",),
            ),
            FactKind(
                kind="todo",
                add=N_("Action"),
                headline=("what", "who"),
                day="due_on",
                required=("what",),
                left_out=("note",),
            ),
            FactKind(kind="obstacle", add=N_("Obstacle"), headline=("topic", "body", "owner"), day="due_on"),
            FactKind(
                kind="signal", add=N_("Signal"), headline=("body", "told"), day="on", required=("body",)
            ),
        ),
    ),
)

FACT_KINDS: Final = {each.kind: each for group in GROUPS for each in group.kinds}
