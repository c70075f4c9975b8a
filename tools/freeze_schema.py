"""python tools/freeze_schema.py: write the latest revision's SQL from the declarations (until it is on `main` only).

The statements are what the declarations have beyond the revisions before: new tables whole, new columns added, and
what is derived (tables d_…) dropped and made anew where it is otherwise: it is filled anew anyway. Whoever follows
`main` may have a store of it: from then on a revision is never written again, and the next one gets a file of its own.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import Table

from app.storage.schema_sql import SEARCH_TRIGGERS, table_sql
from app.storage.tables import SEARCH_SQL, metadata, search_text

VERSIONS = ROOT / "app" / "storage" / "migrations" / "versions"


def main() -> int:
    """Write the file and say how many statements it holds."""
    *earlier, latest = sorted(VERSIONS.glob("*.sql"))
    before = "".join(path.read_text(encoding="utf-8") for path in earlier)
    tables = {
        line.split(" ", 3)[2].strip('"'): line for line in before.split(";\n") if "CREATE TABLE" in line
    }
    statements = []
    for table in metadata.sorted_tables:
        if table.name not in tables:
            statements += table_sql(table)
            continue
        if table.name.startswith("d_"):
            statements += made_otherwise(table, before)
            continue
        statements += added_columns(table, tables[table.name], before)
        statements += [made for made in table_sql(table) if "CREATE INDEX" in made and made not in before]
    latest.write_text(";\n".join(statements) + ";\n", encoding="utf-8")
    print(f"{latest.name}: {len(statements)} statements")
    return 0


def made_otherwise(table: Table, before: str) -> list[str]:
    """DROP and CREATE for a derived table that is not what it was, with the two indexes over the texts of `search`."""
    if table_sql(table)[0] in before:
        names = {index.name for index in table.indexes}
        made_before = re.findall(rf"^CREATE INDEX (\S+) ON {table.name} ", before, re.MULTILINE)
        drops = [f"DROP INDEX {name}" for name in made_before if name not in names]
        return [*drops, *(made for made in table_sql(table) if made not in before)]
    if table is not search_text:
        return [f"DROP TABLE {table.name}", *table_sql(table)]
    drops = [f"DROP TABLE {name}" for name in ("d_search_word", "d_search_part", table.name)]
    return [*drops, *table_sql(table), *SEARCH_SQL, *SEARCH_TRIGGERS]


def added_columns(table: Table, made_by: str, before: str) -> list[str]:
    """ALTER statements for the columns that neither the CREATE statement `made_by` nor a later one has."""
    columns = made_by.replace('"', "").split("(", 1)[1]
    names = {part.split()[0] for part in columns.split(",") if part.strip()}
    added = [
        f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {column.type}'
        for column in table.columns
        if column.name not in names
    ]
    return [statement for statement in added if statement not in before]


if __name__ == "__main__":
    sys.exit(main())
