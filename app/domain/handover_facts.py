"""What sheet 1, *Overdrachtsblad vertrek*, may receive (bijzonder-vertrek, b.3 A to F, I, J).

There is no field for a diagnosis, a medicine, an asylum or criminal procedure, or a secret address. Whether
a procedure is pending (b.3 C) is for the officers only and stands on no sheet. Forms of texts: days `YYYY-
MM- DD` or an incomplete date as the records write it; local times `YYYY-MM-DDTHH:MM`, with an IANA zone
where it is another place.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.domain.answer import NOT_SHARED, OPEN, Answer
from app.domain.sheet_head import SheetHead


class DepartureKind(StrEnum):
    """The kinds of special departure (bijzonder-vertrek, a.6); a departure may be several at once."""

    MEDICAL = "MED"
    CHILD_ALONE = "AMV"
    FAMILY = "GEZ"
    ELDERLY = "OUD"
    TRAFFICKING = "MH"
    ESCORTED = "BEG"


class Audience(StrEnum):
    """Who a copy of sheet 1 is for; decides the columns *wie ziet* of b.3."""

    CASE_OFFICER = "R"
    SPECIAL_DEPARTURE = "BV"
    ESCORT = "B"


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Someone who travels along, on a sheet of their own: never their data here, only who and which set."""

    name: str
    relation: str = ""
    set_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who it is (b.3 B)."""

    surname: Answer = OPEN
    given_names: Answer = OPEN
    call_name: Answer = OPEN
    birth_date: Answer = OPEN
    birth_date_self_declared: Answer = OPEN
    sex: Answer = OPEN
    recognition: Answer = OPEN
    v_number: Answer = OPEN
    document_kind: Answer = OPEN
    document_number: Answer = OPEN
    document_valid_until: Answer = OPEN
    language: Answer = OPEN
    interpreter: Answer = OPEN
    literacy: Answer = OPEN
    travels_with: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """One leg; an empty text is a gap of that leg. Times are local to the place, with its IANA zone."""

    number: str = ""
    departs_from: str = ""
    departs_at: str = ""
    departs_zone: str = ""
    arrives_in: str = ""
    arrives_at: str = ""
    arrives_zone: str = ""

    @property
    def is_complete(self) -> bool:
        """Tell whether number, both places and both times with their zones are there."""
        departs = (self.departs_from, self.departs_at, self.departs_zone)
        arrives = (self.arrives_in, self.arrives_at, self.arrives_zone)
        return all((self.number, *departs, *arrives))


@dataclass(frozen=True, slots=True, kw_only=True)
class Escort:
    """A person who travels along to hand over."""

    name: str
    organisation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureCheck:
    """*Mag vertrekken gecontroleerd*: when, with whom, and the outcome (b.3 C, BV-01)."""

    checked_at: Answer = OPEN
    """Local time."""
    checked_with: Answer = OPEN
    may_depart: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The journey (b.3 C)."""

    pickup_place: Answer = OPEN
    pickup_at: Answer = OPEN
    carrier: Answer = OPEN
    flights: tuple[Flight, ...] = ()
    escort_kind: Answer = OPEN
    """`NotApplicable` when nobody travels along."""
    escorts: tuple[Escort, ...] = ()
    airline_notice: Answer = OPEN
    departure_check: DepartureCheck = DepartureCheck()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Situation and request (b.3 D); `request` is one sentence of at most 200 characters."""

    kinds: frozenset[DepartureKind] = frozenset()
    request: Answer = OPEN
    must_not: Answer = OPEN
    stop_rule: Answer = OPEN
    report_to_name: Answer = OPEN
    report_to_phone: Answer = OPEN


class ConditionCode(StrEnum):
    """The coded travel conditions (b.3 E)."""

    MEDICAL_ESCORT = "medical-escort"
    WHEELCHAIR = "wheelchair"
    CARE_SUPPLIES = "care-supplies"
    WRITTEN_HANDOVER = "written-handover"
    HANDOVER_PRACTITIONER = "handover-practitioner"
    HANDOVER_CARER = "handover-carer"
    OTHER = "other"

    @property
    def is_physical_handover(self) -> bool:
        """Tell whether a named person must stand ready to take over (BV-07, BV-08)."""
        return self in (ConditionCode.HANDOVER_PRACTITIONER, ConditionCode.HANDOVER_CARER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelCondition:
    """One travel condition (b.3 E), with what shows that it has been arranged."""

    code: ConditionCode
    description: str = ""
    """Own words; needed for `OTHER`."""
    source: Answer = OPEN
    arranged_by: Answer = OPEN
    arranged_on: Answer = OPEN
    evidence: Answer = OPEN
    contact_person: Answer = OPEN
    """For a physical handover: who was spoken to."""
    contacted_on: Answer = OPEN
    confirmation: Answer = OPEN
    """For a physical handover: the reference of the written confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingParty:
    """Who takes over on arrival (b.3 E and J, C08 to C11, BV-06)."""

    name: Answer = OPEN
    phone: Answer = OPEN
    confirmed_on: Answer = OPEN
    reconfirmed_at: Answer = OPEN
    """Local time of the officer."""
    on_call: Answer = OPEN
    """Who is on call there."""
    second_receiver: Answer = OPEN
    payer: Answer = OPEN
    paid_until: Answer = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """One suitcase or bag; the weight is in grams."""

    description: str
    mark: str = ""
    weight_g: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """Belongings in short (b.3 I); the full list is sheet 5."""

    bags: tuple[Bag, ...] = ()
    bags_counted: Answer = OPEN
    """`Known` with the day of counting, `NotApplicable` when there are none."""
    valuables: Answer = OPEN
    documents: Answer = OPEN
    left_behind: Answer = OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheetFacts:
    """Sheet 1, *Overdrachtsblad vertrek*: for escort, border guard, transport and the special departure
    officer.
    """

    head: SheetHead
    identity: Identity = Identity()
    journey: Journey = Journey()
    request: Request = Request()
    conditions: tuple[TravelCondition, ...] = ()
    conditions_asked: Answer = OPEN
    """With no conditions: `Known` or `NotApplicable` says that this was looked into."""
    receiver: ReceivingParty = ReceivingParty()
    health_information: Answer = OPEN
    """Only *whether* it was received, withheld or not asked (b.3 F, last row); never what it says."""
    health_information_on: Answer = OPEN
    belongings: Belongings = Belongings()
    contact_name: Answer = OPEN
    contact_phone: Answer = OPEN
    deputy_name: Answer = OPEN
    deputy_phone: Answer = OPEN


_WITHHELD: Final[dict[str, Answer]] = dict.fromkeys(
    ("source", "arranged_by", "arranged_on", "evidence", "contact_person", "contacted_on", "confirmation"),
    NOT_SHARED,
)
"""What an escort does not see of a travel condition."""


def for_audience(facts: HandoverSheetFacts, audience: Audience) -> HandoverSheetFacts:
    """Return sheet 1 without what `audience` may not see (b.3, column *wie ziet*).

    An escort sees which conditions there are, not by whom they were set or how they were arranged, nor who
    pays.
    Find the gaps before this, on the full facts.
    """
    if audience is not Audience.ESCORT:
        return facts
    conditions = tuple(
        TravelCondition(code=each.code, description=each.description, **_WITHHELD)
        for each in facts.conditions
    )
    receiver = replace(facts.receiver, payer=NOT_SHARED, paid_until=NOT_SHARED)
    journey = replace(facts.journey, airline_notice=NOT_SHARED)
    return replace(facts, conditions=conditions, receiver=receiver, journey=journey)
