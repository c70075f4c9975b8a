"""Two states of one request that two laptops wrote side by side: neither counts until a person says which one holds.

The rule (`request_view.in_two_states`) needs the events and who wrote them, nothing else: it is the same everywhere.
States that the content pack foresees one after the other are one course, told by their days, and no matter: both
officers were right. Where both happened and the days say otherwise, the officer gives the order.
"""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.dated_event import bare_code, day_of
from app.domain.ident import new_id
from app.domain.kinds.request import Request, RequestEvent
from app.domain.request_track import Track
from app.i18n import _, formats, language
from app.services import record_names
from app.services.clear_up_words import written
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.request_view import in_two_states, load_in, track_of
from app.services.session import Session
from app.storage.uow import read

HOLDS, BOTH = "holds-", "both-"
"""Answers: this state holds; both happened, this one first."""


def requests(conn: Connection, session: Session) -> Iterator[Matter]:
    """Every request that stands in two states."""
    pairs = in_two_states(conn, session)
    named = record_names.names(conn, session, dict.fromkeys(pairs, "request"))
    for pair in pairs.values():
        events = [read(conn, RequestEvent, event) for event in pair]
        request = read(conn, Request, events[0].request or "") if events[0] is not None else None
        if request is not None:
            about = named.get(request.id, "")
            yield _matter(conn, session, request, about, [event for event in events if event is not None])


def title() -> str:
    """What a matter of this kind is called."""
    return _("A request in two states")


def _in_turn(
    conn: Connection, session: Session, request: Request, track: Track, events: list[RequestEvent]
) -> bool:
    """Whether the content pack foresees both in the other order, after the state that stood before them."""
    steps = load_in(conn, session, request.id).position.steps
    before = steps[-3].state if len(steps) > len(events) else None
    then, first = (bare_code(event.event or "") for event in events)
    return (before is None or first in before.next_codes) and then in track.states[first].next_codes


def _matter(
    conn: Connection, session: Session, request: Request, about: str, events: list[RequestEvent]
) -> Matter:
    track, pair = track_of(session.content, request), tuple(event.id for event in events)
    family = conn.exec_driver_sql("SELECT title FROM r_dossier WHERE id = ?", (request.scope,)).scalar()
    said = {}
    for event in events:
        state, on = track.states[bare_code(event.event or "")], day_of(event.on)
        said[event.id] = ", ".join((state.label(language()), formats.fact(on) if on else _("day unknown")))
    answers = [
        Answer(
            code=f"{HOLDS}{event.id}",
            words=_("%(state)s holds", state=said[event.id]),
            note=written(conn, event.id),
        )
        for event in events
    ]
    if len(events) == 2 and _in_turn(conn, session, request, track, events):
        then, first = events
        names = [track.states[bare_code(event.event or "")].label(language()) for event in (first, then)]
        answers.append(
            Answer(
                code=f"{BOTH}{first.id}",
                words=_("Both happened: first %(first)s, then %(then)s", first=names[0], then=names[1]),
                note=_(
                    "The day of %(then)s becomes unknown: you can fill it in at the request.", then=names[1]
                )
                if _contradicts(first, then)
                else "",
            )
        )
    return Matter(
        id=matter_id("request", request.id, *pair),
        kind="request",
        title=title(),
        about=about,
        family=str(family or ""),
        dossier=request.scope,
        words=" / ".join(said.values()),
        explanation=_(
            "Two of you wrote a state without knowing of the other. The one that does not hold is removed."
            " If both happened and no answer says so, mend a day or write the next state."
        ),
        answers=tuple(answers),
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


def _contradicts(first: RequestEvent, then: RequestEvent) -> bool:
    """Whether the day of `then` cannot be what happened after `first`."""
    days = day_of(first.on), day_of(then.on)
    return days[0] is not None and days[1] is not None and days[1] < days[0]


def both(session: Session, matter: Matter, code: str) -> None:
    """Keep both, in the order given. Raises `NoSuchMatter`.

    On one day, and without a day, events stand in the order of writing down: the later one is written anew. A day that
    contradicts the order is not replaced by another but becomes unknown.
    """
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        chosen = code.removeprefix(BOTH)
        first = read(uow.conn, RequestEvent, chosen)
        then = next((read(uow.conn, RequestEvent, one) for one in matter.subject if one != chosen), None)
        if first is None or then is None:
            raise NoSuchMatter
        on = None if _contradicts(first, then) else then.on
        again = replace(then.with_values(on=on), id=new_id())
        if again.id < first.id:  # written by a laptop whose clock runs ahead
            uow.delete(first)
            first = uow.add(replace(first, id=new_id()))
            again = replace(again, id=new_id())
        uow.delete(then)
        uow.add(again)
