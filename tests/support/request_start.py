"""A request as short as can be, for tests that only need one to be there."""

from app.domain.ident import new_id
from app.domain.kinds.request import Request
from app.services import requests
from app.services.families import Family
from app.services.session import Session


def start_request(session: Session, family: Family) -> str:
    """File a laissez-passer request for all members; returns its id."""
    request = Request(
        id=new_id(),
        scope=family.dossier.id,
        track=session.content.ref("reisdocument", "spoor.lp"),
        country=session.content.ref("landen", "AM"),
        purpose=session.content.ref("reisdocument", "doel.terugkeer"),
        representation="Den Haag",
        cooperation=session.content.ref("reisdocument", "medewerking.getekend"),
    )
    persons = [member.person.id for member in family.members]
    return requests.start(session, request, persons, on=session.today).record
