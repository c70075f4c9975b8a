"""A derivation that was begun early opens the same store, once, and changes nothing about who is let in."""

import dataclasses
from pathlib import Path

import pytest

from app.storage import kdf_cost, key_ahead, secret
from app.storage.kdf_cost import KdfCost
from app.storage.key_ahead import KeyAhead
from app.storage.problem import DamagedKeyFile, NotEnoughMemory, WaitBeforeTrying, WrongPassphrase
from app.storage.secret import from_passphrase
from app.storage.store_folder import StoreFolder
from app.storage.unlock_guard import FREE_TRIES
from tests.storage.key_case import COST, PASSPHRASE, SECRET, make_store, opens


@pytest.fixture
def derived_here(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The salts of derivations that the opening of a store had to do by itself."""
    salts: list[bytes] = []

    def counted(material: bytes, salt: bytes, cost: KdfCost) -> bytes:
        salts.append(salt)
        return kdf_cost.argon2id(material, salt, cost)

    monkeypatch.setattr(secret, "argon2id", counted)
    return salts


def test_what_was_begun_early_opens_the_store_without_a_second_derivation(
    tmp_path: Path, derived_here: list[bytes]
) -> None:
    store = make_store(tmp_path / "store")
    derived_here.clear()
    begun = key_ahead.begin(StoreFolder(store), SECRET)
    assert begun.ahead is not None
    assert opens(store, begun) == 3
    assert derived_here == []


def test_a_second_opening_with_the_same_secret_derives_for_itself(
    tmp_path: Path, derived_here: list[bytes]
) -> None:
    store = make_store(tmp_path / "store")
    begun = key_ahead.begin(StoreFolder(store), SECRET)
    opens(store, begun)
    derived_here.clear()
    assert opens(store, begun) == 3
    assert len(derived_here) == 1


def test_a_wrong_passphrase_is_wrong_and_counted_all_the_same(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    for _try in range(FREE_TRIES):
        with pytest.raises(WrongPassphrase):
            opens(store, key_ahead.begin(StoreFolder(store), from_passphrase("niet deze zin")))
    with pytest.raises(WaitBeforeTrying):
        opens(store, key_ahead.begin(StoreFolder(store), SECRET))


def test_a_derivation_for_another_slot_is_not_taken(tmp_path: Path) -> None:
    first, second = make_store(tmp_path / "first"), make_store(tmp_path / "second")
    begun = key_ahead.begin(StoreFolder(first), SECRET)
    assert opens(second, begun) == 3


def test_a_key_file_that_cannot_be_read_is_said_where_the_store_is_opened(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    folder = StoreFolder(store)
    whole = folder.keyring.read_bytes()
    for file in (folder.keyring, folder.keyring.with_name(folder.keyring.name + ".prev")):
        file.write_bytes(whole[:-9])
    begun = key_ahead.begin(folder, SECRET)
    assert begun is SECRET
    with pytest.raises(DamagedKeyFile):
        opens(store, begun)


def test_too_little_memory_is_told_by_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_material: bytes, _salt: bytes, _cost: KdfCost) -> bytes:
        raise NotEnoughMemory

    monkeypatch.setattr(key_ahead, "argon2id", refuse)
    monkeypatch.setattr(secret, "argon2id", refuse)
    begun = dataclasses.replace(SECRET, ahead=KeyAhead(SECRET.material, bytes(16), COST))
    with pytest.raises(NotEnoughMemory):
        begun.derive(bytes(16), COST)


def test_the_key_on_its_way_is_not_shown() -> None:
    begun = dataclasses.replace(SECRET, ahead=KeyAhead(SECRET.material, bytes(16), COST))
    assert begun == SECRET
    assert PASSPHRASE not in repr(begun)
    assert "ahead" not in repr(begun)
