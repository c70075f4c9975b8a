"""Which families may hold something that the data check would find: cheap looks in SQL over the whole store.

Each look finds at least what its rule finds (a test holds the two together); the rules of the domain then judge these
families and no others. Days are text that sorts, and a certain order of two incomplete dates is an order of their text.
"""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from app.domain.data_rules import HAPPENED, OLDEST_YEARS, SPANS
from app.domain.record import kind_of

_DIGITS = "replace(replace(n.value, '.', ''), ' ', '')"
_CHILD_OLDER = (
    "SELECT c.scope FROM r_membership c JOIN r_person cp ON cp.id = c.person JOIN r_membership p ON p.scope = c.scope"
    " JOIN r_person pp ON pp.id = p.person WHERE c.role LIKE '%:gezinsrol.kind' AND p.role LIKE '%:gezinsrol.ouder'"
    " AND cp.birth_date < pp.birth_date"
)
_MEMBER_UNBORN = (
    "SELECT m.scope FROM r_membership m JOIN r_person p ON p.id = m.person WHERE m.from_on < p.birth_date"
)
_NOT_SHARED = (
    "SELECT m.scope FROM r_membership m WHERE m.to_on IS NULL AND m.person IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM r_person p WHERE p.id = m.person)"
)
_NO_MEMBER = (
    "SELECT q.scope FROM r_request_person q WHERE q.person IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM r_membership m WHERE m.scope = q.scope AND m.person = q.person AND m.to_on IS NULL)"
)
_OUTFLOW_FIRST = (
    "SELECT o.scope FROM r_outflow o WHERE"
    ' EXISTS (SELECT 1 FROM r_person p WHERE p.id = o.person AND o."on" < p.birth_date)'
    ' OR EXISTS (SELECT 1 FROM r_membership m WHERE m.scope = o.scope AND m.person = o.person AND o."on" < m.from_on)'
    ' OR EXISTS (SELECT 1 FROM r_inflow i WHERE i.scope = o.scope AND o."on" < i."on")'
)
_V_NUMBER = (
    "SELECT n.scope FROM r_person_number n WHERE n.kind LIKE '%:nummer.v-nummer'"
    f" AND (length({_DIGITS}) <> 10 OR {_DIGITS} GLOB '*[^0-9]*')"
)
_LOOKS = (
    "SELECT id FROM r_person WHERE birth_date > :today OR died_on < birth_date OR birth_date < :oldest",
    _CHILD_OLDER,
    _MEMBER_UNBORN,
    "SELECT scope FROM r_stay GROUP BY scope HAVING count(*) > 1",
    "SELECT scope FROM r_set_term",
    "SELECT scope FROM r_original WHERE returned_on IS NULL AND valid_until < :today",
    "SELECT scope FROM r_contact WHERE to_on IS NULL AND mandate_to < :today",
    _NOT_SHARED,
    _NO_MEMBER,
    'SELECT scope FROM r_outflow WHERE kind IS NOT NULL AND "on" IS NULL',
    _OUTFLOW_FIRST,
    _V_NUMBER,
    "SELECT scope FROM j_conflict",  # a look sees the shown value of two; the rule sees neither
)


def _looks() -> Iterator[str]:
    yield from _LOOKS
    for cls, begin, end in SPANS:
        yield f'SELECT scope FROM "r_{kind_of(cls).name}" WHERE "{end}" < "{begin}"'
    for cls, name in HAPPENED:
        yield f'SELECT scope FROM "r_{kind_of(cls).name}" WHERE "{name}" > :today'


def families(conn: Connection, today: date) -> frozenset[str]:
    """The dossiers in which a rule may find something."""
    values = {"today": today.isoformat(), "oldest": str(today.year - OLDEST_YEARS)}
    scopes: set[str] = set()
    for look in _looks():
        scopes.update(conn.exec_driver_sql(look, values).scalars())
    of_persons = "SELECT scope FROM r_membership WHERE person IN (SELECT value FROM json_each(?))"
    scopes.update(conn.exec_driver_sql(of_persons, (json.dumps(sorted(scopes)),)).scalars())
    return frozenset(scopes)
