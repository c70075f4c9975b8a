"""All that the tab «Overdragen» of a family shows, in one read, and what its page says above the tabs."""

from dataclasses import dataclass
from datetime import date

from app.domain.exchange_facts import Colleague, Trust
from app.exchange import trust
from app.i18n import language
from app.services import handing_over, removal, removed_family
from app.services.handing_over import HandoverState
from app.services.removal import DestroyCheck, DropCheck, WaitingDestruction
from app.services.removed_family import RemoveCheck
from app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason for destroying: the code as it is kept, and its words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingPage:
    """`colleagues` may be handed to; `waiting` are destructions asked for that are answered on this page."""

    state: HandoverState
    colleagues: tuple[Colleague, ...]
    drop: DropCheck
    remove: RemoveCheck
    destroy: DestroyCheck
    waiting: tuple[WaitingDestruction, ...]
    reasons: tuple[Reason, ...]
    today: date

    @property
    def dossier(self) -> str:
        """The family."""
        return self.state.dossier


def read(session: Session, dossier: str) -> LeavingPage:
    """As it stands now. Raises `NoSuchDossier`."""
    state = handing_over.state(session, dossier)
    with session.store.read() as conn:
        colleagues = tuple(
            one for one in trust.colleagues(conn) if one.trust.trusted and one.trust is not Trust.OWN
        )
    return LeavingPage(
        state=state,
        colleagues=colleagues,
        drop=removal.may_drop(session, dossier),
        remove=removed_family.check(session, dossier),
        destroy=removal.may_destroy(session, dossier),
        waiting=tuple(one for one in removal.waiting(session) if one.dossier == dossier),
        reasons=tuple(
            Reason(code=code, words=session.content.label(code, language()))
            for code in removal.reasons(session)
        ),
        today=session.today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a family's page says first: a destruction that is asked for, else how handing over stands."""

    state: HandoverState
    asked: WaitingDestruction | None


def notice(session: Session, dossier: str) -> Notice:
    """Raises `NoSuchDossier`."""
    asked = (one for one in removal.waiting(session) if one.dossier == dossier)
    return Notice(state=handing_over.state(session, dossier), asked=next(asked, None))
