"""A made-up family with a request for a travel document, for tests of lists, pages and forms."""

from dataclasses import dataclass
from datetime import date

from app.domain.ident import new_id
from app.domain.kinds.person import Person
from app.domain.kinds.request import Request, RequestEvent
from app.services import requests
from app.services.session import Session
from tests.support.family import register


@dataclass(frozen=True, slots=True)
class RequestCase:
    """A family of two, Lusine and Narek Hakobyan, and its request."""

    session: Session
    dossier: str
    persons: tuple[str, ...]
    request: str

    def step(self, code: str, on: str, **fields: str) -> str:
        """Write down a state or deed."""
        event = RequestEvent(
            id=new_id(),
            scope=self.dossier,
            request=self.request,
            event=self.session.content.ref("reisdocument", code),
            on=on,
        )
        return requests.record_step(self.session, event.with_values(**fields)).record

    def ask_about_asylum(self, answer: str = "antwoord.nee", on: str = "2026-09-03") -> None:
        """Record the answer of the IND for everybody."""
        requests.record_asylum_check(self.session, self.persons, answer, date.fromisoformat(on), "IND")

    def file(self) -> None:
        """Bring it to *ingediend* on 10 September."""
        self.step("lp.opdracht-dia", "2026-09-02")
        self.ask_about_asylum()
        self.step("lp.ingediend", "2026-09-10", way="koerier")


def begin_request(
    session: Session, title: str = "Hakobyan", *, country: str = "AM", only_first: bool = False
) -> RequestCase:
    """Register the family and begin a laissez-passer request on 1 September."""
    members = (
        Person(id=new_id(), scope="", family_name=title, given_names=name) for name in ("Lusine", "Narek")
    )
    family = register(session.store, title, *members)
    who = family.persons[:1] if only_first else family.persons
    request = Request(
        id=new_id(),
        scope=family.dossier,
        track=session.content.ref("reisdocument", "spoor.lp"),
        country=session.content.ref("landen", country),
        purpose=session.content.ref("reisdocument", "doel.terugkeer"),
        representation="Den Haag",
        cooperation=session.content.ref("reisdocument", "medewerking.getekend"),
    )
    made = requests.start(session, request, who, on=date(2026, 9, 1)).record
    return RequestCase(session, family.dossier, family.persons, made)
