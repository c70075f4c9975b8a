"""Settings on this laptop: never in the way of work, whatever state the file is in."""

import os
from pathlib import Path

import pytest

from app.config.settings import ReadSettings, Settings, read_settings, write_settings


def test_first_use_has_no_file_and_no_complaint(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.json") == ReadSettings(Settings())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    chosen = Settings(
        language="en", theme="dark", size_percent=150, last_store="C:\\Regie\\gezinslocatie ‘Één’"
    )
    write_settings(tmp_path / "new" / "settings.json", chosen)
    assert read_settings(tmp_path / "new" / "settings.json") == ReadSettings(chosen)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_gives_the_defaults_and_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert read_settings(path) == ReadSettings(Settings(), ("file",))


def test_one_wrong_value_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"language": "en", "theme": 7, "size_percent": true, "last_store": "", "later": 1}', "utf-8"
    )
    assert read_settings(path) == ReadSettings(
        Settings(language="en"), ("theme", "size_percent", "last_store")
    )


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    write_settings(path, Settings(language="en"))

    def full_disk(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_settings(path, Settings(language="nl"))
    assert read_settings(path).settings.language == "en"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
