"""Counts of how it stands, of talks and of departures."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.clock import parse_moment
from app.domain.incomplete_date import IncompleteDate
from app.domain.words import N_
from app.i18n import _, language
from app.services.family_list import TURNS_LIST, TURNS_UNKNOWN, turns_until
from app.services.figure import Count, Counted, Counting
from app.services.session import DUTCH_TIME
from app.services.words import state_words
from app.storage import same_person
from app.storage.person_line import NATIONALITIES
from app.storage.settled import settled

CHILD_UNTIL: Final = 18  # artikel 1:233 BW
CHILD, ADULT, AGE_UNKNOWN = "child", "adult", "unknown"

_PRESENT: Final = (
    "FROM r_membership m JOIN r_dossier d ON d.scope = m.scope LEFT JOIN r_person p ON p.id = m.person"
    " WHERE m.to_on IS NULL AND m.person IS NOT NULL AND d.closed_on IS NULL GROUP BY m.person"
)
_PERSONS: Final = f"SELECT m.person, min(m.scope), {settled('p', 'birth_date')} {_PRESENT}"


def _open(counting: Counting) -> Iterator[Counted]:
    for dossier, on in counting.conn.exec_driver_sql(
        "SELECT scope, coalesce(opened_on, '') FROM r_dossier WHERE closed_on IS NULL"
    ):
        yield Counted(dossier=dossier, on=on)


def _closed(counting: Counting) -> Iterator[Counted]:
    for dossier, on in counting.conn.exec_driver_sql(
        "SELECT scope, closed_on FROM r_dossier WHERE closed_on IS NOT NULL"
    ):
        yield Counted(dossier=dossier, on=on)


def _persons(counting: Counting) -> Iterator[Counted]:
    """Each person once, also who was registered twice and said to be one."""
    found = {row[0]: (row[1], row[2]) for row in counting.conn.exec_driver_sql(_PERSONS)}
    for one in same_person.groups(counting.conn, found):
        age = _age_of([found[person][1] for person in one], counting.today)
        yield Counted(dossier=found[one[0]][0], person=one[0], key=age)


def _of_age(group: str, counting: Counting) -> Iterable[Counted]:
    return [row for row in counting.once(_persons) if row.key == group]


def _children(counting: Counting) -> Iterable[Counted]:
    return _of_age(CHILD, counting)


def _adults(counting: Counting) -> Iterable[Counted]:
    return _of_age(ADULT, counting)


def _age_unknown(counting: Counting) -> Iterable[Counted]:
    return _of_age(AGE_UNKNOWN, counting)


def _age_of(births: Iterable[str | None], today: date) -> str:
    """Of one person, by every record of them: what they agree on."""
    found = {_age_group(birth, today) for birth in births} - {AGE_UNKNOWN}
    return found.pop() if len(found) == 1 else AGE_UNKNOWN


def _age_group(birth_date: str | None, today: date) -> str:
    ages = IncompleteDate.from_text(birth_date).age_between(today) if birth_date else None
    if ages is None:
        return AGE_UNKNOWN
    lowest, highest = ages
    return ADULT if lowest >= CHILD_UNTIL else CHILD if highest < CHILD_UNTIL else AGE_UNKNOWN


def _nationalities(counting: Counting) -> Iterator[Counted]:
    """By the words of the country, so that references to an older and a newer pack are one nationality."""
    rows = counting.conn.exec_driver_sql(NATIONALITIES.format(also=""))
    stated: dict[str, str | None] = {row[0]: row[1] for row in rows}
    known = same_person.classes(counting.conn)
    for row in counting.once(_persons):
        found = {
            country.rpartition(":")[2]
            for one in known.get(row.person, (row.person,))
            if (country := stated.get(one))
        }
        key = found.pop() if len(found) == 1 else ""
        yield Counted(dossier=row.dossier, person=row.person, key=key)


def _country(counting: Counting, key: str) -> str:
    country = counting.session.content.countries.get(key)
    return country.label(language()) if country else key


_HOW_MANY: Final = ("1", "2", "3", "4")


def _decisions(counting: Counting) -> Iterator[Counted]:
    """Each person once, by how many decisions stand with any record of them."""
    counts: dict[str, int] = dict(
        counting.conn.exec_driver_sql("SELECT scope, count(*) FROM r_decision GROUP BY scope").all()
    )
    known = same_person.classes(counting.conn)
    for row in counting.once(_persons):
        many = sum(counts.get(one, 0) for one in known.get(row.person, (row.person,)))
        if many:
            yield Counted(
                dossier=row.dossier, person=row.person, key=_HOW_MANY[min(many, len(_HOW_MANY)) - 1]
            )


def _how_many(_counting: Counting, key: str) -> str:
    if key == _HOW_MANY[-1]:
        return _("%(count)s or more", count=key)
    return key


def _turning_18(counting: Counting) -> Iterator[Counted]:
    rows = counting.conn.exec_driver_sql(
        "SELECT dossier, turns_18_on FROM d_summary WHERE closed = 0 AND turns_18_on IS NOT NULL ORDER BY turns_18_on"
    ).all()
    until = {
        each.code: turns_until(counting.session, each.code)
        for each in counting.session.content.choices("basis", TURNS_LIST)
    }
    for dossier, on in rows:
        if on == TURNS_UNKNOWN:
            yield Counted(dossier=dossier, key=TURNS_UNKNOWN)
            continue
        for code, last in until.items():
            if on <= last:
                yield Counted(dossier=dossier, on=on, key=code)


def _turning_keys(counting: Counting) -> Sequence[str]:
    made = counting.session.content.choices("basis", TURNS_LIST)
    return (*(each.code for each in made), TURNS_UNKNOWN)


def _turning_words(counting: Counting, key: str) -> str:
    made = {each.code: each for each in counting.session.content.choices("basis", TURNS_LIST)}
    return made[key].label(language()) if key in made else _("unknown when the youngest turns 18")


def _requests(counting: Counting) -> Iterator[Counted]:
    rows = counting.conn.exec_driver_sql(
        "SELECT dossier, request_state FROM d_summary WHERE closed = 0 AND request_state IS NOT NULL"
        " AND request_state <> ''"
    )
    for dossier, state in rows:
        track, _bar, code = state.partition("|")
        yield Counted(dossier=dossier, key=f"{track.rpartition(':')[2]}|{code}")


def _request_words(counting: Counting, key: str) -> str:
    return state_words(counting.session, key)


def _talks(counting: Counting) -> Iterator[Counted]:
    rows = counting.conn.exec_driver_sql(
        "SELECT scope, finished_at FROM r_talk WHERE finished_at IS NOT NULL"
    )
    for dossier, at in rows:
        on = parse_moment(at).astimezone(DUTCH_TIME).date().isoformat()
        if counting.period.holds(on):
            yield Counted(dossier=dossier, on=on, key=on[:7])


def months(counting: Counting) -> Sequence[str]:
    """Every month of the period, also where nothing happened."""
    return tuple(counting.period.months)


def _planned(counting: Counting) -> Iterator[Counted]:
    sql = (
        f"SELECT d.scope, {settled('d', 'planned_on')} AS day FROM r_departure d WHERE day >= ?"
        " AND departed_on IS NULL AND cancelled_on IS NULL"
    )
    for dossier, on in counting.conn.exec_driver_sql(sql, (counting.today.isoformat(),)):
        yield Counted(dossier=dossier, on=on)


def _departed(counting: Counting) -> Iterator[Counted]:
    sql = f"SELECT d.scope, {settled('d', 'departed_on')} AS day FROM r_departure d WHERE day BETWEEN ? AND ?"
    for dossier, on in counting.conn.exec_driver_sql(sql, counting.period.bounds):
        yield Counted(dossier=dossier, on=on)


def _differences(counting: Counting) -> Iterator[Counted]:
    sql = (
        "SELECT CASE WHEN s.kind = 'person' THEN coalesce((SELECT min(m.scope) FROM r_membership m"
        " WHERE m.person = c.scope), '') ELSE c.scope END,"
        " CASE WHEN s.kind = 'person' THEN c.scope ELSE '' END FROM j_conflict c"
        " LEFT JOIN r_scope s ON s.scope = c.scope"
    )
    for dossier, person in counting.conn.exec_driver_sql(sql):
        yield Counted(dossier=dossier, person=person)


HOW_IT_STANDS: Final = (
    Count(
        code="dossiers.open",
        label=N_("Open dossiers"),
        definition=N_("Dossiers without a closing date."),
        rows=_open,
    ),
    Count(
        code="dossiers.closed",
        label=N_("Closed dossiers"),
        definition=N_("Dossiers with a closing date."),
        rows=_closed,
    ),
    Count(
        code="persons",
        label=N_("Persons"),
        definition=N_("People who are now members of at least one open dossier, each counted once."),
        rows=_persons,
    ),
    Count(
        code="persons.children",
        label=N_("Children"),
        definition=N_("Of these: certainly younger than 18 today."),
        rows=_children,
    ),
    Count(
        code="persons.adults",
        label=N_("Adults"),
        definition=N_("Of these: certainly 18 or older today."),
        rows=_adults,
    ),
    Count(
        code="persons.age-unknown",
        label=N_("Age not certain"),
        definition=N_("Of these: the date of birth does not say whether the person is 18."),
        rows=_age_unknown,
    ),
)
WORK_DONE: Final = (
    Count(
        code="talks.finished",
        label=N_("Talks per month"),
        definition=N_("Talks finished in that month of the period, by the Dutch calendar."),
        rows=_talks,
        is_split=True,
        keys=months,
    ),
    Count(
        code="departures.planned",
        label=N_("Departures planned"),
        definition=N_("Departures with a date from today on, not cancelled and not carried out."),
        rows=_planned,
    ),
    Count(
        code="departures.done",
        label=N_("Departures carried out"),
        definition=N_("Departures that took place in the period, each journey counted once."),
        rows=_departed,
    ),
)
BY_LIST: Final = (
    Count(
        code="persons.nationality",
        label=N_("Persons by nationality"),
        definition=N_("By the nationality established last, else the one stated last; empty: not recorded."),
        rows=_nationalities,
        is_split=True,
        words=_country,
    ),
    Count(
        code="requests.state",
        label=N_("Dossiers by state of the request"),
        definition=N_("Open dossiers by the state of their running request for a travel document."),
        rows=_requests,
        is_split=True,
        words=_request_words,
    ),
)
DECISIONS: Final = Count(
    code="persons.decisions",
    label=N_("Persons by number of decisions"),
    definition=N_("Persons of open dossiers with one, two, three, or four and more decisions written down."),
    rows=_decisions,
    is_split=True,
    keys=lambda _counting: _HOW_MANY,
    words=_how_many,
)
TURNING_18: Final = Count(
    code="dossiers.turning-18",
    label=N_("Families whose youngest turns 18"),
    definition=N_(
        "Open dossiers by the day on which the last child comes of age; who is within 3 months is also within 6 and"
        " 12. Apart: those of whom nobody can know the day."
    ),
    rows=_turning_18,
    is_split=True,
    keys=_turning_keys,
    words=_turning_words,
)
DIFFERENCES: Final = Count(
    code="differences",
    label=N_("Open differences"),
    definition=N_("Cells on which two values stand until somebody clears them up."),
    rows=_differences,
)
