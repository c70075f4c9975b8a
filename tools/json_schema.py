"""python tools/json_schema.py [write|check]: the published schema and example of the open JSON form.

`write` makes `resources/schema/dossiers-1.schema.json` from the declarations and `voorbeeld.json` from records in
a store; `check` fails when either is not what it would be made now.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.config.paths import RESOURCES
from app.files.dossier_json_schema import schema
from tools.json_example import example

FOLDER = RESOURCES / "schema"


def wanted() -> dict[Path, str]:
    """The files as they should be."""
    return {
        FOLDER / "dossiers-1.schema.json": json.dumps(schema(), ensure_ascii=False, indent=1) + "\n",
        FOLDER / "voorbeeld.json": example(),
    }


def main(arguments: list[str]) -> int:
    """Exit code 0 when the files are, or were made, true; 1 otherwise; 2 for wrong use."""
    if arguments not in (["write"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for path, text in wanted().items():
        if arguments == ["write"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        elif not path.exists() or path.read_bytes() != text.encode():
            stale.append(path.name)
    if stale:
        print(f"not up to date: {', '.join(stale)}; run tools/json_schema.py write", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
