"""What cannot be right, rule by rule: found when it is certain, and never when a part of a date is unknown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_rules import RULES, Records, judged, surely_before
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import Contact, Dossier, Inflow, Membership, Outflow
from app.domain.kinds.person import Original, Person, PersonNumber, Stay
from app.domain.kinds.request import RequestEvent, RequestPerson, SetTerm
from app.domain.kinds.sensitive import Decision, Measure
from app.domain.record import Record

TODAY = date(2026, 11, 23)
D, A, B = "d" * 32, "a" * 32, "b" * 32
PARENT = Membership(id="1" * 32, scope=D, person=A, role="x:gezinsrol.ouder")
CHILD = Membership(id="2" * 32, scope=D, person=B, role="x:gezinsrol.kind")


def person(who: str = A, **values: Any) -> Person:
    return Person(id=who, scope=who, **values)


def family(*records: Record, **more: Any) -> Records:
    """A parent and a child, with these records instead of or beside them."""
    every: dict[str, Record] = {
        each.id: each for each in (Dossier(id=D, scope=D), PARENT, CHILD, person(A), person(B))
    }
    every |= {each.id: each for each in records}
    by_kind: dict[type[Record], list[Record]] = {}
    for each in every.values():
        by_kind.setdefault(type(each), []).append(each)
    held = frozenset(each.id for each in by_kind[Person])
    return replace(Records(today=TODAY, dossier=D, by_kind=by_kind, held=held), **more)


def found(records: Records) -> list[str]:
    return [rule.code for rule in RULES for _spot in rule.find(records)]


def stay(no: int, begin: str | None, end: str | None = None) -> Stay:
    return Stay(id=str(no) * 32, scope=A, from_on=begin, to_on=end)


def original(**values: Any) -> Original:
    return Original(id="5" * 32, scope=A, **values)


DEPARTURE = Departure(id="3" * 32, scope=D, planned_on="2026-12-01")
SEAT = DeparturePerson(id="4" * 32, scope=D, departure=DEPARTURE.id, person=A)
DECISION = Decision(id="6" * 32, scope=A, on="2026-11-01")


def term(about: str, due_on: str) -> SetTerm:
    return SetTerm(id="7" * 32, scope=D, about=about, due_on=due_on)


REQUEST = "8" * 32
EVENT = RequestEvent(id="9" * 32, scope=D, request=REQUEST, on="2026-11-02")

LEFT = Outflow(id="5" * 32, scope=D, person=B, kind="x:u", on="2024-07-01")
CAME_IN = Inflow(id="3" * 32, scope=D, on="2024-07-02")
AGAIN = Inflow(id="4" * 32, scope=D, on="2025-07-02", source="x:instroom.heropend")


def joined(*days: str | None) -> tuple[Membership, ...]:
    """The child belongs to the family from the last of these days, and belonged to it from the ones before."""
    *before, now = days
    rows = (
        Membership(id=f"{no:032}", scope=D, person=B, from_on=day, to_on="?") for no, day in enumerate(before)
    )
    return (*rows, replace(CHILD, from_on=now))


FINDS: list[tuple[str, tuple[Record, ...]]] = [
    ("birth-ahead", (person(birth_date="2026-12"),)),
    ("birth-ahead", (person(birth_date="2027"),)),
    ("birth-ahead", (person(B, birth_date="2027"), *joined("2026-11-01"))),
    ("too-old", (person(birth_date="1899"),)),
    ("death-first", (person(birth_date="1990-03", died_on="1990-02-28"),)),
    ("child-older", (person(A, birth_date="1990"), person(B, birth_date="1989"))),
    ("member-unborn", (person(B, birth_date="2024-07-08"), *joined("2021-04-23"))),
    ("member-unborn", (person(B, birth_date="2024-07"), *joined("2024-06"))),
    ("end-first", (Membership(id=PARENT.id, scope=D, person=A, from_on="2025-05", to_on="2025-04"),)),
    ("end-first", (original(issued_on="2027-02-01", valid_until="2027-01-01"),)),
    ("end-first", (Measure(id="5" * 32, scope=A, from_on="2025-02-01", to_on="2025-01-31"),)),
    ("not-yet", (Outflow(id="5" * 32, scope=D, kind="x:u", on="2026-11-24"),)),
    ("two-stays", (stay(3, "2025-01-01"), stay(4, "2025-06-01"))),
    ("stays-overlap", (stay(3, "2025-01-01", "2025-06-02"), stay(4, "2025-06-01"))),
    ("term-first", (DECISION, term(DECISION.id, "2026-10-31"))),
    ("term-first", (EVENT, term(REQUEST, "2026-11-01"))),
    ("before-term", (DECISION, DEPARTURE, SEAT, term(DECISION.id, "2026-12-02"))),
    ("expired", (original(valid_until="2026-11-22"),)),
    ("mandate-over", (Contact(id="5" * 32, scope=D, mandate_to="2026-11-22"),)),
    ("not-shared", (Membership(id=PARENT.id, scope=D, person="c" * 32),)),
    ("no-member", (RequestPerson(id="5" * 32, scope=D, request=REQUEST, person="c" * 32),)),
    ("outflow-undated", (Outflow(id="5" * 32, scope=D, kind="x:uitstroom.mob"),)),
    ("outflow-first", (LEFT, person(B, birth_date="2024-07-02"))),
    ("outflow-first", (LEFT, *joined("2024-08"))),
    ("outflow-first", (LEFT, *joined("2024-08", "2024-07-02"))),
    ("outflow-first", (LEFT, CAME_IN)),
    ("outflow-first", (LEFT, CAME_IN, AGAIN)),
    ("v-number", (PersonNumber(id="5" * 32, scope=A, kind="x:nummer.v-nummer", value="289.114"),)),
]

SILENT: list[tuple[Record, ...]] = [
    (),
    (person(birth_date="2026"),),
    (person(birth_date="2026-11"),),
    (person(birth_date="~2027"),),
    (person(birth_date="?"),),
    (person(birth_date="1904"),),
    (person(birth_date="1890", died_on="1960"),),
    (person(birth_date="1990", died_on="1990"),),
    (person(A, birth_date="1990"), person(B, birth_date="1990-01-01")),
    (person(A, birth_date="~1990"), person(B, birth_date="1980")),
    (Membership(id=PARENT.id, scope=D, person=A, from_on="2025", to_on="2025-04"),),
    (stay(3, "2025-01-01", "2025-06-01"), stay(4, "2025-06-01")),
    (person(B, birth_date="2024-07-08"), *joined("2024-07")),
    (person(B, birth_date="2024"), *joined("2024-01-01")),
    (person(B, birth_date="?"), *joined("2021")),
    (person(B, birth_date="2024-07-08"), *joined(None)),
    (stay(3, None), stay(4, "2025-06-01")),
    (DECISION, DEPARTURE, SEAT, term(DECISION.id, "2026-12-01")),
    (original(valid_until="2026-11-23"),),
    (original(valid_until="2026-11-22", returned_on="2026-11-22"),),
    (Contact(id="5" * 32, scope=D, mandate_to="2026-11-22", to_on="2026-11-22"),),
    (Outflow(id="5" * 32, scope=D, on="2026-11-23", kind="x:u"),),
    (LEFT, person(B, birth_date="2024"), *joined("2024-07"), replace(CAME_IN, on=LEFT.on)),
    (LEFT, *joined("2024-01-01", "2025-01-01")),
    (LEFT, *joined(None, "2025-01-01")),
    (LEFT, person(B, birth_date="~2025"), *joined("?")),
    (LEFT, replace(CAME_IN, on=None), AGAIN),
    (LEFT, AGAIN),
    (PersonNumber(id="5" * 32, scope=A, kind="x:nummer.v-nummer", value="289.114.7071"),),
    (PersonNumber(id="5" * 32, scope=A, kind="x:nummer.coa", value="12"),),
    (Dossier(id=D, scope=D, closed_on="2026-01-01"), original(valid_until="2026-11-22")),
]


@pytest.mark.parametrize(("code", "records"), FINDS)
def test_a_rule_finds_its_own_and_nothing_else(code: str, records: tuple[Record, ...]) -> None:
    assert found(family(*records)) == [code]


def test_every_rule_has_a_case() -> None:
    assert {code for code, _records in FINDS} == {rule.code for rule in RULES}
    assert {type(each) for _code, records in FINDS for each in records} <= set(judged())


@pytest.mark.parametrize("records", SILENT)
def test_what_may_be_right_is_not_said(records: tuple[Record, ...]) -> None:
    assert found(family(*records)) == []


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (original(valid_until="2026-11-22"), "returned_on"),
        (Contact(id="5" * 32, scope=D, mandate_to="2026-11-22"), "to_on"),
        (Outflow(id="5" * 32, scope=D, kind="x:u"), "on"),
    ],
)
def test_a_field_with_two_values_is_not_taken_for_empty(record: Record, name: str) -> None:
    assert len(found(family(record))) == 1
    assert found(family(record, disputed={record.id: frozenset({name})})) == []


def test_a_request_that_ended_was_right_then() -> None:
    other = RequestPerson(id="5" * 32, scope=D, request=REQUEST, person="c" * 32)
    assert found(family(other, ended=frozenset({REQUEST}))) == []
    unsure = {PARENT.id: frozenset({"to_on"})}
    assert found(family(other, disputed=unsure)) == [], "nobody knows who is a member"


DATES = st.one_of(
    st.just("?"),
    st.integers(1985, 1987).map(lambda year: f"~{year}"),
    st.integers(1985, 1987).map(str),
    st.tuples(st.integers(1985, 1987), st.integers(1, 12)).map(lambda each: f"{each[0]}-{each[1]:02}"),
    st.dates(date(1985, 1, 1), date(1987, 12, 31)).map(lambda day: day.isoformat()),
)


@given(one=DATES, other=DATES)
def test_an_order_is_said_only_if_no_day_speaks_against_it(one: str, other: str) -> None:
    first, second = IncompleteDate.from_text(one), IncompleteDate.from_text(other)
    latest, earliest = first.latest, second.earliest
    certain = latest is not None and earliest is not None and latest < earliest
    assert surely_before(one, other) == certain
    if surely_before(one, other):
        assert one < other, "the looks in SQL count on the order of the text"
