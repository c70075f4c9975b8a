"""A report of our own mistake tells where, never what about."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.config.crash_report import KEPT_REPORTS, CrashReport, describe, write
from ui.bridge.crash import CrashHandler

_SECRET = "Hakobyan 289.114.7071"


def _stumble(name: str) -> None:
    try:
        raise ValueError(f"cannot read {name}")
    except ValueError as cause:
        raise RuntimeError(f"no dossier {name}") from cause


def _error() -> RuntimeError:
    try:
        _stumble(_SECRET)
    except RuntimeError as error:
        return error
    raise AssertionError


def test_a_report_holds_types_and_places_only(tmp_path: Path) -> None:
    report = write(tmp_path / "crash", *describe(_error()))
    assert report.path is not None
    text = report.path.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "_stumble" in text
    for word in (*_SECRET.split(), "cannot read", "no dossier", str(Path.home()), str(tmp_path)):
        assert word not in text


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for second in range(KEPT_REPORTS + 5):
        write(tmp_path, ("k",), (), datetime(2026, 11, 23, 9, 0, second, tzinfo=UTC))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == KEPT_REPORTS
    assert names[0].startswith("20261123-090005")


def test_a_folder_that_refuses_is_no_second_crash(tmp_path: Path) -> None:
    in_the_way = tmp_path / "crash"
    in_the_way.write_text("a file, no folder", encoding="utf-8")
    assert write(in_the_way, ("k",), ()).path is None


def test_the_hooks_record_once_and_are_put_back(qtbot: QtBot, tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    handler, reports = CrashHandler(tmp_path), list[object]()
    handler.recorded.connect(reports.append)
    handler.install()
    error = _error()
    try:
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        handler.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert len(reports) == 1
    assert isinstance(reports[0], CrashReport)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_thread_that_dies_is_recorded(qtbot: QtBot, tmp_path: Path) -> None:
    handler = CrashHandler(tmp_path)
    handler.install()
    try:
        thread = threading.Thread(target=_stumble, args=(_SECRET,))
        thread.start()
        thread.join()
    finally:
        handler.remove()
    assert len(list(tmp_path.iterdir())) == 1
