"""Compiles the content packs, for the set-up command: `python -m app.content.compile [FOLDER]`. Exit 0, 1 wrong."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.config.paths import RESOURCES
from app.content import compiled
from app.content.load import PACK_NAMES
from app.content.pack import read_source
from app.content.problem import ContentProblem
from app.i18n import problem_text


def main(arguments: Sequence[str]) -> int:
    """Read, check and compile every pack. The program runs without, so a folder that takes no writing is no fault."""
    folder = Path(arguments[0]) if arguments else RESOURCES / "content"
    try:
        for name in PACK_NAMES:
            path = folder / f"{name}.toml"
            source, canonical = read_source(path)
            compiled.write(path, source, canonical)
    except ContentProblem as found:
        print(problem_text(found), file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{compiled.FOLDER}: {problem.strerror}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
