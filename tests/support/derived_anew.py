"""Lists, agenda and what is found by are held against the same made anew, after whatever a test did."""

from typing import Any

from app.storage import search
from app.storage.store import Store
from app.storage.tables import metadata

NUMBERS = {"d_summary": ("no",), "d_person": ("no", "line", "dossier", "person")}


def _columns(table: str, alias: str) -> str:
    """All that are no numbers of this store."""
    names = (column.name for column in metadata.tables[table].columns)
    return ", ".join(f"{alias}.{name}" for name in names if name not in NUMBERS[table])


DERIVED = {
    "d_search_text": search.ALL_TEXTS,
    "d_summary": f"SELECT n.id, {_columns('d_summary', 's')} FROM d_summary s JOIN d_scope n ON n.no = s.no",
    "d_person": f"SELECT l.membership, d.id, s.id, {_columns('d_person', 'p')} FROM d_person p"
    " JOIN d_person l ON l.no = p.line JOIN d_scope d ON d.no = p.dossier JOIN d_scope s ON s.no = p.person",
    "d_agenda": "SELECT dossier, due_on, warn_on, at_time, what, about, person, detail FROM d_agenda",
    "d_person_key": "SELECT * FROM d_person_key",
}
"""Every derived table, and what it says: numbers of this store stand for what they name."""


def derived_is_true(store: Store) -> None:
    """Fails with the rows that are too many or too few; afterwards all is made anew."""
    before = _derived(store)
    with store.local() as conn:
        for table in (*DERIVED, "d_scope"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
    store.refresh_all()
    after = _derived(store)
    for table in DERIVED:
        more, less = before[table] - after[table], after[table] - before[table]
        assert not more | less, (table, "left", more, "missing", less)


def _derived(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    with store.read() as conn:
        return {table: set(map(tuple, conn.exec_driver_sql(sql))) for table, sql in DERIVED.items()}
