"""Two states of one request that two laptops wrote side by side: neither counts until a person says which one holds.

The rule (`request_view.side_by_side`) needs the events and who wrote them, nothing else: it is the same everywhere.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.dated_event import bare_code, day_of
from app.domain.kinds.request import Request, RequestEvent
from app.i18n import _, formats, language
from app.services.clear_up_words import written
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.reading import disputed
from app.services.request_view import side_by_side, track_of
from app.services.session import Session
from app.storage.uow import read, read_where

HOLDS = "holds-"

_SHARED = (
    "SELECT e.request FROM r_request_event e JOIN j_op o ON o.rec = unhex(e.id) AND o.parents IS NULL"
    " JOIN j_stream s ON s.no = o.stream WHERE e.request IS NOT NULL AND e.scope IN (SELECT value FROM json_each(?))"
    " GROUP BY e.request HAVING count(DISTINCT s.device) > 1 ORDER BY e.request"
)


def requests(conn: Connection, session: Session, shared: str) -> Iterator[Matter]:
    """Every request that stands in two states. `shared`: the scopes that several laptops wrote in, as JSON."""
    for request in conn.exec_driver_sql(_SHARED, (shared,)).scalars().all():
        found = read(conn, Request, request)
        if found is not None:
            yield from _of_request(conn, session, found)


def _of_request(conn: Connection, session: Session, request: Request) -> Iterator[Matter]:
    events = {
        event.id: event for event in read_where(conn, RequestEvent, "request = ? ORDER BY id", (request.id,))
    }
    track = track_of(session.content, request)
    pair = side_by_side(conn, track, events.values(), disputed(conn, events))
    if not pair:
        return
    title = conn.exec_driver_sql("SELECT title FROM r_dossier WHERE id = ?", (request.scope,)).scalar()
    said = {}
    for event in pair:
        state, on = track.states[bare_code(events[event].event or "")], day_of(events[event].on)
        said[event] = ", ".join((state.label(language()), formats.fact(on) if on else _("day unknown")))
    yield Matter(
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
