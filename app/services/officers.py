"""The details of the case officer at work, as they stand on papers; the record `Officer` of this store."""

from dataclasses import dataclass, replace

from app.domain import verbs
from app.domain.entry import check
from app.domain.errors import KnownProblem
from app.domain.kinds.place import Officer
from app.domain.words import N_
from app.services.session import Session
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read


class OfficerNameMissing(KnownProblem):
    """Everything that is recorded carries a name."""

    message = N_("Fill in your name, as colleagues know you.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerEntry:
    """What the form holds; empty texts for what is not known."""

    name: str = ""
    position: str = ""
    phone: str = ""
    email: str = ""


def entry(session: Session) -> OfficerEntry:
    """What stands there now."""
    with session.store.read() as conn:
        found = read(conn, Officer, session.officer)
    if found is None:
        return OfficerEntry(name=session.officer_name)
    return OfficerEntry(
        name=found.name or "", position=found.position or "", phone=found.phone or "", email=found.email or ""
    )


def save(session: Session, wanted: OfficerEntry) -> str:
    """Keep other details and return the name. Raises `OfficerNameMissing`, `EntryRefused`, `ReadOnlyStore`."""
    if session.store.read_only:
        raise ReadOnlyStore
    if not wanted.name.strip():
        raise OfficerNameMissing
    with session.store.write(verbs.OFFICER_CHANGED) as uow:
        before = read(uow.conn, Officer, session.officer)
        assert before is not None, "a store is made together with its officer"
        after = replace(
            before,
            name=wanted.name.strip(),
            position=wanted.position.strip() or None,
            phone=wanted.phone.strip() or None,
            email=wanted.email.strip() or None,
        )
        check(after)
        uow.save(before, after)
    return after.name or ""
