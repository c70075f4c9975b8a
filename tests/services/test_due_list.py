"""The start page reads the first lines of each group only, and says how many there are in all."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Todo
from app.domain.kinds.person import Original, Person
from app.domain.record import Record
from app.services import agenda, due_list
from app.services.agenda import AgendaLine
from app.services.session import Session
from app.storage.uow import read_where
from tests.support.family import Family, add, register, save

DAYS = 7


@pytest.fixture
def families(session: Session) -> list[Family]:
    """Five families with deeds on many days, in an order that is not theirs; one of them is closed."""
    made = [
        register(session.store, f"Voorbeeld {letter}", Person(id=new_id(), scope="", given_names=letter))
        for letter in "EBDAC"
    ]
    todos: list[Record] = []
    for at, family in enumerate(made):
        for step in range(-9, 12, 2 + at % 2):
            due = session.today + timedelta(days=step + at % 3)
            todos.append(Todo(id=new_id(), scope=family.dossier, what=f"{at}.{step}", due_on=due.isoformat()))
    add(session.store, *todos)
    with session.store.read() as conn:
        (closed,) = read_where(conn, Dossier, "id = ?", (made[2].dossier,))
    save(session.store, closed, closed.with_values(closed_on=session.today.isoformat()))
    return made


def by_family(lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """As the page shows them: families by their first line, each with all its lines."""
    found: dict[str, list[AgendaLine]] = {}
    for line in lines:
        found.setdefault(line.dossier, []).append(line)
    return [line for rows in found.values() for line in rows]


@pytest.mark.parametrize("most", [1, 2, 3, 5, 8, 100])
def test_each_group_holds_the_first_lines_of_all_and_counts_the_rest(
    session: Session, families: list[Family], most: int
) -> None:
    everything, found = agenda.read(session, days=DAYS), due_list.read(session, days=DAYS, most=most)
    expected = (everything.late, everything.now, everything.ahead)
    groups = (found.late, found.now, found.ahead)
    assert [group.count for group in groups] == [len(lines) for lines in expected]
    assert [list(group.lines) for group in groups] == [by_family(lines)[:most] for lines in expected]
    assert all(lines for lines in expected)
    assert found.families == len(families) - 1
    assert found.count == sum(len(lines) for lines in expected)
    assert found.soon.count == 0


def test_what_is_due_later_but_asks_attention_now_stands_apart(session: Session) -> None:
    family = register(session.store, "Voorbeeld", Person(id=new_id(), scope="", given_names="Aro"))
    later = session.today + timedelta(days=20)
    passport = Original(id=new_id(), scope=family.persons[0], valid_until=later.isoformat())
    add(session.store, passport.with_values(kind=session.content.ref("basis", "documentsoort.paspoort")))
    found = due_list.read(session, days=DAYS, most=5)
    (line,) = found.soon.lines
    assert (line.what, line.due_on) == (agenda.EXPIRY, later)
    assert (found.soon.count, found.ahead.count, found.families) == (1, 0, 1)
