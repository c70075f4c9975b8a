"""Measuring a computer ends, stays within the bounds, and lands between half a second and one second if it can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage import kdf_cost
from app.storage.kdf_cost import KdfCost, argon2id, calibrate
from app.storage.problem import NotEnoughMemory


@given(st.floats(0.001, 100))
def test_any_computer_gets_a_cost_it_can_bear(gib_per_s: float) -> None:
    def seconds(cost: KdfCost) -> float:
        return cost.memory_kib * cost.passes / (1024 * 1024) / gib_per_s

    cost = calibrate(seconds)
    assert kdf_cost.MEMORY_FLOOR_KIB <= cost.memory_kib <= 512 * 1024
    if 0.3 < gib_per_s < 8:
        assert 0.4 <= seconds(cost) <= 1.5


def test_the_derivation_is_argon2id() -> None:
    first = argon2id(b"password", b"somesaltsomesalt", KdfCost.lowest())
    assert first == argon2id(b"password", b"somesaltsomesalt", KdfCost.lowest())
    assert first != argon2id(b"password", b"somesaltsomesalt", KdfCost(64 * 1024, 1, 3))
    assert len(first) == 32


def test_too_little_memory_is_a_known_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import low_level
    from argon2.exceptions import HashingError

    def none_left(*_args: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(low_level, "hash_secret_raw", none_left)
    with pytest.raises(NotEnoughMemory):
        argon2id(b"a", b"somesaltsomesalt", KdfCost.lowest())
