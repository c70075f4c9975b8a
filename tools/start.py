"""Sets the program up if needed and starts it: `python tools/start.py [--demo]`, with any Python from 3.11 on.

All arguments go to `main.py`, so commands without a window work too: `python tools/start.py agenda STORE`.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Regiemap heeft Python 3.11 of nieuwer nodig. Dit is Python " + sys.version.split()[0] + ".")

import os
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.environment import ROOT, SetupProblem, hand_over, prepare


def main(arguments: list[str]) -> None:
    """Prepare the environment and become the program."""
    try:
        python = prepare("run", with_window=True)
    except SetupProblem as problem:
        sys.exit(str(problem))
    hand_over(python, [str(ROOT / "main.py"), *arguments], os.environ)


if __name__ == "__main__":
    main(sys.argv[1:])
