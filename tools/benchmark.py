"""Measures what the program promises about speed and memory, and prints each number beside its target.

    python tools/benchmark.py                      5,000 made-up dossiers, in a folder that goes away again
    python tools/benchmark.py --dossiers 20000     more of them
    python tools/benchmark.py --folder FOLDER      keep the store there, and find it again next time
    python tools/benchmark.py --json FILE          write the numbers for machines too
    python tools/benchmark.py --quick              a few dossiers and runs: to see that measuring works

Exit code 1 when a target is missed (never with --quick). Key derivation is slow on purpose and counted nowhere.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from main import LASTING_OBJECTS
from tools.measure.figure import Figure, machine, rate
from tools.measure.made_store import MadeStore, made_store

PARTS = ("service", "window", "command", "exchange", "scale", "matching", "family")
RUNS, QUICK_RUNS = 21, 3
DOSSIERS, QUICK_DOSSIERS = 5_000, 12
REST_S, QUICK_REST_S = 10.0, 0.2


def measured(part: str, made: MadeStore, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """The figures of one part, in this process."""
    runs = QUICK_RUNS if quick else RUNS
    if part == "service":
        from tools.measure import service

        yield from service.measure(made, runs)
    elif part == "exchange":
        from tools.measure import exchange

        yield from exchange.measure(made, runs)
    elif part == "matching":
        from tools.measure import matching

        yield from matching.measure(made, runs)
    elif part == "scale":
        from tools.measure import scale

        yield from scale.measure(made, runs)
    elif part == "family":
        from tools.measure import family

        yield from family.measure(made, runs)
    elif part == "command":
        from tools.measure import command

        yield from command.measure(made, folder, runs)
    else:
        from tools.measure import window

        yield from window.measure(made, runs, rest_s=QUICK_REST_S if quick else REST_S)


def measured_apart(part: str, arguments: argparse.Namespace, folder: Path) -> list[Figure]:
    """The figures of one part, from a fresh process. Raises CalledProcessError."""
    command = [sys.executable, str(Path(__file__)), "--part", part, "--folder", str(folder)]
    command += ["--dossiers", str(arguments.dossiers), *(["--quick"] if arguments.quick else [])]
    environment = os.environ | {"REGIEMAP_HOME": str(folder / "home")}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return [Figure(**values) for values in json.loads(done.stdout)]


def run(arguments: argparse.Namespace, folder: Path) -> list[Figure]:
    """Make the store if needed, measure, print."""
    os.environ["REGIEMAP_HOME"] = str(folder / "home")
    if not arguments.part:  # as the set-up command does: no program reads what translators and editors read
        for build in (("tools/i18n.py", "compile"), ("-m", "app.content.compile")):
            subprocess.run([sys.executable, *build], check=True, stdout=sys.stderr, cwd=ROOT)
    made = made_store(folder, arguments.dossiers)
    if arguments.part:
        gc.set_threshold(LASTING_OBJECTS)  # as main.py does
        figures = list(measured(arguments.part, made, folder, quick=arguments.quick))
        print(json.dumps([asdict(figure) for figure in figures]))
        return []
    print(f"{arguments.dossiers} dossiers; {machine()}\n")
    figures = []
    if made.built_s:
        figures.append(rate("generator", "making and storing families", made.families, made.built_s, of="/s"))
        print(figures[0].line(), flush=True)
    for part in arguments.parts:
        for figure in measured_apart(part, arguments, folder):
            figures.append(figure)
            print(figure.line(), flush=True)
    return figures


def main(given: list[str] | None = None) -> int:
    """Return 1 when a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dossiers", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    arguments.dossiers = arguments.dossiers or (QUICK_DOSSIERS if arguments.quick else DOSSIERS)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        figures = run(arguments, arguments.folder or Path(temporary))
    if arguments.json:
        rows = [asdict(figure) | {"is_met": figure.is_met} for figure in figures]
        values = {"machine": machine(), "dossiers": arguments.dossiers, "figures": rows}
        arguments.json.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return int(not arguments.quick and any(figure.is_met is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
