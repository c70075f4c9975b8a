"""Commands as a shell runs them: a fresh Python each time, less the key derivation."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.measure.figure import Figure, median, seconds
from tools.measure.made_store import MadeStore
from tools.measure.service import a_departure

ROOT = Path(__file__).resolve().parents[2]


def measure(made: MadeStore, folder: Path, runs: int) -> Iterator[Figure]:
    """The sheet as a cold command, and the agenda."""
    unlocked = made.unlock()
    dossier, _departure, person = a_departure(unlocked.session)
    unlocked.lock()
    derivation = statistics.median(made.key_derivation_s() for _run in range(5))
    paper = folder / "sheet.pdf"
    sheet = (
        "sheet",
        str(made.path),
        "--dossier",
        dossier,
        "--person",
        person,
        "--out",
        str(paper),
        "--receiver",
        "Escort",
    )
    times = [_run(made, sheet, folder) - derivation for _again in range(runs)]
    yield median("sheet.cold", "handover sheet as a command, beyond key derivation", times, target=400)
    times = [_run(made, ("agenda", str(made.path)), folder) - derivation for _again in range(runs)]
    yield median("agenda.cold", "agenda as a command, beyond key derivation", times)
    yield median("kdf", "key derivation (lowest cost) itself", [derivation])


def _run(made: MadeStore, arguments: Sequence[str], home: Path) -> float:
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        *arguments,
        "--passphrase-file",
        str(made.passphrase_file),
    ]
    environment = os.environ | {"REGIEMAP_HOME": str(home)}
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))
