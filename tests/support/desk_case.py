"""Officers who meet by commands alone: stores with a card beside them, and two whose digits were compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_case import Commands

Desk = Callable[[str], Path]


@pytest.fixture
def desk(command: Commands, tmp_path: Path) -> Desk:
    """Makes a store and writes its card beside it."""

    def make(name: str) -> Path:
        store = tmp_path / name
        assert command("init", store, "--officer", name, "--location", "GL Verzonnen").code == 0
        assert command("identity", store, "--card", card(store)).code == 0
        return store

    return make


def card(store: Path) -> Path:
    return store.with_suffix(".regiemap-card")


def meet(command: Commands, one: Path, other: Path) -> None:
    """`one` adds the card of `other` and compares the digits."""
    groups = command("identity", other, "--json").json["groups"]
    assert command("trust", one, "--add", card(other)).code == 0
    assert command("trust", one, "--verify", other.name, "--groups", " ".join(groups)).code == 0


@pytest.fixture
def pair(command: Commands, desk: Desk, filled: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A filled store and an empty one, whose officers compared their cards."""
    sam = desk("Sam")
    assert command("identity", filled, "--card", card(filled)).code == 0
    known = command("identity", filled, "--json").json
    assert command("trust", sam, "--add", card(filled)).code == 0
    done = command("trust", sam, "--verify", known["name"], "--groups", " ".join(known["groups"]))
    assert done.code == 0
    meet(command, filled, sam)
    return filled, sam
