"""The engines: what they refuse, how they begin, and what faults of disk and database become."""

import errno
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.storage import cipher, engine, health, opening
from app.storage.cipher import connect
from app.storage.data_key import DataKey
from app.storage.engine import Engines
from app.storage.health import Finding
from app.storage.problem import (
    DamagedStore,
    DiskFault,
    DiskFull,
    IncompleteInstallation,
    MissingStore,
    ReadOnlyFolder,
    StorageProblem,
    StoreExists,
)
from app.storage.store_folder import FolderWarning, folder_warning, is_on_network
from app.storage.translate_errors import translate_errors
from tests.storage.key_case import PASSPHRASE, SECRET, make_store


@pytest.fixture
def key() -> DataKey:
    return DataKey.new()


@pytest.fixture
def database(tmp_path: Path, key: DataKey) -> Path:
    """A database of some dozens of pages."""
    path = tmp_path / "store.db"
    engine.create_database(path, key)
    engines = engine.open_engines(path, key)
    with engines.writer.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE t(no INTEGER PRIMARY KEY, words TEXT)")
        for no in range(200):
            conn.exec_driver_sql("INSERT INTO t VALUES(?, ?)", (no, f"regel {no} " * 60))
    engines.reader.dispose()
    engines.writer.dispose()
    return path


@pytest.fixture
def engines(database: Path, key: DataKey) -> Engines:
    return engine.open_engines(database, key)


def pragma(of: Engine, name: str) -> object:
    with of.connect() as conn:
        return conn.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_the_pragmas_are_set(engines: Engines) -> None:
    for name, wanted in {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cache_size": -65_536,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "application_id": engine.APPLICATION_ID,
        "query_only": 0,
    }.items():
        assert pragma(engines.writer, name) == wanted, name
    assert pragma(engines.reader, "cache_size") == -49_152
    assert pragma(engines.reader, "query_only") == 1
    engines.lock()


def test_a_write_begins_at_once_and_schema_changes_roll_back(
    engines: Engines, database: Path, key: DataKey
) -> None:
    other = connect(database, key)
    other.execute("PRAGMA busy_timeout = 0")
    with engines.writer.begin() as conn:
        with pytest.raises(cipher.driver().OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        conn.exec_driver_sql("CREATE TABLE u(a)")
        conn.exec_driver_sql("DELETE FROM t")
        conn.rollback()
    other.close()
    with engines.reader.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM t").scalar() == 200
        assert conn.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name = 'u'").scalar() == 0
    engines.lock()


def test_a_reader_sees_one_moment(engines: Engines) -> None:
    with engines.reader.connect() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 200
        with engines.writer.begin() as writing:
            writing.exec_driver_sql("DELETE FROM t")
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 200
    with engines.reader.connect() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
    engines.lock()


def test_values_do_not_get_into_the_text_of_an_error(engines: Engines) -> None:
    with pytest.raises(DBAPIError) as raised, engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(?, ?)", (1, "Testpersoon geheim"))
    assert "geheim" not in str(raised.value)
    engines.lock()


def test_another_key_and_a_missing_file(database: Path, key: DataKey, tmp_path: Path) -> None:
    with pytest.raises(DamagedStore):
        engine.open_engines(database, DataKey.new())
    with pytest.raises(MissingStore):
        engine.open_engines(tmp_path / "none.db", key)
    with pytest.raises(StoreExists):
        engine.create_database(database, key)


def test_a_wrong_key_leaves_nothing_on_stderr(database: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DamagedStore):
        connect(database, DataKey.new())
    assert capfd.readouterr() == ("", "")


def test_another_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cipher.assert_engine()  # not by way of `engine`, where worlds of many laptops ask only once
    monkeypatch.setattr(cipher, "OLDEST_CIPHER", (99, 0))
    with pytest.raises(IncompleteInstallation):
        cipher.assert_engine()


def test_importing_is_cheap() -> None:
    heavy = "('sqlalchemy', 'sqlcipher3', 'cryptography', 'argon2')"
    code = f"import sys, app.storage.opening; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


# -- health ------------------------------------------------------------------------------------------------------


def test_a_whole_database_is_good_also_while_open(database: Path, key: DataKey, engines: Engines) -> None:
    assert health.verify(database, key).good
    with engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t SELECT no + 1000, words FROM t")
    found = health.verify(database, key)
    assert found.good
    assert found.pages > 40
    engines.lock()


@pytest.mark.parametrize("place", [0.3, 0.6, 0.95])
def test_one_flipped_bit_is_found_and_the_rest_is_read(database: Path, key: DataKey, place: float) -> None:
    data = bytearray(database.read_bytes())
    data[int(len(data) * place) // 4096 * 4096 + 100] ^= 4
    database.write_bytes(data)
    found = health.verify(database, key)
    assert Finding.SEAL in found.findings
    engines = engine.open_engines(database, key, read_only=True)
    with engines.reader.connect() as conn:
        assert conn.exec_driver_sql("SELECT words FROM t WHERE no = 1").scalar()
    with engines.reader.connect() as conn, pytest.raises(DamagedStore), translate_errors():
        conn.exec_driver_sql("SELECT sum(length(words)) FROM t").scalar()
    engines.reader.dispose()


def test_a_cut_at_a_page_border_is_found(database: Path, key: DataKey) -> None:
    data = database.read_bytes()
    database.write_bytes(data[: len(data) // 2 // 4096 * 4096])
    assert not health.verify(database, key).good
    database.write_bytes(data + bytes(100))
    assert Finding.LENGTH in health.verify(database, key).findings
    database.write_bytes(data[:-1])
    assert not health.verify(database, key).good
    database.write_bytes(data)
    assert health.verify(database, key).good


def test_what_cannot_be_read_at_all(database: Path, key: DataKey, tmp_path: Path) -> None:
    assert health.verify(database, DataKey.new()).findings == (Finding.UNREADABLE,)
    assert health.verify(tmp_path / "none.db", key).findings == (Finding.MISSING,)


# -- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, ReadOnlyFolder),
        (errno.EACCES, ReadOnlyFolder),
        (errno.EIO, DiskFault),
    ],
)
def test_faults_of_the_disk_become_sentences(number: int, problem: type[StorageProblem]) -> None:
    with pytest.raises(problem) as raised, translate_errors():
        raise OSError(number, "", "somewhere")
    assert isinstance(raised.value.__cause__, OSError)


def test_our_own_mistakes_are_not_translated() -> None:
    with pytest.raises(ZeroDivisionError), translate_errors():
        raise ZeroDivisionError
    with pytest.raises(FileNotFoundError), translate_errors():
        raise FileNotFoundError(errno.ENOENT, "")
    with pytest.raises(DiskFull) as raised, translate_errors():
        raise DiskFull
    assert raised.value.__cause__ is None


def test_sqlite_mistakes_of_ours_are_not_translated(engines: Engines) -> None:
    with pytest.raises(DBAPIError), translate_errors(), engines.reader.connect() as conn:
        conn.exec_driver_sql("SELECT * FROM no_such_table")
    engines.lock()


_FILLS_UP = """
import resource, signal, sys
from pathlib import Path
from app.storage import opening
from app.storage.problem import StorageProblem
from app.storage.secret import from_passphrase
from app.storage.translate_errors import translate_errors
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
opened = opening.open_store(Path(sys.argv[1]), from_passphrase(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with translate_errors():
        for no in range(100, 1000):
            with opened.engines.writer.begin() as conn:
                conn.exec_driver_sql("INSERT INTO t VALUES(?, ?)", (no, "x" * 5000))
            print(no, flush=True)
except StorageProblem as problem:
    print(problem.code, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    said = subprocess.check_output(
        [sys.executable, "-c", _FILLS_UP, str(store), PASSPHRASE], text=True
    ).splitlines()
    assert said[-1] in ("DiskFull", "DiskFault")
    opened = opening.open_store(store, SECRET)
    with opened.engines.reader.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM t WHERE no >= 100").scalar() == len(said) - 1 > 5
    assert health.verify(opened.folder.database, opened.key).good
    opened.lock()


def test_a_full_disk_inside_sqlite(engines: Engines) -> None:
    with engines.writer.connect() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        conn.rollback()
    with pytest.raises(DiskFull), translate_errors(), engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t SELECT no + 1000, words FROM t")
    engines.lock()


# -- places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["OneDrive - Voorbeeld", "Dropbox", "iCloudDrive", "Nextcloud", "Google Drive"]
)
def test_a_folder_that_is_synced_is_warned_about(tmp_path: Path, part: str) -> None:
    assert folder_warning(tmp_path / part / "store") is FolderWarning.SYNCED


def test_a_network_drive_is_warned_about(tmp_path: Path) -> None:
    assert folder_warning(tmp_path) is None
    assert folder_warning(Path(r"\\server\share\store")) is FolderWarning.NETWORK
    mounts = "/dev/a / ext4 rw 0 0\nserver:/x /mnt/my\\040share nfs4 rw 0 0\n//s/y /mnt/win cifs rw 0 0\n"
    assert is_on_network(PurePosixPath("/mnt/my share/store"), mounts)
    assert is_on_network(PurePosixPath("/mnt/win"), mounts)
    assert not is_on_network(PurePosixPath("/mnt/other"), mounts)
