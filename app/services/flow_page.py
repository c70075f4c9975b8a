"""Where a family stands and how it came in and left, read in one go for the tab and the forms around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.kinds.dossier import Inflow, Outflow, Support
from app.domain.kinds.person import Person
from app.domain.person_name import PersonName
from app.services import case_states, closing, outflows, state_proposals
from app.services.case_states import Standing
from app.services.closing import ClosingView
from app.services.families import name_of
from app.services.outflows import Left
from app.services.reading import by_id, known
from app.services.session import Session
from app.services.state_proposals import Proposal
from app.storage.shielding import shown_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPage:
    """`members` are those of now in the order of the list, `names` also knows who was a member; `left` have left.

    States, inflow and outflow come without what is disputed. A closed dossier has no proposals.
    """

    dossier: str
    members: tuple[str, ...]
    names: dict[str, PersonName]
    states: tuple[Standing, ...]
    proposals: tuple[Proposal, ...]
    inflows: tuple[Inflow, ...]
    outflows: tuple[Outflow, ...]
    left: frozenset[str]
    departed: tuple[Left, ...]
    supports: tuple[Support, ...]
    closing: ClosingView

    @property
    def title(self) -> str:
        """The name of the family."""
        return self.closing.dossier.title or ""

    @property
    def is_closed(self) -> bool:
        """Whether the dossier is closed."""
        return self.closing.dossier.closed_on is not None

    @property
    def staying(self) -> tuple[str, ...]:
        """The members who have no outflow."""
        return tuple(person for person in self.members if person not in self.left)


def read(session: Session, dossier: str) -> FlowPage:
    """Everything about coming in, standing and leaving. Raises `NoSuchDossier`."""
    with session.store.read() as conn:
        view = closing.view_in(conn, session, dossier)
        states = case_states.of_dossier_in(conn, session, dossier)
        gone = outflows.of_dossier_in(conn, dossier)
        is_open = view.dossier.closed_on is None
        members = _members(conn, dossier, "AND m.to_on IS NULL")
        return FlowPage(
            dossier=dossier,
            members=members,
            names=_names(conn, {*_members(conn, dossier), *(each.person or "" for each in gone)}),
            states=states,
            proposals=state_proposals.proposals_in(conn, session, dossier, states) if is_open else (),
            inflows=tuple(known(conn, closing.inflows_in(conn, dossier))),
            outflows=gone,
            left=outflows.left_in(conn, session, dossier),
            departed=outflows.departed_in(conn, session, dossier) if is_open else (),
            supports=outflows.supports_in(conn, dossier),
            closing=view,
        )


def unclear(session: Session, page: FlowPage) -> tuple[Standing, ...]:
    """What stands for the family or a member and cannot stand together: neither counts."""
    return tuple(
        each
        for person in dict.fromkeys(each.person for each in page.states)
        for each in case_states.side_by_side(session, (one for one in page.states if one.person == person))
    )


def _members(conn: Connection, dossier: str, where: str = "") -> tuple[str, ...]:
    sql = (
        f"SELECT m.person FROM r_membership m WHERE m.scope = ? AND m.person IS NOT NULL AND {shown_of('m')}"
        f" {where} ORDER BY m.position, m.id"
    )
    return tuple(dict.fromkeys(conn.exec_driver_sql(sql, (dossier,)).scalars()))


def _names(conn: Connection, persons: Iterable[str]) -> dict[str, PersonName]:
    return {each.id: name_of(each) for each in known(conn, by_id(conn, Person, persons).values())}
