"""A request as its page shows it: the request with what follows from it, whose it is, and who was asked what."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.kinds.person import Person
from app.domain.kinds.request import Request
from app.domain.kinds.sensitive import AsylumCheck
from app.domain.person_name import PersonName
from app.services.families import name_of
from app.services.reading import by_id
from app.services.request_view import NoSuchRequest, RequestView, last_asylum_check, views_in
from app.services.session import Session
from app.storage.uow import read as read_record


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """`persons` by id in the order chosen; `place` of `many` requests of the dossier, counted from 1.

    `asked`: the last answer about asylum per person. `followed_by`: the id of a request that follows this one.
    """

    view: RequestView
    family: str
    family_native: str
    persons: Mapping[str, PersonName]
    place: int
    many: int
    asked: Mapping[str, AsylumCheck]
    followed_by: str = ""


def read(session: Session, request: str) -> RequestPage:
    """Raises `NoSuchRequest`."""
    with session.store.read() as conn:
        found = read_record(conn, Request, request)
        if found is None:
            raise NoSuchRequest
        views = views_in(conn, session, [found.scope])[found.scope]
        at = next((at for at, view in enumerate(views) if view.request.id == request), -1)
        if at < 0:
            raise NoSuchRequest
        view = views[at]
        people = by_id(conn, Person, view.persons)
        head = conn.exec_driver_sql(
            "SELECT title, title_native FROM d_summary WHERE dossier = ?", (found.scope,)
        ).first()
        asked = {person: last_asylum_check(conn, person) for person in view.persons}
    return RequestPage(
        view=view,
        family=head[0] if head else "",
        family_native=head[1] if head else "",
        persons={person: name_of(people[person]) for person in view.persons if person in people},
        place=at + 1,
        many=len(views),
        asked={person: row for person, row in asked.items() if row is not None},
        followed_by=next((each.request.id for each in views if each.request.follows == request), ""),
    )
