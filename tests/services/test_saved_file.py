"""Every service that writes a file for the user leaves nothing in the folder when the disk is full."""

import ast
import errno
import os
from pathlib import Path
from typing import Any

import pytest

import app.services
from app.services.saved_file import FileNotWritten, save_file


def test_a_full_stick_keeps_no_rest_and_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> int:
        raise OSError(errno.ENOSPC, "full")

    card = tmp_path / "k.card"
    card.write_bytes(b"old")
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileNotWritten):
        save_file(card, b"new")
    assert list(tmp_path.iterdir()) == [card] and card.read_bytes() == b"old"


def test_services_have_one_way_to_write_a_small_file() -> None:
    """So that none of them forgets what this one does."""
    folder = Path(app.services.__path__[0])
    users = {
        file.name
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "app.storage.atomic_file"
        and {"write_atomically", "write_through"} & {name.name for name in node.names}
    }
    assert users == {"saved_file.py"}
