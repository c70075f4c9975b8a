"""python tools/schema_lock.py [check|grow N]: keep resources/schema.lock in step with the declarations.

`grow N` adds new kinds and fields as of schema number N; `check` fails when the file does not say what the
declarations say, or when they would take something away.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.storage import schema_lock


def main(arguments: list[str]) -> int:
    """Exit code 0 when the lock is, or was made, true; 1 otherwise."""
    locked = schema_lock.read() if schema_lock.PATH.exists() else ()
    try:
        wanted = schema_lock.grown(locked, int(arguments[1]) if arguments[:1] == ["grow"] else 0)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    if arguments[:1] == ["grow"]:
        schema_lock.PATH.write_text(schema_lock.text(wanted), encoding="utf-8")
    elif wanted != locked:
        print("schema.lock does not know all declarations: run tools/schema_lock.py grow N", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
