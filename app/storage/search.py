"""The search index: whole words by their beginnings, and parts of words, over the fields declared as searched.

Facts on health, asylum, crime and secret addresses, and the officer's own marks, are never indexed (rule 13).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from app.domain.record import Compartment, Kind, Value, kinds
from app.storage.journal import NewOp
from app.storage.many_rows import insert_rows
from app.storage.plain_rows import id_column
from app.storage.schema_sql import SEARCH_TRIGGERS

NEVER = frozenset(
    {Compartment.GEZONDHEID, Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES, Compartment.EIGEN}
)
CHUNK = 500
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


def index(conn: Connection, touched: Mapping[str, Sequence[str]]) -> None:
    """Bring the index up to date for records by kind, as their rows now stand; what reads the same stays."""
    stale: list[tuple[str]] = []
    rows: list[tuple[str, str, str]] = []
    for kind, named in touched.items():
        if kind in SEARCHED:
            ids = list(
                dict.fromkeys(named)
            )  # a file may bring a record, and later in it a change of the same
            for start in range(0, len(ids), CHUNK):
                _compare(conn, kind, tuple(ids[start : start + CHUNK]), stale, rows)
    with _in_bulk(conn, len(stale)):
        if stale:
            conn.exec_driver_sql("DELETE FROM d_search_text WHERE rec = ?", stale)
        insert_rows(conn, "INSERT INTO d_search_text(rec, scope, body)", rows)


def add(conn: Connection, ops: Iterable[NewOp]) -> None:
    """The lines of records that have just this one inserting op, without reading back."""
    rows: list[tuple[str, str, str]] = []
    for new in ops:
        names = _SEARCHED_NAMES.get(new.kind)
        if names is not None:
            rows.append((new.record, new.scope, _body(map(new.cells.get, names))))
    insert_rows(
        conn,
        "INSERT INTO d_search_text(rec, scope, body)",
        rows,
        otherwise="ON CONFLICT(rec) DO UPDATE SET scope = excluded.scope, body = excluded.body",
    )


def _body(values: Iterable[Value]) -> str:
    """What is searched of a record, in the order of its fields."""
    return " ".join(join_digits(str(value)) for value in values if value)


def _compare(
    conn: Connection,
    kind: str,
    ids: tuple[str, ...],
    stale: list[tuple[str]],
    rows: list[tuple[str, str, str]],
) -> None:
    names = ", ".join(f'"{name}"' for name in _SEARCHED_NAMES[kind])
    marks = ",".join("?" * len(ids))
    before: dict[str, str] = dict(
        conn.exec_driver_sql(f"SELECT rec, body FROM d_search_text WHERE rec IN ({marks})", ids).all()
    )
    found = conn.exec_driver_sql(f'SELECT id, scope, {names} FROM "r_{kind}" WHERE id IN ({marks})', ids)
    now = {row[0]: (row[1], _body(row[2:])) for row in found}
    stale += [(rec,) for rec, body in before.items() if rec not in now or now[rec][1] != body]
    rows += [(rec, scope, body) for rec, (scope, body) in now.items() if before.get(rec) != body]


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
        index(conn, touched)


def words_of(query: str) -> list[str]:
    """The words of a query."""
    return [word for word in re.split(r"[^\w]+", join_digits(query)) if word]


_BY_WORD = "SELECT rowid FROM d_search_word WHERE d_search_word MATCH ?"
_BY_PART = "SELECT rowid FROM d_search_part WHERE d_search_part MATCH ?"
# CROSS JOIN: from what was hit to its lines. Who is hidden from a dossier has no line in it.
_HITS = "({hits}) h CROSS JOIN d_search_text s ON s.no = h.rowid"
_HIT = f"WITH hit AS MATERIALIZED (SELECT s.scope, s.rec FROM {_HITS})"
_DOSSIERS = f"SELECT coalesce(p.dossier, s.scope) FROM {_HITS} LEFT JOIN d_person p ON p.person = s.scope"
_PERSONS = f"SELECT p.line FROM {_HITS} CROSS JOIN d_person p ON p.person = s.scope"
_PERSONS_BY_NUMBER = (  # the number of a dossier is in the dossier's own record, which has the id of its scope
    f"{_HIT} SELECT p.line FROM hit h CROSS JOIN d_person p ON p.person = h.scope"
    " UNION ALL SELECT p.line FROM hit h CROSS JOIN d_person p ON p.dossier = h.scope WHERE h.rec = h.scope"
)


def dossiers(conn: Connection, query: str) -> frozenset[str]:
    """Scopes of the dossiers that match every word, by its beginning or, from three letters, anywhere in it.

    Scopes that are no dossier, such as those of persons with no line anywhere, may be among them: whoever asks has
    dossiers to keep of these, and telling them apart for each of 40,000 hits takes a third of the time.
    """
    return _matching(query, lambda word: _found(conn, _DOSSIERS, word))


def persons(conn: Connection, query: str) -> frozenset[str]:
    """Lines of the list of persons: who is found by every word; a word with digits may be of the dossier number."""

    def found(word: str) -> frozenset[str]:
        number = any(sign.isdigit() for sign in word)
        return _found(conn, _PERSONS_BY_NUMBER if number else _PERSONS, word)

    return _matching(query, found)


def _matching(query: str, found_by: Callable[[str], frozenset[str]]) -> frozenset[str]:
    found: frozenset[str] | None = None
    for word in words_of(query):
        here = found_by(word)
        found = here if found is None else found & here
        if not found:
            break
    return found or frozenset()


def _found(conn: Connection, sql: str, word: str) -> frozenset[str]:
    hits, matches = _BY_WORD, [f'"{word}"*']
    if len(word) >= TRIGRAM:
        hits, matches = f"{_BY_WORD} UNION {_BY_PART}", [*matches, f'"{word}"']
    return frozenset(id_column(conn, sql.format(hits=hits), matches))
