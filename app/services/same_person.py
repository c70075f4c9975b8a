"""One person with two records: a link between them, made and taken away, and the class of all who are linked.

The id of a link derives from the sorted pair and it lies in the scope of the smaller id, so that two officers who link
crosswise make one link (settled rule 6). No id of a record is ever rewritten.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.errors import KnownProblem
from app.domain.ident import derived_id
from app.domain.kinds.person import SamePerson
from app.domain.words import N_
from app.services.session import Session
from app.storage.uow import UnitOfWork, read


class ShieldedPerson(KnownProblem):
    """One of the two is shielded: the named contact has to agree first (settled rule 6)."""

    message = N_("This can only be done together with the colleague who is named here.")


_LINKS = "SELECT a, b FROM r_same_person WHERE a IN ({marks}) OR b IN ({marks})"
_SHIELDED = (
    "SELECT DISTINCT m.person FROM r_membership m WHERE m.person IN ({marks}) AND (m.shielded = 1"
    " OR EXISTS (SELECT 1 FROM j_conflict c WHERE c.rec = m.id AND c.field = 'shielded'))"
)


def link_id(a: str, b: str) -> str:
    """The id of the link of two persons, whoever makes it."""
    return derived_id("same person", *sorted((a, b)))


def add_link(uow: UnitOfWork, a: str, b: str, reason: str = "") -> None:
    """Say that two records are one person, as a part of an action."""
    first, second = sorted((a, b))
    link = link_id(a, b)
    if read(uow.conn, SamePerson, link) is None:
        uow.add(SamePerson(id=link, scope=first, a=first, b=second, reason=reason or None))


def link(session: Session, a: str, b: str, reason: str = "", *, dossier: str = "") -> None:
    """Say that two records are one person; it can be undone, and taken away later. Raises `ShieldedPerson`."""
    with session.store.write(verbs.PERSONS_LINKED, dossier=dossier) as uow:
        if shielded(uow.conn, (a, b)):
            raise ShieldedPerson
        add_link(uow, a, b, reason)


def unlink(session: Session, a: str, b: str, *, dossier: str = "") -> None:
    """Say that two records are two persons after all: both stand as they were."""
    with session.store.write(verbs.PERSONS_UNLINKED, dossier=dossier) as uow:
        found = read(uow.conn, SamePerson, link_id(a, b))
        if found is not None:
            uow.delete(found)


def everybody_in(conn: Connection, persons: Collection[str]) -> frozenset[str]:
    """These persons and all who are linked with any of them, however far."""
    known, edge = set(persons), set(persons)
    while edge:
        marks = ",".join("?" * len(edge))
        pairs = conn.exec_driver_sql(_LINKS.format(marks=marks), (*edge, *edge)).all()
        edge = {one for pair in pairs for one in pair if one} - known
        known |= edge
    return frozenset(known)


def is_one(conn: Connection, persons: Sequence[str]) -> bool:
    """Whether links make one class of all these persons."""
    return everybody_in(conn, persons[:1]).issuperset(persons)


def shielded(conn: Connection, persons: Iterable[str]) -> frozenset[str]:
    """Who of these is shielded in any family, also while two officers differ on it."""
    ids = tuple(persons)
    sql = _SHIELDED.format(marks=",".join("?" * len(ids)))
    return frozenset(person for (person,) in conn.exec_driver_sql(sql, ids))
