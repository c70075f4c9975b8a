"""The shape of one made-up family: plain values in the words of the field, ready to become records.

Codes are those of the content packs without the pack's hash (`fase.overpeinzing`, `lp.ingediend`, `GEZ`); a
test looks each of them up. A `member` is the place in `DemoFamily.members`, counted from 0; None means the
family as a whole. Times are local to their zone, the Netherlands where none is named.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.incomplete_date import IncompleteDate
from app.domain.person_name import PersonName


class Role(StrEnum):
    """A member’s place in the family."""

    PARENT = "gezinsrol.ouder"
    CHILD = "gezinsrol.kind"
    GRANDPARENT = "gezinsrol.grootouder"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSchool:
    """Where a child learns."""

    name: str
    level: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVoice:
    """Whether a child was heard (`gehoord.*`), what it knows and wants."""

    heard: str
    on: date | None
    by: str
    reason: str
    knows: str
    wish: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember:
    """One person. `minor` is meant as the family knows it, also when the register's date is incomplete."""

    role: Role
    name: PersonName
    sex: str  # geslacht.v or geslacht.m
    born: IncompleteDate
    minor: bool
    birth_place: str
    birth_country: str  # ISO 3166-1 alpha-2, XK for Kosovo
    nationality: str
    language: str
    interpreter_language: str  # empty: no interpreter needed
    reading: str  # lezen.*
    v_number: str
    school: DemoSchool | None = None
    voice: DemoVoice | None = None
    health: str = ""  # what it asks of others, never a diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDecision:
    """The return decision that started the work, with the departure term it gave."""

    on: date
    term_days: int
    term_ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMeasure:
    """The measure of art. 56 Vw (`maatregel.art56`) that goes with a family location."""

    from_on: date
    area: str
    reporting_days: str
    handed_over_on: date
    handed_over_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContact:
    """Somebody around the family (`contactrol.*`)."""

    role: str
    name: str
    organisation: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPhase:
    """A phase of one adult or of the family, with the reason."""

    member: int | None
    phase: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoObstacle:
    """What holds departure up."""

    topic: str
    body: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgreement:
    """Who does what by when."""

    who: str
    what: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTalk:
    """One talk; `minutes` 0 means planned or not rounded off (see `finished`)."""

    kind: str
    phase: str
    starts_at: datetime
    minutes: int
    finished: bool
    present: tuple[int, ...]
    place: str
    interpreter: str
    interpreter_language: str
    goal: str
    notes: str = ""
    summary: str = ""
    agreements: tuple[DemoAgreement, ...] = ()
    circumstances: tuple[tuple[str, str, str], ...] = ()  # topic, answer, reason
    answers: tuple[tuple[str, str], ...] = ()  # item, answer
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEvent:
    """A dated event of a request: a state (`lp.ingediend`) or a deed (`lp.rappel`)."""

    event: str
    on: date
    way: str = ""
    reference: str = ""
    planned_at: datetime | None = None
    place: str = ""
    kind: str = ""
    cause: str = ""
    reason: str = ""
    excusable: str = ""
    in_writing: bool | None = None
    told_on: date | None = None
    conditions: str = ""
    document_number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    held_by: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRequest:
    """A laissez-passer request for some or all members, events in the order of time."""

    country: str
    purpose: str
    representation: str
    cooperation: str
    members: tuple[int, ...]
    events: tuple[DemoEvent, ...]

    @property
    def state(self) -> str:
        """The last state, deeds left out."""
        return next(event.event for event in reversed(self.events) if event.event not in DEEDS)


DEEDS = frozenset(("lp.kopie-gegeven", "lp.verwachte-datum-gemeld", "lp.rappel"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFlight:
    """One flight as on the ticket."""

    number: str
    from_place: str
    to_place: str
    departs_at: datetime
    departs_zone: str
    arrives_at: datetime
    arrives_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReceiver:
    """Who takes a member over on arrival."""

    member: int
    kind: str
    name: str
    organisation: str
    relation: str
    phone: str
    confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCondition:
    """A travel condition in functional words: what is needed, never why."""

    member: int
    condition: str
    description: str
    source: str
    source_on: date
    arranged_by: str
    arranged_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBelonging:
    """Luggage or money."""

    member: int
    kind: str
    description: str
    count: int
    weight_g: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDeparture:
    """A planned or completed departure of the whole family."""

    planned_on: date
    departed_on: date | None
    leave_from: str
    pickup_at: datetime
    carrier: str
    escort: str
    announced: str
    kinds: tuple[tuple[int, str], ...]  # member, kind (MED, AMV, GEZ, OUD)
    health_information: tuple[tuple[int, str, date | None], ...]  # member, asked or not, as of
    flights: tuple[DemoFlight, ...]
    receivers: tuple[DemoReceiver, ...]
    conditions: tuple[DemoCondition, ...]
    belongings: tuple[DemoBelonging, ...]
    contact_day: str
    contact_night: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCheck:
    """A *verwijderbaarheidscheck*: asked of the IND, answered, valid until."""

    asked_on: date
    answered_on: date
    may_leave: str  # mag-vertrekken.ja | mag-vertrekken.nee
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFamily:
    """One family of the made-up location; `number` counts from 0 and gives the first forty their story."""

    number: int
    about: str  # what the story shows, for the person who tries the program; empty beyond the stories
    title: str
    title_native: str
    nationality: str
    officer: str
    room: str
    in_netherlands_since: date
    opened_on: date
    location_since: IncompleteDate
    decision: DemoDecision
    measure: DemoMeasure | None
    check: DemoCheck | None
    members: tuple[DemoMember, ...]
    contacts: tuple[DemoContact, ...]
    phases: tuple[DemoPhase, ...]
    obstacles: tuple[DemoObstacle, ...]
    talks: tuple[DemoTalk, ...]
    requests: tuple[DemoRequest, ...]
    departure: DemoDeparture | None

    @property
    def closed_on(self) -> date | None:
        """The day on which everybody left, if they did."""
        return self.departure.departed_on if self.departure is not None else None

    @property
    def adults(self) -> tuple[int, ...]:
        """The members who are not minors."""
        return tuple(place for place, member in enumerate(self.members) if not member.minor)
