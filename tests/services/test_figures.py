"""Counts that are checked by hand on a family or two."""

from datetime import date

from app.domain.ident import new_id
from app.domain.kinds.departure import Departure
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import IdentityFact, Person
from app.domain.kinds.talk import Talk
from app.domain.record import Record
from app.services import facts
from app.services.figure import Period, last_twelve_months
from app.services.figures import figures, listed
from app.services.session import Session
from app.storage.uow import read
from tests.support.dossier_files import EXAMPLE, into
from tests.support.family import Family, add, register, save
from tests.support.family_case import register_family


def counts(session: Session, period: Period | None = None) -> dict[tuple[str, str], int | None]:
    return {(figure.code, figure.part): figure.number for figure in figures(session, period)}


def born(text: str | None) -> Person:
    return Person(id=new_id(), scope="", family_name="Voorbeeld", birth_date=text)


def close(session: Session, family: Family) -> None:
    with session.store.read() as conn:
        dossier = read(conn, Dossier, family.dossier)
    assert dossier is not None
    save(session.store, dossier, dossier.with_values(closed_on="2026-10-01"))


def test_an_empty_store_counts_nothing(session: Session) -> None:
    found = counts(session)
    assert found.pop(("outflow.share", "")) is None  # nothing to take a share of
    assert set(found.values()) == {0}


def test_persons_by_certain_age(session: Session) -> None:
    register(
        session.store, "Voorbeeld", born("1980"), born("2015-09"), born("~1990"), born(None), born("2008")
    )
    found = counts(session)
    assert found["persons", ""] == 5
    assert found["persons.children", ""] == 1
    assert found["persons.adults", ""] == 1
    assert found["persons.age-unknown", ""] == 3


def test_closed_dossiers_and_former_members_do_not_count(session: Session) -> None:
    close(session, register(session.store, "Gesloten"))
    family = register(session.store, "Open")
    add(session.store, Membership(id=new_id(), scope=family.dossier, person=new_id(), to_on="2026-01-01"))
    found = counts(session)
    assert (found["dossiers.open", ""], found["dossiers.closed", ""], found["persons", ""]) == (1, 1, 1)


def test_somebody_in_two_open_dossiers_counts_once(session: Session) -> None:
    first, second = register(session.store, "Een"), register(session.store, "Twee")
    add(session.store, Membership(id=new_id(), scope=second.dossier, person=first.persons[0]))
    assert counts(session)["persons", ""] == 2


def nationality(session: Session, person: str, country: str, certainty: str) -> Record:
    ref = session.content.ref
    return IdentityFact(
        id=new_id(),
        scope=person,
        aspect=ref("basis", "identiteit.nationaliteit"),
        standing=ref("basis", f"zekerheid.{certainty}"),
        country=ref("landen", country),
    )


def test_the_established_nationality_goes_before_the_stated_one(session: Session) -> None:
    person = register(session.store).persons[0]
    register(session.store)
    add(
        session.store,
        nationality(session, person, "AM", "vastgesteld"),
        nationality(session, person, "GE", "gesteld"),
    )
    found = counts(session)
    assert found["persons.nationality", session.content.label(session.content.ref("landen", "AM"))] == 1
    assert found["persons.nationality", ""] == 1
    assert sum(number or 0 for (code, _part), number in found.items() if code == "persons.nationality") == 2


def test_talks_by_the_dutch_month_in_which_they_ended(session: Session) -> None:
    scope = register(session.store).dossier
    for at in ("2026-10-31T22:30:00Z", "2026-10-31T23:30:00Z", "2025-12-31T22:00:00Z", None):
        add(session.store, Talk(id=new_id(), scope=scope, finished_at=at))
    found = counts(session, last_twelve_months(session.today))
    talks = {part: number for (code, part), number in found.items() if code == "talks.finished"}
    assert next(iter(talks)) == "2025-12"
    assert list(talks)[-1] == "2026-11"
    assert (talks["2025-12"], talks["2026-10"], talks["2026-11"]) == (1, 1, 1)


def test_departures(session: Session) -> None:
    scope = register(session.store).dossier
    for values in (
        {"planned_on": "2026-11-23"},
        {"planned_on": "2026-11-22"},
        {"planned_on": "2026-12-24", "cancelled_on": "2026-11-01"},
        {"planned_on": "2026-03-01", "departed_on": "2026-03-01"},
        {"departed_on": "2025-12-31"},
    ):
        add(session.store, Departure(id=new_id(), scope=scope, **values))
    found = counts(session)
    assert (found["departures.planned", ""], found["departures.done", ""]) == (1, 1)


def test_requests_by_state_in_words(session: Session) -> None:
    into(session, EXAMPLE)
    states = {part: number for (code, part), number in counts(session).items() if code == "requests.state"}
    assert list(states.values()) == [1]
    assert all(part and not part.startswith("lp.") for part in states)


def test_persons_are_counted_by_their_decisions_and_families_by_the_birthday_of_the_youngest(
    session: Session,
) -> None:
    first = register_family(session, "Abebe", "1984", "2009-01-10")
    register_family(session, "Beridze", "1984", "2012")
    kind = session.content.ref("basis", "besluit.asiel")
    for member, many in zip(first.members, (5, 2), strict=True):
        for _number in range(many):
            made = facts.new(session, first.dossier.id, "decision", member.person.id).with_values(kind=kind)
            facts.save(session, first.dossier.id, None, made)
    found = {(each.code, each.key): each.number for each in figures(session)}
    assert [found["persons.decisions", key] for key in ("1", "2", "3", "4")] == [0, 1, 0, 1]
    turning = [found["dossiers.turning-18", f"achttien.{months}"] for months in (12, 6, 3)]
    assert (turning, found["dossiers.turning-18", "?"]) == ([1, 1, 1], 1)
    (row,) = listed(session, "dossiers.turning-18", key="achttien.3")
    assert (row.title, row.on) == ("Abebe", date(2027, 1, 10))
