"""What was agreed with a family and is not done yet, over all its talks."""

from app.domain.kinds.talk import Agreement
from app.services.session import Session
from app.storage.uow import read_where


def open_agreements(session: Session, dossier: str) -> tuple[Agreement, ...]:
    """Agreements that are not done, earliest day first, those without a day last."""
    where = "scope = ? AND done_on IS NULL ORDER BY due_on IS NULL, due_on, id"
    with session.store.read() as conn:
        return tuple(read_where(conn, Agreement, where, (dossier,)))
