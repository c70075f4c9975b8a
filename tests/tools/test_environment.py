"""The set-up commands: what is re-used, what is said, and what is asked of Linux."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import environment
from tools.check import pytest_arguments
from tools.environment import SetupProblem, apt_install, fingerprints, is_up_to_date, look_for_libraries


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for lock in ("run", "dev"):
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1\n", "utf-8")
    return tmp_path


class Commands:
    """Stands in for subprocess: remembers what would be run, and how it ends."""

    def __init__(self, exit_code: int = 0) -> None:
        self.ran: list[list[str]] = []
        self.exit_code = exit_code
        self.DEVNULL = -3

    def run(self, command: Sequence[str], **_options: object) -> "Commands":
        self.ran.append([str(part) for part in command])
        return self

    @property
    def returncode(self) -> int:
        return self.exit_code


def test_an_environment_is_used_again_until_its_lock_changes(root: Path, tmp_path: Path) -> None:
    import json

    stamp = tmp_path / "stamp.json"
    assert not is_up_to_date(stamp, "run", fingerprints(root))
    stamp.write_text(json.dumps(fingerprints(root)), "utf-8")
    assert is_up_to_date(stamp, "run", fingerprints(root))
    (root / "requirements" / "dev.txt").write_text("dev==2\n", "utf-8")
    assert is_up_to_date(stamp, "run", fingerprints(root))
    assert not is_up_to_date(stamp, "dev", fingerprints(root))
    stamp.write_text("{", "utf-8")
    assert not is_up_to_date(stamp, "run", fingerprints(root))


def test_an_install_that_fails_is_a_sentence_and_leaves_no_stamp(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "subprocess", Commands(exit_code=1))
    monkeypatch.setattr(environment, "look_for_libraries", lambda _libraries: None)
    monkeypatch.setattr(environment, "make_venv", lambda _venv, _python: None)
    (root / ".venv").mkdir()
    with pytest.raises(SetupProblem, match="verbinding"):
        environment.prepare("run", with_window=False, root=root)
    assert not list((root / ".venv").iterdir())


def test_packs_are_compiled_again_when_a_pack_or_the_code_that_checks_it_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = Commands()
    monkeypatch.setattr(environment, "subprocess", commands)
    toml = tmp_path / "resources" / "content" / "basis.toml"
    built = toml.parent / "compiled" / "basis.json"
    code = tmp_path / "app" / "content" / "verify.py"
    for age, file in enumerate((built, toml, code)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", "utf-8")
        os.utime(file, (1_000 - age, 1_000 - age))
    environment.compile_content(Path("python"), tmp_path)
    assert commands.ran == []
    for newer in (toml, code):
        os.utime(newer, (2_000, 2_000))
        environment.compile_content(Path("python"), tmp_path)
        os.utime(newer, (900, 900))
    built.unlink()
    environment.compile_content(Path("python"), tmp_path)
    assert commands.ran == [["python", "-m", "app.content.compile"]] * 3


def test_installing_asks_for_hashes_and_names_no_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = Commands()
    monkeypatch.setattr(environment, "subprocess", commands)
    environment.install(Path("python"), root / "requirements" / "run.txt")
    assert "--require-hashes" in commands.ran[0]
    assert not any("://" in part or "index" in part for part in commands.ran[0])


def test_a_library_that_is_there_asks_for_nothing() -> None:
    look_for_libraries({})


@pytest.mark.skipif(os.name == "nt", reason="Linux only")
def test_without_rights_the_one_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "can_load", lambda name: name == "libz.so.1")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    libraries = {
        "libEGL.so.1": "libegl1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libgthread-2.0.so.0": "libglib2.0-0",
    }
    with pytest.raises(SetupProblem) as caught:
        look_for_libraries({**libraries, "libz.so.1": "zlib1g"})
    assert "sudo apt-get install -y --no-install-recommends libegl1 libglib2.0-0\n" in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="Linux only")
def test_as_root_they_are_installed_after_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = Commands()
    monkeypatch.setattr(environment, "subprocess", commands)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    apt_install(["libegl1"], "Nodig.")
    assert [command[2] for command in commands.ran] == ["update", "install"]
    assert commands.ran[1][-1] == "libegl1"


def test_a_system_without_apt_is_told_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(SetupProblem, match="libegl1"):
        apt_install(["libegl1"], "Nodig.")


def test_check_spreads_a_whole_run_and_follows_a_single_test() -> None:
    assert pytest_arguments([])[:2] == ["-n", "auto"]
    assert pytest_arguments(["--fast", "-x"]) == ["-m", "not slow", "-n", "auto", "--maxprocesses=4", "-x"]
    assert pytest_arguments(["tests/test_house.py::test_files_stay_small"]) == [
        "tests/test_house.py::test_files_stay_small"
    ]
