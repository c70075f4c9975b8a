"""Closing a dossier and opening it again. Offered when the last member left, never done by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain import data_rules, verbs
from app.domain.dated_event import day_of
from app.domain.entry import FieldProblem, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Inflow
from app.domain.words import N_
from app.services import case_states, families, outflows, requests, words
from app.services.happened import happened_problems
from app.services.session import Session
from app.storage.shielding import hidden
from app.storage.uow import Moved, read_where

AGAIN = data_rules.AGAIN


class IsClosed(KnownProblem):
    """A dossier closes once, until it opens again."""

    message = N_("This dossier is closed already.")


class IsOpen(KnownProblem):
    """Only a closed dossier opens again."""

    message = N_("This dossier is open.")


class ClosedBeforeOpened(KnownProblem):
    """The last day of a dossier lies after its first."""

    message = N_("The dossier was opened later than this day. Choose a later one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """Something that is still open: what it is about, in words, with its day."""

    what: str
    words: str
    on: date | None = None


MEMBERS, REQUESTS, AGENDA, DIFFERENCES = "members", "requests", "agenda", "differences"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """Where a dossier stands: `everybody_left` makes closing worth offering. `matters` are still open."""

    dossier: Dossier
    everybody_left: bool
    without_outflow: tuple[str, ...]
    matters: tuple[OpenMatter, ...]

    @property
    def is_offered(self) -> bool:
        """Open, while nobody is left in it."""
        return self.dossier.closed_on is None and self.everybody_left


def view(session: Session, dossier: str) -> ClosingView:
    """What closing would leave open. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        return view_in(conn, session, dossier)


def view_in(conn: Connection, session: Session, dossier: str) -> ClosingView:
    """`view` within a transaction of the caller."""
    family = families.load_in(conn, session, dossier)
    gone = outflows.left_in(conn, session, dossier)
    staying = tuple(member.person.id for member in family.members if member.person.id not in gone)
    return ClosingView(
        dossier=family.dossier,
        everybody_left=not staying and had_members_in(conn, dossier),
        without_outflow=staying,
        matters=_matters(conn, session, dossier),
    )


def had_members_in(conn: Connection, dossier: str) -> bool:
    """Whether anybody ever belonged to it: an empty dossier is not one that everybody left."""
    sql = "SELECT 1 FROM r_membership WHERE scope = ? AND person IS NOT NULL LIMIT 1"
    return conn.exec_driver_sql(sql, (dossier,)).first() is not None


_AGENDA = (
    "SELECT what, coalesce(detail, ''), due_on FROM d_agenda WHERE dossier = ? AND what <> 'expiry'"
    " ORDER BY due_on IS NULL, due_on, what"
)
_DIFFERENCES = (
    "SELECT count(*) FROM j_conflict WHERE scope = :d"
    " OR scope IN (SELECT m.person FROM r_membership m WHERE m.scope = :d AND m.to_on IS NULL"
    f" AND NOT {hidden('m.person', 'm.scope')})"
)


def _matters(conn: Connection, session: Session, dossier: str) -> tuple[OpenMatter, ...]:
    running = [
        OpenMatter(what=REQUESTS, words=words.request_title(session, each.request))
        for each in requests.views_in(conn, session, [dossier])[dossier]
        if not each.position.is_ended
    ]
    planned = [
        OpenMatter(what=AGENDA, words=words.step_words(session, what, detail), on=day_of(due_on))
        for what, detail, due_on in conn.exec_driver_sql(_AGENDA, (dossier,))
    ]
    count = conn.exec_driver_sql(_DIFFERENCES, {"d": dossier}).scalar_one()
    clashes = [OpenMatter(what=DIFFERENCES, words=str(count))] if count else []
    return (*running, *planned, *clashes)


def close(session: Session, before: Dossier, on: date) -> tuple[Moved, ...]:
    """Close the dossier on this day; the states of the family end. Nothing is removed. Raises `EntryRefused`."""
    if before.closed_on is not None:
        raise IsClosed
    after = before.with_values(closed_on=on.isoformat())
    refuse(closing_problems(session, after))
    final = outflows.final_state(session).code
    with session.store.write(verbs.DOSSIER_CLOSED, dossier=before.id) as uow:
        uow.save(before, after)
        found = case_states.of_dossier_in(uow.conn, session, before.id)
        if final not in case_states.standing_codes(found):
            case_states.begin_in(uow, session, case_states.NewState(dossier=before.id, code=final, on=on))
    return tuple(uow.moved)


def closing_problems(session: Session, closed: Dossier) -> Iterator[FieldProblem]:
    """Everything that keeps a dossier from being closed on its day."""
    yield from happened_problems(session, closed, "closed_on")
    if closed.closed_on and closed.opened_on and closed.closed_on < closed.opened_on:
        yield wrong_at(closed, "closed_on", ClosedBeforeOpened())


def new_inflow(session: Session, dossier: str, source: str = "") -> Inflow:
    """An empty inflow of today; `source` is a bare code."""
    return Inflow(
        id=new_id(),
        scope=dossier,
        on=session.today.isoformat(),
        source=session.content.ref("basis", source) if source else None,
    )


def reopen(session: Session, before: Dossier, inflow: Inflow, returning: Sequence[str]) -> tuple[Moved, ...]:
    """Open a closed dossier again with a new inflow; `returning` are members who left and are back.

    The earlier inflow, the outflows and the states stay as they were. Raises `EntryRefused`.
    """
    if before.closed_on is None:
        raise IsOpen
    refuse(inflow_problems(session, inflow))
    on = day_of(inflow.on) or session.today
    final = outflows.final_state(session).code
    with session.store.write(verbs.DOSSIER_REOPENED, dossier=before.id) as uow:
        uow.save(before, before.with_values(closed_on=None))
        uow.add(inflow)
        for each in case_states.of_dossier_in(uow.conn, session, before.id):
            if each.stands and each.code == final and each.person in ("", *returning):
                case_states.end_in(uow, each, on)
    return tuple(uow.moved)


def inflow_problems(session: Session, inflow: Inflow) -> Iterator[FieldProblem]:
    """Everything that keeps an inflow from being written as it is."""
    return happened_problems(session, inflow, "on", "asked_on", "complete_on")


def inflows_in(conn: Connection, dossier: str) -> tuple[Inflow, ...]:
    """How the dossier came in, the latest first, as written."""
    return tuple(read_where(conn, Inflow, 'scope = ? ORDER BY "on" DESC, id DESC', (dossier,)))


def save_inflow(session: Session, before: Inflow | None, after: Inflow) -> tuple[Moved, ...]:
    """Write or change how the dossier came in, what it lacked, and when that was asked for and came."""
    refuse(inflow_problems(session, after))
    with session.store.write(verbs.INFLOW_CHANGED, dossier=after.scope) as uow:
        uow.save(before, after)
    return tuple(uow.moved)
