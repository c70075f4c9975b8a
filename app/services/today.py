"""What stands on the start page beside what is due (`due_list`): what is to be cleared up, what is not finished."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.clock import parse_moment
from app.services import clear_up, drafts, handing_over, removal
from app.services.drafts import Draft
from app.services.handing_over import HandoverState
from app.services.matter import Matter
from app.services.removal import WaitingDestruction
from app.services.session import Session
from app.services.store_care import LAST_BACKUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """`families` counts open dossiers; `last_backup` is None when this store was never backed up."""

    to_clear_up: tuple[Matter, ...]
    drafts: tuple[Draft, ...]
    handovers: tuple[HandoverState, ...]
    destructions: tuple[WaitingDestruction, ...]
    families: int
    last_backup: datetime | None


def read(session: Session) -> Today:
    """As it stands now."""
    with session.store.read() as conn:
        families = conn.exec_driver_sql("SELECT count(*) FROM d_summary WHERE closed = 0").scalar_one()
        backup = conn.exec_driver_sql("SELECT value FROM l_meta WHERE name = ?", (LAST_BACKUP,)).scalar()
    return Today(
        to_clear_up=clear_up.matters(session),
        drafts=drafts.waiting(session),
        handovers=handing_over.list_open(session),
        destructions=removal.waiting(session),
        families=int(families),
        last_backup=parse_moment(str(backup)) if backup else None,
    )
