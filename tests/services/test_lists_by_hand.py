"""The two big lists against the plain slow way: every order, filter and search gives the same lines, in the same
order, with the same counts, as sorting and looking through all of them by hand."""

import random
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cmp_to_key
from itertools import product
from typing import Any

import pytest

from app.domain import verbs
from app.domain.dated_event import bare_code
from app.domain.ident import derived_id, new_id
from app.domain.incomplete_date import birthday
from app.domain.kinds.dossier import Dossier, Membership, Owner
from app.domain.kinds.person import Person, PersonNumber, SamePerson
from app.domain.record import ScopeKind
from app.i18n.sort_key import sort_key
from app.services import family_list, person_list
from app.services.family_list import TURNS_UNKNOWN, Filters, Order
from app.services.person_list import (
    ADULT,
    AGE_UNKNOWN,
    CHILD,
    CLOSED,
    DISPUTED,
    EARLIER,
    PersonFilters,
    PersonOrder,
)
from app.services.session import Session
from app.storage import search
from app.storage.person_line import Part
from tests.support.store_fixture import OFFICER

Row = Mapping[str, Any]
FAMILIES = 40
TITLES = ("Abebe", "al-Hamad", "Hakobyan", "Öztürk", "Hakimi", "Ahmadi", "")
GIVEN = ("Azra", "Ani", "Hak", "Berk", "", "Çelik", "Khadija")
BIRTHS = ("1984", "2015-03", "2008", "2009-01-10", "?", None, "2008-11-24", "1990-05-01", "2026-12")
QUERIES = ("", "a", "ha", "hak", "akob", "a ha", "abebe ani", "1", "test", "test-1", "289", "niemand", "ö")
PERSON_FILTERS = (
    PersonFilters(),
    PersonFilters(mine=True),
    PersonFilters(phase="fase.overpeinzing"),
    *(PersonFilters(age=age) for age in (CHILD, ADULT, AGE_UNKNOWN, "achttien.3", TURNS_UNKNOWN)),
    *(PersonFilters(other=other) for other in (EARLIER, CLOSED, DISPUTED)),
    PersonFilters(mine=True, age=CHILD, other=CLOSED),
)
FAMILY_FILTERS = (
    Filters(),
    Filters(mine=True),
    Filters(closed=True),
    Filters(disputed=True),
    Filters(phase="fase.overpeinzing"),
    Filters(turns_18=TURNS_UNKNOWN),
)


@pytest.fixture(params=[0, 5, 1_000])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many lines on they are not looked up one by one."""
    monkeypatch.setattr(family_list, "FEW", request.param)
    monkeypatch.setattr(person_list, "FEW", request.param)
    return int(request.param)


@pytest.fixture
def world(session: Session) -> Iterable[Session]:
    """Families with many ties and much that is empty; what follows from content is put in by lot."""
    rng = random.Random(4)
    with session.store.write(verbs.FAMILY_REGISTERED) as uow:
        officers = (OFFICER, new_id(), None)
        for number in range(FAMILIES):
            dossier = uow.new_scope(ScopeKind.DOSSIER)
            closed = "2026-01-01" if rng.random() < 0.25 else None
            title = rng.choice(TITLES) or None
            uow.add(
                Dossier(id=dossier, scope=dossier, title=title, number=f"TEST-{number}", closed_on=closed)
            )
            officer = rng.choice(officers)
            if officer:
                uow.add(Owner(id=new_id(), scope=dossier, officer=officer, from_on="2026-01-01"))
            people = [_somebody(uow, rng, title) for _one in range(rng.randint(0, 4))]
            for person in people:
                left = "2026-02-01" if rng.random() < 0.2 else None
                uow.add(Membership(id=new_id(), scope=dossier, person=person, to_on=left))
            if len(people) > 2:
                a, b = sorted(people[:2])
                uow.add(SamePerson(id=derived_id("same person", a, b), scope=a, a=a, b=b))
    _put_in(session, rng)
    yield session
    session.store.refresh_all()


def _somebody(uow: Any, rng: random.Random, title: str | None) -> str:
    person = str(uow.new_scope(ScopeKind.PERSON))
    given, birth = rng.choice(GIVEN) or None, rng.choice(BIRTHS)
    uow.add(Person(id=person, scope=person, family_name=title, given_names=given, birth_date=birth))
    if rng.random() < 0.5:
        value = f"289{rng.randrange(10**7):07}"
        uow.add(PersonNumber(id=new_id(), scope=person, kind="basis:nummer.v-nummer", value=value))
    return person


def _put_in(session: Session, rng: random.Random) -> None:
    choices = session.content.choices

    def some(name: str, pack: str = "basis") -> list[str | None]:
        return [None, *(session.content.ref(pack, each.code) for each in choices(pack, name)[:4])]

    roles, standings = some("gezinsrol"), [*some("stand"), *some("uitstroom")]
    countries = [None, "=Zonder land", *(session.content.ref("landen", code) for code in ("SY", "AF", "ER"))]
    unknown = "0123456789abcdef:fase.onbekend"
    phases = [None, unknown, *(session.content.ref("fasen", phase.code) for phase in session.content.phases)]
    states = [None, "lp|onbekend", *(f"{track}|{state}" for track, state in _states(session)[::3])]
    with session.store.local() as conn:
        for (line,) in conn.exec_driver_sql("SELECT no FROM d_person WHERE part <> 9").all():
            values = (
                rng.choice(countries),
                rng.choice(roles),
                rng.choice(standings),
                rng.randint(0, 1),
                line,
            )
            conn.exec_driver_sql(
                "UPDATE d_person SET nationality=?, role=?, standing=?, disputed=? WHERE no=?", values
            )
        for (dossier,) in conn.exec_driver_sql("SELECT dossier FROM d_summary").all():
            days = (None, "2026-12-01", "2027-01-01")
            told = (
                rng.choice(phases), rng.choice(states), rng.choice(days), rng.choice(days), rng.randint(0, 1),
                dossier,
            )  # fmt: skip
            conn.exec_driver_sql(
                "UPDATE d_summary SET phase=?, request_state=?, expires_on=?, next_on=?, disputed=? WHERE dossier=?",
                told,
            )


def _states(session: Session) -> list[tuple[str, str]]:
    """Track and code of every state of a request, in the order of the list."""
    tracks = session.content.tracks.items()
    return [(track, code) for track, about in tracks for code in about.states]


def _rows(session: Session, table: str) -> list[Row]:
    with session.store.read() as conn:
        return [dict(row._mapping) for row in conn.exec_driver_sql(f"SELECT * FROM {table}")]


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _scopes(session: Session, word: str) -> dict[int, bool]:
    """The scopes in which a word is found, and whether in the record that has the id of the scope."""
    found: dict[int, bool] = {}
    numbers = {row["id"]: row["no"] for row in _rows(session, "d_scope")}
    for row in _rows(session, f"({search.ALL_TEXTS})"):
        words = [_plain(each) for each in search.words_of(row["body"])]
        wanted = _plain(word)
        inside = len(word) >= 3 and any(wanted in each for each in words)
        if inside or any(each.startswith(wanted) for each in words):
            scope = numbers[row["id"]]
            found[scope] = found.get(scope, False) or row["rec"] == row["id"]
    return found


def _by(
    *, key: Callable[[Row], Any], rows: Sequence[Row], descending: bool, tied: Sequence[str]
) -> list[Row]:
    """Sorted by hand: empty last, both ways; ties as `tied` says, a column with a minus the other way round."""

    def compare(one: Row, other: Row) -> int:
        a, b = key(one), key(other)
        if (a is None) != (b is None):
            return 1 if a is None else -1
        if a != b:
            return (-1 if a < b else 1) * (-1 if descending else 1)
        for column in tied:
            name, way = column.lstrip("-"), -1 if column.startswith("-") and a is not None else 1
            c, d = one[name], other[name]
            if c != d:
                return way * (-1 if c is None else 1 if d is None else -1 if c < d else 1)
        return 0

    return sorted(rows, key=cmp_to_key(compare))


# -- persons ----------------------------------------------------------------------------------------------------------


def _persons(session: Session, query: str, filters: PersonFilters) -> list[Row]:
    lines = _rows(session, "d_person")
    families = {row["no"]: row for row in _rows(session, "d_summary")}
    wanted = {CLOSED: (Part.CLOSED, Part.CLOSED_EARLIER), EARLIER: (Part.EARLIER,)}.get(
        filters.other, (Part.PRESENT,)
    )
    found = None
    for word in search.words_of(query):
        scopes = _scopes(session, word)
        number = any(sign.isdigit() for sign in word)
        here = {
            row["line"]
            for row in lines
            if row["person"] in scopes or (number and scopes.get(row["dossier"], False))
        }
        found = here if found is None else found & here
    return [
        row
        for row in lines
        if row["part"] in wanted
        and (found is None or row["no"] in found)
        and (not filters.mine or families[row["dossier"]]["owner"] == session.officer)
        and (not filters.phase or str(families[row["dossier"]]["phase"]).endswith(f":{filters.phase}"))
        and (filters.other != DISPUTED or row["disputed"])
        and (not filters.age or _is(session, row, filters.age))
    ]


def _group(session: Session, row: Row) -> str:
    today, last = session.today.isoformat(), birthday(session.today, 18).isoformat()
    start, end = row["turns_18_from"], row["turns_18_until"]
    if start is not None and today < start <= last:
        return CHILD
    return ADULT if end is not None and end <= today else AGE_UNKNOWN


def _is(session: Session, row: Row, age: str) -> bool:
    if age in (CHILD, ADULT, AGE_UNKNOWN):
        return _group(session, row) == age
    start, end, today = row["turns_18_from"], row["turns_18_until"], session.today.isoformat()
    child = str(row["role"]).endswith(":gezinsrol.kind")
    if age == TURNS_UNKNOWN:
        if start is None or start > birthday(session.today, 18).isoformat():
            return child
        return start < end and end > today and (start > today or child)
    return start is not None and start == end and today < start <= family_list.turns_until(session, age)


def _sorted_persons(session: Session, rows: Sequence[Row], order: PersonOrder, *, down: bool) -> list[int]:
    column = {
        PersonOrder.NAME: "name_key", PersonOrder.BORN: "born_key", PersonOrder.NUMBER: "numbers",
        PersonOrder.FAMILY: "family_key",
    }.get(order, str(order))  # fmt: skip

    def key(row: Row) -> Any:
        value = row[column]
        if value is None or order not in (PersonOrder.NATIONALITY, PersonOrder.ROLE, PersonOrder.STANDING):
            return value
        places = person_list._places(session, order)
        label = person_list._label(session, value)
        return places.get(bare_code(value), len(places)), sort_key(label)

    ties = ["name_key", "no"]
    if order is PersonOrder.FAMILY:
        ties = ["dossier", *ties]
    if down and column not in ("nationality", "role", "standing"):
        ties = [f"-{each}" for each in ties]
    parts = sorted({row["part"] for row in rows})
    return [
        row["no"]
        for part in parts
        for row in _by(
            key=key, rows=[each for each in rows if each["part"] == part], descending=down, tied=ties
        )
    ]


@pytest.mark.parametrize("filters", PERSON_FILTERS, ids=str)
def test_persons_are_those_and_stand_as_by_hand(world: Session, filters: PersonFilters, few: int) -> None:
    for query in QUERIES:
        rows = _persons(world, query, filters)
        for order, down in product(PersonOrder, (False, True)):
            lines = person_list.lines(world, query, filters=filters, order=order, descending=down)
            assert list(lines) == _sorted_persons(world, rows, order, down=down), (query, order, down, few)
        groups = [_group(world, row) for row in rows]
        totals = person_list.totals(world, lines, query, filters)
        assert (totals.persons, totals.children, totals.age_unknown) == (
            len(rows), groups.count(CHILD), groups.count(AGE_UNKNOWN),
        ), (query, few)  # fmt: skip


# -- families ---------------------------------------------------------------------------------------------------------


def _families(session: Session, query: str, filters: Filters) -> list[Row]:
    lines = _rows(session, "d_person")
    found = None
    for word in search.words_of(query):
        scopes = _scopes(session, word)
        here = {*scopes, *(row["dossier"] for row in lines if row["person"] in scopes)}
        found = here if found is None else found & here
    return [
        row
        for row in _rows(session, "d_summary")
        if bool(row["closed"]) == filters.closed
        and (found is None or row["no"] in found)
        and (not filters.mine or row["owner"] == session.officer)
        and (not filters.phase or str(row["phase"]).endswith(f":{filters.phase}"))
        and (not filters.disputed or row["disputed"])
        and (not filters.turns_18 or row["turns_18_on"] == "?")
    ]


def _family_key(session: Session, order: Order) -> Callable[[Row], Any]:
    phases = [phase.code for phase in session.content.phases]
    states = [code for _track, code in _states(session)]
    officers = {row["id"]: row["name"] for row in _rows(session, "r_officer")}

    def rank(row: Row) -> int | None:
        code = (row["phase"] or "")[17:]
        return phases.index(code) if code in phases else None

    def step(row: Row) -> int | None:
        code = (row["request_state"] or "|").partition("|")[2]
        return states.index(code) if code in states else None

    keys: dict[Order, Callable[[Row], Any]] = {
        Order.TITLE: lambda row: row["sort_key"],
        Order.MEMBERS: lambda row: row["adults"] + row["children"] + row["age_unknown"],
        Order.PHASE: rank,
        Order.REQUEST: step,
        Order.EXPIRES: lambda row: row["expires_on"],
        Order.NEXT: lambda row: row["next_on"],
        Order.OWNER: lambda row: officers.get(row["owner"]),
    }
    return keys[order]


@pytest.mark.parametrize("filters", FAMILY_FILTERS, ids=str)
def test_families_are_those_and_stand_as_by_hand(world: Session, filters: Filters, few: int) -> None:
    for query in QUERIES:
        rows = _families(world, query, filters)
        for order, down in product(Order, (False, True)):
            found = family_list.lines(world, query, filters=filters, order=order, descending=down)
            key = _family_key(world, order)
            coded = order in (Order.PHASE, Order.REQUEST, Order.OWNER)
            ties = ("-sort_key", "-no") if down and not coded else ("sort_key", "no")
            wanted = _by(key=key, rows=rows, descending=down, tied=ties)
            assert list(found) == [row["no"] for row in wanted], (query, order, down, few)
        totals = family_list.totals(world, found)
        assert totals.families == len(rows)
        assert (totals.adults, totals.children, totals.age_unknown) == tuple(
            sum(row[name] for row in rows) for name in ("adults", "children", "age_unknown")
        )


def test_the_world_by_hand_holds_what_it_is_to_show(world: Session) -> None:
    lines = _rows(world, "d_person")
    assert {row["part"] for row in lines} == {int(part) for part in Part}
    assert len({row["name_key"] for row in lines}) < len(lines) / 2
    for column in ("born_key", "numbers", "nationality", "role", "standing"):
        values = {row[column] for row in lines}
        assert None in values and len(values) > 2, column
    groups = {_group(world, row) for row in lines}
    assert groups == {CHILD, ADULT, AGE_UNKNOWN}
