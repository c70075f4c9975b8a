"""python tools/freeze_schema.py: write the first revision's SQL from the declarations (before a first release only).

After a release a revision is never written again; a later one holds the ALTER and CREATE statements it adds.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.storage.schema_sql import all_sql


def main() -> int:
    """Write the file and say how many statements it holds."""
    statements = all_sql()
    target = ROOT / "app" / "storage" / "migrations" / "versions" / "0001_first.sql"
    target.write_text(";\n".join(statements) + ";\n", encoding="utf-8")
    print(f"{len(statements)} statements")
    return 0


if __name__ == "__main__":
    sys.exit(main())
