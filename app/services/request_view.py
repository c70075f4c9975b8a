"""Requests as they stand: each with what follows from its events (state, terms, gates). Only reading."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.content.load import Content
from app.domain.country import agreements_of, lengths_for
from app.domain.dated_event import Event, bare_code, day_of, in_order
from app.domain.errors import KnownProblem
from app.domain.kinds.request import Request, RequestEvent, RequestPerson, SetTerm
from app.domain.kinds.sensitive import AsylumCheck
from app.domain.record import Value
from app.domain.request_track import (
    Fact,
    GateStatus,
    GateView,
    Position,
    Track,
    gate_views,
    position,
    unforeseen_end,
)
from app.domain.term import DueTerm, ManualTerm, due_terms
from app.domain.words import N_
from app.services.reading import by_id, by_scope, disputed, scopes_of_several
from app.services.session import Session
from app.storage import shielding
from app.storage.uow import read, read_where

ASYLUM_RUNNING = "feit.asielaanvraag-loopt"
STATE = frozenset({"event"})
YES, NO = "antwoord.ja", "antwoord.nee"


class NoSuchRequest(KnownProblem):
    """The request is not in this store."""

    message = N_("This request is not in this store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request with everything that follows from its events, which stand in the order in which they happened.

    `persons` are ids in the order chosen, without those who may not show with this dossier. `open_fields`: per event
    the fields on which two values stand. `nobody_here`: all whom it is for have left the family.
    """

    request: Request
    persons: tuple[str, ...]
    events: tuple[RequestEvent, ...]
    track: Track
    position: Position
    terms: tuple[DueTerm, ...]
    gates: tuple[GateView, ...]
    open_fields: Mapping[str, frozenset[str]]
    nobody_here: bool = False

    @property
    def present_event(self) -> RequestEvent | None:
        """The event that brought the request where it stands; deeds after it do not count."""
        last = self.position.steps[-1].event.id if self.position.steps else ""
        return next((event for event in self.events if event.id == last), None)

    def gates_before(self, code: str) -> tuple[GateView, ...]:
        """The gates that are not open and stand before a state or deed."""
        return tuple(
            view for view in self.gates if code in view.gate.before and view.status is not GateStatus.OPEN
        )


def load(session: Session, request: str) -> RequestView:
    """A request as it stands. Raises `NoSuchRequest`."""
    with session.store.read() as conn:
        return load_in(conn, session, request)


def load_in(conn: Connection, session: Session, request: str) -> RequestView:
    """`load` within a transaction of the caller."""
    found = read(conn, Request, request)
    if found is None:
        raise NoSuchRequest
    views = views_in(conn, session, [found.scope], only=request)[found.scope]
    if not views:
        raise NoSuchRequest
    return views[0]


def of_dossier(session: Session, dossier: str) -> tuple[RequestView, ...]:
    """The requests of a dossier, oldest first."""
    with session.store.read() as conn:
        return tuple(views_in(conn, session, [dossier])[dossier])


def views_in(
    conn: Connection, session: Session, dossiers: Sequence[str], *, only: str = ""
) -> dict[str, list[RequestView]]:
    """The requests of several dossiers in a few statements; gates are judged for a single dossier only.

    A request for nobody but persons who may not show with the dossier is left out.
    """
    content = session.content
    requests = by_scope(conn, Request, dossiers)
    persons = by_scope(conn, RequestPerson, dossiers)
    events = by_scope(
        conn, RequestEvent, dossiers
    )  # by id: the order of writing down, which `in_order` needs
    terms = by_scope(conn, SetTerm, dossiers)
    open_ = disputed(conn, [event.id for rows in events.values() for event in rows])
    several = of_several(conn, dossiers)
    asked = [dossier for dossier in dossiers if requests[dossier]]
    hidden_from, left_from = shielding.hidden_from_each(conn, asked), shielding.left_each(conn, asked)
    found: dict[str, list[RequestView]] = {}
    for dossier in dossiers:
        found[dossier] = []
        for request in requests[dossier]:
            hidden, left = hidden_from[dossier], left_from[dossier]
            everybody = [row.person for row in persons[dossier] if row.request == request.id and row.person]
            who = tuple(person for person in everybody if person not in hidden)
            if (only and request.id != only) or (everybody and not who):
                continue
            mine = tuple(event for event in events[dossier] if event.request == request.id)
            by_hand = [term for term in terms[dossier] if term.about == request.id]
            facts = asylum_facts_in(conn, who) if len(dossiers) == 1 else {}
            track = track_of(content, request)
            aside = side_by_side(conn, track, mine, open_) if request.id in several else ()
            unsure = {**dict.fromkeys(aside, STATE), **open_}
            view = _view(content, request, who, mine, by_hand, facts, unsure)
            gone = bool(everybody) and left.issuperset(everybody)
            found[dossier].append(replace(view, nobody_here=gone))
    return found


def _view(
    content: Content,
    request: Request,
    persons: tuple[str, ...],
    events: tuple[RequestEvent, ...],
    by_hand: Iterable[SetTerm],
    facts: Mapping[str, Fact],
    open_: Mapping[str, frozenset[str]],
) -> RequestView:
    track = track_of(content, request)
    dated = in_order(dated_events(events, open_))
    where = position(track, dated)
    country = content.countries.get(bare_code(request.country or ""))
    usable = agreements_of(country.code, content.agreements) if country else ()
    by_id = {event.id: event for event in events}
    return RequestView(
        request=request,
        persons=persons,
        events=tuple(by_id[event.id] for event in dated),
        track=track,
        position=where,
        terms=()
        if where.is_ended
        else due_terms(
            content.terms_of(track.code),
            dated,
            calendar=content.work_calendar,
            is_paused=where.is_paused,
            lengths=lengths_for(country, request.representation or "", usable),
            manual=_by_hand(by_hand),
        ),
        gates=gate_views(track, dated, facts),
        open_fields={event.id: open_[event.id] for event in events if event.id in open_},
    )


def side_by_side(
    conn: Connection, track: Track, events: Iterable[RequestEvent], open_: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """The two states that two laptops wrote without knowing of each other, in the order of their days; () if none.

    Until a person chooses, neither counts (settled rule 10).
    """
    pair = unforeseen_end(position(track, dated_events(events, open_)))
    ids = tuple(event.id for event in pair or ())
    return ids if len(_writers(conn, ids)) > 1 else ()


_OF_SEVERAL = (
    "SELECT e.request FROM r_request_event e JOIN j_op o ON o.rec = unhex(e.id) AND o.parents IS NULL"
    " JOIN j_stream s ON s.no = o.stream WHERE e.request IS NOT NULL AND e.scope IN (SELECT value FROM json_each(?))"
    " GROUP BY e.request HAVING count(DISTINCT s.device) > 1 ORDER BY e.request"
)


_OF_THESE = "request IN (SELECT value FROM json_each(?)) ORDER BY id"


def of_several(conn: Connection, dossiers: Sequence[str]) -> frozenset[str]:
    """The requests of these dossiers whose events more than one laptop wrote: only they can stand in two states."""
    if not several_laptops(conn):
        return frozenset()
    return frozenset(conn.exec_driver_sql(_OF_SEVERAL, (json.dumps(dossiers),)).scalars())


def in_two_states(
    conn: Connection, session: Session, dossiers: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Each request with the two states that were written side by side, of these dossiers or of all."""
    if not several_laptops(conn):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    requests = by_id(conn, Request, of_several(conn, dossiers or scopes_of_several(conn)))
    events: dict[str, list[RequestEvent]] = {request: [] for request in requests}
    for event in read_where(conn, RequestEvent, _OF_THESE, (json.dumps(list(requests)),)):
        events[event.request or ""].append(event)
    open_ = disputed(conn, [event.id for rows in events.values() for event in rows])
    for request in requests.values():
        pair = side_by_side(conn, track_of(session.content, request), events[request.id], open_)
        if pair:
            found[request.id] = pair
    return found


def several_laptops(conn: Connection) -> bool:
    """Whether anything here may be of another laptop."""
    return bool(conn.exec_driver_sql("SELECT count(*) > 1 FROM j_device").scalar_one())


def _writers(conn: Connection, events: Sequence[str]) -> set[int]:
    """The laptops on which these events were written down."""
    if not events:
        return set()
    marks = ",".join("?" * len(events))
    sql = (
        "SELECT DISTINCT s.device FROM j_op o JOIN j_stream s ON s.no = o.stream"
        f" WHERE o.parents IS NULL AND o.rec IN ({marks})"
    )
    return set(conn.exec_driver_sql(sql, tuple(map(bytes.fromhex, events))).scalars())


def _by_hand(terms: Iterable[SetTerm]) -> dict[str, ManualTerm]:
    found = {}
    for term in terms:
        due = day_of(term.due_on)
        if due is not None:
            found[bare_code(term.term or "")] = ManualTerm(due, term.reason or "")
    return found


def asylum_facts(session: Session, persons: Sequence[str]) -> dict[str, Fact]:
    """Whether an asylum application is running for any of these persons, as last asked."""
    with session.store.read() as conn:
        return asylum_facts_in(conn, persons)


def asylum_facts_in(conn: Connection, persons: Sequence[str]) -> dict[str, Fact]:
    """Yes for one is yes for the request; no only when it is no for everybody, as of the oldest answer."""
    last = [last_asylum_check(conn, person) for person in persons]
    answers = [bare_code(row.answer or "") if row is not None else "" for row in last]
    open_ = disputed(conn, [row.id for row in last if row is not None])
    days = [day_of(row.checked_on) for row in last if row is not None]
    known = [day for day in days if day is not None]
    answer = YES if YES in answers else NO if answers and all(each == NO for each in answers) else ""
    return {
        ASYLUM_RUNNING: Fact(answer=answer, checked_on=min(known) if known else None, disputed=bool(open_))
    }


def last_asylum_check(conn: Connection, person: str) -> AsylumCheck | None:
    """The latest answer for a person, None when nobody asked yet."""
    found = read_where(conn, AsylumCheck, "scope = ? ORDER BY checked_on DESC, id DESC LIMIT 1", (person,))
    return found[0] if found else None


def track_of(content: Content, request: Request) -> Track:
    """The track of a request; one without a track is a laissez-passer request."""
    return content.tracks[bare_code(request.track or "spoor.lp").removeprefix("spoor.")]


def dated_events(events: Iterable[RequestEvent], open_: Mapping[str, frozenset[str]]) -> tuple[Event, ...]:
    """The events as the track reads them, in the order given."""
    return tuple(
        Event(
            code=bare_code(event.event or ""),
            on=day_of(event.on),
            fields=texts(event.values()),
            disputed=event.id in open_,
            id=event.id,
        )
        for event in events
    )


def texts(values: Mapping[str, Value]) -> dict[str, str]:
    """The fields that hold something, as the track reads them."""
    return {name: str(value) for name, value in values.items() if value is not None and value != ""}


def unknown_names(names: str | None) -> frozenset[str]:
    """The fields that were said to be unknown, kept as names with commas between."""
    return frozenset(name for name in (names or "").split(",") if name)
