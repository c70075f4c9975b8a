"""The same V-number on two persons: a slip, or one person who was registered twice.

Saying that they are one writes a link with an id of its own per pair (settled rule 6): whoever says it, and however
often, it is one link. Where somebody is shielded it is not offered, because a named contact has to agree first.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.kinds.person import PersonNumber
from app.i18n import _, ngettext
from app.services.clear_up_words import written
from app.services.matter import Answer, Matter, NoSuchMatter, matter_id
from app.services.one_person import add_link
from app.services.record_names import persons as names_of
from app.services.session import Session
from app.storage import same_person
from app.storage.shielding import hidden, shields
from app.storage.uow import read

SAME, NUMBER_OFF = "same-person", "number-off-"
"""Answers: they are one person; take the number off that record."""

_NUMBER_TWICE = "SELECT 1 FROM r_person_number WHERE value <> '' GROUP BY value HAVING count(*) > 1 LIMIT 1"
_TWICE = (
    "SELECT n.value, n.scope, min(n.id) FROM r_person_number n JOIN r_person p ON p.id = n.scope"
    " WHERE n.kind LIKE '%:nummer.v-nummer' AND n.value IN (SELECT value FROM r_person_number"
    " WHERE kind LIKE '%:nummer.v-nummer' AND value <> '' GROUP BY value HAVING count(DISTINCT scope) > 1)"
    " GROUP BY n.value, n.scope ORDER BY n.value, n.scope"
)


_OF_ONE_NUMBER = (
    "SELECT l.value ->> 0, l.value ->> 1 FROM json_each(?) l WHERE EXISTS (SELECT 1 FROM r_person_number a"
    " JOIN r_person_number b ON b.value = a.value AND b.scope = l.value ->> 1 AND b.kind LIKE '%:nummer.v-nummer'"
    " WHERE a.scope = l.value ->> 0 AND a.kind LIKE '%:nummer.v-nummer' AND a.value <> '')"
)


def of_one_number(conn: Connection, pairs: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of these pairs who have a V-number in common: `persons` lists them."""
    rows = conn.exec_driver_sql(_OF_ONE_NUMBER, (json.dumps(pairs),)) if pairs else ()
    return frozenset((person, other) for person, other in rows)


def persons(conn: Connection) -> Iterator[Matter]:
    """Every V-number that persons have who are not said to be one."""
    if conn.exec_driver_sql(_NUMBER_TWICE).first() is None:
        return
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for value, person, number in conn.exec_driver_sql(_TWICE):
        found[value][person] = number
    for value, numbers in found.items():
        if len(same_person.groups(conn, numbers)) > 1:
            yield _matter(conn, value, numbers)


def _matter(conn: Connection, value: str, numbers: dict[str, str]) -> Matter:
    names = names_of(conn, list(numbers)) | whom_to_ask(conn, list(numbers))
    dossier, family = _family(conn, list(numbers))
    answers = [
        Answer(
            code=f"{NUMBER_OFF}{number}",
            words=_("%(name)s does not have this number", name=names.get(person) or _("name unknown")),
            note=written(conn, number),
        )
        for person, number in numbers.items()
    ]
    if not _shielded(conn, list(numbers)):
        answers.append(Answer(code=SAME, words=_("They are one person")))
    return Matter(
        id=matter_id("person", value, *numbers.values()),
        kind="person",
        title=ngettext(
            "The same V-number on %(count)d person",
            "The same V-number on %(count)d persons",
            len(numbers),
            count=len(numbers),
        ),
        about=value,
        family=family,
        dossier=dossier,
        words=" / ".join(names.get(person) or _("name unknown") for person in numbers),
        explanation=_("A V-number belongs to one person."),
        answers=tuple(answers),
        subject=tuple(numbers),
    )


def _family(conn: Connection, people: Sequence[str]) -> tuple[str, str]:
    sql = (
        "SELECT d.id, coalesce(d.title, '') FROM r_membership m JOIN r_dossier d ON d.id = m.scope"
        f" WHERE m.person IN ({','.join('?' * len(people))}) AND NOT {hidden('m.person', 'm.scope')}"
        f" AND NOT {shields('m')} ORDER BY d.id LIMIT 1"
    )
    row = conn.exec_driver_sql(sql, tuple(people)).first()
    return ("", "") if row is None else (row[0], row[1])


def whom_to_ask(conn: Connection, people: Sequence[str]) -> dict[str, str]:
    """What is said of each shielded person in place of the name: who has the dossier in which he is shielded."""
    sql = (
        "SELECT m.person, o.name FROM r_membership m LEFT JOIN r_owner w ON w.scope = m.scope AND w.to_on IS NULL"
        f" LEFT JOIN r_officer o ON o.id = w.officer WHERE m.person IN ({','.join('?' * len(people))})"
        f" AND {shields('m')} ORDER BY m.id, w.id"
    )
    return {
        person: _("shielded: ask %(name)s", name=name or _("the case officer"))
        for person, name in conn.exec_driver_sql(sql, tuple(people))
    }


def _shielded(conn: Connection, people: Sequence[str]) -> bool:
    """Also while two officers differ on it."""
    sql = f"SELECT 1 FROM r_membership m WHERE m.person IN ({','.join('?' * len(people))}) AND {shields('m')}"
    return conn.exec_driver_sql(sql, tuple(people)).first() is not None


def decide(session: Session, matter: Matter, code: str) -> None:
    """Take the number off one, or say that they are one. Raises `NoSuchMatter`."""
    with session.store.write(verbs.RESOLVED, dossier=matter.dossier) as uow:
        if code == SAME:
            for a, b in pairwise(sorted(matter.subject)):
                add_link(uow, a, b)
            return
        found = read(uow.conn, PersonNumber, code.removeprefix(NUMBER_OFF))
        if found is None:
            raise NoSuchMatter
        uow.delete(found)
