"""Where things lie outside a store."""

from pathlib import Path

from app.config.paths import PROGRAM_ROOT, RESOURCES, find_paths


def test_one_folder_holds_everything_when_asked(tmp_path: Path) -> None:
    paths = find_paths({"REGIEMAP_HOME": str(tmp_path)})
    assert paths.default_store == tmp_path / "store"
    assert paths.settings_file == tmp_path / "settings.json"
    assert paths.unlock_counter == tmp_path / "unlock"
    assert paths.crash_reports == tmp_path / "crash"


def test_otherwise_the_system_says_where() -> None:
    paths = find_paths({"REGIEMAP_HOME": " "})
    for place in (paths.default_store, paths.settings_file, paths.unlock_counter, paths.crash_reports):
        assert place.is_absolute()
        assert "Regiemap" in place.parts
        assert not place.is_relative_to(PROGRAM_ROOT)
    assert not paths.unlock_counter.is_relative_to(paths.default_store)


def test_resources_belong_to_the_program() -> None:
    assert RESOURCES.parent == PROGRAM_ROOT
    assert (PROGRAM_ROOT / "pyproject.toml").exists()
