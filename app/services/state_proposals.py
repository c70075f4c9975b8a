"""What the facts of a dossier say about its states: one that may begin, one that may end. The officer decides.

Which fact proposes which state is content (`proposed_by` in the pack `basis`); how a fact is found stands here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain.case_state import CaseState
from app.domain.dated_event import day_of
from app.domain.kinds.departure import Departure
from app.domain.kinds.dossier import Owner
from app.domain.kinds.sensitive import Measure
from app.domain.words import N_
from app.i18n import language
from app.services import case_states, requests, words
from app.services.case_states import Standing
from app.services.reading import known
from app.services.session import Session
from app.storage.shielding import hidden, only_hidden
from app.storage.uow import read_where


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """That a fact holds: since when, and what it is about in words."""

    since: date | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A state that may begin (`ends` empty) or has nothing left that holds it (`ends`: the id of the record).

    `because` is an English msgid that may name `%(what)s`.
    """

    state: CaseState
    because: str
    what: str = ""
    since: date | None = None
    ends: str = ""


_BECAUSE: Mapping[str, tuple[str, str]] = {
    "regievoerder": (N_("There is a case officer."), ""),
    "aanvraag-loopt": (N_("Runs: %(what)s."), N_("No request for a travel document is running any more.")),
    "maatregel": (N_("Runs: %(what)s."), N_("No measure is in force any more.")),
    "aangehouden": (N_("On hold: %(what)s."), N_("No request is on hold any more.")),
    "vertrek-gepland": (N_("A departure is planned."), N_("No departure is planned any more.")),
}


def proposals_in(
    conn: Connection, session: Session, dossier: str, found: tuple[Standing, ...]
) -> tuple[Proposal, ...]:
    """What the facts propose for the family now; nothing for what was left behind in the main course."""
    made = []
    here = {each.code: each for each in found if each.stands and not each.person}
    main = [each for each in here.values() if each.state is not None and not each.state.is_parallel]
    for state in session.content.case_states.values():
        if not state.proposed_by:
            continue
        begin, end = _BECAUSE[state.proposed_by]
        fact = _FACTS[state.proposed_by](conn, session, dossier)
        standing = here.get(state.code)
        if fact is not None and standing is None and not _is_behind(session, state, main):
            made.append(Proposal(state=state, because=begin, what=fact.words, since=fact.since))
        elif fact is None and standing is not None and end:
            made.append(Proposal(state=state, because=end, ends=standing.record.id))
    return tuple(made)


def _is_behind(session: Session, state: CaseState, main: list[Standing]) -> bool:
    """In the main course the list goes forward: what comes before a state that stands is not proposed."""
    order = list(session.content.case_states)
    return not state.is_parallel and any(order.index(each.code) >= order.index(state.code) for each in main)


def _officer(conn: Connection, _session: Session, dossier: str) -> Found | None:
    rows = read_where(conn, Owner, "scope = ? AND to_on IS NULL ORDER BY from_on", (dossier,))
    return Found(since=day_of(rows[0].from_on)) if rows else None


def _running(conn: Connection, session: Session, dossier: str, *, on_hold: bool) -> Found | None:
    for view in requests.views_in(conn, session, [dossier])[dossier]:
        if not view.position.is_ended and (view.position.is_paused or not on_hold):
            event = view.present_event if on_hold else (view.events[0] if view.events else None)
            title = words.request_title(session, view.request)
            return Found(since=day_of(event.on) if event else None, words=title)
    return None


def _request(conn: Connection, session: Session, dossier: str) -> Found | None:
    return _running(conn, session, dossier, on_hold=False)


def _on_hold(conn: Connection, session: Session, dossier: str) -> Found | None:
    return _running(conn, session, dossier, on_hold=True)


_MEMBERS = (
    "scope IN (SELECT m.person FROM r_membership m WHERE m.scope = ? AND m.to_on IS NULL"
    f" AND NOT {hidden('m.person', 'm.scope')})"
)


def _measure(conn: Connection, session: Session, dossier: str) -> Found | None:
    rows = known(
        conn, read_where(conn, Measure, f"{_MEMBERS} AND to_on IS NULL ORDER BY from_on", (dossier,))
    )
    if not rows:
        return None
    label = session.content.label(rows[0].kind, language())
    return Found(since=day_of(rows[0].from_on), words=label)


def _planned(conn: Connection, session: Session, dossier: str) -> Found | None:
    rows = known(
        conn,
        read_where(
            conn,
            Departure,
            "scope = ? AND planned_on >= ? AND departed_on IS NULL AND cancelled_on IS NULL"
            f" AND NOT {only_hidden('departure', 'r_departure.id', 'r_departure.scope')} ORDER BY planned_on",
            (dossier, session.today.isoformat()),
        ),
    )
    return Found(since=None) if rows else None


_FACTS: Mapping[str, Callable[[Connection, Session, str], Found | None]] = {
    "regievoerder": _officer,
    "aanvraag-loopt": _request,
    "maatregel": _measure,
    "aangehouden": _on_hold,
    "vertrek-gepland": _planned,
}


def standing_proposals(session: Session, dossier: str) -> tuple[Proposal, ...]:
    """`proposals_in` in a transaction of its own."""
    with session.store.read() as conn:
        return proposals_in(conn, session, dossier, case_states.of_dossier_in(conn, session, dossier))
