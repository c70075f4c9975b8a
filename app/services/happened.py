"""What is written down has happened: a day that is still to come is refused, at its field."""

from app.domain.dated_event import day_of
from app.domain.entry import NotYet, refused_at
from app.domain.record import Record
from app.services.session import Session


def refuse_future(session: Session, record: Record, *fields: str) -> None:
    """Raise `EntryRefused` for the first of these day fields that lies after today."""
    for name in fields:
        day = day_of(getattr(record, name))
        if day is not None and day > session.today:
            raise refused_at(record, name, NotYet())
