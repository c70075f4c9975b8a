"""Bad stores, bad files, bad folders: one sentence, exit code 1, nothing half-written, nothing lost."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.config.paths import RESOURCES
from app.storage.engine import open_engines
from app.storage.keyring import KeyFile
from app.storage.secret import from_passphrase
from app.storage.store_folder import StoreFolder
from tests.support.command_case import FAMILIES, PASSPHRASE, Commands

Contents = Callable[[Path], dict[str, bytes]]
EXAMPLE = RESOURCES / "schema" / "voorbeeld.json"
READING = ("agenda", "figures", "verify")


def dossier_count(command: Commands, store: Path) -> int:
    figures = command("figures", store, "--json").json["figures"]
    return sum(
        int(each["number"]) for each in figures if each["code"] in ("dossiers.open", "dossiers.closed")
    )


@pytest.mark.parametrize("name", READING)
def test_a_wrong_passphrase_is_not_a_damaged_store(command: Commands, filled: Path, name: str) -> None:
    done = command(name, filled, "--json", passphrase="niet deze zin")
    assert done.json["problem"] == "WrongPassphrase"
    assert "wachtzin" in done.refused_with_one_sentence()
    assert "niet deze zin" not in done.out + done.err


def test_after_five_wrong_passphrases_the_command_waits_too(command: Commands, filled: Path) -> None:
    for _try in range(5):
        command("agenda", filled, passphrase="niet deze zin")
    assert command("agenda", filled, "--json").json["problem"] == "WaitBeforeTrying"


@pytest.mark.parametrize("name", READING)
def test_a_damaged_store(command: Commands, filled: Path, name: str) -> None:
    database = StoreFolder(filled).database
    content = bytearray(database.read_bytes())
    content[:4096] = bytes(4096)
    database.write_bytes(content)
    done = command(name, filled, "--json")
    assert done.json["problem"] == "DamagedStore"
    done.refused_with_one_sentence()
    assert database.read_bytes() == bytes(content)


def test_verify_finds_damage_deep_in_the_file(command: Commands, filled: Path) -> None:
    database = StoreFolder(filled).database
    content = bytearray(database.read_bytes())
    at = len(content) // 2
    content[at : at + 64] = bytes(64)
    database.write_bytes(content)
    assert command("verify", filled, "--json").code == 1


@pytest.mark.parametrize("name", READING)
def test_no_store(command: Commands, tmp_path: Path, name: str) -> None:
    done = command(name, tmp_path / "nothing", "--json")
    assert done.json["problem"] == "MissingStore"
    done.refused_with_one_sentence()
    assert not (tmp_path / "nothing").exists()


def test_a_store_is_not_made_over_another(command: Commands, filled: Path, contents: Contents) -> None:
    before = contents(filled)
    for words in (("init", filled, "--officer", "A", "--location", "B"), ("demo", filled)):
        assert command(*words, "--json").json["problem"] == "StoreExists"
    assert contents(filled) == before


def test_a_store_is_not_made_among_other_files(command: Commands, tmp_path: Path, contents: Contents) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "brief.txt").write_text("van iemand anders", encoding="utf-8")
    done = command("init", folder, "--officer", "A", "--location", "B", "--json")
    assert done.json["problem"] == "FolderNotEmpty"
    assert list(contents(folder)) == ["brief.txt"]


@pytest.mark.parametrize("name", READING)
def test_a_newer_store_is_refused_untouched(
    command: Commands, filled: Path, contents: Contents, name: str
) -> None:
    folder = StoreFolder(filled)
    key = KeyFile.parse(folder.keyring.read_bytes()).unlock(from_passphrase(PASSPHRASE))
    assert key is not None
    engines = open_engines(folder.database, key)
    with engines.writer.begin() as conn:
        conn.exec_driver_sql("PRAGMA user_version = 999")
    engines.lock()
    before = contents(filled)
    done = command(name, filled, "--json")
    assert done.json["problem"] == "NewerStore"
    done.refused_with_one_sentence()
    after = contents(filled)
    assert {file: after[file] for file in ("store.db", "store.keyring")} == {
        file: before[file] for file in ("store.db", "store.keyring")
    }


# -- files that come in ----------------------------------------------------------------------------------------------


def _wrong_field(data: Any) -> None:
    data["records"][0]["fields"]["bestaat_niet"] = "x"


def _long_name(data: Any) -> None:
    person = next(record for record in data["records"] if record["kind"] == "person")
    person["fields"]["family_name"] = "N" * 10_000


def _control_character(data: Any) -> None:
    person = next(record for record in data["records"] if record["kind"] == "person")
    person["fields"]["family_name"] = "Voorbeeld\u0007jan"


@pytest.mark.parametrize("spoil", [_wrong_field, _long_name, _control_character])
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_file_with_a_mistake_is_not_taken_in(
    command: Commands, filled: Path, tmp_path: Path, spoil: Callable[[Any], None], dry: tuple[str, ...]
) -> None:
    data = json.loads(EXAMPLE.read_bytes())
    spoil(data)
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    done = command("import-dossiers", filled, file, *dry)
    done.refused_with_one_sentence()
    (line,) = done.out.splitlines()
    assert len(line) < 400
    machine = command("import-dossiers", filled, file, "--json", *dry).json
    assert (machine["problem"], machine["problems"]) == ("FileRefused", [line])
    assert dossier_count(command, filled) == FAMILIES


@pytest.mark.parametrize(
    "content", [b"", b"geen json", b"[1, 2]", b'{"format": "anders"}', b"\xff\xfe", b'{"a": 1']
)
def test_a_file_that_is_something_else(
    command: Commands, filled: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    command("import-dossiers", filled, file).refused_with_one_sentence()


def test_a_file_that_cannot_be_read(command: Commands, filled: Path, tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "nothing.json"):
        done = command("import-dossiers", filled, file, "--json")
        assert done.json["problem"] == "CannotRead"
        assert str(file) in done.refused_with_one_sentence()


def test_a_backup_that_is_none(command: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"geen back-up")
    for file in ("file", "nothing"):
        command("restore", tmp_path / file, tmp_path / "back").refused_with_one_sentence()
        assert not (tmp_path / "back").exists()


def test_what_is_written_needs_a_folder(command: Commands, filled: Path, tmp_path: Path) -> None:
    command("export-dossiers", filled, "--out", tmp_path / "no" / "x.json").refused_with_one_sentence()
    command("backup", filled, tmp_path / "no" / "x.backup").refused_with_one_sentence()
    assert not (tmp_path / "no").exists()


# -- folders and disks that refuse -----------------------------------------------------------------------------------


def test_another_program_has_the_store(command: Commands, filled: Path, tmp_path: Path) -> None:
    unlocked = command.app.gate.unlock(filled, from_passphrase(PASSPHRASE))
    try:
        assert command("agenda", filled).code == 0
        assert command("verify", filled).code == 0
        for words in (
            ("import-dossiers", filled, EXAMPLE),
            ("export-dossiers", filled, "--out", tmp_path / "x.json"),
            ("backup", filled, tmp_path / "x.backup"),
        ):
            assert command(*words, "--json").json["problem"] == "StoreInUse"
    finally:
        unlocked.lock()
    assert not (tmp_path / "x.json").exists()
    assert not (tmp_path / "x.backup").exists()


def test_a_folder_that_takes_no_writing(
    command: Commands, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoreFolder, "takes_writing", lambda _folder: False)
    assert command("agenda", filled).code == 0
    assert command("figures", filled).code == 0
    done = command("import-dossiers", filled, EXAMPLE, "--json")
    assert done.json["problem"] == "ReadOnlyFolder"
    done.refused_with_one_sentence()


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """A disk that is full as soon as a file reaches this size."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_full_disk_leaves_nothing_half(command: Commands, filled: Path, tmp_path: Path) -> None:
    size = StoreFolder(filled).database.stat().st_size
    with no_file_over(40_000):
        command("demo", tmp_path / "demo").refused_with_one_sentence()
        command("init", tmp_path / "new", "--officer", "A", "--location", "B").refused_with_one_sentence()
        command("export-dossiers", filled, "--out", tmp_path / "x.json").refused_with_one_sentence()
        command("import-dossiers", filled, EXAMPLE).refused_with_one_sentence()
    with no_file_over(size // 2):
        command("backup", filled, tmp_path / "x.backup").refused_with_one_sentence()
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"filled", "home", "passphrase.txt"}
    assert dossier_count(command, filled) == FAMILIES
    assert command("verify", filled).code == 0
    assert command("import-dossiers", filled, EXAMPLE).code == 0
    shutil.rmtree(filled)
