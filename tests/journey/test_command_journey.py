"""The main job through commands, as a script runs it: `python main.py …` as programs of their own, from nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.config.paths import RESOURCES
from tests.reports.validation import assert_archivable

ROOT = Path(__file__).parents[2]
CASE = RESOURCES / "schema" / "voorbeeld.json"
PERSON = "Anahit Voorbeeldjan"


class Shell:
    """Runs commands in a program of their own, with a passphrase from a file."""

    def __init__(self, folder: Path) -> None:
        self._right, self._wrong = folder / "right.txt", folder / "wrong.txt"
        self._right.write_text("paars kanaal zeven lepel\n", encoding="utf-8")
        self._wrong.write_text("een heel andere zin\n", encoding="utf-8")

    def run(self, *words: str | Path, wrong: bool = False) -> subprocess.CompletedProcess[str]:
        """Run one command; `restore` asks no passphrase."""
        given = [str(word) for word in words]
        if given[0] != "restore":
            given += ["--passphrase-file", str(self._wrong if wrong else self._right)]
        return subprocess.run(
            [sys.executable, "-W", "error", str(ROOT / "main.py"), *given],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            env=os.environ | {"PYTHONUTF8": "0"},
        )

    def json(self, *words: str | Path) -> Any:
        """What a command that is done says to a machine."""
        done = self.run(*words, "--json")
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return json.loads(done.stdout)


@pytest.mark.slow
def test_a_case_from_a_file_to_a_printed_sheet_and_back(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    first, second, third = (tmp_path / name for name in ("eerste", "tweede", "terug"))
    officer = ("--officer", "Robin Voorbeeld", "--location", "Gezinslocatie Voorbeeld")
    assert shell.json("init", first, *officer)["passphrase_is_strong"] is True

    wrong = shell.run("agenda", first, wrong=True)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("Deze wachtzin klopt niet.") and wrong.stderr.count("\n") == 1
    misused = shell.run("agenda", first, "--dagen", "3")
    assert misused.returncode == 2
    assert misused.stderr.startswith("Verkeerd gebruik") and misused.stderr.count("\n") == 1

    taken = shell.json("import-dossiers", first, CASE)
    assert taken["written"] is True
    (number,) = [
        record["fields"]["number"] for record in _records(CASE.read_bytes()) if record["kind"] == "dossier"
    ]
    agenda = shell.json("agenda", first, "--days", "3650")
    lines = [line for part in ("late", "today_lines", "ahead") for line in agenda.get(part, ())]
    assert "Voorbeeldjan" in {line["family"] for line in lines}
    figures = {each["code"]: each["number"] for each in shell.json("figures", first)["figures"]}
    assert figures["dossiers.open"] == 1

    for paper in ("overdrachtsblad", "ontvangstbewijs"):
        out = tmp_path / f"{paper}.pdf"
        words = ("--dossier", number, "--person", PERSON, "--paper", paper, "--out", out)
        said = shell.json("sheet", first, *words)
        assert (said["status"], bool(said["gaps"])) == ("concept", True)
        assert_archivable(out.read_bytes())

    files = [tmp_path / f"{name}.json" for name in ("a", "b", "c")]
    shell.json("export-dossiers", first, "--out", files[0])
    assert {record["kind"] for record in _records(files[0].read_bytes())} >= {
        "person", "talk", "answer", "request_event", "departure", "flight"
    }  # fmt: skip
    shell.json("init", second, *officer)
    shell.json("import-dossiers", second, files[0])
    shell.json("export-dossiers", second, "--out", files[1])
    assert files[1].read_bytes() == files[0].read_bytes()

    assert shell.json("verify", second)["good"] is True
    shell.json("backup", second, tmp_path / "alles.backup")
    shell.json("restore", tmp_path / "alles.backup", third)
    told = shell.run("export-dossiers", third, "--out", files[2])
    assert told.returncode == 0 and "gaat verder als een nieuw apparaat" in told.stderr
    assert files[2].read_bytes() == files[0].read_bytes()
    assert shell.json("verify", third)["good"] is True


def _records(file: bytes) -> list[Any]:
    records = json.loads(file)["records"]
    assert isinstance(records, list)
    return records
