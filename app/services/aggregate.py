"""Several records that a form holds together: what was read and what is wanted, compared by id."""

from collections.abc import Iterable

from app.domain.entry import check
from app.domain.record import Record
from app.storage.uow import UnitOfWork


def save_all(uow: UnitOfWork, before: Iterable[Record], after: Iterable[Record]) -> None:
    """Add what is new, change what differs, remove what is no longer there. Raises `EntryRefused`."""
    wanted = {record.id: record for record in after}
    check(*wanted.values())
    for was in before:
        now = wanted.pop(was.id, None)
        if now is None:
            uow.delete(was)
        else:
            uow.save(was, now)
    for record in wanted.values():
        uow.add(record)
