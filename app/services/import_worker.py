"""What a second process does for the import of a large file: it hashes the ops that are written, and looks for persons
who stand in the file twice (ADR 0020, `app/storage/apart.py`).

It is run as a file or by the frozen program. Beside it the first process reads the file and writes the tables.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

WORD: Final = "--reckon-import"
"""With this argument a frozen program does only this (`main.py`)."""
TIPS, LOOK = "tips", "look"


def jobs() -> dict[str, Callable[[Any], Any]]:
    """By name what it does: see there."""
    from app.domain.canon import tips
    from app.matching.among import look_among

    return {TIPS: tips, LOOK: look_among}


def work(source: IO[bytes], out: IO[bytes]) -> None:
    """Do what is asked until nothing more is."""
    from app.storage.apart import serve

    serve(jobs(), source, out)


def main() -> int:
    """As `run` says."""
    from app.storage.second_process import run

    return run(work)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
