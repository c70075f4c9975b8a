"""Two states of one request that two laptops wrote side by side: neither counts until a person says which one holds.

The rule (`request_view.in_two_states`) needs the events and who wrote them, nothing else: it is the same everywhere.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.dated_event import bare_code, day_of
from app.domain.kinds.request import Request, RequestEvent
from app.i18n import _, formats, language
from app.services.clear_up_words import written
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.request_view import in_two_states, track_of
from app.services.session import Session
from app.storage.uow import read

HOLDS = "holds-"


def requests(conn: Connection, session: Session) -> Iterator[Matter]:
    """Every request that stands in two states."""
    for pair in in_two_states(conn, session).values():
        events = [read(conn, RequestEvent, event) for event in pair]
        request = read(conn, Request, events[0].request or "") if events[0] is not None else None
        if request is not None:
            yield _matter(conn, session, request, [event for event in events if event is not None])


def _matter(conn: Connection, session: Session, request: Request, events: list[RequestEvent]) -> Matter:
    track, pair = track_of(session.content, request), tuple(event.id for event in events)
    title = conn.exec_driver_sql("SELECT title FROM r_dossier WHERE id = ?", (request.scope,)).scalar()
    said = {}
    for event in events:
        state, on = track.states[bare_code(event.event or "")], day_of(event.on)
        said[event.id] = ", ".join((state.label(language()), formats.fact(on) if on else _("day unknown")))
    return Matter(
        id=matter_id("request", request.id, *pair),
        kind="request",
        title=_("A request in two states"),
        about=session.content.label(request.country or "", language()),
        family=str(title or ""),
        dossier=request.scope,
        words=" / ".join(said.values()),
        explanation=_(
            "Two of you wrote a state without knowing of the other. The one that does not hold is removed."
            " If both happened, mend a day or write the next state."
        ),
        answers=tuple(
            Answer(
                code=f"{HOLDS}{event}",
                words=_("%(state)s holds", state=said[event]),
                note=written(conn, event),
            )
            for event in pair
        ),
        subject=pair,
    )


def hold(session: Session, matter: Matter, code: str) -> None:
    """Let one of the two states hold. Raises `NoSuchMatter`."""
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        for event in matter.subject:
            if event != code.removeprefix(HOLDS):
                found = read(uow.conn, RequestEvent, event)
                if found is None:
                    raise NoSuchMatter
                uow.delete(found)
