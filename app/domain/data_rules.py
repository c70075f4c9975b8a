"""What cannot be right in the records of a family: one small rule per finding, each with its sentence and why.

Only what is certain is said. A date of which a part is unknown is judged by its first and last possible day, and a
value on which two officers differ is not in the records that are given here. Nothing is refused: a finding asks
somebody to look.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Final, TypeVar

from app.domain.dated_event import bare_code
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import Contact, Dossier, DossierState, Inflow, Membership, Outflow
from app.domain.kinds.person import Consent, Original, Person, PersonNumber, School, Stay
from app.domain.kinds.request import RequestEvent, RequestPerson, SetTerm
from app.domain.kinds.sensitive import Decision, Measure, Procedure, ReportingDuty
from app.domain.record import Record, kind_of
from app.domain.text import v_number_advice
from app.domain.words import N_

OLDEST_YEARS: Final = 122
"""Nobody is known to have grown older (the longest life on record); a greater age is a mistake in the date."""
_CHILD, _PARENT = "gezinsrol.kind", "gezinsrol.ouder"
AGAIN: Final = "instroom.heropend"
"""The source of an inflow of a dossier that was here before."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A family as it is judged: its records and those of its present members, without what is disputed.

    `held`: persons whose own records are here. `ended`: requests that came to their end. `disputed`: per record the
    fields on which two values stand: empty here, and yet nobody can say that nothing is filled in.
    """

    today: date
    dossier: str
    by_kind: Mapping[type[Record], Sequence[Record]]
    held: frozenset[str]
    ended: frozenset[str] = frozenset()
    disputed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def empty(self, record: Record, name: str) -> bool:
        """Whether it is certain that nothing stands in a field."""
        return getattr(record, name) is None and not self.is_disputed(record, name)

    def is_disputed(self, record: Record, name: str) -> bool:
        """Whether two values stand in a field."""
        return name in self.disputed.get(record.id, ())

    def of(self, cls: type[R]) -> Sequence[R]:
        """The records of a kind."""
        return self.by_kind.get(cls, ())  # type: ignore[return-value]

    @property
    def is_closed(self) -> bool:
        """Whether the family is not worked on any more: what runs out then asks nothing."""
        return not all(self.empty(each, "closed_on") for each in self.of(Dossier))

    @property
    def members(self) -> dict[str, Membership]:
        """The present members by person."""
        return {
            each.person: each for each in self.of(Membership) if each.person and self.empty(each, "to_on")
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something cannot be right: the record, the field to go to, and all fields that were compared.

    `person`: about whom, "" for the family. `other`: a second record that was compared, with its field.
    """

    record: Record
    fields: tuple[str, ...]
    person: str = ""
    other: tuple[Record, str] | None = None

    @property
    def kind(self) -> str:
        """The kind of the record to go to."""
        return kind_of(self.record).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`sentence` says what was found, `why` what it is compared with; both English msgids."""

    code: str
    sentence: str
    why: str
    find: Callable[[Records], Iterator[Spot]]


# -- days ----------------------------------------------------------------------------------------------------------


def bounds(text: str | None) -> tuple[date, date] | None:
    """The first and last day that a date in a record can be; None where nothing is certain or nothing stands."""
    if not text:
        return None
    try:
        found = IncompleteDate.from_text(text[:10])
    except ValueError:
        return None
    earliest, latest = found.earliest, found.latest
    return None if earliest is None or latest is None else (earliest, latest)


def surely_before(one: str | None, other: str | None) -> bool:
    """Whether `one` lies before `other` whatever their unknown parts are."""
    first, second = bounds(one), bounds(other)
    return first is not None and second is not None and first[1] < second[0]


def surely_after_day(text: str | None, day: date) -> bool:
    """Whether a date lies after `day` whatever its unknown parts are."""
    found = bounds(text)
    return found is not None and found[0] > day


def surely_past(text: str | None, today: date) -> bool:
    """Whether a date lies before `today` whatever its unknown parts are."""
    found = bounds(text)
    return found is not None and found[1] < today


def _person_of(record: Record) -> str:
    """About whom a record is: the person it lies with or names."""
    named = getattr(record, "person", None)
    return str(named) if named else ("" if "person" in kind_of(record).names else record.scope)


# -- rules -----------------------------------------------------------------------------------------------------------


def _birth_ahead(records: Records) -> Iterator[Spot]:
    for person in records.of(Person):
        if surely_after_day(person.birth_date, records.today):
            yield Spot(record=person, fields=("birth_date",), person=person.id)


def _too_old(records: Records) -> Iterator[Spot]:
    for person in records.of(Person):
        born, died = bounds(person.birth_date), bounds(person.died_on)
        end = died[0] if died else records.today
        alive = records.empty(person, "died_on")
        if born and (alive or died) and end.year - born[1].year > OLDEST_YEARS + 1:
            yield Spot(record=person, fields=("birth_date",), person=person.id)


def _death_first(records: Records) -> Iterator[Spot]:
    for person in records.of(Person):
        if surely_before(person.died_on, person.birth_date):
            yield Spot(record=person, fields=("died_on", "birth_date"), person=person.id)


def _child_older(records: Records) -> Iterator[Spot]:
    persons = {person.id: person for person in records.of(Person)}
    roles = {who: bare_code(each.role or "") for who, each in records.members.items() if who in persons}
    for child in (who for who, role in roles.items() if role == _CHILD):
        for parent in (who for who, role in roles.items() if role == _PARENT):
            if surely_before(persons[child].birth_date, persons[parent].birth_date):
                other = (persons[parent], "birth_date")
                yield Spot(record=persons[child], fields=("birth_date",), person=child, other=other)


def _member_unborn(records: Records) -> Iterator[Spot]:
    """A birth that lies in the future is a finding of its own."""
    persons = {person.id: person for person in records.of(Person)}
    for each in records.of(Membership):
        person = persons.get(each.person or "")
        if (
            person is not None
            and surely_before(each.from_on, person.birth_date)
            and not surely_after_day(person.birth_date, records.today)
        ):
            other = (person, "birth_date")
            yield Spot(record=each, fields=("from_on",), person=person.id, other=other)


SPANS: Final[tuple[tuple[type[Record], str, str], ...]] = (
    (Dossier, "opened_on", "closed_on"),
    (Membership, "from_on", "to_on"),
    (DossierState, "from_on", "to_on"),
    (Contact, "from_on", "to_on"),
    (Contact, "mandate_from", "mandate_to"),
    (Stay, "from_on", "to_on"),
    (School, "from_on", "to_on"),
    (Original, "issued_on", "valid_until"),
    (RequestEvent, "issued_on", "valid_until"),
    (Consent, "given_on", "valid_until"),
    (Measure, "from_on", "to_on"),
    (ReportingDuty, "from_on", "to_on"),
    (Procedure, "started_on", "ended_on"),
)
"""Kinds with a beginning and an end."""


def _end_first(records: Records) -> Iterator[Spot]:
    for cls, begin, end in SPANS:
        for record in records.of(cls):
            if surely_before(getattr(record, end), getattr(record, begin)):
                yield Spot(record=record, fields=(end, begin), person=_person_of(record))


HAPPENED: Final[tuple[tuple[type[Record], str], ...]] = (
    (Person, "died_on"),
    (Outflow, "on"),
    (Decision, "on"),
    (Departure, "departed_on"),
    (Original, "returned_on"),
    (RequestEvent, "on"),
)
"""Fields that say on which day something happened."""


def _not_yet(records: Records) -> Iterator[Spot]:
    for cls, name in HAPPENED:
        for record in records.of(cls):
            if surely_after_day(getattr(record, name), records.today):
                yield Spot(record=record, fields=(name,), person=_person_of(record))


def _stays(records: Records) -> Iterator[tuple[Stay, Stay]]:
    """The stays of each person by two."""
    by_person: dict[str, list[Stay]] = {}
    for stay in records.of(Stay):
        if bounds(stay.from_on):
            by_person.setdefault(stay.scope, []).append(stay)
    for stays in by_person.values():
        yield from combinations(sorted(stays, key=lambda each: (each.from_on or "", each.id)), 2)


def _two_current_stays(records: Records) -> Iterator[Spot]:
    for first, second in _stays(records):
        if records.empty(first, "to_on") and records.empty(second, "to_on"):
            yield Spot(record=first, fields=("to_on",), person=first.scope, other=(second, "from_on"))


def _overlapping_stays(records: Records) -> Iterator[Spot]:
    """The later one began before the earlier ended; on the day of moving both may hold."""
    for first, second in _stays(records):
        if first.to_on is not None and surely_before(second.from_on, first.to_on):
            yield Spot(record=first, fields=("to_on",), person=first.scope, other=(second, "from_on"))


def _term_first(records: Records) -> Iterator[Spot]:
    """A day set by hand for a request or a decision lies before the first day of it."""
    began: dict[str, tuple[Record, str]] = {each.id: (each, each.on or "") for each in records.of(Decision)}
    for event in records.of(RequestEvent):
        known = began.get(event.request or "")
        if event.request and event.on and (known is None or event.on < known[1]):
            began[event.request] = (event, event.on)
    for term in records.of(SetTerm):
        about = began.get(term.about or "")
        if about and surely_before(term.due_on, about[1]):
            yield Spot(record=term, fields=("due_on",), other=(about[0], "on"))


def _before_term(records: Records) -> Iterator[Spot]:
    """A departure is planned on a day before the term of a member's decision ends, as that was set by hand."""
    decisions = {each.id: each for each in records.of(Decision)}
    ends = [(decisions[each.about], each) for each in records.of(SetTerm) if each.about in decisions]
    planned = {each.id: each for each in records.of(Departure) if records.empty(each, "cancelled_on")}
    for seat in records.of(DeparturePerson):
        departure = planned.get(seat.departure or "")
        for decision, term in ends:
            if departure and decision.scope == seat.person:
                day = "planned_on" if records.empty(departure, "departed_on") else "departed_on"
                if surely_before(getattr(departure, day), term.due_on):
                    other = (term, "due_on")
                    yield Spot(record=departure, fields=(day,), person=seat.person or "", other=other)


def _expired(records: Records) -> Iterator[Spot]:
    for paper in records.of(Original):
        here = records.empty(paper, "returned_on") and not records.is_closed
        if here and paper.scope in records.members and surely_past(paper.valid_until, records.today):
            yield Spot(record=paper, fields=("valid_until",), person=paper.scope)


def _mandate_over(records: Records) -> Iterator[Spot]:
    for contact in records.of(Contact):
        current = records.empty(contact, "to_on") and not records.is_closed
        if current and surely_past(contact.mandate_to, records.today):
            yield Spot(record=contact, fields=("mandate_to",), person=contact.person or "")


def _not_shared(records: Records) -> Iterator[Spot]:
    for who, membership in records.members.items():
        if who not in records.held:
            yield Spot(record=membership, fields=("person",))


def _no_member(records: Records) -> Iterator[Spot]:
    """Of a request that ended it was right at the time."""
    members = records.members
    rows = records.of(Membership)
    if any(records.is_disputed(row, "person") or records.is_disputed(row, "to_on") for row in rows):
        return
    for each in records.of(RequestPerson):
        if each.person and each.person not in members and each.request not in records.ended:
            yield Spot(record=each, fields=("person",), person=each.person)


def _outflow_undated(records: Records) -> Iterator[Spot]:
    for outflow in records.of(Outflow):
        if outflow.kind and records.empty(outflow, "on"):
            yield Spot(record=outflow, fields=("on",), person=outflow.person or "")


def _outflow_first(records: Records) -> Iterator[Spot]:
    """Before the birth, before the first membership of that person began, or before the dossier came in."""
    born = {person.id: (person, "birth_date") for person in records.of(Person)}
    came_in = _first(records.of(Inflow), "on")
    if came_in is not None and bare_code(came_in[0].source or "") == AGAIN:
        came_in = None  # the first inflow was not written down
    for outflow in records.of(Outflow):
        person = outflow.person or ""
        joined = _first([each for each in records.of(Membership) if each.person == person], "from_on")
        for other in (born.get(person), joined, came_in):
            if other is not None and surely_before(outflow.on, getattr(*other)):
                yield Spot(record=outflow, fields=("on",), person=person, other=other)
                break


def _first(rows: Sequence[R], name: str) -> tuple[R, str] | None:
    """The record in which the earliest day stands; None when one of them is not certain."""
    days = [(found[0], row.id, row) for row in rows if (found := bounds(getattr(row, name)))]
    return (min(days)[2], name) if days and len(days) == len(rows) else None


def _v_number(records: Records) -> Iterator[Spot]:
    for number in records.of(PersonNumber):
        if bare_code(number.kind or "") == "nummer.v-nummer" and v_number_advice(number.value or ""):
            yield Spot(record=number, fields=("value",), person=number.scope)


RULES: Final = (
    Rule(
        code="birth-ahead",
        sentence=N_("The date of birth lies in the future"),
        why=N_("Nobody is born after today."),
        find=_birth_ahead,
    ),
    Rule(
        code="too-old",
        sentence=N_("The age cannot be right"),
        why=N_("By this date of birth the person would be older than anybody known."),
        find=_too_old,
    ),
    Rule(
        code="death-first",
        sentence=N_("The day of death lies before the birth"),
        why=N_("One of the two dates cannot be right."),
        find=_death_first,
    ),
    Rule(
        code="child-older",
        sentence=N_("The child is older than the parent"),
        why=N_("One of the dates of birth or of the roles cannot be right."),
        find=_child_older,
    ),
    Rule(
        code="member-unborn",
        sentence=N_("The membership begins before the birth"),
        why=N_("One of the two dates cannot be right."),
        find=_member_unborn,
    ),
    Rule(
        code="end-first",
        sentence=N_("The end lies before the beginning"),
        why=N_("One of the two dates cannot be right."),
        find=_end_first,
    ),
    Rule(
        code="not-yet",
        sentence=N_("What happened lies in the future"),
        why=N_("This field says on which day something happened, and that day has not come yet."),
        find=_not_yet,
    ),
    Rule(
        code="two-stays",
        sentence=N_("Two stays without an end"),
        why=N_("A person stays at one place; the earlier stay has no last day."),
        find=_two_current_stays,
    ),
    Rule(
        code="stays-overlap",
        sentence=N_("Two stays overlap"),
        why=N_("The later stay began before the earlier one ended."),
        find=_overlapping_stays,
    ),
    Rule(
        code="term-first",
        sentence=N_("The term ends before it could begin"),
        why=N_("The day that was set lies before the first day of what it is about."),
        find=_term_first,
    ),
    Rule(
        code="before-term",
        sentence=N_("The departure lies before the end of the term"),
        why=N_("The term of the decision has not ended on that day."),
        find=_before_term,
    ),
    Rule(
        code="expired",
        sentence=N_("The document has expired"),
        why=N_("It lies with us and its last day has passed."),
        find=_expired,
    ),
    Rule(
        code="mandate-over",
        sentence=N_("The power of attorney has ended"),
        why=N_("The contact has no last day, and the power of attorney has."),
        find=_mandate_over,
    ),
    Rule(
        code="not-shared",
        sentence=N_("A member is not shared with you"),
        why=N_("The family names somebody whose own details are not on this laptop."),
        find=_not_shared,
    ),
    Rule(
        code="no-member",
        sentence=N_("The request is for somebody who is no member now"),
        why=N_("The request has not ended, and the person does not belong to this family now."),
        find=_no_member,
    ),
    Rule(
        code="outflow-undated",
        sentence=N_("The outflow has no date"),
        why=N_("How somebody left is written down, and not when."),
        find=_outflow_undated,
    ),
    Rule(
        code="outflow-first",
        sentence=N_("The outflow lies before the beginning"),
        why=N_(
            "Nobody leaves before being born, before belonging to the family, or before its dossier came in."
        ),
        find=_outflow_first,
    ),
    Rule(
        code="v-number",
        sentence=N_("The V-number has not ten digits"),
        why=N_("A V-number mostly has ten digits. Check it."),
        find=_v_number,
    ),
)


def judged() -> tuple[type[Record], ...]:
    """The kinds that the rules look at: what has to be read."""
    spans = [cls for cls, _begin, _end in SPANS]
    others = [cls for cls, _name in HAPPENED]
    named = [Person, Membership, Stay, SetTerm, DeparturePerson, PersonNumber, RequestPerson, Inflow]
    return tuple(dict.fromkeys([*spans, *others, *named]))
