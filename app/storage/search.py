"""The search index: whole words by their beginnings, and parts of words, over the fields declared as searched.

Facts on health, asylum, crime and secret addresses, and the officer's own marks, are never indexed (rule 13).
"""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from app.domain.record import Compartment, Kind, kinds

NEVER = frozenset(
    {Compartment.GEZONDHEID, Compartment.ASIEL_STRAF, Compartment.VEILIG_ADRES, Compartment.EIGEN}
)
CHUNK = 500
TRIGRAM = 3  # letters from which a word is looked for inside words too
SEARCHED: dict[str, Kind] = {
    kind.name: kind
    for kind in kinds()
    if kind.compartment not in NEVER and any(field.searched for field in kind.fields)
}


def index(conn: Connection, kind: str, records: Iterable[str]) -> None:
    """Bring the index up to date for records of one kind, as their rows now stand."""
    if kind not in SEARCHED:
        return
    names = ", ".join(f'"{field.name}"' for field in SEARCHED[kind].fields if field.searched)
    ids = list(records)
    for start in range(0, len(ids), CHUNK):
        part = tuple(ids[start : start + CHUNK])
        marks = ",".join("?" * len(part))
        conn.exec_driver_sql(f"DELETE FROM d_search_text WHERE rec IN ({marks})", part)
        found = conn.exec_driver_sql(f'SELECT id, scope, {names} FROM "r_{kind}" WHERE id IN ({marks})', part)
        rows = [
            (row[0], row[1], " ".join(join_digits(str(value)) for value in row[2:] if value)) for row in found
        ]
        if rows:
            conn.exec_driver_sql("INSERT INTO d_search_text(rec, scope, body) VALUES(?,?,?)", rows)


def join_digits(text: str) -> str:
    """Digits keep together over the dots and blanks of a V-number."""
    return re.sub(r"(?<=\d)[ .](?=\d)", "", text)


def rebuild(conn: Connection) -> None:
    """Make the whole index anew."""
    conn.exec_driver_sql("DELETE FROM d_search_text")
    for kind in SEARCHED:
        ids = [record for (record,) in conn.exec_driver_sql(f'SELECT id FROM "r_{kind}"')]
        if ids:
            index(conn, kind, ids)


def words_of(query: str) -> list[str]:
    """The words of a query."""
    return [word for word in re.split(r"[^\w]+", join_digits(query)) if word]


_BY_WORD = "SELECT rowid FROM d_search_word WHERE d_search_word MATCH ?"
_BY_PART = "SELECT rowid FROM d_search_part WHERE d_search_part MATCH ?"
_DOSSIERS = (
    "WITH hit AS MATERIALIZED (SELECT s.scope FROM ({hits}) h JOIN d_search_text s ON s.no = h.rowid)"
    " SELECT h.scope FROM hit h JOIN r_dossier d ON d.scope = h.scope"
    " UNION SELECT m.scope FROM hit h JOIN r_membership m ON m.person = h.scope WHERE coalesce(m.shielded, 0) = 0"
)


def dossiers(conn: Connection, query: str) -> frozenset[str]:
    """Scopes of the dossiers that match every word, by its beginning or, from three letters, anywhere in it."""
    found: frozenset[str] | None = None
    for word in words_of(query):
        hits, matches = _BY_WORD, [f'"{word}"*']
        if len(word) >= TRIGRAM:
            hits, matches = f"{_BY_WORD} UNION {_BY_PART}", [*matches, f'"{word}"']
        sql = _DOSSIERS.format(hits=hits)
        here = frozenset(scope for (scope,) in conn.exec_driver_sql(sql, tuple(matches)))
        found = here if found is None else found & here
        if not found:
            break
    return found or frozenset()
