"""Makes the agenda lines of dossiers from their records: terms, talks, agreements, departures and papers.

A line keeps codes and ids; words are made when it is shown, days late when it is read. Nothing here asks what day it
is, so that lines made yesterday are true today.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.content.load import Content
from app.domain import travel_paper
from app.domain.dated_event import Event, bare_code
from app.domain.kinds.departure import Departure, Flight, Receiver
from app.domain.kinds.dossier import Handover, Todo
from app.domain.kinds.person import Original
from app.domain.kinds.talk import Agreement, Talk
from app.domain.term import DueTerm, TermStatus, due_terms
from app.i18n.formats import local
from app.services.reading import by_scope, disputed, known_by_scope
from app.services.request_view import RequestView
from app.storage.plain_rows import plain_rows
from app.storage.shielding import hidden, only_hidden

TERM, TALK, REPORT, AGREEMENT, TODO = "term", "talk", "report", "agreement", "todo"
FLIGHT, PRESENTATION, TRANSFER, EXPIRY = "flight", "presentation", "transfer", "expiry"
DEPARTURE_TERM = "departure-term"
RETURN = "handover-return"

ACCEPTED = "overdracht.aanvaard"
EXPIRY_TERM, REPORT_TERM = "termijn.lp-verloopt", "termijn.verslag"
PLANNED = {"lp.presentatie-gepland": PRESENTATION, "to.overdracht-aangekondigd": TRANSFER}
"""States that wait for an appointment, and what the appointment is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line as stored. Days are texts; `warn_on` is when it first asks attention."""

    what: str
    about: str
    due_on: str
    warn_on: str | None = None
    at_time: str | None = None
    detail: str | None = None
    person: str | None = None


_TO_COME = "cancelled_on IS NULL AND departed_on IS NULL AND NOT " + only_hidden(
    "departure", "r_departure.id", "r_departure.scope"
)
_TALKS = f"cancelled_at IS NULL AND NOT {only_hidden('talk', 'r_talk.id', 'r_talk.scope')}"
_TODOS = f"done_on IS NULL AND NOT {hidden('r_todo.person', 'r_todo.scope')}"
_PRESENT = (
    f"to_on IS NULL AND person IS NOT NULL AND NOT {hidden('r_membership.person', 'r_membership.scope')}"
)
_MEMBERS = (
    "SELECT scope, person FROM r_membership WHERE scope IN (SELECT value FROM json_each(?))"
    f" AND person <> '' AND {_PRESENT} ORDER BY id"
)

Papers = dict[str, dict[str, Original | None]]
"""By dossier and member: the travel document that counts, None without one."""


def lines(
    conn: Connection,
    content: Content,
    dossiers: Sequence[str],
    views: dict[str, list[RequestView]],
    papers: Papers,
) -> dict[str, list[Row]]:
    """All lines of these dossiers."""
    rows: dict[str, list[Row]] = {
        dossier: [row for view in views[dossier] for row in of_request(view)] for dossier in dossiers
    }
    for dossier, talks in known_by_scope(conn, Talk, dossiers, where=_TALKS).items():
        rows[dossier] += [row for talk in talks for row in of_talk(talk, content)]
    for dossier, found in known_by_scope(conn, Agreement, dossiers, where="done_on IS NULL").items():
        rows[dossier] += [
            _row(AGREEMENT, each.id, each.due_on, _agreed(each)) for each in found if each.due_on
        ]
    for dossier, todos in known_by_scope(conn, Todo, dossiers, where=_TODOS).items():
        rows[dossier] += [_row(TODO, each.id, each.due_on, each.what) for each in todos if each.due_on]
    for dossier, more in _of_departures(conn, content, dossiers).items():
        rows[dossier] += more
    for dossier, steps in known_by_scope(conn, Handover, dossiers).items():
        rows[dossier] += _of_handover(steps, _owners(conn, dossier) if steps else frozenset())
    for dossier in dossiers:
        rows[dossier] += _of_papers(content, papers[dossier], views[dossier])
    return rows


def of_request(view: RequestView) -> Iterator[Row]:
    """Its running terms, and the appointment that its present state waits for."""
    for term in view.terms:
        if term.status is TermStatus.RUNNING and term.due_on is not None:
            yield _term_row(TERM, view.request.id, term, detail=term.code)
    present, state = view.present_event, view.position.state
    if present is None or state is None:
        return
    what = PLANNED.get(state.code)
    if what is not None and present.planned_at:
        yield _row(what, view.request.id, present.planned_at, present.place)


def of_talk(talk: Talk, content: Content) -> Iterator[Row]:
    """A talk that is planned, or the report of one that was begun: due after the days of the content pack."""
    if talk.finished_at:
        return
    if not talk.started_at:
        if talk.planned_at:
            yield _row(TALK, talk.id, talk.planned_at, talk.kind)
        return
    held = local(talk.started_at).date()
    definition = [term for term in content.terms if term.code == REPORT_TERM]
    event = Event(code="gesprek.gehouden", on=held)
    for term in due_terms(definition, [event], calendar=content.work_calendar):
        due = term.due_on or held
        yield Row(
            what=REPORT, about=talk.id, due_on=due.isoformat(), warn_on=held.isoformat(), detail=talk.kind
        )


def _of_handover(steps: Sequence[Handover], owners: frozenset[str]) -> Iterator[Row]:
    """The day on which a family that was taken over for a while goes back, as long as that officer has it.

    Ids of records sort by the moment they were made, but those of answers are derived: the offers give the order.
    """
    accepted = {each.offer: each for each in steps if bare_code(each.step or "") == ACCEPTED}
    taken = [each for each in sorted(steps, key=lambda each: each.id) if each.id in accepted]
    if taken and taken[-1].returns_on and accepted[taken[-1].id].officer in owners:
        yield Row(what=RETURN, about=taken[-1].id, due_on=taken[-1].returns_on)


def _owners(conn: Connection, dossier: str) -> frozenset[str]:
    sql = "SELECT officer FROM r_owner WHERE scope = ? AND to_on IS NULL"
    return frozenset(conn.exec_driver_sql(sql, (dossier,)).scalars())


def _of_departures(conn: Connection, content: Content, dossiers: Sequence[str]) -> dict[str, list[Row]]:
    """The day of each departure that is still to come, and what must be done so long before the first flight."""
    open_ = known_by_scope(conn, Departure, dossiers, where=_TO_COME)
    flights = known_by_scope(conn, Flight, dossiers, order="position, id", where="departs_at IS NOT NULL")
    receivers = known_by_scope(conn, Receiver, dossiers)
    rows: dict[str, list[Row]] = {dossier: [] for dossier in dossiers}
    for dossier, departures in open_.items():
        for departure in departures:
            first = next((each for each in flights[dossier] if each.departure == departure.id), None)
            if first is not None and first.departs_at:
                rows[dossier].append(_row(FLIGHT, departure.id, first.departs_at, first.flight_number))
                mine = [each for each in receivers[dossier] if each.departure == departure.id]
                rows[dossier] += _before_flight(content, departure, first.departs_at, mine)
            elif departure.planned_on:
                rows[dossier].append(_row(FLIGHT, departure.id, departure.planned_on))
    return rows


def _before_flight(
    content: Content, departure: Departure, departs_at: str, receivers: list[Receiver]
) -> Iterator[Row]:
    """The terms of a departure, counted back from the flight."""
    events = [Event(code="vertrek.vlucht", fields={"at": departs_at})]
    if departure.checked_on:
        events.append(Event(code="vertrek.gecheckt"))
    first = [each for each in receivers if (each.position or 1) == 1]
    if first and all(each.reconfirmed_at for each in first):
        events.append(Event(code="vertrek.ontvanger-bevestigd"))
    for term in due_terms(content.terms_of("vertrek"), events, calendar=content.work_calendar):
        asks_receiver = "vertrek.ontvanger-bevestigd" in term.definition.satisfied_by
        if term.status is TermStatus.RUNNING and term.due_on and (first or not asks_receiver):
            yield _term_row(DEPARTURE_TERM, departure.id, term, detail=term.code)


def travel_papers(conn: Connection, content: Content, dossiers: Sequence[str]) -> Papers:
    """The travel document of each member that ends last; one on whose last day two values stand does not count."""
    travel = {kind.code for kind in content.choices("basis", "documentsoort") if "travel" in kind.traits}
    members: dict[str, dict[str, None]] = {dossier: {} for dossier in dossiers}
    for dossier, person in plain_rows(conn, _MEMBERS, (json.dumps(list(dossiers)),)):
        members[dossier][person] = None
    people = sorted({person for found in members.values() for person in found})
    papers = by_scope(conn, Original, people, where="returned_on IS NULL AND valid_until IS NOT NULL")
    open_ = disputed(conn, [paper.id for rows in papers.values() for paper in rows])
    unsure = {paper for paper, fields in open_.items() if fields & {"valid_until", "kind"}}
    return {
        dossier: {
            person: travel_paper.longest(travel_paper.held(papers[person], travel), unsure)
            for person in members[dossier]
        }
        for dossier in dossiers
    }


def _of_papers(
    content: Content, papers: dict[str, Original | None], views: list[RequestView]
) -> Iterator[Row]:
    """The end of each document that counts; one that a request already counts is not said twice."""
    said = _expiries(views)
    ending: dict[tuple[str, str], list[Original]] = {}
    for paper in papers.values():
        if paper and not said.intersection({(paper.request, paper.valid_until), (paper.request, None)}):
            ending.setdefault((paper.kind or "", paper.valid_until or ""), []).append(paper)
    for same in ending.values():
        yield from _expiry(content, same, len(papers))


def _expiries(views: list[RequestView]) -> set[tuple[str | None, str | None]]:
    """What requests say themselves: the end of their document, also when it is being replaced; all when ended."""
    ended = {(view.request.id, None) for view in views if view.position.is_ended}
    return ended | {
        (view.request.id, _text(term.due_on))
        for view in views
        for term in view.terms
        if term.code.endswith("-verloopt")
    }


def _agreed(agreement: Agreement) -> str:
    """Who does what."""
    return ": ".join(part for part in (agreement.who, agreement.what) if part)


def _expiry(content: Content, papers: list[Original], members: int) -> Iterator[Row]:
    """One line for papers that end on one day; it names their holders when they are not the whole family."""
    definition = [term for term in content.terms if term.code == EXPIRY_TERM]
    event = Event(code="lp.afgegeven", fields={"valid_until": papers[0].valid_until or ""})
    holders = ",".join(paper.scope for paper in papers) if len(papers) < members else None
    for term in due_terms(definition, [event], calendar=content.work_calendar):
        if term.due_on is not None:
            yield _term_row(EXPIRY, papers[0].id, term, detail=papers[0].kind, person=holders)


def _term_row(what: str, about: str, term: DueTerm, *, detail: str | None, person: str | None = None) -> Row:
    assert term.due_on is not None
    return Row(
        what=what,
        about=about,
        due_on=term.due_on.isoformat(),
        warn_on=_text(term.warn_on),
        at_time=f"{term.due_at:%H:%M}" if term.due_at else None,
        detail=detail,
        person=person,
    )


def _row(what: str, about: str, moment: str | None, detail: str | None = None) -> Row:
    text = moment or ""
    return Row(what=what, about=about, due_on=text[:10], at_time=text[11:16] or None, detail=detail)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
