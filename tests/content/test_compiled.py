"""Compiled packs say what the readable ones say, and only while those are the very files they were made of."""

import json
import shutil
from pathlib import Path

import pytest

from app.config.paths import RESOURCES
from app.content import compile as compiler
from app.content import compiled, problem
from app.content.load import PACK_NAMES, load
from app.content.pack import read_pack, read_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The program's packs, compiled."""
    copy = tmp_path / "content"
    shutil.copytree(RESOURCES / "content", copy, ignore=shutil.ignore_patterns(compiled.FOLDER))
    assert compiler.main([str(copy)]) == 0
    return copy


def test_every_pack_is_compiled_to_what_its_file_says(folder: Path) -> None:
    for name in PACK_NAMES:
        source, canonical = read_source(folder / f"{name}.toml")
        assert compiled.read(folder / f"{name}.toml", source) == canonical
        assert read_pack(folder / f"{name}.toml").canonical == canonical


def test_what_was_compiled_is_what_is_read(folder: Path) -> None:
    file = compiled.file_of(folder / "basis.toml")
    origin, _, canonical = file.read_text("utf-8").partition("\n")
    changed = json.dumps(json.loads(canonical) | {"marked": 1}, sort_keys=True, separators=(",", ":"))
    file.write_text(f"{origin}\n{changed}", "utf-8")
    assert read_pack(folder / "basis.toml").canonical == changed


def test_a_changed_file_is_read_itself_and_checked(folder: Path) -> None:
    file = folder / "papieren.toml"
    text = file.read_text("utf-8")
    file.write_text(text + "\n# another remark\n", "utf-8")
    assert read_pack(file).canonical == read_source(file)[1]
    assert compiled.read(file, file.read_bytes()) is None
    file.write_text(text + "\n[[unheard_of]]\ncode = 'x'\n", "utf-8")
    with pytest.raises(problem.SectionUnknown):
        load(folder).load_all()


def test_other_rules_make_what_was_compiled_void(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "basis.toml"
    monkeypatch.setattr(compiled, "_checkers", lambda: b"other code")
    assert compiled.read(file, file.read_bytes()) is None


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"no digest\n{}"])
def test_a_damaged_compiled_file_is_passed_over(folder: Path, damage: bytes) -> None:
    file = folder / "basis.toml"
    compiled.file_of(file).write_bytes(damage)
    assert read_pack(file).canonical == read_source(file)[1]


def test_a_wrong_pack_is_not_compiled(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "basis.toml"
    file.write_text(file.read_text("utf-8") + "\n[[unheard_of]]\ncode = 'x'\n", "utf-8")
    assert compiler.main([str(folder)]) == 1
    assert "basis.toml" in capsys.readouterr().err
