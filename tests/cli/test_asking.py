"""Where a passphrase may come from, and what is said when it does not come."""

import argparse
import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typing_extensions import override

from app.cli import asking
from app.cli.asking import NoPassphrase, NoTerminal, PassphrasesDiffer, passphrase
from tests.storage.key_case import PASSPHRASE, make_store, opens


class Terminal(io.StringIO):
    """A stdin that is a terminal."""

    @override
    def isatty(self) -> bool:
        return True


def from_file(file: Path) -> str:
    return passphrase(argparse.Namespace(passphrase_file=str(file)))


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str, twice: bool = False) -> str:
    waiting = list(answers)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(asking, "getpass", lambda _prompt: waiting.pop(0))
    return passphrase(argparse.Namespace(passphrase_file=None), twice=twice)


@pytest.mark.parametrize(
    "content",
    [
        b"vier woorden",
        b"vier woorden\n",
        b"vier woorden\r\ntweede regel\r\n",
        b"\xef\xbb\xbfvier woorden\r\n",
    ],
)
def test_the_first_line_of_the_file_is_the_passphrase(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(content)
    assert from_file(file) == "vier woorden"


def test_blanks_belong_to_a_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(" één woord \n".encode())
    assert from_file(file) == " één woord "


@pytest.mark.parametrize("content", [b"", b"\nvier woorden\n", b"\xff\xfe\x00"])
def test_a_file_without_a_passphrase_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(content)
    with pytest.raises(NoPassphrase):
        from_file(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPassphrase):
        from_file(tmp_path / "nothing")
    with pytest.raises(NoPassphrase):
        from_file(tmp_path)


def test_without_a_terminal_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("vier woorden\n"))
    with pytest.raises(NoTerminal):
        passphrase(argparse.Namespace(passphrase_file=None))


def test_a_new_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed(monkeypatch, "vier woorden") == "vier woorden"
    assert typed(monkeypatch, "vier woorden", "vier woorden", twice=True) == "vier woorden"
    with pytest.raises(PassphrasesDiffer):
        typed(monkeypatch, "vier woorden", "vijf woorden", twice=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_a_passphrase_from_a_pipe_is_read_once(tmp_path: Path) -> None:
    store, pipe = make_store(tmp_path / "store"), tmp_path / "pipe"
    os.mkfifo(pipe)
    arguments = argparse.Namespace(store=str(store), passphrase_file=str(pipe))
    with ThreadPoolExecutor() as writing:
        writing.submit(pipe.write_text, f"{PASSPHRASE}\n", encoding="utf-8")
        asking.begin(arguments)
    pipe.unlink()
    assert opens(store, asking.secret(arguments)) == 3


def test_nothing_is_begun_where_there_is_no_store_or_nobody_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE, "utf-8")
    nowhere = argparse.Namespace(store=str(tmp_path / "none"), passphrase_file=str(file))
    asking.begin(nowhere)
    assert not hasattr(nowhere, "secret")
    at_terminal = argparse.Namespace(store=str(make_store(tmp_path / "store")), passphrase_file=None)
    asking.begin(at_terminal)
    assert not hasattr(at_terminal, "secret")
