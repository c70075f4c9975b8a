"""Many rows by few statements leave what one statement for each row leaves."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.storage import chain, project, search
from app.storage.many_rows import FEW, filled, insert_rows
from app.storage.store import Store
from tests.support.derived_anew import derived_is_true
from tests.support.family import person_of, register
from tests.support.scope_ids import ids_of

INTO = "INSERT INTO t(id, what)"
ANEW = "ON CONFLICT(id) DO UPDATE SET what = excluded.what"
ROWS = st.lists(st.tuples(st.integers(0, 30), st.none() | st.text(max_size=3)), max_size=60)


def table(*, unique: bool = True) -> Connection:
    conn = create_engine("sqlite://").connect()
    conn.exec_driver_sql(f"CREATE TABLE t(id INTEGER {'PRIMARY KEY' if unique else ''}, what TEXT)")
    return conn


def told(conn: Connection) -> list[Any]:
    return list(map(tuple, conn.exec_driver_sql("SELECT id, what FROM t ORDER BY rowid")))


@given(ROWS, st.integers(1, 40))
def test_in_few_statements_the_last_of_equal_rows_stands_as_one_by_one(
    rows: list[tuple[int, str | None]], values: int
) -> None:
    one_by_one, many = table(), table()
    for row in rows:
        one_by_one.exec_driver_sql(f"{INTO} VALUES(?,?) {ANEW}", row)
    insert_rows(many, INTO, rows, otherwise=ANEW, values=values)
    assert told(many) == told(one_by_one)


@given(ROWS, st.integers(1, 40))
def test_rows_come_in_the_order_given(rows: list[tuple[int, str | None]], values: int) -> None:
    conn = table(unique=False)
    insert_rows(conn, INTO, rows, values=values)
    assert told(conn) == rows


@given(st.lists(st.tuples(*[st.none() | st.integers(0, 2)] * 3), max_size=FEW * 2))
def test_columns_in_which_nothing_stands_are_left_out_and_empty_all_the_same(rows: list[Any]) -> None:
    conn = create_engine("sqlite://").connect()
    conn.exec_driver_sql("CREATE TABLE t(a, b, c)")
    columns, left = filled(("a", "b", "c"), rows)
    insert_rows(conn, f"INSERT INTO t({columns})", left)
    assert list(map(tuple, conn.exec_driver_sql("SELECT a, b, c FROM t ORDER BY rowid"))) == rows


def test_an_action_of_many_records_leaves_a_whole_store(store: Store) -> None:
    """New ones by the hundred, beside a change, undone and done again."""
    family = register(store, "Hakobyan")
    before = person_of(store, family.persons[0])
    with store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(before, before.with_values(call_name="Arm"))
        for number in range(300):
            aliases = {"family_name": f"Voorbeeld{number}"} if number % 2 else {"given_names": "Armen"}
            uow.add(Alias(id=new_id(), scope=family.persons[0], **aliases))
    store.undo()
    store.redo()
    with store.read() as conn:
        assert chain.check_chains(conn) == ()
        assert project.differences(conn) == []
        assert conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar() == 300
        assert ids_of(conn, search.dossiers(conn, "Voorbeeld299")) == {family.dossier}
    derived_is_true(store)
