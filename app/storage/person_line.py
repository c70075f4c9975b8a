"""One line per person and family for the list of persons: derived like the line of a dossier (`summary`), with it.

Whoever is hidden from a dossier has no line in it (`shielding`). Records of one person in the same family share one
line; where they differ, as where two values stand, nothing is known. What follows from content (in which state
somebody is, how somebody left) is filled in by the deriver that the services give.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.person_name import PersonName
from app.i18n.sort_key import sort_key
from app.storage import same_person, scope_number
from app.storage.many_rows import filled, insert_rows
from app.storage.plain_rows import plain_rows
from app.storage.settled import settled
from app.storage.shielding import hidden
from app.storage.summary import ADULT_YEARS, CHUNK


class Part(IntEnum):
    """Which list a line belongs to: of present or earlier members, of an open or a closed dossier.

    `AGAIN`: of none, because the same person shows under another line of this family.
    """

    PRESENT = 0
    EARLIER = 1
    CLOSED = 2
    CLOSED_EARLIER = 3
    AGAIN = 9


class _Line(NamedTuple):
    """A row of `d_person` as far as records say it, in the order of its columns. `dossier` and `person` are numbers
    of scopes, `line` is the `no` of the line under which the person shows."""

    no: int
    membership: str
    line: int
    dossier: int
    person: int
    part: int
    name_key: str | None
    family_key: str
    born: str | None
    born_key: str | None
    turns_18_from: str | None
    turns_18_until: str | None
    numbers: str | None
    nationality: str | None
    is_stated: int
    role: str | None
    disputed: int


class _Member(NamedTuple):
    """What is read of one membership: `birth` and `role` None where two values stand."""

    membership: str
    dossier: str
    person: str
    role: str | None
    left: int
    birth: str | None
    disputed: int
    name: str


_AMONG = "IN (SELECT value FROM json_each(?))"
_TOLD = "('person', 'person_number', 'identity_fact')"
_MEMBERS = (
    f"SELECT m.id, m.scope, m.person, {settled('m', 'role')}, m.to_on IS NOT NULL,"
    f" {settled('p', 'birth_date')},"
    f" (SELECT count(*) FROM j_conflict c WHERE c.scope = m.person AND c.kind IN {_TOLD})"
    " + (SELECT count(*) FROM j_conflict c WHERE c.rec = m.id),"
    " coalesce(p.family_name, ''), coalesce(p.given_names, ''), coalesce(p.call_name, ''),"
    " coalesce(p.family_name_native, ''), coalesce(p.given_names_native, '')"
    f" FROM r_membership m JOIN r_person p ON p.id = m.person WHERE m.scope {_AMONG}"
    f" AND NOT {hidden('m.person', 'm.scope')}"
    " ORDER BY m.to_on IS NOT NULL, CASE WHEN m.to_on IS NULL THEN m.position END, m.to_on DESC,"
    " CASE WHEN m.to_on IS NULL THEN m.id END, m.id DESC"
)
_HEADS = (
    f"SELECT d.scope, coalesce(d.title, ''), d.closed_on IS NOT NULL FROM r_dossier d WHERE d.scope {_AMONG}"
)
_NUMBERS = (
    f"SELECT n.scope, {settled('n', 'value')} FROM r_person_number n WHERE n.scope {_AMONG}"
    " AND n.kind LIKE '%:nummer.v-nummer' ORDER BY n.id"
)
NATIONALITIES = (
    f"SELECT f.scope, {settled('f', 'country')}, coalesce({settled('f', 'value')}, ''),"
    " coalesce(f.standing, '') NOT LIKE '%:zekerheid.vastgesteld' FROM r_identity_fact f"
    " WHERE f.aspect LIKE '%:identiteit.nationaliteit'{also}"
    " ORDER BY f.standing LIKE '%:zekerheid.vastgesteld', f.as_of, f.id"
)
"""SQL: person, country, other words, whether only stated. The last of a person counts: established before stated."""
_FACTS = NATIONALITIES.format(also=f" AND f.scope {_AMONG}")
FREE = "="
"""Before a nationality that was typed in words, in the column where a code stands otherwise."""

_COLUMNS = _Line._fields
_STOOD = (
    f"SELECT {', '.join(f'p.{name}' for name in _COLUMNS)} FROM json_each(?) j CROSS JOIN d_scope d ON d.id = j.value"
    " CROSS JOIN d_person p ON p.dossier = d.no"
)
_ANEW = "ON CONFLICT(no) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])


def refresh(conn: Connection, dossiers: Iterable[str]) -> None:
    """Write the lines of these families anew, as far as they say something else than before."""
    ids = list(dossiers)
    known = same_person.classes(conn)
    for start in range(0, len(ids), CHUNK):
        _refresh(conn, ids[start : start + CHUNK], known)


def _refresh(conn: Connection, dossiers: list[str], known: Mapping[str, tuple[str, ...]]) -> None:
    wanted = (json.dumps(dossiers),)
    before = {row[0]: row for row in plain_rows(conn, _STOOD, wanted)}
    numbers = _Numbers(conn, {row[1]: number for number, row in before.items()})
    now = {line.no: line for line in _lines(conn, wanted, known, numbers)}
    gone = [(number,) for number in before if number not in now]
    changed = [row for number, row in now.items() if before.get(number) != row]
    if gone:
        conn.exec_driver_sql("DELETE FROM d_person WHERE no = ?", gone)
    columns, rows = filled(_COLUMNS, changed)
    insert_rows(conn, f"INSERT INTO d_person({columns})", rows, otherwise=_ANEW)


class _Numbers:
    """Numbers of lines by membership, as they stood and new ones; and of the scopes that lines name."""

    def __init__(self, conn: Connection, lines: dict[str, int]) -> None:
        self._conn, self._lines = conn, lines
        self._next = scope_number.next_number(conn, "d_person")
        self.of: Mapping[str, int] = {}

    def name(self, scopes: Iterable[str]) -> None:
        """See to it that `of` knows these scopes."""
        self.of = scope_number.numbers(self._conn, scopes)

    def line(self, membership: str) -> int:
        """That of a line."""
        if membership not in self._lines:
            self._lines[membership] = self._next
            self._next += 1
        return self._lines[membership]


def _lines(
    conn: Connection, wanted: tuple[str], known: Mapping[str, tuple[str, ...]], numbers: _Numbers
) -> Iterator[_Line]:
    rows = plain_rows(conn, _HEADS, wanted)
    heads = {dossier: (sort_key(title), bool(closed)) for dossier, title, closed in rows}
    found: dict[str, dict[str, _Member]] = {dossier: {} for dossier in heads}
    for row in plain_rows(conn, _MEMBERS, wanted):
        member = _member(row)
        if member.dossier in found:  # who is back, or came twice, counts once, by the membership that runs
            found[member.dossier].setdefault(member.person, member)
    people = {person for members in found.values() for person in members}
    facts = _Facts(conn, people)
    numbers.name([*(dossier for dossier, members in found.items() if members), *sorted(people)])
    for dossier, members in found.items():
        present = [person for person, member in members.items() if not member.left]
        left = [person for person, member in members.items() if member.left]
        for some in (present, left):
            for one in same_person.grouped(known, some):
                yield from _shown(*heads[dossier], [members[person] for person in one], facts, numbers)


def _member(row: Sequence[Any]) -> _Member:
    membership, dossier, person, role, left, birth, disputed, *names = row
    family, given, call, native_family, native_given = names
    name = PersonName(
        family=family, given=given or call, native_family=native_family, native_given=native_given
    )
    listed = name.listed or name.native
    return _Member(membership, dossier, person, role, left, birth, disputed, listed)


class _Facts:
    """Numbers and nationality by person."""

    def __init__(self, conn: Connection, persons: Iterable[str]) -> None:
        wanted = (json.dumps(sorted(persons)),)
        self.numbers: dict[str, list[str]] = {}
        for person, value in plain_rows(conn, _NUMBERS, wanted):
            if value:
                self.numbers.setdefault(person, []).append(value)
        self.nationality: dict[str, tuple[str, int]] = {}
        for person, country, words, stated in plain_rows(conn, _FACTS, wanted):
            self.nationality[person] = (country or (FREE + words if words else ""), stated)

    def numbers_of(self, persons: Iterable[str]) -> str | None:
        """Every V-number once."""
        found = dict.fromkeys(number for person in persons for number in self.numbers.get(person, ()))
        return ", ".join(found) or None

    def nationality_of(self, persons: Iterable[str]) -> tuple[str | None, int]:
        """What the records of one person agree on, and whether that was only stated."""
        found = [self.nationality[person] for person in persons if self.nationality.get(person, ("", 0))[0]]
        said = {what for what, _stated in found}
        return (said.pop(), min(stated for _what, stated in found)) if len(said) == 1 else (None, 0)


_PARTS = {
    (False, False): Part.PRESENT,
    (True, False): Part.EARLIER,
    (False, True): Part.CLOSED,
    (True, True): Part.CLOSED_EARLIER,
}


def _shown(
    family_key: str, closed: bool, records: Sequence[_Member], facts: _Facts, numbers: _Numbers
) -> Iterator[_Line]:
    """The line of one person, and one that says so for each other record of that person in this family."""
    first, *others = records
    ids = [record.person for record in records]
    births = {record.birth for record in records if record.birth not in (None, "", "?")}
    born = IncompleteDate.from_text(births.pop() or "?") if len(births) == 1 else UNKNOWN_DATE
    turns = born.turns_between(ADULT_YEARS)
    nationality, stated = facts.nationality_of(ids)
    name = next((record.name for record in records if record.name), "")
    part = _PARTS[bool(first.left), closed]
    known = born != UNKNOWN_DATE
    line = _Line(
        no=(number := numbers.line(first.membership)),
        membership=first.membership,
        line=number,
        dossier=numbers.of[first.dossier],
        person=numbers.of[first.person],
        part=int(part),
        name_key=sort_key(name) or None,
        family_key=family_key,
        born=born.text if known else None,
        born_key=born.sort_key if known else None,
        turns_18_from=turns[0].isoformat() if turns else None,
        turns_18_until=turns[1].isoformat() if turns else None,
        numbers=facts.numbers_of(ids),
        nationality=nationality,
        is_stated=stated,
        role=next((record.role for record in records if record.role), None),
        disputed=sum(record.disputed for record in records),
    )
    yield line
    for other in others:
        yield _again(line, other, numbers)


def _again(line: _Line, record: _Member, numbers: _Numbers) -> _Line:
    return _Line(
        no=numbers.line(record.membership),
        membership=record.membership,
        line=line.no,
        dossier=line.dossier,
        person=numbers.of[record.person],
        part=int(Part.AGAIN),
        name_key=None,
        family_key=line.family_key,
        born=None,
        born_key=None,
        turns_18_from=None,
        turns_18_until=None,
        numbers=None,
        nationality=None,
        is_stated=0,
        role=None,
        disputed=0,
    )
