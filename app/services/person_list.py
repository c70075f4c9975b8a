"""The list of persons: one line per person and family, by SQL over derived lines; only the rows in sight in words.

Which lines there are, and of whom there is none (who is shielded, who shows under another record), is decided where
they are derived (`app.storage.person_line`). A line is named by its number in this store.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.domain.dated_event import bare_code
from app.domain.incomplete_date import IncompleteDate, birthday
from app.domain.person_name import PersonName
from app.i18n import language
from app.i18n.sort_key import sort_key
from app.services import line_order
from app.services.family_list import FEW, TURNS_UNKNOWN, turns_until
from app.services.line_order import Asked, marks
from app.services.person_standing import Gone
from app.services.session import Session
from app.storage import search
from app.storage.person_line import FREE, Part
from app.storage.plain_rows import number_list
from app.storage.summary import ADULT_YEARS

CHILD, ADULT, AGE_UNKNOWN = "child", "adult", "unknown"
"""Values of `PersonFilters.age` beside the codes of the list `achttien` and `TURNS_UNKNOWN`."""
EARLIER, CLOSED, DISPUTED = "earlier", "closed", "disputed"
"""Values of `PersonFilters.other`."""


class PersonOrder(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    BORN = "born"
    NUMBER = "number"
    NATIONALITY = "nationality"
    ROLE = "role"
    FAMILY = "family"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilters:
    """What narrows the list; empty values do not.

    Without `other` the list holds who belongs to a family of an open dossier now: `EARLIER` holds who did before,
    `CLOSED` everybody of closed dossiers. `phase` (of the family) is a bare code, days count from today.
    """

    mine: bool = False
    phase: str = ""
    age: str = ""
    other: str = ""

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return self != PersonFilters()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as the list shows them. `born` None: not known, or two dates stand; `id` is that of the membership.

    `standing` says in words in which state the person is, how they left the caseload or why they left the family
    (`gone`); `standing_on` is the day of that as far as it is known.
    """

    id: str
    dossier: str
    person: str
    name: PersonName
    born: IncompleteDate | None
    numbers: str
    nationality: str
    is_stated: bool
    role: str
    family: str
    family_number: str
    standing: str
    standing_on: IncompleteDate | None
    gone: Gone
    closed: bool
    disputed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTotals:
    """People in a list; `age_unknown` are neither adult nor child for certain."""

    persons: int = 0
    children: int = 0
    age_unknown: int = 0


class _Wanted(NamedTuple):
    """Which lines: of a part, and where they are `few`, these."""

    part: Part
    few: tuple[int, ...]


_COLUMNS = {
    PersonOrder.NAME: "name_key",
    PersonOrder.BORN: "born_key",
    PersonOrder.NUMBER: "numbers",
    PersonOrder.NATIONALITY: "nationality",
    PersonOrder.ROLE: "role",
    PersonOrder.FAMILY: "family_key",
    PersonOrder.STANDING: "standing",
}
_BY_CODE = frozenset({PersonOrder.NATIONALITY, PersonOrder.ROLE, PersonOrder.STANDING})
_CERTAIN_CHILD = "(p.turns_18_from > ? AND p.turns_18_from <= ?)"
_CERTAIN_ADULT = "p.turns_18_until <= ?"


def lines(
    session: Session,
    query: str = "",
    *,
    filters: PersonFilters | None = None,
    order: PersonOrder = PersonOrder.NAME,
    descending: bool = False,
) -> Sequence[int]:
    """The lines that match every word of `query` and all filters, in order; what is empty comes last."""
    asked = filters or PersonFilters()
    with session.store.read() as conn:
        found = _found(conn, session, query, asked)
        if found is not None and not found:
            return ()
        few = tuple(found) if found is not None and len(found) <= FEW and order not in _BY_CODE else ()
        groups = [
            group
            for part in _parts(asked)
            for group in _in_order(conn, session, _Wanted(part, few), order, descending=descending)
        ]
        return line_order.read(conn, groups, found)


def _parts(filters: PersonFilters) -> tuple[Part, ...]:
    """Who belongs to a closed family comes before who left it; each part is read by its own index."""
    if filters.other == CLOSED:
        return Part.CLOSED, Part.CLOSED_EARLIER
    return (Part.EARLIER,) if filters.other == EARLIER else (Part.PRESENT,)


def _found(conn: Connection, session: Session, query: str, filters: PersonFilters) -> frozenset[int] | None:
    """The lines that everything asked gives; None when nothing was. Each question is answered by an index alone:
    looking 70,000 lines up one by one takes ten times as long as reading them in order."""
    found = search.persons(conn, query) if query.strip() else None
    for sql, values in _conditions(session, filters):
        here = frozenset(number_list(conn, sql, values))
        found = here if found is None else found & here
    return found


_ALL = "SELECT p.no FROM d_person p"
_AMONG = "SELECT p.no FROM json_each(?) j CROSS JOIN d_person p ON p.no = j.value"
_DISPUTED = "SELECT p.no FROM d_person p INDEXED BY ix_d_person_disputed WHERE p.part = ? AND p.disputed > 0"
_OF_FAMILIES = "SELECT p.no FROM d_summary s CROSS JOIN d_person p ON p.dossier = s.no WHERE "


def _conditions(session: Session, filters: PersonFilters) -> Iterator[Asked]:
    if filters.mine:
        yield f"{_OF_FAMILIES} s.owner = ?", (session.officer,)
    if filters.phase:
        yield f"{_OF_FAMILIES} s.phase LIKE '%:' || ?", (filters.phase,)
    if filters.other == DISPUTED:
        yield _DISPUTED, (int(Part.PRESENT),)
    if filters.age:
        sql, values = _age(session, filters.age)
        yield _of_parts(filters, sql, values)


def _of_parts(filters: PersonFilters, sql: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The lines of every part asked for of which `sql` is true."""
    parts = tuple(int(part) for part in _parts(filters))
    return f"{_ALL} WHERE p.part IN ({marks(parts)}) AND {sql}", (*parts, *values)


def _age(session: Session, age: str) -> tuple[str, tuple[Any, ...]]:
    today = session.today.isoformat()
    if age == CHILD:
        return _CERTAIN_CHILD, _days(session)[:2]
    if age == ADULT:
        return _CERTAIN_ADULT, (today,)
    if age == AGE_UNKNOWN:
        known = f"{_CERTAIN_CHILD} OR {_CERTAIN_ADULT}"
        return f"(p.turns_18_from IS NULL OR NOT ({known}))", _days(session)
    if age == TURNS_UNKNOWN:  # as `summary.turns_18_on`: nobody can say on which day a child comes of age
        child = "p.role LIKE '%:gezinsrol.kind'"
        sql = (
            f"(((p.turns_18_from IS NULL OR p.turns_18_from > ?) AND {child})"
            " OR (p.turns_18_from < p.turns_18_until AND p.turns_18_from <= ?"
            f" AND p.turns_18_until > ? AND (p.turns_18_from > ? OR {child})))"
        )
        ahead = _days(session)[1]
        return sql, (ahead, ahead, today, today)
    return (
        "(p.turns_18_from = p.turns_18_until AND p.turns_18_from > ? AND p.turns_18_from <= ?)",
        (today, turns_until(session, age)),
    )


def _days(session: Session) -> tuple[str, str, str]:
    """Today, the last day on which somebody born today comes of age (beyond it a birth lies ahead), and today."""
    today = session.today
    return today.isoformat(), birthday(today, ADULT_YEARS).isoformat(), today.isoformat()


def _in_order(
    conn: Connection, session: Session, wanted: _Wanted, order: PersonOrder, *, descending: bool
) -> Iterator[Asked]:
    sql, given = (_AMONG, (json.dumps(wanted.few),)) if wanted.few else (_ALL, ())
    asked, column = (f"{sql} WHERE p.part = ?", (*given, int(wanted.part))), f"p.{_COLUMNS[order]}"
    if order in _BY_CODE:
        codes = _ranked(conn, session, order, wanted.part)
        return line_order.by_groups(asked, column, codes, _BY_NAME, descending=descending)
    family = ("p.dossier",) if order is PersonOrder.FAMILY else ()
    return line_order.by_column(asked, column, _BY_NAME, before_ties=family, descending=descending)


_BY_NAME = ("p.name_key", "p.no")


def _ranked(conn: Connection, session: Session, order: PersonOrder, part: Part) -> list[tuple[str, ...]]:
    """The references in a column, in the order of a reader; those that say the same (of several packs) together."""
    column, places = _COLUMNS[order], _places(session, order)
    sql = f"SELECT DISTINCT {column} FROM d_person WHERE part = ? AND {column} IS NOT NULL"
    found: dict[tuple[int, str], list[str]] = {}
    for (reference,) in conn.exec_driver_sql(sql, (int(part),)):
        place = places.get(bare_code(reference), len(places))
        found.setdefault((place, sort_key(_label(session, reference))), []).append(reference)
    return [tuple(found[key]) for key in sorted(found)]


def _places(session: Session, order: PersonOrder) -> dict[str, int]:
    """Roles and standings follow the order of their lists; nationalities, in none of these, the alphabet."""
    lists = {
        PersonOrder.ROLE: ("gezinsrol",),
        PersonOrder.STANDING: ("stand", "uitstroom", "lidmaatschap"),
    }.get(order, ())
    codes = [choice.code for name in lists for choice in session.content.choices("basis", name)]
    return {code: place for place, code in enumerate(codes)}


def _label(session: Session, reference: str | None) -> str:
    if reference is not None and reference.startswith(FREE):
        return reference.removeprefix(FREE)
    return session.content.label(reference, language()) if reference else ""


_ROW = (
    "SELECT p.no, p.membership, s.dossier, n.id, coalesce(r.family_name, ''), coalesce(r.given_names, ''),"
    " coalesce(r.call_name, ''), coalesce(r.family_name_native, ''), coalesce(r.given_names_native, ''),"
    " p.born, coalesce(p.numbers, ''), p.nationality, p.is_stated, p.role, s.title, s.number,"
    " p.standing, p.standing_on, p.gone, s.closed, p.disputed FROM d_person p"
    " JOIN d_summary s ON s.no = p.dossier JOIN d_scope n ON n.no = p.person LEFT JOIN r_person r ON r.id = n.id"
    " WHERE p.no IN ({marks}) AND p.part <> ?"
)


def rows(session: Session, lines: Sequence[int]) -> tuple[PersonRow | None, ...]:
    """One row per line in the order asked, None for a line that is gone meanwhile."""
    sql = _ROW.format(marks=marks(lines))
    with session.store.read() as conn:
        read = conn.exec_driver_sql(sql, (*lines, int(Part.AGAIN))).all()
    found = {line: _row(session, row) for line, *row in read}
    return tuple(map(found.get, lines))


def _row(session: Session, row: Sequence[Any]) -> PersonRow:
    name = PersonName(family=row[3], given=row[4], call=row[5], native_family=row[6], native_given=row[7])
    return PersonRow(
        id=row[0],
        dossier=row[1],
        person=row[2],
        name=name,
        born=IncompleteDate.from_text(row[8]) if row[8] else None,
        numbers=row[9],
        nationality=_label(session, row[10]),
        is_stated=bool(row[11]),
        role=_label(session, row[12]),
        family=row[13],
        family_number=row[14],
        standing=_label(session, row[15]),
        standing_on=IncompleteDate.from_text(row[16]) if row[16] not in (None, "", "?") else None,
        gone=Gone(row[17]),
        closed=bool(row[18]),
        disputed=row[19],
    )


_SUMS = f"SELECT sum({_CERTAIN_CHILD}), sum({_CERTAIN_ADULT}) FROM d_person p WHERE "
_LISTED = "IN (SELECT value FROM json_each(?))"
_OF_PARTS = f"p.part {_LISTED}"


def totals(session: Session, lines: Sequence[int], query: str, filters: PersonFilters) -> PersonTotals:
    """How many people these lines are, which `lines` gave for this query and these filters."""
    everybody = len(lines)
    if filters.age in (ADULT, AGE_UNKNOWN):
        return PersonTotals(persons=everybody, age_unknown=everybody if filters.age == AGE_UNKNOWN else 0)
    if filters.age == CHILD:
        return PersonTotals(persons=everybody, children=everybody)
    whole = not (query.strip() or filters.mine or filters.phase or filters.age or filters.other == DISPUTED)
    where, given = _OF_PARTS, [json.dumps(list(map(int, _parts(filters))))]
    if not whole and everybody <= FEW:
        where, given = f"p.no {_LISTED}", [json.dumps(list(lines))]
    elif not whole:  # the plus: ages are read in a row, not looked up
        where, given = f"{where} AND +p.no {_LISTED}", [*given, json.dumps(list(lines))]
    with session.store.read() as conn:
        row = conn.exec_driver_sql(_SUMS + where, (*_days(session), *given)).one()
    children, adults = row[0] or 0, row[1] or 0
    return PersonTotals(persons=everybody, children=children, age_unknown=everybody - children - adults)
