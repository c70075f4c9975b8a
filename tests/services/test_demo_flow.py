"""Made-up families came in, stand somewhere and sometimes left, as an officer could have recorded it."""

from app.domain.dated_event import bare_code
from app.domain.kinds.dossier import Dossier, DossierState, Inflow, Membership, Outflow
from app.domain.kinds.person import Person
from app.services import data_check, demo, outflows
from app.services.session import Session
from app.storage.uow import read_where


def test_every_made_up_family_came_in_and_stands_in_a_state_that_could_be(session: Session) -> None:
    demo.fill(session, count=120, seed=3)
    today, states = session.today.isoformat(), session.content.case_states
    with session.store.read() as conn:
        dossiers = read_where(conn, Dossier, "1 = 1")
        inflows = {row.scope: row for row in read_where(conn, Inflow, "1 = 1")}
        rows = read_where(conn, DossierState, "1 = 1")
        gone = read_where(conn, Outflow, "1 = 1")
        members = {(row.scope, row.person) for row in read_where(conn, Membership, "1 = 1")}
        closed = {each.scope for each in dossiers if each.closed_on}
        for each in dossiers:
            left = outflows.left_in(conn, session, each.scope)
            mine = {row.person for row in read_where(conn, Membership, "scope = ?", (each.scope,))}
            assert (left == mine) is (each.scope in closed)
    assert set(inflows) == {each.scope for each in dossiers}
    for inflow in inflows.values():
        days = [day for day in (inflow.on, inflow.asked_on, inflow.complete_on) if day]
        assert days == sorted(days) and days[-1] <= today
    assert {(row.scope, row.person) for row in gone} <= members
    assert closed and any(row.scope not in closed for row in gone)
    for each in dossiers:
        here = [row for row in rows if row.scope == each.scope and row.to_on is None and row.person is None]
        main = [row for row in here if not states[bare_code(row.state or "")].is_parallel]
        assert len(main) == 1, each.title
    for row in rows:
        assert row.from_on and row.from_on <= (row.to_on or today) <= today


def test_a_child_born_here_belongs_to_its_made_up_family_since_birth(session: Session) -> None:
    demo.fill(session, count=120, seed=5)
    with session.store.read() as conn:
        people = {row.id: row for row in read_where(conn, Person, "1 = 1")}
        rows = read_where(conn, Membership, "reason LIKE '%:lidmaatschap.geboorte'")
    assert rows
    assert all(row.from_on == people[row.person or ""].birth_date for row in rows)
    found = {each.rule for each in data_check.of_all(session)}
    assert not found & {"member-unborn", "outflow-first", "end-first"}
