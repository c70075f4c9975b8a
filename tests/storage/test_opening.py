"""The way into a store: with what it opens, what it says when it does not, and that nothing stays open behind it."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.storage import key_change, opening, recovery_key, store_lock, unlock_guard
from app.storage.opening import Notice
from app.storage.problem import (
    DamagedKeyFile,
    DamagedStore,
    FolderNotEmpty,
    MissingKeyFile,
    MissingStore,
    ReadOnlyFolder,
    StoreExists,
    StoreInUse,
    StoreLocked,
    WaitBeforeTrying,
    WrongPassphrase,
    WrongRecoveryKey,
)
from app.storage.secret import from_passphrase, from_recovery
from app.storage.store_folder import StoreFolder
from app.storage.translate_errors import translate_errors
from tests.storage.key_case import COST, PASSPHRASE, RECOVERY, SECRET, make_store, opens, rows_of

WRONG = from_passphrase("niet deze zin")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store")


def test_both_secrets_open_it(store: Path) -> None:
    assert opens(store, SECRET) == 3
    opened = opening.open_store(store, from_recovery(RECOVERY))
    assert opened.notices == (Notice.OPENED_BY_RECOVERY_KEY,)
    opened.lock()


def test_nothing_readable_lies_in_the_folder(store: Path) -> None:
    opened = opening.open_store(store, SECRET)
    with opened.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(99, 'merkteken in het logboek')")
    held = [path.read_bytes() for path in store.rglob("*") if path.is_file()]
    opened.lock()
    held += [path.read_bytes() for path in store.rglob("*") if path.is_file()]
    for data in held:
        assert b"merkteken" not in data
        assert b"SQLite format" not in data
        assert b"CREATE TABLE" not in data


def test_wrong_damaged_and_missing_are_different_problems(store: Path) -> None:
    with pytest.raises(WrongPassphrase):
        opening.open_store(store, WRONG)
    with pytest.raises(WrongRecoveryKey):
        opening.open_store(store, from_recovery(recovery_key.new()))
    database = store / "store.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:100] + bytes((whole[100] ^ 1,)) + whole[101:])
    with pytest.raises(DamagedStore):
        opening.open_store(store, SECRET)
    with pytest.raises(WrongPassphrase):
        opening.open_store(store, WRONG)
    database.unlink()
    with pytest.raises(MissingStore):
        opening.open_store(store, SECRET)
    assert not database.exists()  # SQLite would have made an empty one
    database.write_bytes(whole)
    assert opens(store, SECRET) == 3


def test_a_damaged_key_file_is_healed_from_its_twin(store: Path) -> None:
    main = store / "store.keyring"
    whole = main.read_bytes()
    main.write_bytes(whole[:-40])
    opened = opening.open_store(store, SECRET)
    opened.lock()
    assert opened.notices == (Notice.PREVIOUS_KEY_FILE_USED,)
    assert main.read_bytes().startswith(whole[:1])
    assert opening_notices(store) == ()


def opening_notices(store: Path) -> tuple[Notice, ...]:
    opened = opening.open_store(store, SECRET)
    opened.lock()
    return opened.notices


def test_without_a_whole_key_file_it_says_so(store: Path) -> None:
    for name in ("store.keyring", "store.keyring.prev"):
        (store / name).write_bytes(b"?")
    with pytest.raises(DamagedKeyFile):
        opening.open_store(store, SECRET)
    for name in ("store.keyring", "store.keyring.prev"):
        (store / name).unlink()
    with pytest.raises(MissingKeyFile):
        opening.open_store(store, SECRET)


def test_a_store_is_never_made_over_something(store: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreExists):
        opening.create(store, PASSPHRASE, RECOVERY, cost=COST)
    other = tmp_path / "other"
    other.mkdir()
    (other / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(FolderNotEmpty):
        opening.create(other, PASSPHRASE, RECOVERY, cost=COST)
    assert [path.name for path in other.iterdir()] == ["photo.jpg"]
    assert opens(store, SECRET) == 3


def test_locking_closes_everything(store: Path) -> None:
    opened = opening.open_store(store, SECRET)
    opened.lock()
    with pytest.raises(StoreLocked):
        rows_of(opened)
    assert not list(store.glob("store.db-*"))
    assert opens(store, SECRET) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_files_are_for_this_user_only(store: Path) -> None:
    (store / "store.guard").unlink(missing_ok=True)
    for name in ("store.keyring", "store.keyring.prev", "store.lock"):
        assert stat.S_IMODE((store / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(store.stat().st_mode) == 0o700


# -- a second program --------------------------------------------------------------------------------------------


def test_a_second_program_reads_and_says_so(store: Path) -> None:
    first = opening.open_store(store, SECRET)
    second = opening.open_store(store, SECRET)
    assert second.read_only
    assert second.notices == (Notice.OTHER_PROGRAM,)
    with first.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(50, 'later')")
    assert rows_of(second) == 4
    with pytest.raises(OperationalError), second.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(51, 'never')")
    second.lock()
    with pytest.raises(StoreInUse):
        key_change.change_passphrase(store, SECRET, "iets anders", cost=COST)
    first.lock()
    assert opening_notices(store) == ()


_HOLDER = """
import sys
from pathlib import Path
from app.storage import store_lock
from app.storage.store_folder import StoreFolder
lock = store_lock.take(StoreFolder(Path(sys.argv[1])))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def test_the_lock_of_another_process_holds_and_dies_with_it(store: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        assert store_lock.take(StoreFolder(store)) is None
        assert opening_notices(store) == (Notice.OTHER_PROGRAM,)
        holder.kill()
    assert (store / "store.lock").exists()
    assert opening_notices(store) == ()


# -- wrong tries -------------------------------------------------------------------------------------------------


def test_after_five_wrong_tries_the_program_waits_and_the_log_learns_of_them(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_790_000_000_000
    tries = iter(range(5))
    for _ in range(5):
        moment = now + next(tries)
        with pytest.raises(WrongPassphrase):
            opening.open_store(store, WRONG, now_ms=partial(int, moment))
    with pytest.raises(WaitBeforeTrying) as raised:
        opening.open_store(store, SECRET, now_ms=lambda: now + 1_000)
    assert raised.value.params == {"minutes": 1}
    monkeypatch.setattr(unlock_guard, "_BEGAN", {})  # as after a restart
    opened = opening.open_store(store, SECRET, now_ms=lambda: now + 60_004)
    assert opened.failures == tuple(now + step for step in range(5))
    opened.settle()
    opened.lock()
    opened = opening.open_store(store, SECRET)
    assert opened.failures == ()
    opened.lock()


def test_tries_stay_until_they_were_settled(store: Path) -> None:
    with pytest.raises(WrongPassphrase):
        opening.open_store(store, WRONG)
    for _ in range(2):
        opened = opening.open_store(store, SECRET)
        assert len(opened.failures) == 1
        opened.lock()


# -- a folder that cannot be written -----------------------------------------------------------------------------


@pytest.fixture
def shut_folder() -> Iterator[Path]:
    """A store in a folder where this process may not write; root takes another user's rights for it."""
    if sys.platform == "win32":
        pytest.skip("Windows keeps rights elsewhere")
    outer = Path(tempfile.mkdtemp())
    store = make_store(outer / "store")
    outer.chmod(0o755)
    for path in (store, *store.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65_534)
    try:
        yield store
    finally:
        if was_root:
            os.seteuid(0)
        store.chmod(0o755)
        shutil.rmtree(outer)


def test_a_folder_without_rights_is_read(shut_folder: Path) -> None:
    opened = opening.open_store(shut_folder, SECRET)
    assert opened.notices == (Notice.FOLDER_READ_ONLY,)
    assert rows_of(opened) == 3
    with pytest.raises(OperationalError), opened.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(51, 'never')")
    opened.settle()
    opened.lock()
    with pytest.raises(WrongPassphrase):
        opening.open_store(shut_folder, WRONG)
    with pytest.raises(ReadOnlyFolder):
        key_change.change_passphrase(shut_folder, SECRET, "iets anders", cost=COST)
    with pytest.raises(ReadOnlyFolder):
        opening.create(shut_folder / "new", PASSPHRASE, RECOVERY, cost=COST)


def test_a_write_where_none_is_allowed_is_a_known_problem(store: Path) -> None:
    opened = opening.open_store(store, SECRET, read_only=True)
    from app.storage.problem import ReadOnlyStore

    with pytest.raises(ReadOnlyStore), translate_errors(), opened.engines.writer.begin() as conn:
        conn.exec_driver_sql("INSERT INTO t VALUES(51, 'never')")
    opened.lock()


def test_a_store_may_lie_under_any_name(tmp_path: Path) -> None:
    store = make_store(tmp_path / "Café ?#% 'laptop' 日本" / "store & more")
    assert opens(store, SECRET) == 3
