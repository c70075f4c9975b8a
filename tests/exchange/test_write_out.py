"""Where the officer chose: one file with a name that says nothing, or its parts."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from app.exchange import write_out as module
from app.exchange.parts import HEADER_BYTES, open_whole
from app.exchange.problem import FileExists
from app.exchange.write_out import neutral_name, write
from tests.support.package_bytes import noise

TODAY = date(2026, 11, 23)
DATA = noise(3500)


def fill(out: BinaryIO) -> None:
    out.write(DATA)


def test_the_name_says_nothing() -> None:
    for today in (TODAY, datetime(2026, 11, 23, 23, 59)):
        assert re.fullmatch(r"sync-20261123-[0-9A-F]{4}\.regiemap", neutral_name(today))
    assert len({neutral_name(TODAY) for _name in range(100)}) > 90


def test_one_file(tmp_path: Path) -> None:
    for split, part_bytes in ((False, 1000), (True, 3500)):
        written = write(tmp_path, TODAY, fill, split=split, part_bytes=part_bytes)
        assert written.size_bytes == 3500
        assert [path.read_bytes() for path in written.files] == [DATA]
    assert len(list(tmp_path.iterdir())) == 2


def test_parts_and_no_whole_beside_them(tmp_path: Path) -> None:
    written = write(tmp_path, TODAY, fill, split=True, part_bytes=1000 + HEADER_BYTES)
    assert len(written.files) == 4
    assert sorted(tmp_path.iterdir()) == sorted(written.files)
    with open_whole(written.files[2]) as source:
        assert source.read() == DATA


def test_a_name_that_was_chosen(tmp_path: Path) -> None:
    assert write(tmp_path, TODAY, fill, name="brief.regiemap").files == (tmp_path / "brief.regiemap",)
    with pytest.raises(FileExists):
        write(tmp_path, TODAY, fill, name="brief.regiemap")


def test_a_taken_name_is_not_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["one", "one", "two"])
    monkeypatch.setattr(module, "neutral_name", lambda _today: next(names))
    assert write(tmp_path, TODAY, fill).files == (tmp_path / "one",)
    assert write(tmp_path, TODAY, fill).files == (tmp_path / "two",)


def test_parts_that_cannot_be_written_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "neutral_name", lambda _today: "x.regiemap")
    (tmp_path / "x-4-4.regiemap").touch()
    with pytest.raises(FileExists):
        write(tmp_path, TODAY, fill, split=True, part_bytes=1000 + HEADER_BYTES)
    assert [path.name for path in tmp_path.iterdir()] == ["x-4-4.regiemap"]
