"""What the tables say is held against what the journal says, and an upgrade mends what differs."""

import pytest

from app.storage import project, schema
from app.storage.upgrade import bring_up_to_date
from tests.storage.test_upgrade import NEXT, opened
from tests.support.family import person_of, register, save
from tests.support.store_fixture import StoreFile

WRONG = [
    "UPDATE r_person SET call_name = 'Iemand' WHERE id = '{person}'",
    "DELETE FROM r_person WHERE id = '{person}'",
    "INSERT INTO r_talk(id, scope) VALUES('{person}', 'x')",
    "INSERT INTO j_conflict(rec, field, kind, scope, what) VALUES('{person}', 'call_name', 'person', 'x', 'values')",
]
STRANGE = [
    "INSERT INTO r_talk(id, scope) VALUES('0', 'x')",
    "INSERT INTO r_talk(id, scope) VALUES('zzzz', 'x')",
    "INSERT INTO j_conflict(rec, field, kind, scope, what) VALUES('0', 'place', 'talk', 'x', 'values')",
]


def made(store_file: StoreFile) -> str:
    """A store with a family and a change; returns the id of who was changed."""
    store = store_file.open()
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    store.close()
    return person.id


@pytest.mark.parametrize("sql", WRONG + STRANGE)
def test_what_the_journal_does_not_say_is_found_and_nothing_else(store_file: StoreFile, sql: str) -> None:
    person = made(store_file)
    with opened(store_file.path) as one, one.engines.writer.begin() as conn:
        assert project.differences(conn) == []
        project.open_guard(conn, True)
        conn.exec_driver_sql(sql.format(person=person))
        wrong = project.differences(conn)
        assert len(wrong) == 1 and (sql in STRANGE or wrong == [person])
        project.rebuild(conn)
        assert project.differences(conn) == []


@pytest.mark.parametrize("sql", WRONG + STRANGE)
def test_an_upgrade_fills_tables_anew_that_do_not_say_what_the_journal_says(
    store_file: StoreFile, sql: str
) -> None:
    person = made(store_file)
    with opened(store_file.path) as one:
        with one.engines.writer.begin() as conn:
            project.open_guard(conn, True)
            conn.exec_driver_sql(sql.format(person=person))
            project.open_guard(conn, False)
        bring_up_to_date(one, target=NEXT, migrate=lambda conn: schema.set_version(conn, NEXT))
        with one.engines.reader.connect() as conn:
            assert project.differences(conn) == []
            name = conn.exec_driver_sql("SELECT call_name FROM r_person WHERE id = ?", (person,)).scalar_one()
            assert name == "Aro"
