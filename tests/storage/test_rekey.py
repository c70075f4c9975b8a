"""Changing secrets: the new ones open, the old ones do not, and a power cut anywhere leaves one of the two."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from app.storage import key_change, opening, recovery_key, rekey, secret
from app.storage.problem import (
    InterruptedKeyChange,
    StorageProblem,
    StoreInUse,
    WrongPassphrase,
    WrongRecoveryKey,
)
from app.storage.secret import Secret, from_passphrase, from_recovery
from tests.storage.key_case import (
    COST,
    PASSPHRASE,
    RECOVERY,
    SECRET,
    PowerCut,
    make_store,
    opens,
    power_cut_after,
)

NEW = "een andere zin voor morgen"
NEW_SECRET = from_passphrase(NEW)
NEW_RECOVERY = recovery_key.RecoveryKey(bytes(range(20, 40)))


@pytest.fixture(scope="module")
def first_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("first") / "store")


@pytest.fixture
def store(first_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_store, tmp_path / "store"))


def fails(path: Path, secret: Secret, problem: type[StorageProblem]) -> bool:
    with pytest.raises(problem):
        opens(path, secret)
    return True


def test_another_passphrase(store: Path) -> None:
    key_change.change_passphrase(store, SECRET, NEW, cost=COST)
    assert opens(store, NEW_SECRET) == 3
    assert opens(store, from_recovery(RECOVERY)) == 3
    assert fails(store, SECRET, WrongPassphrase)


def test_the_recovery_key_gives_a_new_passphrase(store: Path) -> None:
    opened = opening.open_store(store, from_recovery(RECOVERY))
    key_change.change_passphrase(store, from_recovery(RECOVERY), NEW, cost=COST, lock=opened.store_lock)
    assert opened.store_lock is not None
    assert opened.store_lock.held
    opened.lock()
    assert opens(store, NEW_SECRET) == 3


def test_another_recovery_key(store: Path) -> None:
    key_change.reissue_recovery(store, SECRET, NEW_RECOVERY, cost=COST)
    assert opens(store, from_recovery(NEW_RECOVERY)) == 3
    assert opens(store, SECRET) == 3
    assert fails(store, from_recovery(RECOVERY), WrongRecoveryKey)


def test_a_wrong_secret_changes_nothing_and_is_counted(store: Path) -> None:
    before = (store / "store.keyring").read_bytes()
    with pytest.raises(WrongPassphrase):
        key_change.change_passphrase(store, NEW_SECRET, NEW, cost=COST)
    assert (store / "store.keyring").read_bytes() == before
    opened = opening.open_store(store, SECRET)
    assert len(opened.failures) == 1
    opened.lock()


def test_another_data_key(store: Path) -> None:
    old_key_file = (store / "store.keyring").read_bytes()
    old_database = (store / "store.db").read_bytes()
    rekey.replace_data_key(store, PASSPHRASE, NEW_RECOVERY, new_passphrase=NEW, cost=COST)
    assert opens(store, NEW_SECRET) == 3
    assert opens(store, from_recovery(NEW_RECOVERY)) == 3
    assert fails(store, SECRET, WrongPassphrase)
    assert fails(store, from_recovery(RECOVERY), WrongRecoveryKey)
    assert sorted(path.name for path in store.iterdir() if path.name != "store.guard") == [
        "blobs",
        "store.db",
        "store.keyring",
        "store.keyring.prev",
        "store.lock",
    ]
    # Who copied the old key file cannot read the new database with it.
    assert (store / "store.db").read_bytes() != old_database
    (store / "store.keyring").write_bytes(old_key_file)
    (store / "store.keyring.prev").write_bytes(old_key_file)
    with pytest.raises(StorageProblem):
        opens(store, SECRET)


def test_the_data_key_of_an_open_store_is_not_replaced(store: Path) -> None:
    opened = opening.open_store(store, SECRET)
    with pytest.raises(StoreInUse):
        rekey.replace_data_key(store, PASSPHRASE, NEW_RECOVERY, cost=COST)
    opened.lock()
    reader = opening.open_store(store, SECRET, read_only=True)
    with reader.engines.reader.connect() as conn:
        conn.exec_driver_sql("SELECT count(*) FROM t").scalar()
        with pytest.raises(StoreInUse):
            rekey.replace_data_key(store, PASSPHRASE, NEW_RECOVERY, cost=COST)
    reader.lock()
    assert opens(store, SECRET) == 3


def change(store: Path) -> None:
    key_change.change_passphrase(store, SECRET, NEW, cost=COST)


def replace(store: Path) -> None:
    rekey.replace_data_key(store, PASSPHRASE, NEW_RECOVERY, new_passphrase=NEW, cost=COST)


@pytest.mark.parametrize("act", [change, replace])
def test_a_power_cut_at_every_step_leaves_the_old_or_the_new(
    tmp_path: Path, act: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret, "argon2id", lambda given, salt, _cost: sha256(salt + given).digest())
    first_store = make_store(tmp_path / "first")
    seen = set()
    for steps in range(60):
        store = Path(shutil.copytree(first_store, tmp_path / f"store{steps}"))
        with pytest.MonkeyPatch.context() as patch, power_cut_after(steps, patch) as cut, suppress(PowerCut):
            act(store)
        try:
            rows, which = opens(store, SECRET), "old"
        except (WrongPassphrase, InterruptedKeyChange):
            rows, which = opens(store, NEW_SECRET), "new"
        assert rows == 3
        assert opens(store, SECRET if which == "old" else NEW_SECRET) == 3  # and again after clearing up
        assert not list(store.glob("store.db.*"))
        assert not (store / "store.keyring.next").exists()
        seen.add(which)
        if not cut():
            break
    assert not cut(), "the change takes more steps than were tried"
    assert seen == {"old", "new"}
