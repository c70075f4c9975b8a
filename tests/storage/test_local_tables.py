"""Local tables: drafts outlive a kill, the access log shows tampering, and nothing of it is in the journal."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from app.storage import access_log, draft
from app.storage.access_log import Entry
from app.storage.store import Store
from tests.support.store_fixture import StoreFile


@contextmanager
def reopened(store: Store, file: StoreFile) -> Iterator[Connection]:
    store.close()
    again = file.open()
    with again.local() as conn:
        yield conn
    again.close()


def test_a_draft_is_there_again_with_what_its_form_had_read(store: Store, store_file: StoreFile) -> None:
    with store.local() as conn:
        draft.keep(conn, "talk", "r1", {"notes": "half een z"}, {"notes": None})
        draft.keep(conn, "talk", "r1", {"notes": "half een zin", "minutes": 3}, {"notes": None})
    with reopened(store, store_file) as conn:
        found = draft.find(conn, "talk")
        assert [(one.key, one.typed, one.read) for one in found] == [
            ("r1", {"notes": "half een zin", "minutes": 3}, {"notes": None})
        ]


def test_a_dropped_draft_is_gone_and_others_stay(store: Store) -> None:
    with store.local() as conn:
        for form, key in (("talk", "r1"), ("talk", "r2"), ("person", "r1")):
            draft.keep(conn, form, key, {"a": 1}, {})
        draft.drop(conn, "talk", "r1")
        assert {(one.form, one.key) for one in draft.find(conn)} == {("talk", "r2"), ("person", "r1")}


def test_a_draft_writes_no_op(store: Store) -> None:
    with store.local() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM j_op").scalar_one()
        draft.keep(conn, "talk", "r1", {"notes": "x"}, {})
        assert conn.exec_driver_sql("SELECT count(*) FROM j_op").scalar_one() == before


def entry(at: int, **more: str) -> Entry:
    values = {"actor": "o1", "deed": "open", "object": "d1", "result": "done", "origin": "dev"} | more
    return Entry(at=at, **values)


def test_the_access_log_gives_back_what_was_written(store: Store) -> None:
    lines = [entry(1), entry(2, deed="unlock"), entry(3, result="refused")]
    with store.local() as conn:
        for one in lines:
            access_log.write(conn, one)
        assert access_log.read(conn) == lines
        assert access_log.whole(conn)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE l_access_log SET actor = 'somebody' WHERE no = 2",
        "UPDATE l_access_log SET at = at + 1 WHERE no = 1",
        "UPDATE l_access_log SET actor = 'o1o', deed = 'pen' WHERE no = 2",
        "DELETE FROM l_access_log WHERE no = 2",
        "UPDATE l_access_log SET no = 10 WHERE no = 2",
        "INSERT INTO l_access_log SELECT 9, at, actor, deed, object, result, origin, link FROM l_access_log LIMIT 1",
    ],
)
def test_a_changed_or_missing_line_of_the_access_log_shows(store: Store, sql: str) -> None:
    with store.local() as conn:
        for at in (1, 2, 3):
            access_log.write(conn, entry(at))
        conn.exec_driver_sql(sql)
        assert not access_log.whole(conn)


def test_a_passing_look_gives_the_room_for_pages_back_also_when_it_fails(store: Store) -> None:
    def room() -> int:
        with store.local() as conn:
            return int(conn.exec_driver_sql("PRAGMA cache_size").scalar_one())

    before = room()
    with pytest.raises(ZeroDivisionError), store.passing() as conn:  # noqa: PT012
        assert abs(int(conn.exec_driver_sql("PRAGMA cache_size").scalar_one())) < abs(before) / 4
        _ = 1 / 0
    assert room() == before
