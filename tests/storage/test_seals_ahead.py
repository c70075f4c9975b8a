"""A second process may save work in checking seals; it never decides alone that one is bad."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import main
from app.storage import seal_worker, seals_ahead
from app.storage.arrival import Seal
from app.storage.seals_ahead import SealsAhead


def _seals(count: int = 5) -> list[Seal]:
    keys = [Ed25519PrivateKey.generate() for _ in range(2)]
    found = []
    for number in range(count):
        key, message = keys[number % 2], b"tip of stream %d" % number
        found.append(Seal(key.public_key().public_bytes_raw(), message, key.sign(message)))
    return found


def _spoiled(seals: Sequence[Seal]) -> list[Seal]:
    last = seals[-1]
    return [*seals[:-1], Seal(last.sign_key, last.message + b"!", last.signature)]


def _never(_seals: Sequence[Seal]) -> bool:
    raise AssertionError("the second process has checked these")


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_the_second_process_says_that_all_are_good(monkeypatch: pytest.MonkeyPatch) -> None:
    seals = _seals()
    monkeypatch.setattr(seals_ahead, "good_seals", _never)
    with SealsAhead(seals, least=1) as ahead:
        assert ahead.good(seals)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("place", range(5))
def test_one_wrong_signature_is_found(place: int) -> None:
    seals = _seals()
    seals[place] = _spoiled(seals[place : place + 1])[0]
    with SealsAhead(seals, least=1) as ahead:
        assert not ahead.good(seals)


@pytest.mark.usefixtures("two_cores")
def test_others_than_were_expected_are_checked_here() -> None:
    seals = _seals()
    with SealsAhead(seals, least=1) as ahead:
        assert not ahead.good(_spoiled(seals))
    with SealsAhead(_spoiled(seals), least=1) as ahead:
        assert ahead.good(seals)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize(
    "stand_in",
    [
        ["a-program-that-is-not-here"],
        [sys.executable, "-c", "raise SystemExit(1)"],
        [sys.executable, "-c", "print('good')"],
        [sys.executable, "-c", "import sys; sys.stdin.buffer.read(); print('all good')"],
        [sys.executable, "-c", "import os; os.abort()"],
    ],
)
def test_a_process_that_fails_or_lies_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, stand_in: list[str]
) -> None:
    monkeypatch.setattr(seals_ahead, "command", lambda: stand_in)
    seals = _seals()
    with SealsAhead(seals, least=1) as ahead:
        assert ahead.good(seals)
    with SealsAhead(_spoiled(seals), least=1) as ahead:
        assert not ahead.good(_spoiled(seals))


@pytest.mark.usefixtures("two_cores")
def test_the_process_ends_when_the_work_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        seals_ahead, "command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"]
    )
    ahead = SealsAhead(_seals(), least=1)
    with pytest.raises(ValueError, match="broken off"), ahead:
        raise ValueError("broken off")
    assert ahead._child is not None
    assert ahead._child.poll() is not None


def test_few_seals_and_one_core_start_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.Popen", _never)
    seals = _seals()
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert SealsAhead(seals).good(seals)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert SealsAhead(seals, least=1).good(seals)


def test_a_frozen_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main.CHECK_SEALS == seal_worker.WORD
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert seals_ahead.command() == [sys.executable, main.CHECK_SEALS]


@pytest.mark.parametrize("good", [True, False])
def test_the_program_answers_as_the_worker_does(good: bool) -> None:
    seals = _seals() if good else _spoiled(_seals())
    data = b"".join(seal_worker.record(one.sign_key, one.signature, one.message) for one in seals)
    done = subprocess.run(
        [sys.executable, main.__file__, main.CHECK_SEALS], input=data, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == ((0, seal_worker.verdict(data)) if good else (1, b""))


def test_what_breaks_off_is_not_good() -> None:
    seal = _seals(1)[0]
    data = seal_worker.record(seal.sign_key, seal.signature, seal.message)
    assert seal_worker.all_good(data)
    assert not seal_worker.all_good(data[:-1])
