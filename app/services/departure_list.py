"""All departures of the location for one list: when, who, how, where to, and how much the sheets still lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dated_event import bare_code, day_of
from app.services.paper_prepare import gap_count
from app.services.reading import CHUNK
from app.services.session import Session
from app.storage import same_person
from app.storage.settled import settled
from app.storage.shielding import hidden, only_hidden


class DepartureState(StrEnum):
    """Where a departure stands."""

    PLANNED = "planned"
    OVERDUE = "overdue"
    """The day has passed and nobody wrote down what became of it."""
    DEPARTED = "departed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureRow:
    """One departure. `leaves_at` is the local time of the first flight ("YYYY-MM-DDTHH:MM") or the day, or "".

    `finals` counts persons with a final sheet 1, which may have been overtaken since.
    """

    departure: str
    dossier: str
    family: str
    native: str
    leaves_at: str
    destination: str
    persons: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    state: DepartureState
    finals: int

    @property
    def leaves_on(self) -> date | None:
        """The day of leaving."""
        return day_of(self.leaves_at)


_ROWS = f"""
SELECT d.id, d.scope, coalesce(s.title, ''), coalesce(s.title_native, ''),
 coalesce((SELECT {settled("f", "departs_at")} FROM r_flight f WHERE f.departure = d.id AND f.departs_at IS NOT NULL
  ORDER BY f.position, f.id LIMIT 1), {settled("d", "planned_on")}, '') AS leaves,
 coalesce((SELECT {settled("f", "to_place")} FROM r_flight f WHERE f.departure = d.id
  ORDER BY f.position DESC, f.id DESC LIMIT 1), ''),
 d.departed_on IS NOT NULL, d.cancelled_on IS NOT NULL,
 (SELECT count(DISTINCT person) FROM r_sheet WHERE departure = d.id AND paper LIKE '%:papier.overdrachtsblad')
FROM r_departure d LEFT JOIN r_dossier s ON s.id = d.scope
"""
_SHOWN = f" AND NOT {only_hidden('departure', 'd.id', 'd.scope')}"
_OPEN = " WHERE d.departed_on IS NULL AND d.cancelled_on IS NULL"
_ORDER = " ORDER BY d.departed_on IS NOT NULL OR d.cancelled_on IS NOT NULL, leaves = '', leaves, d.id"
_PERSONS = (
    "SELECT dp.departure, dp.person, coalesce(nullif(p.call_name, ''), nullif(p.given_names, ''), p.family_name, '')"
    " FROM r_departure_person dp LEFT JOIN r_person p ON p.id = dp.person"
    " WHERE dp.departure IN ({}) AND NOT "
    + hidden("dp.person", "dp.scope")
    + " ORDER BY dp.set_number, dp.id"
)
_KINDS = (
    "SELECT DISTINCT departure, kind FROM r_departure_kind WHERE departure IN ({}) ORDER BY departure, kind"
)


def rows(session: Session, *, everything: bool = False, dossier: str = "") -> tuple[DepartureRow, ...]:
    """Departures still to come, the next one first; with `everything` also what was carried out or cancelled.

    Who was registered twice and travels under both is named once.
    """
    where = (" WHERE 1 = 1" if everything else _OPEN) + _SHOWN
    params: tuple[str, ...] = ()
    if dossier:
        where, params = f"{where} AND d.scope = ?", (dossier,)
    with session.store.read() as conn:
        found = conn.exec_driver_sql(_ROWS + where + _ORDER, params).all()
        people: dict[str, list[tuple[str, str]]] = {}
        kinds: dict[str, list[str]] = {}
        ids = [str(row[0]) for row in found]
        known = same_person.classes(conn)
        for start in range(0, len(ids), CHUNK):
            part = tuple(ids[start : start + CHUNK])
            marks = ",".join("?" * len(part))
            for departure, person, name in conn.exec_driver_sql(_PERSONS.format(marks), part):
                people.setdefault(departure, []).append((person, name))
            for departure, kind in conn.exec_driver_sql(_KINDS.format(marks), part):
                kinds.setdefault(departure, []).append(bare_code(kind or ""))
        for rows_ in people.values():
            once = same_person.grouped(known, (person for person, _name in rows_))
            rows_[:] = [row for row in rows_ if row[0] in {one[0] for one in once}]
    order = [kind.code for kind in session.content.departure_kinds]
    return tuple(
        DepartureRow(
            departure=row[0],
            dossier=row[1],
            family=row[2],
            native=row[3],
            leaves_at=row[4],
            destination=row[5],
            persons=tuple(person for person, _name in people.get(row[0], ())),
            names=tuple(name for _person, name in people.get(row[0], ())),
            kinds=tuple(kind for kind in order if kind in kinds.get(row[0], ())),
            state=_state(session, row[4], departed=bool(row[6]), cancelled=bool(row[7])),
            finals=row[8],
        )
        for row in found
    )


def stands_for(session: Session, row: DepartureRow, person: str) -> str:
    """Under which record a person is named in a row: of who was registered twice, the one that stands there."""
    if person in row.persons:
        return person
    with session.store.read() as conn:
        known = same_person.classes(conn).get(person, ())
    return next((one for one in row.persons if one in known), person)


def gaps(session: Session, wanted: Sequence[DepartureRow]) -> dict[str, int]:
    """How many gaps the sheets of each departure have together; for the few rows that are in sight."""
    with session.store.read() as conn:
        return {
            row.departure: sum(gap_count(conn, session, row.departure, person) for person in row.persons)
            for row in wanted
        }


def _state(session: Session, leaves_at: str, *, departed: bool, cancelled: bool) -> DepartureState:
    if departed or cancelled:
        return DepartureState.DEPARTED if departed else DepartureState.CANCELLED
    day = day_of(leaves_at)
    return DepartureState.OVERDUE if day is not None and day < session.today else DepartureState.PLANNED
