"""Sets the program up with what its tests need and runs them: `python tools/check.py [--fast]`.

`--fast` leaves out the tests marked slow. All other arguments go to pytest; naming a test runs it alone, in one
process, so that its output can be followed.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Regiemap heeft Python 3.11 of nieuwer nodig. Dit is Python " + sys.version.split()[0] + ".")

import os
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.environment import ROOT, SetupProblem, hand_over, prepare

# Each process derives keys of its own: more than a few fight for memory, not for cores.
MOST_PROCESSES = 4


def pytest_arguments(arguments: list[str]) -> list[str]:
    """Return pytest's command line for ours."""
    own = [argument for argument in arguments if argument != "--fast"]
    choice = ["-m", "not slow"] if "--fast" in arguments else []
    names_a_test = any((ROOT / argument.split("::")[0]).exists() for argument in own)
    spread = [] if names_a_test else ["-n", "auto", f"--maxprocesses={MOST_PROCESSES}"]
    return [*choice, *spread, *own]


def main(arguments: list[str]) -> None:
    """Prepare the environment and become the test run."""
    try:
        python = prepare("dev", with_window=False)
    except SetupProblem as problem:
        sys.exit(str(problem))
    os.chdir(ROOT)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    hand_over(python, ["-m", "pytest", *pytest_arguments(arguments)], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
