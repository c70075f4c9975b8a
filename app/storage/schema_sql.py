"""The statements that make every table of the present declarations: the frozen first revision is made of these."""

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from app.storage.tables import SEARCH_SQL, guard_sql, metadata

SEARCH_TRIGGERS = (
    (
        "CREATE TRIGGER d_search_add AFTER INSERT ON d_search_text BEGIN"
        " INSERT INTO d_search_word(rowid, body) VALUES (new.no, new.body);"
        " INSERT INTO d_search_part(rowid, body) VALUES (new.no, new.body); END"
    ),
    (
        "CREATE TRIGGER d_search_drop AFTER DELETE ON d_search_text BEGIN"
        " INSERT INTO d_search_word(d_search_word, rowid, body) VALUES ('delete', old.no, old.body);"
        " INSERT INTO d_search_part(d_search_part, rowid, body) VALUES ('delete', old.no, old.body); END"
    ),
    (
        "CREATE TRIGGER d_search_turn AFTER UPDATE ON d_search_text BEGIN"
        " INSERT INTO d_search_word(d_search_word, rowid, body) VALUES ('delete', old.no, old.body);"
        " INSERT INTO d_search_part(d_search_part, rowid, body) VALUES ('delete', old.no, old.body);"
        " INSERT INTO d_search_word(rowid, body) VALUES (new.no, new.body);"
        " INSERT INTO d_search_part(rowid, body) VALUES (new.no, new.body); END"
    ),
)


def table_sql(table: Table) -> list[str]:
    """CREATE statements of one table with its indexes and, for a record table, its guard."""
    sqlite = dialect()
    made = [str(CreateTable(table).compile(dialect=sqlite))]
    made += [
        str(CreateIndex(index).compile(dialect=sqlite))
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    made += guard_sql(table.name) if table.name.startswith("r_") else ()
    return [" ".join(statement.split()) for statement in made]


def all_sql() -> list[str]:
    """Everything for an empty database."""
    made = [statement for table in metadata.sorted_tables for statement in table_sql(table)]
    return made + list(SEARCH_SQL) + list(SEARCH_TRIGGERS)
