"""Forgets extracts of colleagues after their last day, without a trace on disk."""

from datetime import date

from app.storage.store import Store


def remove_ended(store: Store, today: date) -> int:
    """Remove what may not be read any more; returns how many. A store that is only read keeps it, and shows it not."""
    if store.read_only:
        return 0
    with store.read() as conn:
        sql = "SELECT count(*) FROM l_extract WHERE ends_on < ?"
        count = int(conn.exec_driver_sql(sql, (today.isoformat(),)).scalar_one())
    if count:
        with store.local() as conn:
            conn.exec_driver_sql("DELETE FROM l_extract WHERE ends_on < ?", (today.isoformat(),))
        store.empty_log()
    return count
