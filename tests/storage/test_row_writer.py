"""Many rows by few statements, and by a thread of their own, leave what one statement for each row leaves."""

import sqlite3
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import IntegrityError

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.storage import chain, many_rows, project, row_writer
from app.storage.many_rows import FEW, filled, insert_rows
from app.storage.row_writer import RowWriter
from app.storage.row_writer import row_writer as writer_of
from app.storage.store import Store
from tests.support.derived_anew import derived_is_true
from tests.support.family import person_of, register

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


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of its own for however little there is to write."""
    monkeypatch.setattr(row_writer, "LEAST", 0)


def fill(write: RowWriter) -> None:
    write.rows(INTO, [(number, "a") for number in range(FEW * 3)])
    write.each("UPDATE t SET what = ? WHERE id = ?", [("b", 1), ("c", 2)])
    write.each("UPDATE t SET what = ? WHERE id = ?", [])
    write.rows(INTO, [(number, "a") for number in range(100, 103)])


def shared() -> Connection:
    """A table that more than one thread may write, as a store's."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(":memory:", check_same_thread=False))
    conn = engine.connect()
    conn.exec_driver_sql("CREATE TABLE t(id INTEGER PRIMARY KEY, what TEXT)")
    return conn


@pytest.mark.usefixtures("behind")
def test_a_thread_writes_all_of_it_in_the_order_given() -> None:
    conn, plain, before = shared(), table(), threading.active_count()
    with writer_of(conn, 1) as write:
        fill(write)
    fill(RowWriter(plain))
    assert told(conn) == told(plain)
    assert threading.active_count() == before


@pytest.mark.usefixtures("behind")
def test_what_the_database_refuses_is_raised_when_the_block_ends() -> None:
    conn = shared()

    def twice() -> None:
        with writer_of(conn, 1) as write:
            write.rows(INTO, [(1, "a"), (1, "b")])
            write.rows(INTO, [(2, "a")])

    with pytest.raises(IntegrityError):
        twice()
    assert (2, "a") not in told(conn)


@pytest.mark.usefixtures("behind")
def test_an_error_in_the_block_is_raised_and_no_thread_is_left() -> None:
    before = threading.active_count()

    def broken_off() -> None:
        with writer_of(shared(), 1) as write:
            write.rows(INTO, [(1, "a")])
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert threading.active_count() == before


def act(store: Store) -> None:
    """New records, and a change and a removal of old ones, in one action each."""
    family = register(store, "Hakobyan")
    register(store, "Qurbani")
    before = person_of(store, family.persons[0])
    with store.write(verbs.MEMBER_CHANGED) as uow:
        uow.save(before, before.with_values(call_name="Arm"))
        for number in range(FEW + 2):
            uow.add(Alias(id=new_id(), scope=family.persons[0], family_name=f"Voorbeeld{number}"))
    store.undo()
    store.redo()


@pytest.mark.parametrize("values", [1, 7, many_rows.VALUES])
@pytest.mark.usefixtures("behind")
def test_an_action_that_a_thread_writes_leaves_a_whole_store(
    store: Store, monkeypatch: pytest.MonkeyPatch, values: int
) -> None:
    monkeypatch.setattr(row_writer, "VALUES", values)
    act(store)
    with store.read() as conn:
        assert chain.check_chains(conn) == ()
        assert project.differences(conn) == []
    derived_is_true(store)


@pytest.mark.usefixtures("behind")
def test_an_action_that_a_thread_cannot_write_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = register(store)
    monkeypatch.setattr(project, "_anew", lambda _kind: "ON CONFLICT(no_such_column) DO NOTHING")
    with pytest.raises(Exception, match="no such column"), store.write(verbs.MEMBER_CHANGED) as uow:
        uow.add(Alias(id=new_id(), scope=family.persons[0], family_name="Voorbeeld"))
    with store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_alias").scalar() == 0
        assert chain.check_chains(conn) == ()
        assert project.differences(conn) == []
