"""Fixtures for every test that needs a store: a real encrypted one, copied from a template made once per run."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.kinds.place import Location, Officer
from app.domain.record import ScopeKind
from app.storage import identity, schema
from app.storage.data_key import DataKey
from app.storage.engine import create_database, open_engines
from app.storage.store import Store

OFFICER = "0190a0000000700080000000000000aa"
PLACE = "0190a0000000700080000000000000bb"
LOCATION = "0190a0000000700080000000000000cc"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_key() -> DataKey:
    """The key of every store in the tests; a new object each time, because closing wipes it."""
    return DataKey(bytes(range(32)))


test_key.__test__ = False  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class StoreFile:
    """A database on disk and how to open it."""

    path: Path

    def open(self) -> Store:
        """The store with its own identity; the caller closes it."""
        engines = open_engines(self.path, test_key())
        with engines.reader.connect() as conn:
            found = identity.load(conn, OFFICER)
        store = Store(engines.writer, engines.reader, found)
        store.place = PLACE
        store.today = lambda: TODAY
        return store


def make_store(path: Path) -> None:
    """A new database with schema, identity, and the scope of a location with one officer."""
    create_database(path, test_key())
    engines = open_engines(path, test_key())
    with engines.writer.begin() as conn:
        schema.migrate(conn)
        device = identity.make(conn, OFFICER)
        remembered = {"officer": OFFICER, "place": PLACE, "number_prefix": "TEST", "unlocks": "0"}
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES(?,?)", list(remembered.items()))
    store = Store(engines.writer, engines.reader, device)
    with store.write(verbs.STORE_MADE) as uow:
        uow.new_scope(ScopeKind.PLACE, scope=PLACE)
        uow.add(Officer(id=OFFICER, scope=PLACE, name="Robin Voorbeeld", phone="000 000 00 00"))
        uow.add(Location(id=LOCATION, scope=PLACE, name="Gezinslocatie Voorbeeld"))
    store.close()


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database with schema and location, closed."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    make_store(path)
    return path


@pytest.fixture
def store_file(store_template: Path, tmp_path: Path) -> StoreFile:
    """A copy of the template, closed."""
    path = tmp_path / "store.db"
    shutil.copy(store_template, path)
    return StoreFile(path)


@pytest.fixture
def make_store_file(store_template: Path, tmp_path: Path) -> Callable[[str], StoreFile]:
    """More copies, each under a name."""

    def make(name: str) -> StoreFile:
        path = tmp_path / f"{name}.db"
        shutil.copy(store_template, path)
        return StoreFile(path)

    return make


@pytest.fixture
def store(store_file: StoreFile) -> Iterator[Store]:
    """An open encrypted store with a location and an officer, and no dossier."""
    opened = store_file.open()
    yield opened
    opened.close()
