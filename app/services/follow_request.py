"""A request goes on in another dossier: *vervolg van*, with its events copied under new ids (settled rule 4)."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.ident import new_id
from app.domain.kinds.request import Request, RequestEvent, RequestPerson, SetTerm
from app.services.request_view import NoSuchRequest
from app.storage.uow import UnitOfWork, read, read_where


def begin(uow: UnitOfWork, request: str, dossier: str, persons: Sequence[str]) -> str:
    """A request in `dossier` that follows this one, for those of its persons who are among `persons`.

    What was said to happen stays written where it happened; here it stands once more, in the same order. Returns the
    new id. Raises `NoSuchRequest`.
    """
    found = read(uow.conn, Request, request)
    if found is None:
        raise NoSuchRequest
    made = replace(found, id=new_id(), scope=dossier, follows=request)
    uow.add(made)
    for row in read_where(uow.conn, RequestPerson, "request = ? ORDER BY id", (request,)):
        if row.person in persons:
            uow.add(replace(row, id=new_id(), scope=dossier, request=made.id))
    for event in read_where(uow.conn, RequestEvent, "request = ? ORDER BY id", (request,)):
        uow.add(replace(event, id=new_id(), scope=dossier, request=made.id))
    for term in read_where(uow.conn, SetTerm, "about = ? ORDER BY id", (request,)):
        uow.add(replace(term, id=new_id(), scope=dossier, about=made.id))
    return made.id
