"""The key file opens with the right secret, tells damage from a wrong one, and is never half-written."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.storage import keyring, recovery_key
from app.storage.data_key import DataKey
from app.storage.kdf_cost import KdfCost
from app.storage.key_files import KeyFiles
from app.storage.keyring import KeyFile
from app.storage.keyslot import KeySlot
from app.storage.problem import DamagedKeyFile, MissingKeyFile, NewerKeyFile, PassphraseNeeded, StoreLocked
from app.storage.secret import SlotType, from_passphrase, from_recovery
from tests.storage.key_case import COST, RECOVERY, SECRET, PowerCut, power_cut_after

STORE = "ab" * 16
DAY = "2026-11-23"


def new_file(key: DataKey) -> KeyFile:
    slots = (KeySlot.seal(key, SECRET, COST, DAY), KeySlot.seal(key, from_recovery(RECOVERY), COST, DAY))
    return keyring.make(STORE, key, slots)


@pytest.fixture(scope="module")
def key() -> DataKey:
    return DataKey.new()


@pytest.fixture(scope="module")
def file(key: DataKey) -> KeyFile:
    return new_file(key)


def unlocks(file: KeyFile, secret: object, key: DataKey) -> bool:
    found = file.unlock(secret)  # type: ignore[arg-type]
    return found is not None and found.raw() == key.raw()


def test_both_secrets_open_it_and_no_other(file: KeyFile, key: DataKey) -> None:
    assert unlocks(file, SECRET, key)
    assert unlocks(file, from_recovery(RECOVERY), key)
    assert file.unlock(from_passphrase("vier kleine woorden daar")) is None
    assert file.unlock(from_recovery(recovery_key.new())) is None


def test_it_survives_writing_and_reading(file: KeyFile) -> None:
    assert KeyFile.parse(file.render()) == file
    assert len(file.render()) < 2_048


def test_it_says_nothing_about_the_passphrase_or_the_key(file: KeyFile, key: DataKey) -> None:
    data = file.render()
    assert SECRET.material not in data
    assert key.raw().hex().encode() not in data
    assert "DataKey(…)" in repr(key)
    assert SECRET.material.decode() not in repr(SECRET)
    assert RECOVERY.raw.hex() not in repr(RECOVERY)


def test_every_flipped_bit_is_damage_and_never_a_wrong_passphrase(file: KeyFile) -> None:
    data = file.render()
    for place in range(len(data)):
        for bit in (0x01, 0x20, 0x80):
            flipped = data[:place] + bytes((data[place] ^ bit,)) + data[place + 1 :]
            with pytest.raises(DamagedKeyFile):
                KeyFile.parse(flipped)


def test_every_cut_is_damage(file: KeyFile) -> None:
    data = file.render()
    for length in range(len(data)):
        with pytest.raises(DamagedKeyFile):
            KeyFile.parse(data[:length])
    for more in (b"\n", b" ", b"\0", data):
        with pytest.raises(DamagedKeyFile):
            KeyFile.parse(data + more)


def with_sum(form: dict[str, object]) -> bytes:
    """The bytes of a form that somebody altered with care: the plain checksum is right again."""
    rest = {name: value for name, value in form.items() if name != "sum"}
    return keyring._text(rest | {"sum": keyring._checksum(rest)})


def test_a_slot_that_was_altered_with_care_does_not_open(file: KeyFile) -> None:
    form = json.loads(file.render())
    form["slots"][0]["made"] = "2020-01-01"
    assert KeyFile.parse(with_sum(form)).unlock(SECRET) is None


@pytest.mark.parametrize("change", ["slot taken out", "generation", "store"])
def test_what_was_altered_around_the_slots_is_seen_once_the_secret_is_right(
    file: KeyFile, change: str
) -> None:
    form = json.loads(file.render())
    if change == "slot taken out":
        form["slots"].pop()
    else:
        form["gen" if change == "generation" else "store"] = {"generation": 9, "store": "cd" * 16}[change]
    with pytest.raises(DamagedKeyFile):
        KeyFile.parse(with_sum(form)).unlock(SECRET)


@pytest.mark.parametrize(
    "kdf",
    [
        {"m": 1 << 30},
        {"m": 8},
        {"t": 10_000},
        {"t": 0},
        {"p": 4_000},
        {"m": 2 << 20, "t": 20},
        {"alg": "md5"},
    ],
)
def test_a_planted_cost_is_refused_before_any_work(file: KeyFile, kdf: dict[str, object]) -> None:
    form = json.loads(file.render())
    form["slots"][0]["kdf"] |= kdf
    with pytest.raises(DamagedKeyFile):
        KeyFile.parse(with_sum(form))


def test_many_planted_slots_are_refused_before_any_work(file: KeyFile) -> None:
    form = json.loads(file.render())
    form["slots"] = form["slots"][:1] * 10
    with pytest.raises(DamagedKeyFile):
        KeyFile.parse(with_sum(form))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"[" * 5_000, b'{"v": 1}', b"x" * 20_000]
)
def test_rubbish_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedKeyFile):
        KeyFile.parse(data)


def test_a_newer_key_file_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NewerKeyFile):
        KeyFile.parse(with_sum({"v": 2, "something": "else"}))
    with pytest.raises(DamagedKeyFile):
        KeyFile.parse(b'{"v": 2, "something": "else", "sum": "00"}')


def test_a_slot_type_for_later_is_kept_and_not_tried(file: KeyFile, key: DataKey) -> None:
    form = json.loads(file.render())
    later = form["slots"][0] | {"type": "os+pass", "id": "00000000"}
    kept = KeySlot.from_json(later)
    longer = keyring.make(STORE, key, (*file.slots, kept)).with_slot(
        key, KeySlot.seal(key, SECRET, COST, DAY)
    )
    again = KeyFile.parse(longer.render())
    assert again.slot(SlotType.OS_PASS) == kept
    assert unlocks(again, SECRET, key)


@pytest.mark.parametrize("cost", [(1024, 3, 4), (64 * 1024, 0, 4), (64 * 1024, 1, 17), (4 << 20, 1, 1)])
def test_costs_have_a_floor_and_a_ceiling(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cost"):
        KdfCost(*cost)


def test_a_wiped_key_is_of_no_use() -> None:
    gone = DataKey.new()
    gone.wipe()
    with pytest.raises(StoreLocked):
        gone.raw()
    with pytest.raises(StoreLocked):
        gone.derive("anything")


def test_a_passphrase_is_the_same_on_every_keyboard() -> None:
    assert from_passphrase("cafe\u0301 met\u00a0spatie") == from_passphrase("café met spatie")
    assert from_passphrase("A") != from_passphrase("a")
    assert from_passphrase("a ") != from_passphrase("a")
    with pytest.raises(PassphraseNeeded):
        from_passphrase("")


# -- on disk -----------------------------------------------------------------------------------------------------


def test_the_twin_stands_in_for_a_damaged_or_missing_file(file: KeyFile, tmp_path: Path) -> None:
    files = KeyFiles(tmp_path / "store.keyring")
    with pytest.raises(MissingKeyFile):
        files.read()
    files.write(file)
    assert files.read().from_previous is False
    files.main.write_bytes(file.render()[:100])
    assert files.read() == type(files.read())(file, from_previous=True)
    files.main.unlink()
    assert files.read().from_previous is True
    files.main.write_bytes(b"?")
    files.previous.write_bytes(b"?")
    with pytest.raises(DamagedKeyFile):
        files.read()


def test_the_twin_does_not_keep_the_passphrase_of_before(file: KeyFile, key: DataKey, tmp_path: Path) -> None:
    files = KeyFiles(tmp_path / "store.keyring")
    files.write(file)
    other = from_passphrase("een heel andere zin")
    files.write(file.with_slot(key, KeySlot.seal(key, other, COST, DAY)))
    files.main.unlink()
    assert files.read().file.unlock(SECRET) is None
    assert unlocks(files.read().file, other, key)


_LATER = tuple(from_passphrase(f"zin nummer {number}") for number in range(3))
_SEALED: dict[object, KeySlot] = {}


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 14)), min_size=1, max_size=5))
def test_any_order_of_changes_with_a_power_cut_at_any_step_leaves_a_way_in(
    file: KeyFile,
    key: DataKey,
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[int, int]],
) -> None:
    """Always exactly the old passphrase or the new one opens, and the recovery key always does."""
    files = KeyFiles(tmp_path_factory.mktemp("keys") / "store.keyring")
    files.write(file)
    now = SECRET
    for number, steps in changes:
        wanted = _LATER[number]
        if wanted not in _SEALED:
            _SEALED[wanted] = KeySlot.seal(key, wanted, COST, DAY)
        before = files.read().file
        with pytest.MonkeyPatch.context() as patch, power_cut_after(steps, patch) as cut:
            try:
                files.write(before.with_slot(key, _SEALED[wanted]))
            except PowerCut:
                assert cut()
        found = files.read().file
        slot = found.slot(SlotType.PASS)
        assert slot is not None
        assert found.slot(SlotType.RECOVERY) == file.slot(SlotType.RECOVERY)
        now = wanted if slot == _SEALED[wanted] else now
        assert slot in (_SEALED.get(now), file.slot(SlotType.PASS))
        files.level()
        assert files.previous.read_bytes() == files.main.read_bytes()
    assert unlocks(files.read().file, now, key)
    assert unlocks(files.read().file, from_recovery(RECOVERY), key)
