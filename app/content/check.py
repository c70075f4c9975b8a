"""Checks the content packs for CI: `python -m app.content.check [FOLDER]`. Exit 0, 1 wrong, 2 wrong use."""

import sys
from collections.abc import Sequence
from pathlib import Path

from app.content.across import check_across
from app.content.load import PACK_NAMES, load
from app.content.pack import read_source
from app.content.problem import ContentProblem
from app.i18n import problem_text

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "content"


def main(arguments: Sequence[str]) -> int:
    """Check one folder and say what was found; the sentence of a problem goes to stderr."""
    if len(arguments) > 1:
        print("python -m app.content.check [FOLDER]", file=sys.stderr)
        return 2
    try:
        folder = Path(arguments[0]) if arguments else FOLDER
        content = load(folder)
        for name in PACK_NAMES:  # the files themselves, not what was compiled of them
            read_source(folder / f"{name}.toml")
        check_across(content.packs)
    except ContentProblem as found:
        print(problem_text(found), file=sys.stderr)
        return 1
    for name, pack in content.packs.items():
        print(f"{name:<15} {pack.short_hash}  {len(pack.items):>4}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
