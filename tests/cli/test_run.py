"""Whatever happens in a command becomes an exit code and one sentence; a mistake of ours becomes a report."""

import argparse
import errno
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap import App
from app.cli import overviews
from app.cli.run import run
from app.cli.said import Said
from tests.support.command_case import Commands, Done

SECRET = "Voorbeeldjan 289.114.7071"


@pytest.fixture
def played(app: App, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException, bool], Done]:
    """Runs a command in which `error` happens."""

    def play(error: BaseException, machine: bool) -> Done:
        def agenda(_arguments: argparse.Namespace, _app: App) -> tuple[int, Said]:
            raise error

        monkeypatch.setattr(overviews, "agenda", agenda)
        out, err = io.StringIO(), io.StringIO()
        code = run(argparse.Namespace(command="agenda", json=machine), app, out, err)
        return Done(code, out.getvalue(), err.getvalue())

    return play


Play = Callable[[BaseException, bool], Done]


@pytest.mark.parametrize("machine", [False, True])
def test_a_mistake_of_ours_is_reported_without_case_data(played: Play, app: App, machine: bool) -> None:
    done = played(ValueError(f"cannot read {SECRET}"), machine)
    sentence = done.refused_with_one_sentence()
    (report,) = app.paths.crash_reports.iterdir()
    assert str(report) in sentence
    assert "builtins.ValueError" in report.read_text(encoding="utf-8")
    for text in (done.out, done.err, report.read_text(encoding="utf-8")):
        assert SECRET not in text
    assert (json.loads(done.out)["problem"] == "OurMistake") if machine else (done.out == "")


def test_a_report_that_cannot_be_written_is_no_second_crash(played: Play, app: App) -> None:
    app.paths.crash_reports.parent.mkdir(parents=True)
    app.paths.crash_reports.write_text("a file, no folder", encoding="utf-8")
    assert "Het programma maakte een fout." in played(ValueError(SECRET), False).refused_with_one_sentence()


@pytest.mark.parametrize("machine", [False, True])
def test_control_c_is_one_sentence(played: Play, app: App, machine: bool) -> None:
    done = played(KeyboardInterrupt(), machine)
    assert done.refused_with_one_sentence() == "Gestopt. Wat al was opgeslagen, is er nog."
    assert not app.paths.crash_reports.exists()
    assert not machine or done.json["problem"] == "Stopped"


def test_a_full_disk_is_named(played: Play, app: App) -> None:
    done = played(OSError(errno.ENOSPC, "No space left on device"), True)
    assert done.json["problem"] == "DiskFull"
    assert "schijf" in done.refused_with_one_sentence()
    assert not app.paths.crash_reports.exists()


def test_a_name_of_ten_thousand_letters_is_refused_by_the_name_of_its_field(
    command: Commands, tmp_path: Path
) -> None:
    done = command("init", tmp_path / "store", "--officer", "N" * 10_000, "--location", "Voorbeeld")
    sentence = done.refused_with_one_sentence()
    assert sentence.startswith("Naam: ")
    assert len(sentence) < 200
    assert not (tmp_path / "store").exists()
