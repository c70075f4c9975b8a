"""Lists, agenda and what is found by are held against the same made anew, after whatever a test did."""

from typing import Any

from app.storage.store import Store

DERIVED = {
    "d_search_text": "SELECT rec, scope, body FROM d_search_text",
    "d_summary": "SELECT * FROM d_summary",
    "d_person": "SELECT * FROM d_person",
    "d_agenda": "SELECT dossier, due_on, warn_on, at_time, what, about, person, detail FROM d_agenda",
    "d_person_key": "SELECT * FROM d_person_key",
}
"""Every derived table, and what it says."""


def derived_is_true(store: Store) -> None:
    """Fails with the rows that are too many or too few; afterwards all is made anew."""
    before = _derived(store)
    with store.local() as conn:
        for table in DERIVED:
            conn.exec_driver_sql(f"DELETE FROM {table}")
    store.refresh_all()
    after = _derived(store)
    for table in DERIVED:
        more, less = before[table] - after[table], after[table] - before[table]
        assert not more | less, (table, "left", more, "missing", less)


def _derived(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    with store.read() as conn:
        return {table: set(map(tuple, conn.exec_driver_sql(sql))) for table, sql in DERIVED.items()}
