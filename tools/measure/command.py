"""Commands as a shell runs them: a fresh Python each time, less the key derivation.

A command loads its libraries while the key is being derived, so what it takes "beyond key derivation" depends on how
long that is. The target holds for what a store really costs; with the lowest cost, which only made-up stores have,
there is next to nothing to hide behind, and the number says what all of the work is.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.storage.kdf_cost import KdfCost
from tools.measure.figure import Figure, median, seconds
from tools.measure.made_store import MadeStore
from tools.measure.service import a_departure

ROOT = Path(__file__).resolve().parents[2]


def measure(made: MadeStore, folder: Path, runs: int) -> Iterator[Figure]:
    """The sheet as a cold command, and the agenda; then the same with hardly any key derivation."""
    unlocked = made.unlock()
    dossier, _departure, person = a_departure(unlocked.session)
    unlocked.lock()
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
    agenda = ("agenda", str(made.path))
    with made.at_cost(KdfCost.default()):
        derivation = _derivation_s(made)
        times = _beyond(made, sheet, folder, runs)
        yield median("sheet.cold", "handover sheet as a command, beyond key derivation", times, target=400)
        yield median("agenda.cold", "agenda as a command, the same", _beyond(made, agenda, folder, runs))
        yield median("kdf", "key derivation (usual cost) itself", [derivation])
    times = _beyond(made, sheet, folder, runs)
    yield median("sheet.cold.lowest", "handover sheet as a command, hardly any derivation", times)
    yield median("agenda.cold.lowest", "agenda as a command, the same", _beyond(made, agenda, folder, runs))
    yield median("kdf.lowest", "key derivation (lowest cost) itself", [_derivation_s(made)])


def _derivation_s(made: MadeStore) -> float:
    return statistics.median(made.key_derivation_s() for _run in range(5))


def _beyond(made: MadeStore, arguments: Sequence[str], home: Path, runs: int) -> list[float]:
    """Command and derivation in turns: on a busy machine both are slow at the same time."""
    _run(made, arguments, home)  # the first writes compiled Python, as the first start of a program does
    return [_run(made, arguments, home) - made.key_derivation_s() for _again in range(runs)]


def _run(made: MadeStore, arguments: Sequence[str], home: Path) -> float:
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        *arguments,
        "--passphrase-file",
        str(made.passphrase_file),
    ]
    environment = os.environ | {"REGIEMAP_HOME": str(home)}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # a developer's setting: nobody else compiles at each start
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))
