"""A file is there whole or as it was, and nothing lies beside it after a fault."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from app.storage.atomic_file import write_atomically, written_aside


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
@pytest.mark.parametrize("before", [None, b"old"])
def test_a_disk_that_refuses_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, before: bytes | None
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    file = tmp_path / "k.card"
    if before is not None:
        file.write_bytes(before)
    with monkeypatch.context() as patch:
        patch.setattr(Path if step == "replace" else os, step, full)
        with pytest.raises(OSError, match="full"):
            write_atomically(file, b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == (
        {} if before is None else {"k.card": before}
    )
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new" and list(tmp_path.iterdir()) == [file]


def test_stopped_half_way_nothing_is_left(tmp_path: Path) -> None:
    def stopped() -> None:
        with written_aside(tmp_path / "blad.pdf") as aside:
            aside.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []
