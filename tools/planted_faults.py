"""python tools/planted_faults.py [--only WORDS] [--list]: does a test notice each of these faults?

Each fault of `tests/support/fault_list.py` is planted in a run of the tests of merging and exchange, in a process of
its own; nothing on disk changes. Exit code 1 when a fault went unnoticed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.fault_list import FAULTS, Fault
from tests.support.planted_faults import VARIABLE

# Small and direct ones first: most faults are noticed there, within seconds.
TESTS = (
    "tests/domain/test_merge.py",
    "tests/storage/test_access.py",
    "tests/storage/test_uow.py",
    "tests/storage/test_undo.py",
    "tests/storage/test_removal.py",
    "tests/exchange/test_ends_at.py",
    "tests/exchange/test_small_worlds.py",
    "tests/exchange/test_read_apart.py",
    "tests/exchange/test_give_and_take.py",
    "tests/exchange/test_take_back_told.py",
    "tests/exchange/test_removal_by_file.py",
    "tests/exchange/test_destruction.py",
    "tests/exchange/test_hostile_colleague.py",
    "tests/exchange/test_hostile_package.py",
    "tests/exchange/test_trust.py",
    "tests/services/test_json_after_exchange.py",
    "tests/services/test_clear_up.py",
    "tests/services/test_removed_family.py",
    "tests/exchange/test_faults.py",
    "tests/exchange/test_exchange_machine.py",
)

# Which test noticed each fault the last time, on this computer: it goes first.
NOTICED = ROOT / ".pytest_cache" / "planted-faults.json"


def noticed_before() -> dict[str, str]:
    """By the name of the fault; empty at first."""
    found: dict[str, str] = json.loads(NOTICED.read_text("utf-8")) if NOTICED.is_file() else {}
    return found


def remember(fault: Fault, test: str) -> None:
    """For the next run."""
    NOTICED.parent.mkdir(exist_ok=True)
    NOTICED.write_text(json.dumps(noticed_before() | {fault.name: test}, indent=1), "utf-8")


def tests_for(fault: Fault | None) -> list[str]:
    """All of them, the one that noticed before first, if it is still there."""
    file, _, name = (noticed_before().get(fault.name, "") if fault else "").partition("::")
    name = name.partition("[")[0]
    is_there = name and (ROOT / file).is_file() and f"def {name}(" in (ROOT / file).read_text("utf-8")
    return [f"{file}::{name}", *TESTS] if is_there else list(TESTS)


def first_failure(output: str) -> str:
    """The first test that failed, or what pytest said instead."""
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", output, re.MULTILINE)
    return found[1] if found else output.strip().splitlines()[-1][:100]


def run(fault: Fault | None) -> tuple[bool, float, str]:
    """Whether the tests noticed, the seconds, and which test did."""
    began = time.monotonic()
    settings = {**os.environ, VARIABLE: fault.name if fault else "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "--no-header",
            "-p",
            "tests.support.planted_faults",
            *tests_for(fault),
        ],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 1, time.monotonic() - began, first_failure(done.stdout or done.stderr)


def main() -> int:
    """All of them, or those whose name has the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="faults whose name has these words")
    parser.add_argument("--list", action="store_true", help="name them and stop")
    chosen = parser.parse_args()
    faults = [fault for fault in FAULTS if chosen.only in fault.name]
    if chosen.list:
        print("\n".join(f"{fault.module}: {fault.name}" for fault in faults))
        return 0
    noticed, seconds, words = run(None)
    print(f"{'sound program':<70} {seconds:5.1f} s  {words}", flush=True)
    if noticed:
        return 2
    survived = []
    for fault in faults:
        killed, seconds, words = run(fault)
        if killed:
            remember(fault, words)
        else:
            survived.append(fault.name)
        print(
            f"{'killed  ' if killed else 'SURVIVED'} {fault.name:<61} {seconds:5.1f} s  {words}", flush=True
        )
    print(f"{len(faults)} faults, {len(faults) - len(survived)} noticed, {len(survived)} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
