"""Finds the departure and the person that a command means: dossier by number or id, person by number, name or id."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.errors import KnownProblem
from app.domain.person_name import PersonName
from app.domain.text import v_number_key
from app.domain.words import N_
from app.services.session import Session
from app.storage import same_person
from app.storage.shielding import hidden


class DossierNotFound(KnownProblem):
    """No dossier has this number or id."""

    message = N_("No dossier here has this number: %(asked)s.")


class NoDeparture(KnownProblem):
    """Nothing is planned."""

    message = N_("No departure is planned in this dossier. Plan one first; the sheet is about a departure.")


class PersonNotFound(KnownProblem):
    """Nobody in the departure is called so."""

    message = N_("Nobody who travels here has this number or name: %(asked)s. Choose one of: %(names)s.")


class SeveralPersons(KnownProblem):
    """The sheet is of one person."""

    message = N_("Several people travel. A sheet is of one person; choose one of: %(names)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSubject:
    """Which sheet: of whom, in which departure."""

    dossier: str
    departure: str
    person: str
    name: str


_DEPARTURE = (
    "SELECT id FROM r_departure WHERE scope = ? AND cancelled_on IS NULL"
    " ORDER BY departed_on IS NOT NULL, planned_on IS NULL, planned_on, id LIMIT 1"
)
_PERSONS = (
    "SELECT p.id, p.family_name, p.given_names, p.call_name, p.family_name_native, p.given_names_native,"
    " (SELECT group_concat(value, char(10)) FROM r_person_number n WHERE n.scope = p.id), dp.set_number"
    " FROM r_departure_person dp JOIN r_person p ON p.id = dp.person"
    f" WHERE dp.departure = ? AND NOT {hidden('dp.person', 'dp.scope')} ORDER BY dp.set_number, dp.id"
)


def find(session: Session, dossier: str, person: str = "") -> SheetSubject:
    """The next departure of `dossier` and the person in it; `person` may be left out when one travels.

    Raises `DossierNotFound`, `NoDeparture`, `PersonNotFound`, `SeveralPersons`.
    """
    with session.store.read() as conn:
        sql = "SELECT id FROM r_dossier WHERE number = ? OR id = ?"
        scope = conn.exec_driver_sql(sql, (dossier.strip(), dossier.strip())).scalar()
        if scope is None:
            raise DossierNotFound(asked=dossier)
        departure = conn.exec_driver_sql(_DEPARTURE, (scope,)).scalar()
        if departure is None:
            raise NoDeparture
        found = _travellers(conn, str(departure))
    names = ", ".join(each.name for each, _keys in found)
    meant = [each for each, keys in found if not person or _key(person) in keys]
    if not meant:
        raise PersonNotFound(asked=person, names=names)
    if len(meant) > 1:
        raise SeveralPersons(names=names)
    return SheetSubject(
        dossier=str(scope), departure=str(departure), person=meant[0].person, name=meant[0].name
    )


def _travellers(conn: Connection, departure: str) -> list[tuple[SheetSubject, set[str]]]:
    """Everybody in the departure, with the words by which they may be meant."""
    found = []
    for row in conn.exec_driver_sql(_PERSONS, (departure,)):
        id_, family, given, call, native_family, native_given, numbers, set_number = (
            value or "" for value in row
        )
        name = PersonName(
            family=family, given=given, call=call, native_family=native_family, native_given=native_given
        )
        words = {id_, set_number, name.full, name.listed, name.first, call, given, name.native}
        keys = {_key(word) for word in words if word} | {
            _key(number) for number in numbers.split("\n") if number
        }
        subject = SheetSubject(dossier="", departure=departure, person=id_, name=name.full)
        found.append((subject, keys))
    return _once(conn, found)


def _once(
    conn: Connection, found: list[tuple[SheetSubject, set[str]]]
) -> list[tuple[SheetSubject, set[str]]]:
    """Who was registered twice and travels under both stands once, and may be meant by the words of either."""
    subjects = {subject.person: (subject, keys) for subject, keys in found}
    return [
        (subjects[ids[0]][0], set().union(*(subjects[one][1] for one in ids)))
        for ids in same_person.groups(conn, subjects)
    ]


def _key(text: str) -> str:
    return v_number_key(text).casefold()
