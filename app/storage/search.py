"""The search index: whole words by their beginnings, and parts of words, over the fields declared as searched.

Facts on health, asylum, crime and secret addresses, and the officer's own marks, are never indexed (rule 13).
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

from app.domain.record import Compartment, Kind, Value, kinds
from app.storage import scope_number
from app.storage.journal import NewOp
from app.storage.many_rows import insert_rows
from app.storage.plain_rows import number_list, plain_column, plain_rows
from app.storage.schema_sql import SEARCH_TRIGGERS
from app.storage.scope_number import BITS

NEVER = frozenset(
    {Compartment.GEZONDHEID, Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES, Compartment.EIGEN}
)
RECORDS: Final = 1 << BITS  # of a scope
CHUNK = 500
AT_ONCE = 20_000  # when all is made anew: what they say is in memory
MANY = 500  # lines to take out
SHARE = 8  # one in so many: then making the index anew is cheaper
TRIGGERS = {sql.split()[2]: sql for sql in SEARCH_TRIGGERS}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .](?=\d)")
TRIGRAM = 3  # letters from which a word is looked for inside words too
SEARCHED: dict[str, Kind] = {
    kind.name: kind
    for kind in kinds()
    if kind.compartment not in NEVER and any(field.searched for field in kind.fields)
}

_SEARCHED_NAMES = {
    name: tuple(field.name for field in kind.fields if field.searched) for name, kind in SEARCHED.items()
}

_Text = tuple[str, str, str]
"""Record, scope, and what is searched of it."""


def index(conn: Connection, touched: Mapping[str, Sequence[str]]) -> None:
    """Bring the index up to date for records by kind, as their rows now stand; what reads the same stays."""
    found = _Compared()
    for kind, named in touched.items():
        if kind in SEARCHED:
            ids = list(
                dict.fromkeys(named)
            )  # a file may bring a record, and later in it a change of the same
            for start in range(0, len(ids), CHUNK):
                found.compare(conn, kind, tuple(ids[start : start + CHUNK]))
    with _in_bulk(conn, found.taken_out):
        if found.stale:
            conn.exec_driver_sql("DELETE FROM d_search_text WHERE rec = ?", found.stale)
        _write(conn, found.changed, found.places)


def add(conn: Connection, ops: Iterable[NewOp]) -> None:
    """The lines of records that have just this one inserting op, without reading back."""
    texts = []
    for new in ops:
        names = _SEARCHED_NAMES.get(new.kind)
        if names is not None:
            texts.append((new.record, new.scope, _body(map(new.cells.get, names))))
    _write(conn, texts, {})


def _write(conn: Connection, texts: Sequence[_Text], places: Mapping[str, int]) -> None:
    """Write these, in order of their numbers: at one that is lower than the one before, the index brings what it
    gathered to its tables. `places`: where records stand already.

    Raises OverflowError when a scope has more searched records than numbers.
    """
    if not texts:
        return
    scopes = scope_number.numbers(conn, (scope for _record, scope, _said in texts))
    fresh = {
        scopes[scope] for record, scope, _said in texts if places.get(record, 0) >> BITS != scopes[scope]
    }
    free = _free(conn, fresh)
    rows = []
    for record, scope, body in texts:
        number = scopes[scope]
        place = places.get(record, 0)
        if place >> BITS != number:
            place = number << BITS | (0 if record == scope else next(free[number]))
        rows.append((place, record, body))
    rows.sort()
    into = "INSERT INTO d_search_text(no, rec, body)"
    insert_rows(
        conn, into, rows, otherwise="ON CONFLICT DO UPDATE SET no = excluded.no, body = excluded.body"
    )


ALL_TEXTS = f"SELECT t.rec, n.id, t.body FROM d_search_text t LEFT JOIN d_scope n ON n.no = t.no >> {BITS}"
"""SQL: every record that can be found, its scope, and what is searched of it."""
_TAKEN = (
    "SELECT t.no FROM json_each(?) j CROSS JOIN d_search_text t"
    f" ON t.no BETWEEN j.value << {BITS} AND (j.value << {BITS}) + {RECORDS - 1}"
)


def _free(conn: Connection, scopes: Collection[int]) -> dict[int, Iterator[int]]:
    """Of each of these scopes the numbers that no record has; 0 is kept for the record with the id of the scope."""
    taken: dict[int, set[int]] = {scope: set() for scope in scopes}
    for place in plain_column(conn, _TAKEN, (json.dumps(sorted(scopes)),)) if scopes else ():
        taken[place >> BITS].add(place % RECORDS)
    return {scope: _others(there) for scope, there in taken.items()}


def _others(taken: Collection[int]) -> Iterator[int]:
    yield from (number for number in range(1, RECORDS) if number not in taken)
    raise OverflowError("a scope has more searched records than numbers")


def _body(values: Iterable[Value]) -> str:
    """What is searched of a record, in the order of its fields."""
    return " ".join(join_digits(str(value)) for value in values if value)


class _Compared:
    """What the index says of records beside what they say now."""

    def __init__(self) -> None:
        self.changed: list[_Text] = []
        self.places: dict[str, int] = {}
        self.stale: list[tuple[str]] = []

    @property
    def taken_out(self) -> int:
        """How many lines are taken out, or replaced."""
        return len(self.stale) + sum(record in self.places for record, _scope, _said in self.changed)

    def compare(self, conn: Connection, kind: str, ids: tuple[str, ...]) -> None:
        """Look at these too."""
        names = ", ".join(f'"{name}"' for name in _SEARCHED_NAMES[kind])
        marks = ",".join("?" * len(ids))
        before: dict[str, str] = {}
        for record, place, body in plain_rows(
            conn, f"SELECT rec, no, body FROM d_search_text WHERE rec IN ({marks})", ids
        ):
            before[record], self.places[record] = body, place
        sql = f'SELECT id, scope, {names} FROM "r_{kind}" WHERE id IN ({marks})'
        now = {row[0]: (row[1], _body(row[2:])) for row in plain_rows(conn, sql, ids)}
        self.stale += [(record,) for record in before if record not in now]
        self.changed += [
            (record, scope, body) for record, (scope, body) in now.items() if before.get(record) != body
        ]


@contextmanager
def _in_bulk(conn: Connection, stale: int) -> Iterator[None]:
    """Taking many lines out of the index one by one is dear (each leaves no trace): then it is made anew instead."""
    count = conn.exec_driver_sql("SELECT count(*) FROM d_search_text").scalar_one() if stale >= MANY else 0
    if stale < MANY or stale * SHARE < count:
        yield
        return
    for name in TRIGGERS:
        conn.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for table in ("d_search_word", "d_search_part"):
        conn.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('rebuild')")
    for sql in TRIGGERS.values():
        conn.exec_driver_sql(sql)


def join_digits(text: str) -> str:
    """Digits keep together over the dots and blanks of a V-number."""
    return text if text.isalnum() else _BETWEEN_DIGITS.sub("", text)


def rebuild(conn: Connection) -> None:
    """Make the whole index anew."""
    touched = {kind: list(conn.exec_driver_sql(f'SELECT id FROM "r_{kind}"').scalars()) for kind in SEARCHED}
    count = conn.exec_driver_sql("SELECT count(*) FROM d_search_text").scalar_one()
    with _in_bulk(conn, max(count, MANY)):
        conn.exec_driver_sql("DELETE FROM d_search_text")
        for kind, ids in touched.items():
            for start in range(0, len(ids), AT_ONCE):
                index(conn, {kind: ids[start : start + AT_ONCE]})


def words_of(query: str) -> list[str]:
    """The words of a query."""
    return [word for word in re.split(r"[^\w]+", join_digits(query)) if word]


_BY_WORD = "SELECT rowid FROM d_search_word WHERE d_search_word MATCH ?"
_BY_PART = "SELECT rowid FROM d_search_part WHERE d_search_part MATCH ?"
# The number of a hit tells its scope, so that no text is read. CROSS JOIN: from what was hit to its lines. Who is
# hidden from a dossier has no line in it.
_SCOPE = f"h.rowid >> {BITS}"
_DOSSIERS = (
    f"SELECT coalesce(p.dossier, {_SCOPE}) FROM ({{hits}}) h LEFT JOIN d_person p ON p.person = {_SCOPE}"
)
_PERSONS = f"SELECT p.line FROM ({{hits}}) h CROSS JOIN d_person p ON p.person = {_SCOPE}"
_PERSONS_BY_NUMBER = (  # the number of a dossier is in the dossier's own record, which has the id of its scope
    "WITH hit AS MATERIALIZED ({hits})"
    f" SELECT p.line FROM hit h CROSS JOIN d_person p ON p.person = {_SCOPE}"
    f" UNION ALL SELECT p.line FROM hit h CROSS JOIN d_person p ON p.dossier = {_SCOPE} WHERE h.rowid % {RECORDS} = 0"
)


def dossiers(conn: Connection, query: str) -> frozenset[int]:
    """Numbers of the dossiers that match every word, by its beginning or, from three letters, anywhere in it.

    Scopes that are no dossier, such as those of persons with no line anywhere, may be among them: whoever asks has
    dossiers to keep of these, and telling them apart for each of 40,000 hits takes a third of the time.
    """
    return _matching(query, lambda word: _found(conn, _DOSSIERS, word))


def persons(conn: Connection, query: str) -> frozenset[int]:
    """Numbers of lines of the list of persons: who is found by every word; a word with digits may be of the dossier
    number."""

    def found(word: str) -> frozenset[int]:
        number = any(sign.isdigit() for sign in word)
        return _found(conn, _PERSONS_BY_NUMBER if number else _PERSONS, word)

    return _matching(query, found)


def _matching(query: str, found_by: Callable[[str], frozenset[int]]) -> frozenset[int]:
    found: frozenset[int] | None = None
    for word in words_of(query):
        here = found_by(word)
        found = here if found is None else found & here
        if not found:
            break
    return found or frozenset()


def _found(conn: Connection, sql: str, word: str) -> frozenset[int]:
    hits, matches = _BY_WORD, [f'"{word}"*']
    if len(word) >= TRIGRAM:
        hits, matches = f"{_BY_WORD} UNION {_BY_PART}", [*matches, f'"{word}"']
    return frozenset(number_list(conn, sql.format(hits=hits), matches))
