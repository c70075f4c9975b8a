"""The wait after wrong tries grows, ends, and cannot be turned against the officer by a clock."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import unlock_counter
from app.storage.problem import WaitBeforeTrying
from app.storage.unlock_counter import OutsideRecord, Standing
from app.storage.unlock_guard import KEPT, MINUTE_MS, UnlockGuard, delay_ms

NOW = 1_790_000_000_000
STORE = "0f" * 16


class Clock:
    """A clock that runs by hand."""

    def __init__(self) -> None:
        self.ms = 5_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


def guard_after(tries: int, folder: Path, clock: Clock) -> UnlockGuard:
    guard = UnlockGuard(folder / "store.guard", clock)
    for _ in range(tries):
        guard.failed(NOW)
    return guard


def test_the_delay_grows_to_a_quarter_of_an_hour() -> None:
    assert [delay_ms(wrong) // MINUTE_MS for wrong in range(12)] == [0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]
    assert delay_ms(1_000_000) == 15 * MINUTE_MS


def test_it_waits_by_the_clock_that_nobody_sets(tmp_path: Path, clock: Clock) -> None:
    guard = guard_after(5, tmp_path, clock)
    assert guard.wait_ms(NOW + 999_999_999) == MINUTE_MS  # the wall clock was set ahead
    clock.ms += 20_000
    assert guard.wait_ms(NOW) == 40_000
    with pytest.raises(WaitBeforeTrying) as raised:
        guard.check(NOW)
    assert raised.value.params == {"minutes": 1}
    clock.ms += 40_000
    assert guard.wait_ms(NOW) == 0
    guard.check(NOW)


def test_another_look_in_the_same_run_still_does_not_trust_the_wall_clock(
    tmp_path: Path, clock: Clock
) -> None:
    guard_after(5, tmp_path, clock)
    clock.ms += 10_000
    assert UnlockGuard(tmp_path / "store.guard", clock).wait_ms(NOW + 999_999_999) == 50_000


def test_what_went_wrong_after_the_logging_is_not_forgotten(tmp_path: Path, clock: Clock) -> None:
    guard = guard_after(2, tmp_path, clock)
    UnlockGuard(tmp_path / "store.guard", clock).failed(NOW + 5)
    guard.settle()
    assert UnlockGuard(tmp_path / "store.guard", clock).failures() == (NOW + 5,)


def test_it_is_remembered_over_a_restart(tmp_path: Path, clock: Clock) -> None:
    guard_after(6, tmp_path, clock)
    assert UnlockGuard(tmp_path / "store.guard", clock, {}).wait_ms(NOW + 30_000) == 90_000
    assert UnlockGuard(tmp_path / "store.guard", clock, {}).wait_ms(NOW + 120_000) == 0


def test_a_clock_set_back_costs_one_delay_and_no_more(tmp_path: Path, clock: Clock) -> None:
    guard_after(5, tmp_path, clock)
    long_ago = 0
    assert UnlockGuard(tmp_path / "store.guard", clock, {}).wait_ms(long_ago) == MINUTE_MS
    assert UnlockGuard(tmp_path / "store.guard", clock, {}).wait_ms(long_ago + MINUTE_MS) == 0


@given(st.lists(st.integers(-(2**62), 2**62), max_size=8), st.integers(-(2**62), 2**62))
def test_no_clock_makes_it_wait_longer_than_the_delay(
    tmp_path_factory: pytest.TempPathFactory, moments: list[int], now: int
) -> None:
    file = tmp_path_factory.mktemp("guard") / "store.guard"
    guard = UnlockGuard(file, Clock())
    for moment in moments:
        guard.failed(moment)
    assert 0 <= UnlockGuard(file, Clock(), {}).wait_ms(now) <= delay_ms(len(moments))


@pytest.mark.parametrize("data", [b"", b"?", b"[]", b'{"wrong": 3}', b'{"wrong": ["x"]}', b"[" * 5_000])
def test_a_damaged_file_shuts_nobody_out(tmp_path: Path, clock: Clock, data: bytes) -> None:
    (tmp_path / "store.guard").write_bytes(data)
    guard = UnlockGuard(tmp_path / "store.guard", clock)
    assert guard.wait_ms(NOW) == 0
    assert guard.failures() == ()


def test_it_keeps_no_more_than_it_needs(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "store.guard"
    file.write_text('{"v": 1, "wrong": [' + ",".join(["7"] * 5_000) + "]}")
    guard = UnlockGuard(file, clock)
    guard.failed(NOW)
    assert len(guard.failures()) == KEPT
    assert guard.failures()[-1] == NOW
    guard.settle()
    assert UnlockGuard(file, clock).failures() == ()


# -- outside the folder ------------------------------------------------------------------------------------------


def test_a_copy_is_noticed_and_a_crash_is_not_taken_for_one() -> None:
    assert unlock_counter.standing(4, None) is Standing.FIRST_HERE
    assert unlock_counter.standing(4, OutsideRecord(4)) is Standing.SAME
    assert unlock_counter.standing(5, OutsideRecord(4)) is Standing.SAME
    assert unlock_counter.standing(3, OutsideRecord(4)) is Standing.COPIED
    assert unlock_counter.standing(9, OutsideRecord(4)) is Standing.COPIED


def test_the_record_outside_holds_no_id(tmp_path: Path) -> None:
    scope = "01" * 16
    record = OutsideRecord(7, frozenset({unlock_counter.destruction_mark(scope)}))
    unlock_counter.write(tmp_path / "unlock", STORE, record)
    assert unlock_counter.read(tmp_path / "unlock", STORE) == record
    assert unlock_counter.read(tmp_path / "unlock", "aa" * 16) is None
    data = (tmp_path / "unlock" / f"{STORE}.json").read_bytes()
    assert scope.encode() not in data
    (tmp_path / "unlock" / f"{STORE}.json").write_bytes(b"?")
    assert unlock_counter.read(tmp_path / "unlock", STORE) is None
    with pytest.raises(ValueError, match="store"):
        unlock_counter.read(tmp_path, "../elsewhere")
