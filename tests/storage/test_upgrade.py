"""Upgrading: a newer store is refused untouched, an older one is changed wholly or not at all."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.storage import schema
from app.storage.engine import open_engines
from app.storage.opening import Opened
from app.storage.store_folder import StoreFolder
from app.storage.upgrade import (
    NewerStore,
    OlderStoreReadOnly,
    UnfinishedStore,
    UpgradeFailed,
    bring_up_to_date,
    copy_path,
)
from tests.support.family import person_of, register, save
from tests.support.store_fixture import StoreFile, test_key

NEXT = schema.SCHEMA + 1
STATEMENTS = (
    "CREATE TABLE r_added (id TEXT PRIMARY KEY, scope TEXT, body TEXT) WITHOUT ROWID",
    "CREATE INDEX ix_r_added_scope ON r_added(scope)",
    (
        "CREATE TRIGGER g_r_added_insert BEFORE INSERT ON r_added WHEN (SELECT open FROM j_guard WHERE id = 1) IS NOT 1"
        " BEGIN SELECT RAISE(ABORT, 'record tables change through the journal only'); END"
    ),
    "ALTER TABLE d_summary ADD COLUMN added TEXT",
    "INSERT INTO j_kind(name) VALUES('added')",
    "DROP TABLE d_agenda",
    "UPDATE l_meta SET value = 'Z' || value",
    f"PRAGMA user_version = {NEXT}",
)


class PowerCutError(Exception):
    """The test pulls the plug."""


def migrate_until(stop: int) -> object:
    """An upgrade that fails before statement number `stop`; one beyond the last: it goes through."""

    def migrate(conn: Connection) -> None:
        for number, sql in enumerate(STATEMENTS):
            if number == stop:
                raise PowerCutError
            conn.exec_driver_sql(sql)

    return migrate


@contextlib.contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Opened]:
    key = test_key()
    made = Opened(
        StoreFolder(path.parent), key, open_engines(path, key, read_only=read_only), "id", (), (), None
    )
    yield made
    made.lock()


@pytest.fixture
def used(store_file: StoreFile) -> Path:
    """A closed store with a family and an edit."""
    store = store_file.open()
    person = person_of(store, register(store).persons[0])
    save(store, person, person.with_values(call_name="Aro"))
    store.close()
    return store_file.path


def content(path: Path) -> list[object]:
    """Everything in a database, index tables included."""
    with opened(path) as one, one.engines.reader.connect() as conn:
        tables = conn.exec_driver_sql("SELECT name, sql FROM sqlite_schema ORDER BY name").all()
        rows: list[object] = [schema.version(conn), tables]
        for name, sql in tables:
            if sql and sql.startswith("CREATE TABLE"):
                rows.append(conn.exec_driver_sql(f'SELECT * FROM "{name}"').all())
        return rows


def set_version(path: Path, number: int) -> None:
    with opened(path) as one, one.engines.writer.begin() as conn:
        schema.set_version(conn, number)


def test_a_store_of_this_schema_is_left_alone(used: Path) -> None:
    before = content(used)
    with opened(used) as one:
        assert bring_up_to_date(one) == schema.SCHEMA
    assert content(used) == before
    assert not copy_path(used, schema.SCHEMA).exists()


def test_a_newer_store_is_refused_untouched(used: Path) -> None:
    set_version(used, NEXT)
    before = used.read_bytes()
    with opened(used) as one, pytest.raises(NewerStore):
        bring_up_to_date(one)
    assert used.read_bytes() == before


def test_a_store_whose_making_was_interrupted_says_so(used: Path) -> None:
    set_version(used, 0)
    with opened(used) as one, pytest.raises(UnfinishedStore):
        bring_up_to_date(one)


def test_an_older_store_is_not_upgraded_through_a_second_program(used: Path) -> None:
    with opened(used, read_only=True) as one, pytest.raises(OlderStoreReadOnly):
        bring_up_to_date(one, target=NEXT)


@pytest.mark.parametrize("stop", range(len(STATEMENTS)))
def test_an_upgrade_that_fails_at_any_statement_changes_nothing(used: Path, stop: int) -> None:
    before = content(used)
    with opened(used) as one, pytest.raises(PowerCutError):
        bring_up_to_date(one, target=NEXT, migrate=migrate_until(stop))  # type: ignore[arg-type]
    assert content(used) == before
    copied = copy_path(used, schema.SCHEMA)
    moved = used.with_name("other.db")
    shutil.copy(copied, moved)
    assert content(moved) == before
    with opened(used) as one:  # the copy of the failed try is in nobody's way
        assert bring_up_to_date(one, target=NEXT, migrate=migrate_until(99)) == schema.SCHEMA  # type: ignore[arg-type]
    assert not copied.exists()


def test_an_upgrade_goes_through_whole_and_keeps_every_record(used: Path) -> None:
    with opened(used) as one:
        assert bring_up_to_date(one, target=NEXT, migrate=migrate_until(99)) == schema.SCHEMA  # type: ignore[arg-type]
        with one.engines.reader.connect() as conn:
            assert schema.version(conn) == NEXT
            assert conn.exec_driver_sql("SELECT call_name FROM r_person").scalar_one() == "Aro"


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE j_op SET cells = replace(cells, 'Armen', 'Armin')",
        "PRAGMA user_version = 77",
        "DELETE FROM j_op WHERE parents IS NOT NULL",
    ],
)
def test_an_upgrade_that_comes_out_wrong_is_taken_back(used: Path, spoil: str) -> None:
    def migrate(conn: Connection) -> None:
        schema.set_version(conn, NEXT)
        conn.exec_driver_sql(spoil)

    before = content(used)
    with opened(used) as one, pytest.raises(UpgradeFailed) as caught:
        bring_up_to_date(one, target=NEXT, migrate=migrate)
    assert isinstance(caught.value, KnownProblem)
    assert content(used) == before


def test_an_upgrade_of_a_store_with_an_open_alembic_step_uses_the_one_connection(used: Path) -> None:
    set_version(used, schema.SCHEMA)
    with opened(used) as one, one.engines.writer.begin() as conn:
        schema.migrate(conn)  # again: nothing to do, and nothing happens twice
        assert schema.version(conn) == schema.SCHEMA
