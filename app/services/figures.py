"""Counts over a whole store, each with its definition, for the command `figures` and for reports.

Plain numbers: small ones are not rounded here. Whoever publishes them decides on that (a count of one may be
recognisable). A cell on which two values stand counts as unknown; `differences` says how many such cells there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.clock import parse_moment
from app.domain.incomplete_date import IncompleteDate
from app.domain.words import N_
from app.i18n import language
from app.services.session import DUTCH_TIME, Session
from app.services.words import state_words
from app.storage import same_person
from app.storage.settled import settled

CHILD_UNTIL: Final = 18  # artikel 1:233 BW
MONTHS: Final = 12

_PRESENT: Final = (
    "FROM r_membership m JOIN r_dossier d ON d.scope = m.scope"
    " WHERE m.to_on IS NULL AND m.person IS NOT NULL AND d.closed_on IS NULL"
)
_NATIONALITY: Final = (
    f"SELECT f.scope, {settled('f', 'country')} FROM r_identity_fact f WHERE f.aspect LIKE '%:identiteit.nationaliteit'"
    " ORDER BY f.standing LIKE '%:zekerheid.vastgesteld', f.as_of, f.id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One count. `label` and `definition` are English msgids; `part` is what the count is split by, as shown.

    `part` holds a nationality, a state or a month (`2026-11`), and is empty for a count that is not split.
    """

    code: str
    label: str
    definition: str
    number: int
    part: str = ""


def figures(session: Session) -> tuple[Figure, ...]:
    """All counts as of today, in a fixed order."""
    with session.store.read() as conn:
        return (
            *_dossiers(conn),
            *_persons(conn, session.today),
            *_nationalities(conn, session),
            *_requests(conn, session),
            *_talks(conn, session.today),
            *_departures(conn, session.today),
            Figure(
                code="differences",
                label=N_("Open differences"),
                definition=N_("Cells on which two values stand until somebody clears them up."),
                number=_count(conn, "SELECT count(*) FROM j_conflict"),
            ),
        )


def _count(conn: Connection, sql: str, params: tuple[str, ...] = ()) -> int:
    return int(conn.exec_driver_sql(sql, params).scalar_one())


def _dossiers(conn: Connection) -> Iterable[Figure]:
    yield Figure(
        code="dossiers.open",
        label=N_("Open dossiers"),
        definition=N_("Dossiers without a closing date."),
        number=_count(conn, "SELECT count(*) FROM r_dossier WHERE closed_on IS NULL"),
    )
    yield Figure(
        code="dossiers.closed",
        label=N_("Closed dossiers"),
        definition=N_("Dossiers with a closing date."),
        number=_count(conn, "SELECT count(*) FROM r_dossier WHERE closed_on IS NOT NULL"),
    )


def _persons(conn: Connection, today: date) -> Iterable[Figure]:
    sql = f"SELECT DISTINCT m.person, {settled('p', 'birth_date')} {_PRESENT.replace(' WHERE', _WITH_PERSON)}"
    births: dict[str, str | None] = dict(conn.exec_driver_sql(sql).all())
    ages = Counter(
        _age_of([births[one] for one in person], today) for person in same_person.groups(conn, births)
    )
    yield Figure(
        code="persons",
        label=N_("Persons"),
        definition=N_("People who are now members of at least one open dossier, each counted once."),
        number=ages.total(),
    )
    yield Figure(
        code="persons.children",
        label=N_("Children"),
        definition=N_("Of these: certainly younger than 18 today."),
        number=ages["child"],
    )
    yield Figure(
        code="persons.adults",
        label=N_("Adults"),
        definition=N_("Of these: certainly 18 or older today."),
        number=ages["adult"],
    )
    yield Figure(
        code="persons.age-unknown",
        label=N_("Age not certain"),
        definition=N_("Of these: the date of birth does not say whether the person is 18."),
        number=ages["unknown"],
    )


_WITH_PERSON: Final = " LEFT JOIN r_person p ON p.id = m.person WHERE"


def _age_of(births: Iterable[str | None], today: date) -> str:
    """Of one person, by every record of them: what they agree on."""
    found = {_age_group(birth, today) for birth in births} - {"unknown"}
    return found.pop() if len(found) == 1 else "unknown"


def _age_group(birth_date: str | None, today: date) -> str:
    ages = IncompleteDate.from_text(birth_date).age_between(today) if birth_date else None
    if ages is None:
        return "unknown"
    lowest, highest = ages
    return "adult" if lowest >= CHILD_UNTIL else "child" if highest < CHILD_UNTIL else "unknown"


def _nationalities(conn: Connection, session: Session) -> Iterable[Figure]:
    known: dict[str, str | None] = dict(conn.exec_driver_sql(_NATIONALITY).all())
    persons = [person for (person,) in conn.exec_driver_sql(f"SELECT DISTINCT m.person {_PRESENT}")]
    words = language()
    countries = (
        {country for one in person if (country := known.get(one))}
        for person in same_person.groups(conn, persons)
    )
    counts = Counter(
        session.content.label(found.pop(), "en" if words == "en" else "nl") if len(found) == 1 else ""
        for found in countries
    )
    for country, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Figure(
            code="persons.nationality",
            label=N_("Persons by nationality"),
            definition=N_(
                "By the nationality established last, else the one stated last; empty: not recorded."
            ),
            number=number,
            part=country,
        )


def _requests(conn: Connection, session: Session) -> Iterable[Figure]:
    rows = conn.exec_driver_sql(
        "SELECT request_state, count(*) FROM d_summary WHERE closed = 0 AND request_state IS NOT NULL"
        " AND request_state <> '' GROUP BY request_state"
    )
    counts: Counter[str] = Counter()
    for state, number in rows:
        counts[state_words(session, state)] += number
    for words, number in sorted(counts.items()):
        yield Figure(
            code="requests.state",
            label=N_("Dossiers by state of the request"),
            definition=N_("Open dossiers by the state of their running request for a travel document."),
            number=number,
            part=words,
        )


def _talks(conn: Connection, today: date) -> Iterable[Figure]:
    """The last twelve months, this one included, also where nothing was held."""
    rows = conn.exec_driver_sql("SELECT finished_at FROM r_talk WHERE finished_at IS NOT NULL")
    months = Counter(parse_moment(at).astimezone(DUTCH_TIME).strftime("%Y-%m") for (at,) in rows)
    for back in reversed(range(MONTHS)):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        part = f"{year}-{month + 1:02}"
        yield Figure(
            code="talks.finished",
            label=N_("Talks per month"),
            definition=N_("Talks finished in that month, by the Dutch calendar."),
            number=months[part],
            part=part,
        )


def _departures(conn: Connection, today: date) -> Iterable[Figure]:
    yield Figure(
        code="departures.planned",
        label=N_("Departures planned"),
        definition=N_("Departures with a date from today on, not cancelled and not carried out."),
        number=_count(
            conn,
            f"SELECT count(*) FROM r_departure d WHERE {settled('d', 'planned_on')} >= ?"
            " AND departed_on IS NULL AND cancelled_on IS NULL",
            (today.isoformat(),),
        ),
    )
    yield Figure(
        code="departures.done",
        label=N_("Departures this year"),
        definition=N_("Departures carried out since 1 January."),
        number=_count(
            conn,
            f"SELECT count(*) FROM r_departure d WHERE {settled('d', 'departed_on')} BETWEEN ? AND ?",
            (f"{today.year}-01-01", today.isoformat()),
        ),
    )
