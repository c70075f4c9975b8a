"""What is written down has happened: a day that is still to come is refused, at its field."""

from collections.abc import Iterator

from app.domain.dated_event import day_of
from app.domain.entry import FieldProblem, NotYet, record_problems, wrong_at
from app.domain.record import Record
from app.services.session import Session


def future_days(session: Session, record: Record, *fields: str) -> Iterator[FieldProblem]:
    """The days among these fields that lie after today."""
    for name in fields:
        day = day_of(getattr(record, name))
        if day is not None and day > session.today:
            yield wrong_at(record, name, NotYet())


def happened_problems(session: Session, record: Record, *fields: str) -> Iterator[FieldProblem]:
    """All that is wrong with a record, days of these fields that are still to come among it."""
    yield from record_problems(record)
    yield from future_days(session, record, *fields)
