"""What a second process does for the import of a large file: it hashes the ops that are written, and looks for persons
who stand in the file twice (ADR 0020, `app/storage/apart.py`).

It is run as a file or by the frozen program. Beside it the first process reads the file and writes the tables.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

WORD: Final = "--reckon-import"
"""With this argument a frozen program does only this (`main.py`)."""
TIPS, LOOK = "tips", "look"


def jobs() -> dict[str, Callable[[Any], Any]]:
    """By name what it does: see there."""
    from app.domain.canon import tips
    from app.matching.among import look_among

    return {TIPS: tips, LOOK: look_among}


def main() -> int:
    """Do what is asked until nothing more is."""
    from app.storage.apart import serve

    gc.disable()  # it lives for seconds, and makes nothing that hangs together in a circle
    try:
        serve(jobs(), sys.stdin.buffer, sys.stdout.buffer)
    except Exception:  # noqa: BLE001 - the program that started this one does it again, and says what is wrong
        return 1
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main())
